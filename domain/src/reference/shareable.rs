//! What a consent can open at all: so that nobody is asked for a yes that the ceiling makes void.

use authz::{
    desk::{Sealed, Session},
    fault::Stop,
    vocabulary::{AgencyKind, BasisKind, Category, Purpose, Role, RoleSet, SubjectRole},
};

use super::{Common, common};

/// The categories that a consent can open, by the kind of agency and the role of the subject.
pub struct Shareable(Vec<(AgencyKind, SubjectRole, u16)>);

impl Shareable {
    /// Can a consent of such a subject open this category to somebody of such an agency?
    #[must_use]
    pub fn has(&self, kind: AgencyKind, subject: SubjectRole, category: Category) -> bool {
        let found = self.0.iter().find(|(of, about, _)| (*of, *about) == (kind, subject));
        found.is_some_and(|(.., mask)| mask & (1 << category.index()) != 0)
    }
}

/// Reads it from the ceiling, which is everybody's to see.
///
/// # Errors
/// When the caller is not signed in any more.
pub async fn find_shareable<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, Common<Shareable>>, Stop> {
    let ceiling = session.ceiling();
    let roles: RoleSet = Role::ALL.iter().copied().collect();
    let mut masks = Vec::new();
    for (kind, subject) in
        AgencyKind::ALL.iter().flat_map(|kind| SubjectRole::ALL.iter().map(move |subject| (*kind, *subject)))
    {
        let any = Purpose::ALL
            .iter()
            .fold(0, |mask, purpose| mask | ceiling.mask(roles, kind, subject, *purpose, BasisKind::Consent));
        masks.push((kind, subject, any));
    }
    common(session, Shareable(masks)).await
}
