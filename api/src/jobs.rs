//! Work that no request waits for. Each job is bounded, may run in several processes at once, and may be
//! killed at any moment.

use std::{io, time::Duration};

use authz::{
    fault::Fault,
    log::{Signed, sign_log},
};
use domain::jobs::{Line, mail_counts, round};
use tokio::sync::watch;

use crate::{
    log::points::TOO_LONG,
    mail::{Mailer, post},
    server::Shared,
};

/// The pause between two rounds.
const PAUSE: Duration = Duration::from_secs(5);
/// The pause between two signatures of the log.
const SIGNING: Duration = Duration::from_secs(10);
/// How long a mail under way may still take when the program stops.
const LAST_MAIL: Duration = Duration::from_secs(3);

/// The jobs of this process.
pub struct Jobs {
    stop: watch::Sender<bool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Starts the jobs on a thread of their own. Mails go their own way, so that a server that does not answer keeps
/// no message from the inbox.
///
/// # Errors
/// When the operating system gives no thread, or the settings of mail are not sound.
pub fn start(shared: &Shared) -> io::Result<Jobs> {
    let mailer = Mailer::new(&shared.config).map_err(io::Error::other)?;
    let (stop, stopped) = watch::channel(false);
    let shared = shared.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = std::thread::Builder::new().name("jobs".into()).spawn(move || {
        runtime.block_on(async move {
            tokio::join!(rounds(&shared, stopped.clone()), signatures(&shared, stopped.clone()), async {
                if let Some(mailer) = mailer {
                    mails(&shared, &mailer, stopped.clone()).await;
                }
            });
        });
    })?;
    Ok(Jobs { stop, thread: Some(thread) })
}

async fn rounds(shared: &Shared, mut stopped: watch::Receiver<bool>) {
    loop {
        let config = &shared.config;
        if round(&config.database_url, config.role(), shared.clock).await.is_err() {
            tracing::warn!("a round of jobs failed; the next one tries again");
        }
        if shared.keys.destroy_old_signing(authz::clock::real_now()).is_err() {
            tracing::warn!("an old signing key could not be destroyed; the next round tries again");
        }
        if ends(&mut stopped, PAUSE).await {
            return;
        }
    }
}

/// Gives the rows of the log their places and signs, as long as the program runs. What is cut off when it stops is done by
/// whoever comes next.
async fn signatures(shared: &Shared, mut stopped: watch::Receiver<bool>) {
    let mut asked = stopped.clone();
    loop {
        let config = &shared.config;
        let signing = sign_log(&config.database_url, config.role(), shared.keys.as_ref());
        let pass = tokio::select! {
            pass = signing => pass.ok(),
            _ = asked.wait_for(|stop| *stop) => return,
        };
        let waits = pass.and_then(|pass| pass.waiting_since).map(|since| authz::clock::real_now() - since);
        match pass.map(|pass| pass.signed) {
            Some(Signed::Refused) => {
                tracing::error!("the access log is not what was signed before: look at once");
            }
            Some(_) if waits.is_some_and(|waits| waits > TOO_LONG) => {
                tracing::error!(
                    "rows of the access log wait to be signed: a transaction stays open in the database"
                );
            }
            Some(_) => {}
            None => tracing::warn!("the access log could not be signed; the next round tries again"),
        }
        shared.metrics.log_signed(pass.map(|pass| pass.signed), waits);
        let pause = if pass.is_some_and(|pass| pass.more) { Duration::ZERO } else { SIGNING };
        if ends(&mut stopped, pause).await {
            return;
        }
    }
}

async fn mails(shared: &Shared, mailer: &Mailer, mut stopped: watch::Receiver<bool>) {
    let mut asked = stopped.clone();
    loop {
        let under_way = pass(shared, mailer);
        tokio::pin!(under_way);
        let done = tokio::select! {
            done = &mut under_way => done,
            // What is cut off here is sent again when its claim runs out.
            _ = asked.wait_for(|stop| *stop) => {
                let _ = tokio::time::timeout(LAST_MAIL, under_way).await;
                return;
            }
        };
        if done.is_err() {
            tracing::warn!("mails could not be looked for; the next pass tries again");
        }
        if ends(&mut stopped, PAUSE).await {
            return;
        }
    }
}

async fn pass(shared: &Shared, mailer: &Mailer) -> Result<(), Fault> {
    let mut line = Line::open(&shared.config.database_url, shared.config.role()).await?;
    let posted = post(mailer, &mut line, shared.clock).await;
    shared.metrics.mails(mail_counts(&mut line).await?);
    posted.map(|_| ())
}

/// Waits, unless the program stops: then true.
async fn ends(stopped: &mut watch::Receiver<bool>, pause: Duration) -> bool {
    tokio::time::timeout(pause, stopped.wait_for(|stop| *stop)).await.is_ok()
}

impl Jobs {
    /// Stops after the round under way.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}
