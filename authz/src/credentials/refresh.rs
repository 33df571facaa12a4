//! Refresh tokens serve once. A lost answer is forgiven; two hands on one family end it.
//!
//! Each use makes a successor. A token presented again is a client that never got its answer, as long as
//! nobody has used what came of it: the unused successors are set aside and another is made. Once one was
//! used, two hands hold the family, one of them a thief's, and the whole session ends.

use chrono::{DateTime, Utc};

/// A presented token, as the rows of its family tell of it. They must be read with the session's row
/// locked, so that of many uses at once each sees what the one before did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// Was it used before?
    pub used: bool,
    /// Was any of its own successors used?
    pub successor_used: bool,
    /// Was another successor of its own parent used?
    pub sibling_used: bool,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Mark it used, set its siblings aside, and make a successor.
    Rotate,
    /// Its answer was lost: set its unused successors aside and make another.
    ReissueLost,
    /// Two hands hold this family: end the session, tell its owner, refuse.
    KillFamily,
    /// Its time is over: refuse, and sign in again.
    Expired,
}

impl Presented {
    /// Decides.
    #[must_use]
    pub fn decide(self, now: DateTime<Utc>) -> Rotation {
        // Before its age: a stolen token is a stolen token, however old.
        if self.successor_used || self.sibling_used {
            return Rotation::KillFamily;
        }
        if now >= self.expires_at {
            return Rotation::Expired;
        }
        if self.used { Rotation::ReissueLost } else { Rotation::Rotate }
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test may stop at the first surprise"
    )]
    use chrono::TimeDelta;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2026-11-22T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
    }

    const FRESH: Presented = Presented {
        expires_at: DateTime::<Utc>::MAX_UTC,
        used: false,
        successor_used: false,
        sibling_used: false,
    };

    #[test]
    fn a_fresh_token_rotates_until_it_expires() {
        let token = Presented { expires_at: at(60), ..FRESH };
        assert_eq!(token.decide(at(59)), Rotation::Rotate);
        assert_eq!(token.decide(at(60)), Rotation::Expired);
    }

    #[test]
    fn a_used_token_whose_successor_nobody_used_is_a_lost_answer() {
        let token = Presented { expires_at: at(60), used: true, ..FRESH };
        assert_eq!(token.decide(at(1)), Rotation::ReissueLost);
        assert_eq!(token.decide(at(60)), Rotation::Expired);
    }

    #[test]
    fn a_used_token_whose_successor_was_used_ends_the_family_however_old_it_is() {
        let token = Presented { expires_at: at(60), used: true, successor_used: true, ..FRESH };
        assert_eq!(token.decide(at(1)), Rotation::KillFamily);
        assert_eq!(token.decide(at(61)), Rotation::KillFamily);
    }

    #[test]
    fn the_other_answer_to_one_token_ends_the_family() {
        assert_eq!(Presented { sibling_used: true, ..FRESH }.decide(at(1)), Rotation::KillFamily);
    }

    /// A family in memory, kept as the rows are.
    #[derive(Default)]
    struct Family {
        tokens: Vec<Row>,
        dead: bool,
    }

    #[derive(Clone, Copy)]
    struct Row {
        parent: Option<usize>,
        used: bool,
        aside: bool,
    }

    impl Family {
        fn new() -> Self {
            Self { tokens: vec![Row { parent: None, used: false, aside: false }], dead: false }
        }

        fn present(&mut self, token: usize) -> Option<usize> {
            if self.dead {
                return None;
            }
            let row = self.tokens[token];
            let any_used = |parent: usize, but: usize| {
                let mut rows = self.tokens.iter().enumerate();
                rows.any(|(at, other)| at != but && other.used && other.parent == Some(parent))
            };
            let presented = Presented {
                used: row.used,
                successor_used: any_used(token, usize::MAX),
                sibling_used: row.parent.is_some_and(|parent| any_used(parent, token)),
                ..FRESH
            };
            let family = match presented.decide(at(0)) {
                Rotation::Rotate => row.parent,
                Rotation::ReissueLost => Some(token),
                Rotation::KillFamily | Rotation::Expired => {
                    self.dead = true;
                    return None;
                }
            };
            for other in self.tokens.iter_mut().filter(|other| family.is_some() && other.parent == family) {
                other.aside = true;
            }
            self.tokens[token].used = true;
            self.tokens.push(Row { parent: Some(token), used: false, aside: false });
            Some(self.tokens.len() - 1)
        }

        fn live(&self) -> usize {
            if self.dead { 0 } else { self.tokens.iter().filter(|row| !row.used && !row.aside).count() }
        }
    }

    /// A small fixed generator: the same ten thousand stories every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % sides
        }
    }

    #[test]
    fn one_client_whose_answers_are_lost_doubled_and_reordered_always_has_exactly_one_live_branch() {
        let mut dice = Dice(1);
        for _ in 0..10_000 {
            let (mut family, mut held) = (Family::new(), 0);
            for _ in 0..6 {
                let answers: Vec<usize> =
                    (0..=dice.below(4)).map(|_| family.present(held).unwrap()).collect();
                assert_eq!(family.live(), 1);
                if dice.below(4) > 0 {
                    held = answers[dice.below(answers.len())];
                }
            }
        }
    }

    #[test]
    fn fifty_uses_of_one_token_leave_one_live_branch() {
        let mut family = Family::new();
        for _ in 0..50 {
            assert!(family.present(0).is_some());
        }
        assert_eq!(family.live(), 1);
    }

    #[test]
    fn a_thief_and_an_owner_cannot_both_go_on() {
        let mut dice = Dice(2);
        for story in 0..10_000 {
            let mut family = Family::new();
            let mut held = [0, 0];
            let mut turns = [0, 0];
            while turns[0] < 2 || turns[1] < 2 {
                let hand = dice.below(2);
                turns[hand] += 1;
                if let Some(next) = family.present(held[hand]) {
                    held[hand] = next;
                }
                assert!(family.live() <= 1);
            }
            assert!(family.dead, "story {story}");
        }
    }

    #[test]
    fn a_replay_after_its_successor_was_used_always_ends_the_family() {
        let mut dice = Dice(3);
        for _ in 0..10_000 {
            let mut family = Family::new();
            let mut held = vec![0];
            for _ in 0..2 + dice.below(6) {
                held.push(family.present(*held.last().unwrap()).unwrap());
            }
            let old = held[dice.below(held.len() - 2)];
            assert!(family.present(old).is_none());
            assert_eq!(family.live(), 0);
        }
    }
}
