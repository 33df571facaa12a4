//! The fields of a form, each with its label, its hint, what was entered and what is wrong with it; written one
//! way on every page, so that all of them are as accessible as the best.

mod whole;

use askama::Template;

pub use whole::Form;

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
    /// No field: words to read, and where they lead.
    Lead(String),
    /// One of these, side by side beside their label: a row among many. Does it open a block of what more can be
    /// said of the same, which `Closing` closes?
    Row(Vec<Choice>, bool),
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
    /// Which of several forms of a page it stands in.
    among: String,
    label: String,
    hint: String,
    /// What the first of a closed list says: choosing none.
    blank: String,
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
            among: String::new(),
            label: label.into(),
            hint: String::new(),
            blank: String::new(),
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

    /// Words to read among the fields, and a link that says where it leads.
    pub fn lead(label: impl Into<String>, path: impl Into<String>, link: impl Into<String>) -> Self {
        Self::new(Shape::Lead(path.into()), "", label).hint(link)
    }

    /// One of a few, in a row among many.
    pub fn row(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(Shape::Row(choices, false), name, label).optional()
    }

    /// The same, opening a block of what more can be said of what it is about.
    pub fn over(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(Shape::Row(choices, true), name, label).optional()
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

    /// The same closed list, whose first choice, none, says what it means.
    #[must_use]
    pub fn blank(mut self, words: impl Into<String>) -> Self {
        self.blank = words.into();
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
        format!("f-{}{}", self.among, self.name.chars().map(safe).collect::<String>())
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "a template hands the count of its loop by reference"
    )]
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
