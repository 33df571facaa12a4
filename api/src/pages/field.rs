//! The fields of a form, each with its label, its hint, what was entered and what is wrong with it; written one
//! way on every page, so that all of them are as accessible as the best.

use askama::Template;
use authz::id::{RequestId, fresh};

use super::{form::Posted, phrases::Phrases};
use crate::problem::{Problem, ProblemKind};

/// One thing that can be chosen.
#[derive(Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A word more, under the label.
    pub hint: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// The same with a word more.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What a field looks like.
#[derive(Clone)]
pub enum Shape {
    /// One line; the type and the `autocomplete` of the input, and how many characters wide.
    Line(&'static str, &'static str, u8),
    /// Several lines: how many.
    Area(u8),
    /// One of these, all in sight.
    Radios(Vec<Choice>),
    /// Any of these.
    Checks(Vec<Choice>),
    /// Yes or nothing: one box whose label says all, and what it sends.
    Tick(String),
    /// No field: opens a group of fields that belong together.
    Group,
    /// No field: closes the group.
    GroupEnd,
    /// One of these, from a closed list; the first is none.
    Select(Vec<Choice>),
    /// A file.
    File,
    /// Sent, not shown.
    Hidden,
    /// No field: a heading over those that follow.
    Heading,
    /// No field: words to read.
    Prose,
}

/// A field of a form.
#[derive(Clone, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    name: String,
    label: String,
    hint: String,
    shape: Shape,
    required: bool,
    given: Vec<String>,
    wrong: Option<String>,
}

impl Field {
    /// A field of this name and label.
    pub fn new(shape: Shape, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            shape,
            required: true,
            given: Vec::new(),
            wrong: None,
        }
    }

    /// One line of text.
    pub fn line(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::Line("text", "off", 0), name, label)
    }

    /// Several lines of text.
    pub fn area(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::Area(4), name, label)
    }

    /// A moment, in the clock of Québec. The name should end in `:time`.
    pub fn moment(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::Line("datetime-local", "off", 20), name, label)
    }

    /// A date.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::Line("date", "off", 20), name, label)
    }

    /// One of a few, all in sight.
    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(Shape::Radios(choices), name, label)
    }

    /// Any of a few. The name should end in `[]`.
    pub fn checks(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(Shape::Checks(choices), name, label)
    }

    /// Yes or nothing: one box that sends this value.
    pub fn tick(name: impl Into<String>, value: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::Tick(value.into()), name, label).optional()
    }

    /// Opens a group of fields that belong together, under this name.
    pub fn group(label: impl Into<String>) -> Self {
        Self::new(Shape::Group, "", label)
    }

    /// Closes the group.
    pub fn group_end() -> Self {
        Self::new(Shape::GroupEnd, "", "")
    }

    /// One of a closed list.
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(Shape::Select(choices), name, label)
    }

    /// Sent and not shown.
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(Shape::Hidden, name, "").given(value)
    }

    /// A heading over the fields that follow.
    pub fn heading(label: impl Into<String>) -> Self {
        Self::new(Shape::Heading, "", label)
    }

    /// Words to read among the fields.
    pub fn prose(label: impl Into<String>) -> Self {
        Self::new(Shape::Prose, "", label)
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same, which may be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same with what is in it to begin with.
    #[must_use]
    pub fn given(mut self, words: impl Into<String>) -> Self {
        self.given.push(words.into());
        self
    }

    fn id(&self) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        format!("f-{}", self.name.chars().map(safe).collect::<String>())
    }

    fn choice_id(&self, at: &usize) -> String {
        if *at == 0 { self.id() } else { format!("{}-{at}", self.id()) }
    }

    fn words(&self) -> &str {
        self.given.first().map_or("", String::as_str)
    }

    fn has(&self, value: &str) -> bool {
        self.given.iter().any(|given| given == value)
    }

    /// What names this field to a screen reader beside its label.
    fn described(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.id()));
        }
        if self.wrong.is_some() {
            ids.push(format!("{}-error", self.id()));
        }
        ids.join(" ")
    }

    /// Its pointer in the JSON, as the API names it.
    fn pointer(&self) -> String {
        let name = self.name.split_once(':').map_or(self.name.as_str(), |(name, _)| name);
        format!("/{}", name.trim_end_matches("[]"))
    }
}

/// A whole form.
#[derive(Template)]
#[template(path = "parts/form.html")]
pub struct Form {
    p: Phrases,
    action: String,
    page: String,
    csrf: String,
    once: String,
    submit: String,
    /// Drawn as something to think twice about.
    grave: bool,
    /// Drawn as one of several on a page.
    small: bool,
    fields: Vec<Field>,
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
        frame: &super::frame::Frame,
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
            grave: false,
            small: false,
            fields,
            wrong: Vec::new(),
            restored: false,
        })
    }

    /// The same, drawn as something to think twice about.
    #[must_use]
    pub fn grave(mut self) -> Self {
        self.grave = true;
        self
    }

    /// The same, drawn as one of several on a page.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.small = true;
        self
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
        self
    }

    /// The same as it was sent.
    #[must_use]
    pub fn again(mut self, posted: &Posted) -> Self {
        self.fill(&posted.fields);
        self
    }

    fn fill(&mut self, sent: &[(String, String)]) {
        for field in &mut self.fields {
            if matches!(
                field.shape,
                Shape::Heading | Shape::Prose | Shape::File | Shape::Group | Shape::GroupEnd
            ) {
                continue;
            }
            let words = sent.iter().filter(|(name, _)| *name == field.name).map(|(_, words)| words.clone());
            field.given = words.collect();
        }
    }

    fn told(&mut self, problem: &Problem) {
        let lang = self.p.lang();
        for wrong in &problem.errors {
            let message = wrong.message(lang);
            // The deepest field that the pointer lies in.
            let about = self
                .fields
                .iter_mut()
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
