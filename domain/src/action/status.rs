//! Where an action stands and what leads from one to the next.

use crate::closed::closed;

closed! {
    /// Where an action stands (*état de la mesure*).
    Status {
        /// Agreed on (*convenue*).
        Agreed = 0 "agreed",
        /// Being done (*en cours*).
        UnderWay = 1 "under_way",
        /// Done (*réalisée*).
        Done = 2 "done",
        /// It could not be done (*impossible*).
        Impossible = 3 "impossible",
        /// Called off (*annulée*).
        Cancelled = 4 "cancelled",
    }
}

closed! {
    /// What moves an action on.
    Turn {
        /// It is agreed on.
        Agree = 0 "agree",
        /// It begins.
        Start = 1 "start",
        /// It is done.
        Finish = 2 "finish",
        /// It cannot be done.
        GiveUp = 3 "give_up",
        /// It is called off.
        Cancel = 4 "cancel",
        /// Somebody else answers for it.
        Entrust = 5 "entrust",
        /// It is due at another hour.
        Extend = 6 "extend",
    }
}

/// A turn that this status does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over;

impl Status {
    /// The statuses of what is still to be done, as stored.
    pub(crate) const OPEN: [i16; 2] = [Self::Agreed.number(), Self::UnderWay.number()];

    /// Where a turn leads from here. What has ended does not begin again: another action is agreed on.
    ///
    /// # Errors
    /// When it leads nowhere.
    pub const fn after(self, by: Turn) -> Result<Self, Over> {
        match (self, by) {
            (Self::Agreed, Turn::Start) => Ok(Self::UnderWay),
            (Self::Agreed | Self::UnderWay, Turn::Finish) => Ok(Self::Done),
            (Self::Agreed | Self::UnderWay, Turn::GiveUp) => Ok(Self::Impossible),
            (Self::Agreed | Self::UnderWay, Turn::Cancel) => Ok(Self::Cancelled),
            (Self::Agreed | Self::UnderWay, Turn::Entrust | Turn::Extend) => Ok(self),
            _ => Err(Over),
        }
    }

    /// Is it still to be done?
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Agreed | Self::UnderWay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_does_not_begin_again() {
        for status in Status::ALL.iter().filter(|status| !status.is_open()) {
            for turn in Turn::ALL {
                assert_eq!(status.after(*turn), Err(Over), "{status:?} {turn:?}");
            }
        }
    }

    #[test]
    fn the_open_statuses_are_those_the_index_holds() {
        let open: Vec<i16> = Status::ALL.iter().filter(|one| one.is_open()).map(|one| one.number()).collect();
        assert_eq!(open, Status::OPEN);
    }
}
