//! The reads of these pages, each through the desk exactly as the API does it.

use authz::{
    desk::Disclosed,
    id::{ActionId, FileId, MeetingId, MobilisationId},
};
use domain::{
    action::{self, ActionView},
    file::view::FileView,
    meeting::{self, ContributionsView, MeetingHeadView, MeetingView, MinutesView, OralDisclosuresView},
    mobilisation::{self, MobilisationView},
};

use crate::{
    pages::{oops::Oops, visit::Visit},
    problem::{Problem, ProblemKind},
};

/// One mobilisation.
pub async fn mobilisation(visit: &Visit, id: MobilisationId) -> Result<MobilisationView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = mobilisation::find(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// The actions of a mobilisation that the visitor may know of.
pub async fn actions(visit: &Visit, id: MobilisationId) -> Result<Vec<ActionView>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| Ok(action::list(session, id).await?))
        .await?;
    Ok(found.into_parts().0)
}

/// One action.
pub async fn one_action(visit: &Visit, id: MobilisationId, action: ActionId) -> Result<ActionView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = action::find(session, id, action).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// The meetings of a mobilisation.
pub async fn meetings(visit: &Visit, id: MobilisationId) -> Result<Vec<MeetingHeadView>, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = meeting::find_all(session, id).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// One meeting.
pub async fn meeting(visit: &Visit, id: MobilisationId, meeting: MeetingId) -> Result<MeetingView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = meeting::find(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// What tells whether a meeting changed for the visitor.
pub async fn pulse(visit: &Visit, id: MobilisationId, meeting: MeetingId) -> Result<String, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = meeting::find_pulse(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0.pulse)
}

/// What was brought to a meeting.
pub async fn contributions(
    visit: &Visit,
    id: MobilisationId,
    meeting: MeetingId,
) -> Result<ContributionsView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = meeting::find_contributions(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// The minutes of a meeting, as the visitor's agency may read them.
pub async fn minutes(visit: &Visit, id: MobilisationId, meeting: MeetingId) -> Result<MinutesView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = meeting::find_minutes(session, id, meeting).await?;
            Ok(session.open_some(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// What was told aloud at a meeting.
pub async fn told(
    visit: &Visit,
    id: MobilisationId,
    meeting: MeetingId,
) -> Result<OralDisclosuresView, Oops> {
    let found = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let found = meeting::find_told(session, id, meeting).await?;
            Ok(session.open(found)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// The file behind a mobilisation.
pub async fn file(visit: &Visit, id: FileId) -> Result<FileView, Oops> {
    let found: Disclosed<FileView> = visit
        .worker
        .desk()?
        .read::<_, Problem>(visit.reader()?, async move |session| {
            let file = domain::file::find::find(session, id).await?;
            Ok(session.open(file)?)
        })
        .await?;
    Ok(found.into_parts().0)
}

/// What is absent is none; any other problem is one.
pub fn if_there<V>(read: Result<V, Oops>) -> Result<Option<V>, Oops> {
    match read {
        Ok(view) => Ok(Some(view)),
        Err(Oops::Problem(problem)) if problem.kind == ProblemKind::NotFound => Ok(None),
        Err(other) => Err(other),
    }
}
