//! What the register says of one incident, and what is wrong with what is to be entered.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{closed::closed, ledger::Reading, refusal::Refusal, validation::Rule};

/// Most persons an incident may concern.
const MOST_PERSONS: u32 = 100_000_000;
/// For how many months the register is kept at the least, from when the agency knew.
const KEPT_MONTHS: Months = Months::new(60);

closed! {
    /// A notice that a serious incident still asks for.
    Awaited {
        /// To the Commission d'accès à l'information, or to the minister for health.
        Authority = 0 "authority",
        /// To the persons concerned.
        Persons = 1 "persons",
    }
}

/// An incident to enter, or what it says from now on: whole each time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIncident {
    /// What information is concerned.
    #[serde(default)]
    pub information: Option<String>,
    /// Why it cannot be described, where it cannot.
    #[serde(default)]
    pub information_unknown: Option<String>,
    /// What happened, in short.
    pub circumstances: String,
    /// The day it happened, or the first of the period.
    #[schema(format = Date)]
    pub occurred_from: String,
    /// The last day of the period.
    #[serde(default)]
    #[schema(format = Date)]
    pub occurred_to: Option<String>,
    /// Is that an approximation?
    #[serde(default)]
    pub occurred_approximate: bool,
    /// The day the agency knew of it.
    #[schema(format = Date)]
    pub aware_on: String,
    /// How many persons are concerned.
    pub persons: u32,
    /// Is their number an estimate?
    #[serde(default)]
    pub persons_estimated: bool,
    /// For or against a risk of serious injury: how sensitive the information is.
    #[serde(default)]
    pub sensitivity: Option<String>,
    /// The malicious use that could be made of it.
    #[serde(default)]
    pub malicious_use: Option<String>,
    /// The consequences to be expected.
    #[serde(default)]
    pub consequences: Option<String>,
    /// How likely it is that it be used to injure.
    #[serde(default)]
    pub likelihood: Option<String>,
    /// The conclusion: is there a risk of serious injury?
    pub serious: bool,
    /// The day the Commission d'accès à l'information was notified.
    #[serde(default)]
    #[schema(format = Date)]
    pub cai_notified_on: Option<String>,
    /// The day the minister for health was notified.
    #[serde(default)]
    #[schema(format = Date)]
    pub minister_notified_on: Option<String>,
    /// The day the persons concerned were notified.
    #[serde(default)]
    #[schema(format = Date)]
    pub persons_notified_on: Option<String>,
    /// The day a public notice was given.
    #[serde(default)]
    #[schema(format = Date)]
    pub public_notice_on: Option<String>,
    /// Why the persons are not notified yet: it could hamper an investigation (R-22.1, s. 108).
    #[serde(default)]
    pub deferred_because: Option<String>,
    /// What was done so that the risk of injury becomes smaller.
    pub measures: String,
}

/// What the register says of an incident.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct IncidentRecord {
    /// What information is concerned.
    pub information: Option<String>,
    /// Why it cannot be described, where it cannot.
    pub information_unknown: Option<String>,
    /// What happened.
    pub circumstances: String,
    /// The day it happened, or the first of the period.
    pub occurred_from: NaiveDate,
    /// The last day of the period.
    pub occurred_to: Option<NaiveDate>,
    /// Is that an approximation?
    pub occurred_approximate: bool,
    /// The day the agency knew of it.
    pub aware_on: NaiveDate,
    /// How many persons are concerned.
    pub persons: u32,
    /// Is their number an estimate?
    pub persons_estimated: bool,
    /// How sensitive the information is.
    pub sensitivity: Option<String>,
    /// The malicious use that could be made of it.
    pub malicious_use: Option<String>,
    /// The consequences to be expected.
    pub consequences: Option<String>,
    /// How likely it is that it be used to injure.
    pub likelihood: Option<String>,
    /// Is there a risk of serious injury?
    pub serious: bool,
    /// The day the Commission d'accès à l'information was notified.
    pub cai_notified_on: Option<NaiveDate>,
    /// The day the minister for health was notified.
    pub minister_notified_on: Option<NaiveDate>,
    /// The day the persons concerned were notified.
    pub persons_notified_on: Option<NaiveDate>,
    /// The day a public notice was given.
    pub public_notice_on: Option<NaiveDate>,
    /// Why the persons are not notified yet.
    pub deferred_because: Option<String>,
    /// What was done so that the risk of injury becomes smaller.
    pub measures: String,
}

