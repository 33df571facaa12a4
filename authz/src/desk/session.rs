//! One unit of work in progress: what it reads with, and what the log will say of it.

use std::{marker::PhantomData, sync::Arc};

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use door::Key;
use uuid::Uuid;

use super::{Caller, Reach, Tx};
use crate::{
    ceiling::Ceiling,
    clock::Clock,
    fault::{Denied, Fault, Stop},
    id::{CellId, FileId, Fresh, UserId, fresh},
    keys::Keystore,
    log::{DisclosedPart, Event, Outcome},
    standing::{self, Actor, Standing, StandingRow},
    vocabulary::Purpose,
};

/// A unit that only reads.
#[derive(Debug)]
pub struct Reading;
/// A unit that may change things, with permits.
#[derive(Debug)]
pub struct Acting;

/// The rows that say who the caller is now; see [`Session::settle`].
pub struct StandingRows(Vec<StandingRow>);

/// What every unit of a worker shares.
#[derive(Clone)]
pub(crate) struct Shared {
    pub ceiling: Arc<Ceiling>,
    pub policy: Arc<str>,
    pub keys: Arc<dyn Keystore>,
    pub clock: Clock,
}

/// A unit of work. `'tx` is its own: nothing that carries it can leave.
pub struct Session<'tx, M = Reading> {
    pub(super) tx: Tx<'tx>,
    pub(super) caller: Caller,
    pub(super) shared: Shared,
    pub(super) standing: Option<Standing>,
    pub(super) events: Vec<Event>,
    pub(super) now: DateTime<Utc>,
    pub(super) mode: PhantomData<fn(M)>,
}

impl<'tx, M> Session<'tx, M> {
    pub(super) fn new(tx: Tx<'tx>, caller: Caller, shared: Shared) -> Self {
        let now = shared.clock.now();
        Self { tx, caller, shared, standing: None, events: Vec::with_capacity(1), now, mode: PhantomData }
    }

    /// The transaction, for who holds the key.
    pub const fn tx(&self, _: Key) -> &Tx<'tx> {
        &self.tx
    }

    /// The keystore, for who holds the key: values are sealed before they are written.
    #[must_use]
    pub fn keys(&self, _: Key) -> &dyn Keystore {
        self.shared.keys.as_ref()
    }

    /// The one moment of this unit, in the domain's time.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The ceiling that decides in this unit.
    pub fn ceiling(&self) -> &Ceiling {
        &self.shared.ceiling
    }

    /// The declared purpose.
    ///
    /// # Errors
    /// When none was declared.
    pub fn purpose(&self) -> Result<Purpose, Denied> {
        self.caller.purpose.ok_or(Denied::Purpose)
    }

    /// A new identifier of this moment.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn fresh(&self) -> Result<Fresh, Fault> {
        fresh(self.now).map_err(|_| Fault::Keys)
    }

    /// Whose session it is, whether or not it still counts.
    pub(crate) const fn actor(&self) -> Option<Actor> {
        self.caller.actor
    }

    /// The statement that says who the caller is, to be joined with others; see [`Self::settle`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn standing_rows(&self, key: Key) -> QueryResult<StandingRows> {
        let conn = self.tx.conn(key)?;
        let real_now = crate::clock::real_now();
        standing::rows(conn, self.caller.actor, self.now, real_now).await.map(StandingRows)
    }

    /// Takes in who the caller is.
    ///
    /// # Errors
    /// When the session, the account or the agency no longer counts, or something must be set up first.
    pub fn settle(&mut self, rows: &StandingRows) -> Result<&Standing, Stop> {
        let standing = Standing::from_rows(self.caller.actor, &rows.0)?;
        self.standing = Some(standing);
        self.standing()
    }

    /// Who the caller is, asked once.
    ///
    /// # Errors
    /// When the session, the account or the agency no longer counts, or something must be set up first.
    pub async fn identify(&mut self) -> Result<&Standing, Stop> {
        if self.standing.is_none() {
            let ((), rows) =
                futures_util::future::try_join(self.tx.begin(), self.standing_rows(Key::take())).await?;
            self.settle(&rows)?;
        }
        self.standing()
    }

    /// Who the caller is, once known.
    ///
    /// # Errors
    /// When nobody asked yet: unknown means no. When a password or a second factor must be set up first.
    pub fn standing(&self) -> Result<&Standing, Stop> {
        let standing = self.standing.as_ref().ok_or(Denied::Unauthenticated)?;
        if standing.is_narrow() { Err(Denied::SetUpFirst.into()) } else { Ok(standing) }
    }

    /// The files the caller may know of.
    ///
    /// # Errors
    /// When the caller is not signed in any more, or declared no purpose.
    pub async fn reach(&mut self) -> Result<Reach<'tx>, Stop> {
        self.purpose()?;
        let now = self.now;
        self.identify().await.map(|standing| Reach::of(standing, now))
    }

    pub(super) fn note(
        &mut self,
        act: &'static str,
        object: Object,
        outcome: Outcome,
        disclosed: Vec<DisclosedPart>,
    ) {
        let standing = self.standing.as_ref();
        self.events.push(Event {
            occurred_at: self.now,
            actor: self.caller.actor.map(crate::standing::Actor::user),
            agency: standing.map(Standing::agency),
            session: self.caller.actor.map(crate::standing::Actor::session),
            purpose: self.caller.purpose,
            act,
            object_kind: object.kind,
            object: object.id,
            file: object.file,
            cell: object.cell,
            outcome,
            disclosed,
            policy: Arc::clone(&self.shared.policy),
            request: self.caller.request,
        });
    }
}

impl Session<'_, Acting> {
    /// Names, in the row noted last, the file that the act just made.
    pub fn made_file(&mut self, _: Key, file: FileId) {
        if let Some(event) = self.events.last_mut() {
            event.file = Some(file);
        }
    }

    /// Who the caller is, for what concerns the own account only: also somebody who still has to set up.
    pub(crate) async fn holder(&mut self) -> Result<&Standing, Stop> {
        self.tx.begin().await?;
        let rows = self.standing_rows(Key::take()).await?;
        Ok(self.standing.insert(Standing::from_rows(self.caller.actor, &rows.0)?))
    }

    /// Notes something about an account.
    pub(crate) fn note_account(&mut self, act: &'static str, account: Option<UserId>, done: bool) {
        let outcome = if done { Outcome::Allowed } else { Outcome::Refused };
        self.note(
            act,
            Object { id: account.map(UserId::uuid), ..Object::kind("account") },
            outcome,
            Vec::new(),
        );
    }
}

/// What an event is about.
#[derive(Clone, Copy)]
pub(crate) struct Object {
    pub kind: &'static str,
    pub id: Option<Uuid>,
    pub file: Option<FileId>,
    pub cell: Option<CellId>,
}

impl Object {
    /// Something of a kind, no single one.
    pub(crate) const fn kind(kind: &'static str) -> Self {
        Self { kind, id: None, file: None, cell: None }
    }
}

impl Stop {
    /// How the log calls this ending.
    pub(crate) const fn outcome(&self) -> Outcome {
        match self {
            Self::Denied(Denied::Hidden) => Outcome::Absent,
            Self::Denied(_) | Self::KeyReused | Self::Stale => Outcome::Refused,
            Self::Fault(_) => Outcome::Fault,
        }
    }
}
