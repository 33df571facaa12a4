//! What cells learn afterwards (*retour d'expérience*): codes counted by cell and month, so that no row is one
//! situation, and shown only once enough lessons say the same.

mod find;
mod give;

pub use find::{LessonView, Lessons, LessonsView, find};
pub use give::{LessonsGiven, NewLessons, give};

use crate::closed::closed;

closed! {
    /// What a lesson is about.
    Aspect {
        /// A theme.
        Theme = 0 "theme",
        /// What helped.
        Helped = 1 "helped",
        /// What hindered.
        Hindered = 2 "hindered",
    }
}

impl Aspect {
    /// The list its codes are of.
    const fn list(self) -> &'static str {
        match self {
            Self::Theme => "lesson_theme",
            Self::Helped => "lesson_helped",
            Self::Hindered => "lesson_hindered",
        }
    }
}
