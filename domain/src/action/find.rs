//! Finds actions and hands them out sealed, each with the file whose persons it protects.

use std::{collections::HashMap, rc::Rc};

use authz::{
    desk::{Acting, Owner, Pending, Scope, Sealed, Session, seal},
    fault::Stop,
    id::{ActionId, FileId, MeetingId, MobilisationId},
};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    Status,
    rows::{ActionRow, StepRow, ToldRow},
    view::{ActionView, Papers, SafetyAction, Whole},
};
use crate::{
    document::{Bodies, DocumentKind, bodies},
    file::{
        find::lock as lock_file,
        situation::{self, Rows},
    },
    mobilisation,
    schema::{document, recusal, safety_action, safety_action_step, safety_action_told},
};

/// The action under this id in this mobilisation, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    mobilisation: MobilisationId,
    id: ActionId,
) -> Result<Sealed<'tx, SafetyAction>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let row: Option<ActionRow> = safety_action::table
        .filter(safety_action::id.eq(id.uuid()))
        .filter(safety_action::mobilisation_id.eq(mobilisation.uuid()))
        .select(ActionRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let held = match row {
        None => None,
        Some(row) => {
            let (mut steps, mut told) = beside(session, &[row.id]).await?;
            match papers(session, row.file()).await? {
                None => None,
                Some((rows, papers)) => Some(held(session, row, &rows, &papers, &mut steps, &mut told)?),
            }
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// The same, for a change: who moves it on waits for who moves its mobilisation or writes to its file.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    mobilisation: MobilisationId,
    id: ActionId,
) -> Result<Sealed<'tx, SafetyAction>, Stop> {
    session.identify().await?;
    mobilisation::lock(session, mobilisation).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let file: Option<Uuid> = safety_action::table
        .filter(safety_action::id.eq(id.uuid()))
        .filter(safety_action::mobilisation_id.eq(mobilisation.uuid()))
        .select(safety_action::file_id)
        .first(&mut conn)
        .await
        .optional()?;
    if let Some(file) = file {
        lock_file(session, FileId::from_uuid(file)).await?;
    }
    find(session, mobilisation, id).await
}

/// The actions of a mobilisation that one may know of, in the order they were agreed on.
///
/// # Errors
/// When the mobilisation is absent for the caller, or the database fails.
pub async fn list<'tx, M>(
    session: &mut Session<'tx, M>,
    mobilisation: MobilisationId,
) -> Result<Pending<'tx, Vec<ActionView>>, Stop> {
    let found = mobilisation::find(session, mobilisation).await?;
    session.pass(found)?;
    let rows = rows_of(session, mobilisation).await?;
    judged(session, rows).await
}

/// What the table holds of the actions of a mobilisation, in the order they were agreed on. Nobody was judged.
pub(crate) async fn rows_of<M>(
    session: &Session<'_, M>,
    mobilisation: MobilisationId,
) -> Result<Vec<ActionRow>, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows = safety_action::table
        .filter(safety_action::mobilisation_id.eq(mobilisation.uuid()))
        .order((safety_action::written_at, safety_action::id))
        .select(ActionRow::as_select())
        .load(&mut conn)
        .await?;
    Ok(rows)
}

/// Most actions shown to whoever answers for them.
const MOST: i64 = 100;

/// The actions that the caller answers for in person and that are still to be done, what is due first on top.
///
/// # Errors
/// When the caller is not signed in any more, declared no purpose, or the database fails.
pub async fn list_own<'tx, M>(session: &mut Session<'tx, M>) -> Result<Pending<'tx, Vec<ActionView>>, Stop> {
    session.purpose()?;
    let who = session.identify().await?.clone();
    let absent = recusal::table.filter(recusal::human_id.eq(who.human().uuid())).select(recusal::file_id);
    let open: Vec<i16> = Status::ALL.iter().filter(|status| status.is_open()).map(|s| s.number()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<ActionRow> = safety_action::table
        .filter(safety_action::owner_account.eq(who.user().uuid()))
        .filter(safety_action::status.eq_any(open))
        .filter(safety_action::file_id.ne_all(absent))
        .order((safety_action::due_at, safety_action::id))
        .limit(MOST)
        .select(ActionRow::as_select())
        .load(&mut conn)
        .await?;
    judged(session, rows).await
}

