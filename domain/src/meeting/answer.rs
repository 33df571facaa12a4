//! What is said before the table: will somebody be there, and does the agency hold anything. The coordination learns
//! what was answered, never what is held.

use authz::{
    acts::{AnswerForMeeting, ReplyToMeeting},
    desk::{Acting, Permit, Session, Spent},
    id::{AgencyId, MeetingId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, dsl::exists, select};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AgencyAnswer, Meeting, Reply, find::row};
use crate::{
    document::DocumentKind,
    mobilisation::coded,
    refusal::Refusal,
    schema::{document, meeting_document, meeting_seat},
    validation::Rule,
};

/// A reply to an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReply {
    /// Who will be there.
    pub reply: Reply,
}

/// An agency's answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// Whether it holds anything.
    pub answer: AgencyAnswer,
    /// Why it does not say, a code of `withheld_reason`: with `withheld` and never without.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What was replied or answered.
#[derive(Serialize, ToSchema)]
pub struct Replied {
    /// The meeting.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// For which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// When.
    pub at: DateTime<Utc>,
}

impl authz::desk::Answer for Replied {
    const STATUS: u16 = 200;
}

/// Replies to an invitation; the last reply counts.
///
/// # Errors
/// When the meeting is over.
pub async fn reply<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ReplyToMeeting, Meeting>,
    new: NewReply,
) -> Result<(Spent<'tx, ReplyToMeeting>, Replied), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, agency) = (session.now(), session.standing()?.agency());
    row(session, id).await?.must_live()?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(
        meeting_seat::table
            .filter(meeting_seat::meeting_id.eq(id.uuid()))
            .filter(meeting_seat::agency_id.eq(agency.uuid())),
    )
    .set((meeting_seat::reply.eq(new.reply.number()), meeting_seat::replied_at.eq(now)))
    .execute(&mut conn)
    .await?;
    Ok((spent, Replied { meeting: id, agency, at: now }))
}

/// Answers for one's agency; the last answer counts.
///
/// # Errors
/// When the meeting is over, nothing was brought that is said to be shared, or the reason is missing or unknown.
pub async fn answer<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AnswerForMeeting, Meeting>,
    new: NewAnswer,
) -> Result<(Spent<'tx, AnswerForMeeting>, Replied), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, who) = (session.now(), session.standing()?.clone());
    row(session, id).await?.must_live()?;
    match (new.answer, &new.reason) {
        (AgencyAnswer::Withheld, None) => return Err(Refusal::invalid("/reason", Rule::Missing)),
        (AgencyAnswer::Withheld, Some(reason)) => {
            coded("withheld_reason", std::slice::from_ref(reason), "/reason", true)
                .map_err(|_| Refusal::invalid("/reason", Rule::UnknownCode))?;
        }
        (_, Some(_)) => return Err(Refusal::invalid("/reason", Rule::UnknownMember)),
        (AgencyAnswer::Shared | AgencyAnswer::NothingHeld, None) => {}
    }
    if new.answer == AgencyAnswer::Shared && !has_brought(session, id, who.agency()).await? {
        return Err(Refusal::invalid("/answer", Rule::ContributionMissing));
    }
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let touched = diesel::update(
        meeting_seat::table
            .filter(meeting_seat::meeting_id.eq(id.uuid()))
            .filter(meeting_seat::agency_id.eq(who.agency().uuid())),
    )
    .set((
        meeting_seat::answer.eq(new.answer.number()),
        meeting_seat::answer_reason.eq(new.reason),
        meeting_seat::answered_by.eq(who.user().uuid()),
        meeting_seat::answered_at.eq(now),
    ))
    .execute(&mut conn)
    .await?;
    // Who only chairs has no seat to answer from.
    if touched == 0 {
        return Err(Refusal::Blocked(Rule::NotCalled));
    }
    Ok((spent, Replied { meeting: id, agency: who.agency(), at: now }))
}

async fn has_brought(
    session: &Session<'_, Acting>,
    id: MeetingId,
    agency: AgencyId,
) -> Result<bool, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let brought = select(exists(
        meeting_document::table
            .inner_join(document::table.on(document::id.eq(meeting_document::document_id)))
            .filter(meeting_document::meeting_id.eq(id.uuid()))
            .filter(document::kind.eq(DocumentKind::Contribution.number()))
            .filter(document::source_id.eq(agency.uuid()))
            .filter(document::retracted_at.is_null()),
    ))
    .get_result(&mut conn)
    .await?;
    Ok(brought)
}
