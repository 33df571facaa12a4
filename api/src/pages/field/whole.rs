//! A whole form: what it is sent with, what is wrong with it, and what was kept of it.

use askama::Template;
use authz::id::{RequestId, fresh};

use super::{Field, Shape};
use crate::{
    pages::{form::Posted, frame::Frame, phrases::Phrases},
    problem::{Problem, ProblemKind},
};

/// How the button of a form is drawn.
#[derive(Clone, Copy)]
enum Look {
    /// As the one thing to do.
    Plain,
    /// As something to think twice about.
    Grave,
    /// As one of several on a page.
    Small,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Grave => " govuk-button--warning",
            Self::Small => " govuk-button--secondary",
        }
    }
}

/// A whole form.
#[derive(Template)]
#[template(path = "parts/form.html")]
#[expect(clippy::struct_excessive_bools, reason = "how it is sent and kept, each by itself")]
pub struct Form {
    p: Phrases,
    action: String,
    page: String,
    csrf: String,
    once: String,
    submit: String,
    /// How its button is drawn.
    look: Look,
    /// Is what is being written kept until it is sent?
    kept: bool,
    /// Does it ask for a page, and change nothing?
    asks: bool,
    /// Is it sent in parts, which do not make long words longer?
    parts: bool,
    fields: Vec<Field>,
    /// What can be asked for instead of sending it: a field, and the button that asks.
    more: Option<(Field, String, String)>,
    /// What is wrong, each with the field it is about, if one is.
    wrong: Vec<(Option<String>, String)>,
    /// Was this kept from before?
    restored: bool,
}

