//! Running a unit whole: it commits or rolls back, and leaves its rows, whatever the client does.

use std::{future::Future, marker::PhantomData, panic::AssertUnwindSafe, rc::Rc, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use door::Key;
use futures_util::FutureExt;
use serde::Serialize;

use super::{
    Caller, Connections, Session,
    again::{earlier, remember},
    permit::{Act, Spent},
    session::{Acting, Object, Reading, Shared},
    tx::{Begin, Tx},
};
use crate::{
    ceiling::Ceiling,
    clock::Clock,
    fault::{Fault, Stop},
    id::EventId,
    keys::Keystore,
    log::{self, Event, LogWriter, Outcome},
};

/// How long a caller waits before the database counts as away: an answer is due within two seconds.
const PATIENCE: Duration = Duration::from_millis(1_800);
/// The same for units that check a password, which may wait their turn to do so.
const PASSWORD_PATIENCE: Duration = Duration::from_secs(6);

/// The same for units that carry a whole file, of which nobody expects an answer at once.
const FILE_PATIENCE: Duration = Duration::from_secs(20);

tokio::task_local! {
    static INSIDE: ();
}

/// Decided, not yet recorded: there is no way to look inside.
pub struct Pending<'tx, V> {
    view: V,
    brand: PhantomData<fn(&'tx ()) -> &'tx ()>,
}

impl<V> Pending<'_, V> {
    pub(super) const fn new(view: V) -> Self {
        Self { view, brand: PhantomData }
    }
}

/// Recorded and committed: all that a reply accepts.
pub struct Disclosed<V> {
    view: V,
    event: EventId,
}

impl<V> Disclosed<V> {
    pub(crate) const fn new(view: V, event: EventId) -> Self {
        Self { view, event }
    }

    /// The view and the id of the row it was recorded under.
    pub fn into_parts(self) -> (V, EventId) {
        (self.view, self.event)
    }
}

/// What a change answers: identifiers and instants, never a value.
pub trait Answer: Serialize {
    /// The HTTP status.
    const STATUS: u16;
    /// Where the thing made can be read.
    fn location(&self) -> Option<String> {
        None
    }
}

/// The answer of an act, fresh or repeated.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: serde_json::Value,
}

/// One worker's desk.
#[derive(Clone)]
pub struct Desk {
    inner: Rc<Inner>,
}

struct Inner {
    pool: Connections,
    log: LogWriter,
    ceiling: Arc<ArcSwap<Ceiling>>,
    keys: Arc<dyn Keystore>,
    clock: Clock,
}

impl Desk {
    /// Sets a desk up on a worker.
    #[must_use]
    pub fn new(
        pool: Connections,
        log: LogWriter,
        ceiling: Arc<ArcSwap<Ceiling>>,
        keys: Arc<dyn Keystore>,
        clock: Clock,
    ) -> Self {
        Self { inner: Rc::new(Inner { pool, log, ceiling, keys, clock }) }
    }

