//! One pass over the mails that are due. A server that is away costs one attempt a pass and delays nothing else.

use authz::{
    clock::{Clock, real_now},
    fault::Fault,
};
use domain::jobs::{Line, claim_mail, mail_failed, mail_sent};

use super::{Mailer, NotSent};

/// Sends what is due, one mail after the other, until nothing is left or the server is away; says how many went.
///
/// # Errors
/// When the database fails, or the operating system gives no randomness.
pub async fn post(mailer: &Mailer, line: &mut Line, clock: Clock) -> Result<usize, Fault> {
    let mut sent = 0;
    while let Some(mail) = claim_mail(line, clock.now(), real_now()).await? {
        match mailer.send(&mail).await {
            Ok(()) => {
                mail_sent(line, &mail, real_now()).await?;
                sent += 1;
            }
            Err(why) => {
                let chance = getrandom::u32().map_err(|_| Fault::Keys)?;
                mail_failed(line, &mail, real_now(), chance).await?;
                tracing::warn!(mail.why = ?why, "a mail was not sent; it is tried again later");
                if why == NotSent::Away {
                    break;
                }
            }
        }
    }
    Ok(sent)
}
