//! The states of a mobilisation and what leads from one to the next. Only a named person moves it, with
//! reasons; no score does.

use crate::closed::closed;

closed! {
    /// Where the cell's process stands (*étape de la mobilisation*).
    State {
        /// A worker is worried (*signalement interne*).
        Identified = 0 "identified",
        /// Worker and respondent appraised the risk inside their agency.
        Appraised = 1 "appraised",
        /// Brought to the cell without identity (*consultation sans identité*).
        Consulted = 2 "consulted",
        /// Before the coordination committee.
        InAnalysis = 3 "in_analysis",
        /// Not retained (*non retenue*): nothing that identifies is left.
        NotRetained = 4 "not_retained",
        /// Triggered (*cellule déclenchée*).
        Triggered = 5 "triggered",
        /// A meeting is called or under way (*rencontre de cellule*).
        Meeting = 6 "meeting",
        /// A safety net is agreed (*filet de sécurité*).
        Planned = 7 "planned",
        /// Followed up (*suivi*).
        FollowUp = 8 "follow_up",
        /// Closed (*fermeture*).
        Closed = 9 "closed",
        /// Handed to another cell (*transfert*).
        Transferred = 10 "transferred",
    }
}

closed! {
    /// What moves a mobilisation on.
    Move {
        /// Somebody is worried.
        Identify = 0 "identify",
        /// The risk was appraised, or appraised again.
        Appraise = 1 "appraise",
        /// It is brought to the cell.
        Consult = 2 "consult",
        /// The committee is called.
        Analyse = 3 "analyse",
        /// It is not retained.
        Dismiss = 4 "dismiss",
        /// The cell is triggered.
        Trigger = 5 "trigger",
        /// Identity is opened by a discloser, on a lawful basis.
        OpenIdentity = 6 "open_identity",
        /// A meeting is called.
        Convene = 7 "convene",
        /// The safety net is agreed.
        Plan = 8 "plan",
        /// Its review.
        Review = 9 "review",
        /// It is closed.
        Close = 10 "close",
        /// It comes back to life.
        Reopen = 11 "reopen",
        /// It is handed to another cell.
        Transfer = 12 "transfer",
        /// It is received from another cell.
        Receive = 13 "receive",
    }
}

/// A step that this state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Impossible;

impl State {
    /// Where a move leads from here.
    ///
    /// # Errors
    /// When it leads nowhere.
    pub const fn after(self, by: Move) -> Result<Self, Impossible> {
        match (self, by) {
            (Self::Identified | Self::Appraised, Move::Appraise) => Ok(Self::Appraised),
            (Self::Appraised, Move::Consult) => Ok(Self::Consulted),
            (Self::Consulted, Move::Analyse) => Ok(Self::InAnalysis),
            (Self::InAnalysis, Move::Dismiss) => Ok(Self::NotRetained),
            // From a consultation at once when life cannot wait, and for a repeat: both are checked by the act.
            (Self::Consulted | Self::InAnalysis, Move::Trigger) | (Self::Closed, Move::Reopen) => {
                Ok(Self::Triggered)
            }
            (Self::Triggered | Self::Meeting | Self::Planned | Self::FollowUp, Move::OpenIdentity) => {
                Ok(self)
            }
            (Self::Triggered | Self::Meeting | Self::Planned | Self::FollowUp, Move::Convene) => {
                Ok(Self::Meeting)
            }
            // What protects now does not wait for a meeting.
            (Self::Triggered | Self::Meeting, Move::Plan) => Ok(Self::Planned),
            (Self::Planned | Self::FollowUp, Move::Review) => Ok(Self::FollowUp),
            (Self::Triggered | Self::Meeting | Self::Planned | Self::FollowUp, Move::Close) => {
                Ok(Self::Closed)
            }
            (
                Self::Consulted
                | Self::InAnalysis
                | Self::Triggered
                | Self::Meeting
                | Self::Planned
                | Self::FollowUp,
                Move::Transfer,
            ) => Ok(Self::Transferred),
            _ => Err(Impossible),
        }
    }

    /// Has it been brought to the cell's committee?
    #[must_use]
    pub const fn is_shared(self) -> bool {
        !matches!(self, Self::Identified | Self::Appraised)
    }

    /// Is the cell at work, so that its agencies act?
    #[must_use]
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Triggered | Self::Meeting | Self::Planned | Self::FollowUp)
    }

    /// Is anything still to be done?
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::NotRetained | Self::Closed | Self::Transferred)
    }
}
