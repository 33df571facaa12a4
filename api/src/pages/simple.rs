//! A page that is one form.

use actix_web::HttpResponse;
use askama::Template;

use super::{
    field::Form,
    form::Posted,
    frame::{Frame, show_form},
    oops::Oops,
};
use crate::problem::Problem;

/// A sentence about what can be done elsewhere first, with the pages where it is done.
pub struct Way {
    /// The sentence.
    pub words: String,
    /// Each page: its path and its name.
    pub links: Vec<(String, String)>,
}

/// A page that is one form.
#[derive(Template)]
#[template(path = "form_page.html")]
pub struct FormPage {
    frame: Frame,
    title: String,
    /// The part of the title that stands on one line.
    whole: String,
    back: String,
    lead: Vec<String>,
    ways: Vec<Way>,
    form: Form,
}

impl FormPage {
    /// A page with this title around a form.
    pub fn new(frame: Frame, title: impl Into<String>, form: Form) -> Self {
        Self {
            frame,
            title: title.into(),
            whole: String::new(),
            back: String::new(),
            lead: Vec::new(),
            ways: Vec::new(),
            form,
        }
    }

    /// The same, where this part of the title stands on one line: a reference is read as one word.
    #[must_use]
    pub fn whole(mut self, part: &str) -> Self {
        part.clone_into(&mut self.whole);
        self
    }

    /// The title: what comes before the part that stands on one line, that part, and what comes after.
    fn parts(&self) -> (&str, &str, &str) {
        match self.title.split_once(self.whole.as_str()) {
            Some((before, after)) if !self.whole.is_empty() => (before, self.whole.as_str(), after),
            _ => (self.title.as_str(), "", ""),
        }
    }

    /// The same with a way back.
    #[must_use]
    pub fn back(mut self, path: impl Into<String>) -> Self {
        self.back = path.into();
        self
    }

    /// The same with words before the form.
    #[must_use]
    pub fn lead(mut self, line: impl Into<String>) -> Self {
        self.lead.push(line.into());
        self
    }

    /// The same with ways to go before the form.
    #[must_use]
    pub fn ways(mut self, ways: Vec<Way>) -> Self {
        self.ways = ways;
        self
    }

    /// The same around this form.
    #[must_use]
    pub fn with(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// The same as it was sent, with these words beside one of its fields.
    #[must_use]
    pub fn again(mut self, posted: &Posted, name: &str, message: String) -> Self {
        self.form = self.form.again(posted).beside(name, message);
        self
    }

    /// The same as it was sent, with what is wrong said beside the field concerned.
    #[must_use]
    pub fn refused(mut self, posted: &Posted, problem: &Problem) -> Self {
        self.form = self.form.refused(posted, problem);
        self
    }

    /// The same, asked anew, with what was wrong.
    #[must_use]
    pub fn wrong(mut self, problem: &Problem) -> Self {
        self.form = self.form.wrong(problem);
        self
    }

    /// Writes it; as unprocessable when something is wrong with what was sent.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn show(&self) -> Result<HttpResponse, Oops> {
        show_form(self.form.is_refused(), &self.frame, self)
    }
}
