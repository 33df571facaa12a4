//! The closed words of a meeting.

use crate::closed::closed;

closed! {
    /// Why a meeting is held (*genre de rencontre*).
    MeetingKind {
        /// Within the cell's standard after the trigger.
        Regular = 0 "regular",
        /// At once: life cannot wait.
        Emergency = 1 "emergency",
        /// Again, after a new event.
        Repeat = 2 "repeat",
    }
}

closed! {
    /// How people meet.
    Mode {
        /// In one place.
        InPerson = 0 "in_person",
        /// From afar.
        Remote = 1 "remote",
        /// Both.
        Hybrid = 2 "hybrid",
    }
}

closed! {
    /// Where a meeting stands.
    Stage {
        /// Called.
        Convened = 0 "convened",
        /// Under way.
        Open = 1 "open",
        /// Over.
        Closed = 2 "closed",
        /// Called off.
        Cancelled = 3 "cancelled",
    }
}

closed! {
    /// What an invited person replies.
    Reply {
        /// She will be there.
        Attending = 0 "attending",
        /// Her substitute will.
        Substitute = 1 "substitute",
        /// Nobody can.
        Cannot = 2 "cannot",
    }
}

closed! {
    /// What an agency answers the question whether it holds anything.
    AgencyAnswer {
        /// It brought what it may.
        Shared = 0 "shared",
        /// It holds nothing.
        NothingHeld = 1 "nothing_held",
        /// It may not or will not say; why is its own.
        Withheld = 2 "withheld",
    }
}

closed! {
    /// How sure something is (*degré de certitude*).
    Certainty {
        /// Seen or heard by whoever says so.
        Observed = 0 "observed",
        /// Told by somebody.
        Reported = 1 "reported",
        /// Concluded.
        Inferred = 2 "inferred",
    }
}

closed! {
    /// What a decision is about.
    DecisionKind {
        /// Something agreed.
        Agreed = 0 "agreed",
        /// Something that must not be done.
        MustNot = 1 "must_not",
        /// What the person was or will be told, by whom and how.
        Informing = 2 "informing",
    }
}