impl Form {
    /// An empty form that is sent to this path.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new(
        frame: &Frame,
        action: impl Into<String>,
        submit: impl Into<String>,
        fields: Vec<Field>,
    ) -> Result<Self, Problem> {
        let once: RequestId =
            fresh(authz::clock::real_now()).map_err(|_| Problem::new(ProblemKind::Internal))?.into();
        Ok(Self {
            p: frame.p,
            action: action.into(),
            page: frame.path.clone(),
            csrf: frame.csrf.clone(),
            once: once.to_string(),
            submit: submit.into(),
            look: Look::Plain,
            kept: true,
            asks: false,
            parts: false,
            fields,
            more: None,
            wrong: Vec::new(),
            restored: false,
        })
    }

    /// The same, drawn as something to think twice about.
    #[must_use]
    pub fn grave(mut self) -> Self {
        self.look = Look::Grave;
        self
    }

    /// The same as one of several forms of a page: its words are kept under a key of its own.
    #[must_use]
    pub fn kept_as(mut self, mark: &str) -> Self {
        self.page = format!("{}#{mark}", self.page);
        // INVARIANT: no two fields of a page have one id, or a label would name another form's field.
        for field in self.fields.iter_mut().flat_map(Field::leaves) {
            field.among = format!("{mark}-");
        }
        self
    }

    /// The same, which asks for a page and changes nothing.
    #[must_use]
    pub fn asking(mut self) -> Self {
        self.asks = true;
        self
    }

    /// The same, sent in parts: long words that another form brought with a file.
    #[must_use]
    pub fn in_parts(mut self) -> Self {
        self.parts = true;
        self
    }

    /// Where its words are kept until they are sent.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The same, drawn as one of several on a page.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.look = Look::Small;
        self
    }

    /// The same, where more can be asked for under the button that sends it. The button that asks sends `_do` with
    /// this value.
    #[must_use]
    pub fn more(mut self, field: Field, value: impl Into<String>, button: impl Into<String>) -> Self {
        self.more = Some((field, value.into(), button.into()));
        self
    }

    /// The same with these words in its fields.
    #[must_use]
    pub fn filled(mut self, words: &[(String, String)]) -> Self {
        self.fill(words);
        self
    }

    /// The same, of which nothing is kept before it is sent.
    #[must_use]
    pub fn unkept(mut self) -> Self {
        self.kept = false;
        self
    }

    /// Is what is being written kept until it is sent? A secret never is.
    fn is_kept(&self) -> bool {
        self.kept && !self.fields.iter().any(|field| matches!(field.shape, Shape::Line("password", ..)))
    }

    /// Is it sent in parts, as a file is?
    fn sends_file(&self) -> bool {
        self.parts || self.fields.iter().any(|field| matches!(field.shape, Shape::File))
    }

    /// The same, saying what is wrong with the whole.
    #[must_use]
    pub fn failing(mut self, message: String) -> Self {
        self.wrong.push((None, message));
        self
    }

    /// The same with a field already filled in by words kept from before.
    #[must_use]
    pub fn restored(mut self, kept: Option<Vec<(String, String)>>) -> Self {
        if let Some(kept) = kept {
            self.fill(&kept);
            self.restored = true;
        }
        self
    }

    /// The same as it was sent, with what is wrong said beside the field concerned, and nothing lost.
    #[must_use]
    pub fn refused(mut self, posted: &Posted, problem: &Problem) -> Self {
        self.page = posted.get("_page").unwrap_or(&self.page).to_owned();
        self.fill(&posted.fields);
        self.told(problem);
        self.open_folds();
        self
    }

    /// The same with these words beside one of its fields.
    #[must_use]
    pub fn beside(mut self, name: &str, message: String) -> Self {
        let about = self.fields.iter_mut().find(|field| field.name == name).map(|field| {
            field.wrong = Some(message.clone());
            field.id()
        });
        self.wrong.push((about, message));
        self.open_folds();
        self
    }

    /// What is filled in or wrong is not folded away.
    fn open_folds(&mut self) {
        let mut inside = false;
        for field in self.fields.iter_mut().rev() {
            match &mut field.shape {
                Shape::Unfold => inside = false,
                Shape::Fold(open) => *open = std::mem::take(&mut inside),
                _ => inside |= field.wrong.is_some() || field.given.iter().any(|words| !words.is_empty()),
            }
        }
    }

    /// The same, empty, with what is wrong said beside the field concerned.
    #[must_use]
    pub fn wrong(mut self, problem: &Problem) -> Self {
        self.told(problem);
        self
    }

    /// The same as it was sent.
    #[must_use]
    pub fn again(mut self, posted: &Posted) -> Self {
        self.fill(&posted.fields);
        self
    }

    fn fill(&mut self, sent: &[(String, String)]) {
        for field in self.fields.iter_mut().flat_map(Field::leaves) {
            // A secret is typed anew, never written back.
            let secret = matches!(field.shape, Shape::File | Shape::Line("password", ..));
            if field.name.is_empty() || secret {
                continue;
            }
            let words = sent.iter().filter(|(name, _)| *name == field.name).map(|(_, words)| words.clone());
            field.given = words.collect();
            // A row always says something: what was not answered is one of its answers.
            if field.given.is_empty() && matches!(field.shape, Shape::Row(..)) {
                field.given.push(String::new());
            }
        }
        self.open_folds();
    }

    fn told(&mut self, problem: &Problem) {
        let lang = self.p.lang();
        for wrong in &problem.errors {
            let message = wrong.message(lang);
            // The deepest field that the pointer lies in.
            let about = self
                .fields
                .iter_mut()
                .flat_map(Field::leaves)
                .filter(|field| {
                    let own = field.pointer();
                    own.len() > 1 && (wrong.pointer == own || wrong.pointer.starts_with(&format!("{own}/")))
                })
                .max_by_key(|field| field.name.len());
            let id = about.map(|field| {
                field.wrong.get_or_insert_with(|| message.to_string());
                field.id()
            });
            self.wrong.push((id, message.to_string()));
        }
        if self.wrong.is_empty() {
            let kind = problem.kind;
            self.wrong.push((None, format!("{} {}", kind.detail(lang), kind.remedy(lang))));
        }
    }

    /// Is something wrong with it?
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !self.wrong.is_empty()
    }
}
