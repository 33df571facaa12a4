//! Saying what was learned, once a mobilisation is closed.

use authz::{
    acts::GiveLessons,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::MobilisationId,
};
use chrono::Datelike;
use chrono_tz::America::Toronto;
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Aspect;
use crate::{
    mobilisation::{Mobilisation, State, coded, lock},
    refusal::Refusal,
    schema::{lesson, mobilisation},
    validation::Rule,
};

/// What was learned, in codes only.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLessons {
    /// Codes of `lesson_theme`.
    pub themes: Vec<String>,
    /// Codes of `lesson_helped`.
    #[serde(default)]
    pub what_helped: Vec<String>,
    /// Codes of `lesson_hindered`.
    #[serde(default)]
    pub what_hindered: Vec<String>,
}

/// That lessons were given; never which.
#[derive(Serialize, ToSchema)]
pub struct LessonsGiven {
    /// The mobilisation that is closed.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
}

impl Answer for LessonsGiven {
    const STATUS: u16 = 201;
}

/// Counts what was learned. Nothing that is kept leads back to the mobilisation.
///
/// # Errors
/// When it is not closed, lessons were given already, or a code is unknown.
pub async fn give<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, GiveLessons, Mobilisation>,
    new: &NewLessons,
) -> Result<(Spent<'tx, GiveLessons>, LessonsGiven), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let given = [
        (Aspect::Theme, &new.themes, "/themes"),
        (Aspect::Helped, &new.what_helped, "/what_helped"),
        (Aspect::Hindered, &new.what_hindered, "/what_hindered"),
    ];
    for (aspect, codes, at) in given {
        coded(aspect.list(), codes, at, aspect == Aspect::Theme)?;
    }
    let head = lock(session, id).await?.ok_or(authz::fault::Fault::Stored)?;
    if head.state()? != State::Closed || head.lessons_given {
        return Err(Refusal::Blocked(Rule::StepNotPossible));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(mobilisation::table.filter(mobilisation::id.eq(id.uuid())))
        .set(mobilisation::lessons_given.eq(true))
        .execute(&mut conn)
        .await?;
    let today = session.now().with_timezone(&Toronto).date_naive();
    let month = today.with_day(1).unwrap_or(today);
    for (aspect, codes, _) in given {
        // In one order for everybody, so that two who count at once never wait for each other.
        let mut codes: Vec<&String> = codes.iter().collect();
        codes.sort_unstable();
        for code in codes {
            insert_into(lesson::table)
                .values((
                    lesson::cell_id.eq(head.cell_id),
                    lesson::month.eq(month),
                    lesson::aspect.eq(aspect.number()),
                    lesson::code.eq(code),
                    lesson::times.eq(1),
                ))
                .on_conflict((lesson::cell_id, lesson::month, lesson::aspect, lesson::code))
                .do_update()
                .set(lesson::times.eq(lesson::times + 1))
                .execute(&mut conn)
                .await?;
        }
    }
    Ok((spent, LessonsGiven { mobilisation: id }))
}
