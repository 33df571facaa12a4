//! What answers amount to: bounds of the score, ranges still possible, triggers. Never a decision.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Answers, Instrument, Suggestion,
    answer::Says,
    definition::{Band, Condition, Definition, Trigger},
    level::Level,
};

/// What answers amount to, with what nobody knows left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the instrument applies at all.
    pub inclusion: Inclusion,
    /// Scored items answered; every item, where there is no score.
    pub answered: usize,
    /// Those nobody knows the answer of.
    pub missing: usize,
    /// Enough answers for the score to be read, by the instrument's own minimum.
    pub enough: bool,
    /// The lowest and highest score that some completion of the unknown answers would give.
    pub score: Option<Bounds>,
    /// The score completed by the instrument's own rule; it narrows nothing.
    pub prorated: Option<Prorated>,
    /// The ranges that some completion would fall in, from the lowest.
    pub bands: Vec<String>,
    /// Every trigger.
    pub triggers: Vec<TriggerOutcome>,
    /// The level suggested, if the instrument speaks of levels.
    pub suggestion: Option<Suggestion>,
}

/// Whether an instrument applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Inclusion {
    /// It does.
    Met,
    /// It does not: there is no score.
    NotMet,
    /// Nobody knows: the score may mean nothing, and suggests nothing for certain.
    Unknown,
}

/// The lowest and the highest possible score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Bounds {
    /// Lowest.
    pub min: i32,
    /// Highest.
    pub max: i32,
}

/// A completed score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Prorated {
    /// The score.
    pub score: i32,
    /// Its range.
    pub band: Option<String>,
}

/// How a trigger stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TriggerOutcome {
    /// Which.
    pub id: String,
    /// By which way it certainly is reached.
    pub certain: Option<Way>,
    /// Could it be reached, the unknown answers being what they may?
    pub possible: bool,
}

/// How a trigger is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By the number of items.
    Items,
    /// By critical items.
    Critical,
    /// By the score.
    Score,
    /// By what the professional believes.
    Belief,
}

/// Every score that can be at all, from the lowest.
pub(super) fn attainable(of: &Definition) -> BTreeSet<i32> {
    Reading::of(of, &Answers::new()).scores()
}

impl Instrument {
    /// What these answers amount to. What is not there, or outside its item's domain, is unknown.
    pub fn outcome(&self, answers: &Answers) -> Outcome {
        let reading = Reading::of(self, answers);
        let inclusion = reading.inclusion();
        let scored: Vec<&str> = if self.score.is_some() {
            self.scored().map(|item| item.id.as_str()).collect()
        } else {
            self.items.iter().map(|item| item.id.as_str()).collect()
        };
        let missing = scored.iter().filter(|id| reading.is_open(id)).count();
        let answered = scored.len() - missing;
        let minimum = self.score.as_ref().and_then(|score| score.minimum_answered).unwrap_or(0);
        let scores = match inclusion {
            Inclusion::NotMet => BTreeSet::new(),
            Inclusion::Met | Inclusion::Unknown => reading.scores(),
        };
        let bands: Vec<&Band> =
            self.bands.iter().filter(|band| scores.iter().any(|score| band.holds(*score))).collect();
        let bounds = scores.first().zip(scores.last()).map(|(min, max)| Bounds { min: *min, max: *max });
        let triggers: Vec<TriggerOutcome> =
            self.triggers.iter().map(|trigger| reading.trigger(trigger, inclusion, bounds)).collect();
        Outcome {
            inclusion,
            answered,
            missing,
            enough: answered >= usize::from(minimum),
            score: bounds,
            prorated: bounds
                .filter(|_| inclusion == Inclusion::Met)
                .and_then(|bounds| self.prorate(bounds.min, missing, scored.len())),
            suggestion: self.suggest(inclusion, &bands, &triggers),
            bands: bands.into_iter().map(|band| band.id.clone()).collect(),
            triggers,
        }
    }

    /// Completes a count with missing answers, as far as the instrument says how.
    fn prorate(&self, raw: i32, missing: usize, scored: usize) -> Option<Prorated> {
        let prorating = self.score.as_ref()?.prorating.as_ref()?;
        let missing = u16::try_from(missing).ok().filter(|n| (1..=prorating.max_missing).contains(n))?;
        let score = match &prorating.table {
            Some(table) => *table.get(&missing)?.get(usize::try_from(raw).ok()?)?,
            None => {
                let (all, there) =
                    (i32::try_from(scored).ok()?, i32::try_from(scored).ok()? - i32::from(missing));
                (2 * raw * all + there).checked_div_euclid(2 * there)?
            }
        };
        let band = self.bands.iter().find(|band| band.holds(score)).map(|band| band.id.clone());
        Some(Prorated { score, band })
    }

    /// An instrument that speaks of levels and suggests none now suggests the lowest.
    fn suggest(
        &self,
        inclusion: Inclusion,
        bands: &[&Band],
        triggers: &[TriggerOutcome],
    ) -> Option<Suggestion> {
        let speaks = self.bands.iter().any(|band| band.suggests.is_some())
            || self.triggers.iter().any(|trigger| trigger.suggests.is_some());
        let of_bands = |band: &&Band| band.suggests.unwrap_or(Level::Watch);
        let certain_band = bands.iter().map(of_bands).min().filter(|_| inclusion == Inclusion::Met);
        let of_triggers = |reached: fn(&TriggerOutcome) -> bool| {
            let levels = self.triggers.iter().zip(triggers).filter(move |(_, outcome)| reached(outcome));
            levels.filter_map(|(trigger, _)| trigger.suggests).max()
        };
        speaks.then(|| Suggestion {
            certain: certain_band
                .max(of_triggers(|outcome| outcome.certain.is_some()))
                .unwrap_or(Level::Watch),
            possible: bands
                .iter()
                .map(of_bands)
                .max()
                .max(of_triggers(|outcome| outcome.possible))
                .unwrap_or(Level::Watch),
        })
    }
}