/// Those of these actions that one may know of, in their order.
async fn judged<'tx, M>(
    session: &mut Session<'tx, M>,
    rows: Vec<ActionRow>,
) -> Result<Pending<'tx, Vec<ActionView>>, Stop> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut steps, mut told) = beside(session, &ids).await?;
    let mut files: HashMap<Uuid, (Rows, Rc<Papers>)> = HashMap::new();
    for row in &rows {
        if !files.contains_key(&row.file_id)
            && let Some(loaded) = papers(session, row.file()).await?
        {
            files.insert(row.file_id, loaded);
        }
    }
    let mut candidates = Vec::with_capacity(rows.len());
    for row in rows {
        let Some((file, papers)) = files.get(&row.file_id) else { continue };
        let id = row.id();
        let held = held(session, row, file, papers, &mut steps, &mut told)?;
        candidates.push(seal(Key::take(), session.tx(Key::take()), id, Some(held)));
    }
    session.sift(candidates)
}

/// What was decided at one meeting, in the order it was agreed on, with the sealed bodies of its documents: for
/// minutes, which ask of each action whether its reader may know of it.
pub(crate) async fn decided_at<M>(
    session: &Session<'_, M>,
    meeting: MeetingId,
) -> Result<(Vec<Whole>, Bodies), Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<ActionRow> = safety_action::table
        .filter(safety_action::meeting_id.eq(meeting.uuid()))
        .order((safety_action::written_at, safety_action::id))
        .select(ActionRow::as_select())
        .load(&mut conn)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut steps, mut told) = beside(session, &ids).await?;
    let papers: Vec<Uuid> =
        rows.iter().flat_map(|row| [row.document_id, row.evidence_id]).flatten().collect();
    let bodies: Vec<(Uuid, Vec<u8>)> = document::table
        .filter(document::id.eq_any(papers))
        .select((document::id, document::body_sealed))
        .load(&mut conn)
        .await?;
    let whole = rows.into_iter().map(|row| Whole {
        steps: steps.remove(&row.id).unwrap_or_default(),
        told: told.remove(&row.id).unwrap_or_default(),
        row,
    });
    Ok((whole.collect(), bodies.into_iter().collect()))
}

type Steps = HashMap<Uuid, Vec<StepRow>>;
type ToldRows = HashMap<Uuid, Vec<ToldRow>>;

async fn beside<M>(session: &Session<'_, M>, ids: &[Uuid]) -> Result<(Steps, ToldRows), Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<StepRow> = safety_action_step::table
        .filter(safety_action_step::action_id.eq_any(ids))
        .order((safety_action_step::action_id, safety_action_step::position))
        .select(StepRow::as_select())
        .load(&mut conn)
        .await?;
    let mut steps = Steps::new();
    for row in rows {
        steps.entry(row.action_id).or_default().push(row);
    }
    let rows: Vec<ToldRow> = safety_action_told::table
        .filter(safety_action_told::action_id.eq_any(ids))
        .order((safety_action_told::told_at, safety_action_told::person_id))
        .select(ToldRow::as_select())
        .load(&mut conn)
        .await?;
    let mut told = ToldRows::new();
    for row in rows {
        told.entry(row.action_id).or_default().push(row);
    }
    Ok((steps, told))
}

/// A file with the documents that speak of actions.
async fn papers<M>(session: &mut Session<'_, M>, file: FileId) -> Result<Option<(Rows, Rc<Papers>)>, Stop> {
    let Some(rows) = situation::load(session, file).await? else { return Ok(None) };
    let bodies = bodies(session, file, &[DocumentKind::Action, DocumentKind::Evidence]).await?;
    let documents = rows.documents.clone();
    let roles = rows.persons.iter().map(|person| (person.id, person.role)).collect();
    Ok(Some((rows, Rc::new(Papers { documents, roles, bodies }))))
}

fn held<M>(
    session: &Session<'_, M>,
    row: ActionRow,
    file: &Rows,
    papers: &Rc<Papers>,
    steps: &mut Steps,
    told: &mut ToldRows,
) -> Result<(SafetyAction, Scope), Stop> {
    let scope = Scope::Framed(Box::new(file.scope(Owner::Shared)?), row.frame());
    let steps = steps.remove(&row.id).unwrap_or_default();
    let told = told.remove(&row.id).unwrap_or_default();
    let whole = Whole { row, steps, told };
    Ok((SafetyAction { whole, papers: Rc::clone(papers), now: session.now() }, scope))
}