    /// The clock of the domain.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.inner.clock
    }

    /// Is everything there that a read needs?
    ///
    /// # Errors
    /// When the database, the keystore or the log's queue is not.
    pub async fn ready(&self) -> Result<(), Fault> {
        self.inner.keys.check()?;
        if !self.inner.log.has_room() {
            return Err(Fault::Log);
        }
        self.inner.pool.ping().await
    }

    /// Runs a unit that reads. Its view is disclosed only after its row is committed.
    ///
    /// # Errors
    /// What the work refuses, or what failed.
    pub async fn read<V, E>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Reading>) -> Result<Pending<'tx, V>, E> + 'static,
    ) -> Result<Disclosed<V>, E>
    where
        V: 'static,
        E: From<Stop> + 'static,
    {
        let desk = self.clone();
        whole(PATIENCE, async move { desk.read_unit(who, work).await }).await
    }

    /// The same for a unit that hands out a whole file.
    ///
    /// # Errors
    /// What the work refuses, or what failed.
    pub async fn read_file<V, E>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Reading>) -> Result<Pending<'tx, V>, E> + 'static,
    ) -> Result<Disclosed<V>, E>
    where
        V: 'static,
        E: From<Stop> + 'static,
    {
        let desk = self.clone();
        whole(FILE_PATIENCE, async move { desk.read_unit(who, work).await }).await
    }

    async fn read_unit<V, E: From<Stop>>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Reading>) -> Result<Pending<'tx, V>, E>,
    ) -> Result<Disclosed<V>, E> {
        let tx = Tx::lease(&self.inner.pool, Begin::Reading).await.map_err(Stop::Fault)?;
        let still_reading = self.inner.log.still_reading();
        let mut session = Session::new(tx, who, self.shared());
        let result = caught(work(&mut session)).await;
        let view = result.map(|pending| pending.view);
        let events = closing_events(&mut session, view.as_ref().err());
        drop(still_reading);
        // A snapshot that only read has nothing to lose: its end and the log's COMMIT wait together.
        let (_, recorded) = tokio::join!(session.tx.finish(true), self.inner.log.write(events));
        let ids = recorded.map_err(|unavailable| Stop::Fault(unavailable.into()))?;
        Ok(Disclosed { view: view?, event: first(&ids)? })
    }

    /// Runs a unit that changes something: change, log row and idempotency record commit together.
    ///
    /// # Errors
    /// What the work refuses, or what failed; then nothing was changed.
    pub async fn act<E>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Acting>) -> Result<Pending<'tx, Answered>, E> + 'static,
    ) -> Result<Disclosed<Answered>, E>
    where
        E: From<Stop> + 'static,
    {
        self.act_within(PATIENCE, who, work).await
    }

    /// The same for a unit that takes in a whole file.
    ///
    /// # Errors
    /// What the work refuses, or what failed; then nothing was changed.
    pub async fn act_file<E>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Acting>) -> Result<Pending<'tx, Answered>, E> + 'static,
    ) -> Result<Disclosed<Answered>, E>
    where
        E: From<Stop> + 'static,
    {
        self.act_within(FILE_PATIENCE, who, work).await
    }

    async fn act_within<E>(
        &self,
        patience: Duration,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Acting>) -> Result<Pending<'tx, Answered>, E> + 'static,
    ) -> Result<Disclosed<Answered>, E>
    where
        E: From<Stop> + 'static,
    {
        let desk = self.clone();
        whole(patience, async move {
            let again = who.idempotency.clone();
            desk.act_unit(who, again, work).await
        })
        .await
    }

    async fn act_unit<E: From<Stop>>(
        &self,
        who: Caller,
        again: Option<super::IdempotencyKey>,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Acting>) -> Result<Pending<'tx, Answered>, E>,
    ) -> Result<Disclosed<Answered>, E> {
        let tx = Tx::lease(&self.inner.pool, Begin::Acting).await.map_err(Stop::Fault)?;
        let mut session = Session::new(tx, who, self.shared());
        let result = caught(async {
            session.identify().await?;
            if let Some(known) = earlier(&session, again.as_ref()).await? {
                session.note("request.repeat", Object::kind("request"), Outcome::Allowed, Vec::new());
                return Ok(known);
            }
            let answered = work(&mut session).await?.view;
            if let Some(key) = &again {
                remember(&session, key, &answered).await?;
            }
            Ok(answered)
        })
        .await;
        self.settle_unit(session, result).await
    }

    /// Runs a unit that changes something and gives out what is never given again, such as a token. An
    /// idempotency key is not looked at: what it would have to keep is what must not lie in a table.
    ///
    /// # Errors
    /// What the work refuses, or what failed; then nothing was changed.
    pub async fn once<V, E>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Acting>) -> Result<Pending<'tx, V>, E> + 'static,
    ) -> Result<Disclosed<V>, E>
    where
        V: 'static,
        E: From<Stop> + 'static,
    {
        self.account_unit(who, async move |session| {
            session.identify().await?;
            work(session).await.map(|pending| pending.view)
        })
        .await
    }

    /// Runs a unit on accounts: signing in and what surrounds it. Its work belongs to this crate.
    pub(crate) async fn account_unit<V: 'static, E: From<Stop> + 'static>(
        &self,
        who: Caller,
        work: impl for<'tx> AsyncFnOnce(&mut Session<'tx, Acting>) -> Result<V, E> + 'static,
    ) -> Result<Disclosed<V>, E> {
        let desk = self.clone();
        whole(PASSWORD_PATIENCE, async move {
            let tx = Tx::lease(&desk.inner.pool, Begin::Acting).await.map_err(Stop::Fault)?;
            let mut session = Session::new(tx, who, desk.shared());
            let result = caught(async {
                session.tx.begin().await.map_err(Stop::from)?;
                work(&mut session).await
            })
            .await;
            desk.settle_unit(session, result).await
        })
        .await
    }

    async fn settle_unit<V, E: From<Stop>>(
        &self,
        mut session: Session<'_, Acting>,
        result: Result<V, E>,
    ) -> Result<Disclosed<V>, E> {
        let events = closing_events(&mut session, result.as_ref().err());
        match result {
            Ok(view) => {
                let conn = session.tx.conn(Key::take()).map_err(Stop::from)?;
                let ids = log::insert(conn, &events).await.map_err(|error| {
                    tracing::error!(error.kind = %crate::fault::kind(&error), "log row of a command failed");
                    Stop::Fault(Fault::Log)
                })?;
                session.tx.finish(true).await.map_err(Stop::from)?;
                Ok(Disclosed { view, event: first(&ids)? })
            }
            Err(error) => {
                let (_, recorded) = tokio::join!(session.tx.finish(false), self.inner.log.write(events));
                recorded.map_err(|unavailable| Stop::Fault(unavailable.into()))?;
                Err(error)
            }
        }
    }

    fn shared(&self) -> Shared {
        let ceiling = self.inner.ceiling.load_full();
        Shared {
            policy: ceiling.version(),
            ceiling,
            keys: Arc::clone(&self.inner.keys),
            clock: self.inner.clock,
        }
    }
}

