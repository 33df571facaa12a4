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
    Opening,
    /// No field: closes the group.
    Closing,
    /// One of these, from a closed list; the first is none.
    Select(Vec<Choice>),
    /// Any of these, under headings, folded away until they are wanted.
    Groups(Vec<(String, Vec<Choice>)>),
    /// A file.
    File,
    /// Sent, not shown.
    Hidden,
    /// No field: a heading over those that follow.
    Heading,
    /// No field: words to read.
    Prose,
    /// One of these, side by side beside their label: a row among many.
    Row(Vec<Choice>),
    /// No field: words to read aloud, and points under them.
    Aloud(Vec<String>),
    /// No field: what follows is folded away until asked for; shown when something in it was entered or is wrong.
    Fold(bool),
    /// No field: where a fold ends.
    Unfold,
    /// Several fields that belong together, side by side where there is room.
    Group(Vec<Field>),
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

    /// Any of many, under headings, folded away until they are wanted.
    pub fn groups(
        name: impl Into<String>,
        label: impl Into<String>,
        groups: Vec<(String, Vec<Choice>)>,
    ) -> Self {
        Self::new(Shape::Groups(groups), name, label)
    }

    /// A file to send.
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::File, name, label)
    }

    /// Yes or nothing: one box that sends this value.
    pub fn tick(name: impl Into<String>, value: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Shape::Tick(value.into()), name, label).optional()
    }

    /// Opens a group of fields that belong together, under this name.
    pub fn opening(label: impl Into<String>) -> Self {
        Self::new(Shape::Opening, "", label)
    }

    /// Closes the group.
    pub fn closing() -> Self {
        Self::new(Shape::Closing, "", "")
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

    /// One of a few, in a row among many.
    pub fn row(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(Shape::Row(choices), name, label).optional()
    }

    /// Words to read aloud, with points under them.
    pub fn aloud(words: impl Into<String>, points: Vec<String>) -> Self {
        Self::new(Shape::Aloud(points), "", words)
    }

    /// Fields folded away under these words.
    pub fn folded(label: impl Into<String>, inside: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut fields = vec![Self::new(Shape::Fold(false), "", label)];
        fields.extend(inside);
        fields.push(Self::new(Shape::Unfold, "", ""));
        fields
    }

    /// Fields that belong together, under one label.
    pub fn group(label: impl Into<String>, fields: Vec<Self>) -> Self {
        Self::new(Shape::Group(fields), "", label)
    }

    /// The fields that hold something: this one, or those of a group.
    fn leaves(&mut self) -> Vec<&mut Self> {
        if matches!(self.shape, Shape::Group(_)) {
            match &mut self.shape {
                Shape::Group(fields) => fields.iter_mut().flat_map(Self::leaves).collect(),
                _ => Vec::new(),
            }
        } else {
            vec![self]
        }
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
#[expect(clippy::struct_excessive_bools, reason = "how a form is drawn and sent, each by itself")]
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
    /// Is what is being written kept until it is sent?
    kept: bool,
    /// Does it ask for a page, and change nothing?
    asks: bool,
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
            kept: true,
            asks: false,
            fields,
            more: None,
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

    /// The same with words kept under a key of its own: one of several forms of a page.
    #[must_use]
    pub fn kept_as(mut self, mark: &str) -> Self {
        self.page = format!("{}#{mark}", self.page);
        self
    }

    /// The same, which asks for a page and changes nothing.
    #[must_use]
    pub fn asking(mut self) -> Self {
        self.asks = true;
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
        self.small = true;
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

    /// Does it send a file?
    fn sends_file(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.shape, Shape::File))
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

    /// The same filled in, as one goes from one page of it to another.
    #[must_use]
    pub fn filled(mut self, sent: &[(String, String)]) -> Self {
        self.fill(sent);
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
            if field.given.is_empty() && matches!(field.shape, Shape::Row(_)) {
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