impl IncidentRecord {
    /// The notices that are still to be given. Only a serious incident asks for any.
    #[must_use]
    pub fn awaits(&self) -> Vec<Awaited> {
        let authority = self.cai_notified_on.or(self.minister_notified_on).is_some();
        let persons = self.persons_notified_on.or(self.public_notice_on).is_some();
        let waits = [
            (Awaited::Authority, !authority),
            (Awaited::Persons, !persons && self.deferred_because.is_none()),
        ];
        waits.into_iter().filter(|(_, waits)| self.serious && *waits).map(|(notice, _)| notice).collect()
    }

    /// Until when the register keeps it at the least. Known of on 29 February, five whole years end on 1 March.
    #[must_use]
    pub fn kept_until(&self) -> Option<NaiveDate> {
        let end = self.aware_on.checked_add_months(KEPT_MONTHS)?;
        if end.day() == self.aware_on.day() { Some(end) } else { end.succ_opt() }
    }
}

impl NewIncident {
    /// The record that this says, on this day of Québec.
    pub(super) fn checked(&self, today: NaiveDate) -> Result<IncidentRecord, Refusal> {
        let mut read = Reading::default();
        let occurred_from = read.past("/occurred_from", &self.occurred_from, today);
        let aware_on = read.later("/aware_on", Some(&self.aware_on), today, occurred_from);
        let notice = |read: &mut Reading, pointer: &str, given: &Option<String>| {
            read.later(pointer, given.as_deref(), today, aware_on)
        };
        let cai_notified_on = notice(&mut read, "/cai_notified_on", &self.cai_notified_on);
        let minister_notified_on = notice(&mut read, "/minister_notified_on", &self.minister_notified_on);
        let persons_notified_on = notice(&mut read, "/persons_notified_on", &self.persons_notified_on);
        let public_notice_on = notice(&mut read, "/public_notice_on", &self.public_notice_on);
        read.check("/persons", self.persons <= MOST_PERSONS, Rule::OutOfRange);
        let described = self.information.is_some() || self.information_unknown.is_some();
        read.check("/information", described, Rule::Missing);
        let weighed = [&self.sensitivity, &self.malicious_use, &self.consequences, &self.likelihood];
        read.check("/sensitivity", weighed.iter().any(|given| given.is_some()), Rule::Missing);
        let record = IncidentRecord {
            information: read.maybe("/information", self.information.as_deref()),
            information_unknown: read.maybe("/information_unknown", self.information_unknown.as_deref()),
            circumstances: read.words("/circumstances", &self.circumstances),
            occurred_from: occurred_from.unwrap_or_default(),
            occurred_to: read.later("/occurred_to", self.occurred_to.as_deref(), today, occurred_from),
            occurred_approximate: self.occurred_approximate,
            aware_on: aware_on.unwrap_or_default(),
            persons: self.persons,
            persons_estimated: self.persons_estimated,
            sensitivity: read.maybe("/sensitivity", self.sensitivity.as_deref()),
            malicious_use: read.maybe("/malicious_use", self.malicious_use.as_deref()),
            consequences: read.maybe("/consequences", self.consequences.as_deref()),
            likelihood: read.maybe("/likelihood", self.likelihood.as_deref()),
            serious: self.serious,
            cai_notified_on,
            minister_notified_on,
            persons_notified_on,
            public_notice_on,
            deferred_because: read.maybe("/deferred_because", self.deferred_because.as_deref()),
            measures: read.words("/measures", &self.measures),
        };
        read.end(record)
    }
}