/// The answers as the engine reads them.
struct Reading<'r> {
    of: &'r Definition,
    says: BTreeMap<&'r str, Says>,
}

impl<'r> Reading<'r> {
    fn of(of: &'r Definition, answers: &Answers) -> Self {
        let says = of.items.iter().map(|item| {
            let given = answers.get(&item.id).filter(|given| item.answers.takes(given.answer));
            (item.id.as_str(), given.map_or(Says::Unknown, |given| given.answer.says()))
        });
        Self { of, says: says.collect() }
    }

    fn says(&self, id: &str) -> Says {
        self.says.get(id).copied().unwrap_or(Says::Unknown)
    }

    fn rivals(&self, id: &str) -> impl Iterator<Item = &'r String> {
        let set = self.of.exclusive.iter().find(|set| set.iter().any(|named| named == id));
        set.into_iter().flatten()
    }

    /// Can this item be there, none of those it excludes being there for certain?
    fn may_be(&self, id: &str) -> bool {
        match self.says(id) {
            Says::Full | Says::Half => true,
            Says::Nothing => false,
            Says::Unknown => self.rivals(id).all(|rival| self.says(rival) != Says::Full),
        }
    }

    /// Is the answer unknown, and not settled by one that excludes it?
    fn is_open(&self, id: &str) -> bool {
        self.says(id) == Says::Unknown && self.may_be(id)
    }

    fn inclusion(&self) -> Inclusion {
        let all = self.of.inclusion.iter().map(|id| self.says(id));
        all.fold(Inclusion::Met, |met, says| match (met, says) {
            (Inclusion::NotMet, _) | (_, Says::Nothing) => Inclusion::NotMet,
            (met, Says::Full) => met,
            (_, Says::Half | Says::Unknown) => Inclusion::Unknown,
        })
    }

    /// The exact set of scores over all completions of what is unknown.
    fn scores(&self) -> BTreeSet<i32> {
        if self.of.score.is_none() {
            return BTreeSet::new();
        }
        let grouped: BTreeSet<&str> = self.of.exclusive.iter().flatten().map(String::as_str).collect();
        let alone = self.of.scored().filter(|item| !grouped.contains(item.id.as_str()));
        let alone = alone.map(|item| self.adds(&item.id));
        let together = self.of.exclusive.iter().map(|set| self.adds_together(set));
        let mut scores = BTreeSet::from([0]);
        for adds in alone.chain(together) {
            scores = scores.iter().flat_map(|score| adds.iter().map(move |add| score + add)).collect();
        }
        scores
    }

    /// What one item may add.
    fn adds(&self, id: &str) -> Vec<i32> {
        let Some((full, half)) = self.of.weight(id) else { return vec![0] };
        match self.says(id) {
            Says::Full => vec![full],
            Says::Half => vec![half],
            Says::Nothing => vec![0],
            Says::Unknown => match self.of.item(id).map(|item| item.answers) {
                Some(super::Domain::Presence) => vec![0, half, full],
                Some(super::Domain::YesNo) | None => vec![0, full],
            },
        }
    }

    /// What items may add of which one at most is *yes*.
    fn adds_together(&self, set: &[String]) -> Vec<i32> {
        let weight = |id: &String| self.of.weight(id).map_or(0, |(full, _)| full);
        if let Some(there) = set.iter().find(|id| self.says(id) == Says::Full) {
            return vec![weight(there)];
        }
        let possible = set.iter().filter(|id| self.may_be(id)).map(weight);
        std::iter::once(0).chain(possible).collect()
    }

    fn trigger(&self, trigger: &Trigger, inclusion: Inclusion, bounds: Option<Bounds>) -> TriggerOutcome {
        let mut outcome = TriggerOutcome { id: trigger.id.clone(), certain: None, possible: false };
        for condition in &trigger.when {
            let (way, at_least, (min, max)) = match condition {
                Condition::Items(items) => (Way::Items, items.at_least, self.count(items.of.iter())),
                Condition::Critical(red) => {
                    let red_items = self.of.items.iter().filter(|item| item.critical);
                    (Way::Critical, red.at_least, self.count(red_items.map(|item| &item.id)))
                }
                Condition::Score(score) => {
                    let Some(bounds) = bounds else { continue };
                    (Way::Score, score.at_least, (bounds.min, bounds.max))
                }
                Condition::Belief(belief) => (Way::Belief, 1, self.count(std::iter::once(&belief.item))),
            };
            // What a professional believes stands whether or not the instrument was made for the situation.
            let applies = if way == Way::Belief { Inclusion::Met } else { inclusion };
            if applies == Inclusion::Met && min >= at_least {
                outcome.certain = outcome.certain.or(Some(way));
            }
            outcome.possible |= applies != Inclusion::NotMet && max >= at_least;
        }
        outcome
    }

    /// How many of these items are there at least and at most.
    fn count<'i>(&self, of: impl Iterator<Item = &'i String>) -> (i32, i32) {
        let (mut min, mut max, mut rivals) = (0, 0, BTreeSet::new());
        for id in of {
            let full = self.says(id) == Says::Full;
            min += i32::from(full);
            // Of items that exclude each other one at most adds to the highest count.
            let set = self.rivals(id).min();
            let first = set.is_none_or(|set| full || !rivals.contains(set));
            if self.may_be(id) && first {
                max += 1;
                rivals.extend(set);
            }
        }
        (min, max)
    }
}