impl<'tx> Session<'tx, Acting> {
    /// Ends an act: what was spent proves that the change was carried out.
    ///
    /// # Errors
    /// When the answer cannot be written as JSON.
    pub fn done<A: Act, V: Answer>(
        &mut self,
        _: Spent<'tx, A>,
        answer: &V,
    ) -> Result<Pending<'tx, Answered>, Stop> {
        let body = serde_json::to_value(answer).map_err(|_| Fault::Stored)?;
        let mut answered = Answered { status: V::STATUS, body };
        if let (Some(location), Some(members)) = (answer.location(), answered.body.as_object_mut()) {
            members.insert("href".into(), location.into());
        }
        Ok(Pending::new(answered))
    }
}

impl Session<'_, Acting> {
    /// Ends an act whose answer is given once; see [`Desk::once`].
    pub(crate) const fn give<'tx, A: Act, V>(_: Spent<'tx, A>, view: V) -> Pending<'tx, V> {
        Pending::new(view)
    }
}

/// Runs a unit on its worker to its end, even when the request that asked for it is gone or was told that the
/// database is away: what is under way commits or rolls back whole, and leaves its rows.
async fn whole<T: 'static, E: From<Stop> + 'static>(
    patience: Duration,
    unit: impl Future<Output = Result<T, E>> + 'static,
) -> Result<T, E> {
    // INVARIANT: a unit never waits for another; two on one pool could wait for each other for ever.
    if INSIDE.try_with(|()| ()).is_ok() {
        return Err(Stop::Fault(Fault::Nested).into());
    }
    match tokio::time::timeout(patience, tokio::task::spawn_local(INSIDE.scope((), unit))).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Stop::Fault(Fault::Panicked).into()),
        Err(_) => Err(Stop::Fault(Fault::Db).into()),
    }
}

/// A panic inside the work is a fault like another: the transaction ends and the row is written.
async fn caught<T, E: From<Stop>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(Stop::Fault(Fault::Panicked).into()))
}

/// Every unit leaves at least one row, and none that says "allowed" of what was undone.
fn closing_events<E, M>(session: &mut Session<'_, M>, failed: Option<&E>) -> Vec<Event> {
    if failed.is_some() {
        for event in &mut session.events {
            if event.outcome == Outcome::Allowed {
                event.outcome = Outcome::Refused;
                event.disclosed.clear();
            }
        }
    }
    if session.events.is_empty() {
        let outcome = if failed.is_some() { Outcome::Refused } else { Outcome::Allowed };
        session.note("unit.end", Object::kind("unit"), outcome, Vec::new());
    }
    std::mem::take(&mut session.events)
}

fn first<E: From<Stop>>(ids: &[EventId]) -> Result<EventId, E> {
    ids.first().copied().ok_or_else(|| Stop::Fault(Fault::Log).into())
}
