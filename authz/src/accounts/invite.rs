//! Making an account by inviting a person, and inviting her again.

use diesel::{ExpressionMethods, QueryDsl, insert_into, result::DatabaseErrorKind};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    account::{Account, AgencyAccounts},
    error::AccountError,
    invitations::{Invitation, Kind, invite},
    rows::AccountRow,
};
use crate::{
    acts::ManageAccount,
    clock::real_now,
    desk::{Acting, Pending, Permit, Session},
    fault::{Denied, Fault, Stop},
    id::{AgencyId, Fresh, HumanId, UserId},
    schema::account,
    standing::Standing,
};

/// Whom to invite.
pub struct Invitee {
    /// Name shown to colleagues.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// An account, in another agency, of the same human being: recusal is of the person.
    pub same_person_as: Option<UserId>,
}

/// An account that was made, and what its person is to be handed.
#[derive(Serialize, ToSchema)]
pub struct Invited {
    /// The account.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// The token to enrol with.
    pub invitation: Invitation,
}

/// A row about to be written.
pub(super) struct NewAccount<'n> {
    pub id: UserId,
    pub human: HumanId,
    pub agency: AgencyId,
    pub email: &'n str,
    pub name: &'n str,
    pub service: bool,
    pub by: Option<UserId>,
}

impl NewAccount<'_> {
    pub(super) async fn insert(&self, mut conn: &AsyncPgConnection) -> Result<(), AccountError> {
        insert_into(account::table)
            .values((
                account::id.eq(self.id.uuid()),
                account::human_id.eq(self.human.uuid()),
                account::agency_id.eq(self.agency.uuid()),
                account::email.eq(self.email),
                account::name.eq(self.name),
                account::service.eq(self.service),
                account::created_at.eq(real_now()),
                account::created_by.eq(self.by.map(UserId::uuid)),
            ))
            .execute(&mut conn)
            .await
            .map_err(|error| match error {
                diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                    AccountError::EmailTaken
                }
                other => other.into(),
            })?;
        Ok(())
    }
}

/// A new identifier of this moment.
pub(super) fn fresh() -> Result<Fresh, Fault> {
    crate::id::fresh(real_now()).map_err(|_| Fault::Keys)
}

/// Makes an account in the caller's agency and invites its person to enrol.
///
/// # Errors
/// When the address is taken, or the same person is unknown or has an account here already.
pub async fn create<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, AgencyAccounts>,
    invitee: Invitee,
) -> Result<Pending<'tx, Invited>, AccountError> {
    let (agency, spent) = permit.spend(Key::take());
    let by = Some(session.standing()?.user());
    let conn = session.tx(Key::take()).conn(Key::take())?;
    let human = match invitee.same_person_as {
        None => fresh()?.into(),
        Some(other) => same_person(conn, other, agency).await?,
    };
    let id: UserId = fresh()?.into();
    let new =
        NewAccount { id, human, agency, email: &invitee.email, name: &invitee.name, service: false, by };
    new.insert(conn).await?;
    let invitation = invite(conn, id, Kind::Enrolment, by, real_now()).await?;
    session.note_account("account.create", Some(id), true);
    Ok(Session::give(spent, Invited { id, invitation }))
}

async fn same_person(
    mut conn: &AsyncPgConnection,
    other: UserId,
    agency: AgencyId,
) -> Result<HumanId, AccountError> {
    const MEMBER: &str = "/same_person_as";
    let row = AccountRow::find(conn, other).await?.filter(|row| !row.service);
    let human = row.ok_or(AccountError::Unknown(MEMBER))?.human_id;
    let here: i64 = account::table
        .filter(account::human_id.eq(human))
        .filter(account::agency_id.eq(agency.uuid()))
        .count()
        .get_result(&mut conn)
        .await?;
    // A person has one account for each agency she speaks for.
    if here > 0 { Err(AccountError::NotPossible(MEMBER)) } else { Ok(HumanId::from_uuid(human)) }
}

/// Invites again somebody who has not enrolled; the earlier invitation serves no more.
///
/// # Errors
/// When the account has enrolled, is disabled, or is a program's.
pub async fn invite_again<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, Account>,
) -> Result<Pending<'tx, Invitation>, AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let row = held(session, id).await?;
    if row.service || row.password_hash.is_some() || row.disabled_at.is_some() {
        return Err(AccountError::Conflict("the account awaits no enrolment"));
    }
    let invitation = invite_by_caller(session, id, Kind::Enrolment).await?;
    Ok(Session::give(spent, invitation))
}

/// Makes a token with which a person chooses another password. Until it is used nothing changes.
///
/// # Errors
/// When the account has not enrolled, is disabled, is a program's, or is the caller's own.
pub async fn offer_reset<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, Account>,
    with_second_factor: bool,
) -> Result<Pending<'tx, Invitation>, AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let row = held(session, id).await?;
    not_oneself(session.standing()?, &row, "account.manage")?;
    if row.service || row.password_hash.is_none() || row.disabled_at.is_some() {
        return Err(AccountError::Conflict("the account has no password to reset"));
    }
    let kind = if with_second_factor { Kind::PasswordAndFactor } else { Kind::Password };
    let invitation = invite_by_caller(session, id, kind).await?;
    Ok(Session::give(spent, invitation))
}

async fn invite_by_caller(session: &Session<'_, Acting>, id: UserId, kind: Kind) -> Result<Invitation, Stop> {
    let by = Some(session.standing()?.user());
    invite(session.tx(Key::take()).conn(Key::take())?, id, kind, by, real_now()).await
}

/// The row under a permitted id, held until the unit ends.
pub(super) async fn held(session: &Session<'_, Acting>, id: UserId) -> Result<AccountRow, Stop> {
    let conn = session.tx(Key::take()).conn(Key::take())?;
    Ok(AccountRow::held(conn, id).await?.ok_or(Denied::Hidden)?)
}

/// Nobody decides about one's own account, nor about another account of the same person.
pub(super) fn not_oneself(who: &Standing, row: &AccountRow, rule: &'static str) -> Result<(), Denied> {
    if row.human_id == who.human().uuid() { Err(Denied::Refused { rule }) } else { Ok(()) }
}
