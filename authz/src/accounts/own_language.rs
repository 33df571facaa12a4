//! The language somebody wishes to be spoken to in: by mails, and by pages after signing in.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::AccountError;
use crate::{
    clock::real_now,
    desk::{Caller, Desk, Disclosed},
    schema::account,
};

/// A language that mails and pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// Français.
    Fr,
    /// English.
    En,
}

impl Locale {
    /// As it stands in a language tag and in the table.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    pub(super) fn stored(tag: &str) -> Option<Self> {
        [Self::Fr, Self::En].into_iter().find(|locale| locale.tag() == tag)
    }
}

/// Chooses the language of the account that asks.
///
/// # Errors
/// When the session no longer counts.
pub async fn choose_language(
    desk: &Desk,
    who: Caller,
    language: Locale,
) -> Result<Disclosed<()>, AccountError> {
    desk.account_unit(who, async move |unit| {
        let user = unit.holder().await?.user();
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(account::table.filter(account::id.eq(user.uuid())))
            .set((account::locale.eq(language.tag()), account::locale_chosen_at.eq(real_now())))
            .execute(&mut conn)
            .await?;
        unit.note_account("account.language", Some(user), true);
        Ok(())
    })
    .await
}
