# The safety net.
net-title = Safety net
net-agreed-on = Agreed on { $x }.
net-not-agreed = The net is not agreed yet.
net-paper = Version to print
net-pdf = PDF
net-open = { $n ->
    [0] No action to do
    [one] { $n } action to do
   *[other] { $n } actions to do
}
net-late = { $n ->
    [one] { $n } overdue
   *[other] { $n } overdue
}
net-none = No action is shown to you.
net-actions = Safety net
net-ended = Actions that ended
net-ended-at = Ended on { $x }
net-never = Not to be done:
net-evidence = Outcome:
net-for = protects { $x }
net-told-count = { $n ->
    [one] one person told
   *[other] told { $n } times
}
net-kind-hidden = Action whose kind is not shown
net-status-agreed = Agreed
net-status-under-way = Under way
net-status-done = Done
net-status-impossible = Could not be done
net-status-cancelled = Called off
net-kind = Action
net-words = What is to be done
net-owner = Who sees to it
net-protects = Who is protected
net-due = Due
net-fails = And if it fails?
net-if-fails = If it fails:
net-must-not = Not to be done
net-must-not-words = Something else not to be done
net-add = Add an action
net-add-do = Record the action
net-told = Who was told
net-told-who = Person told
net-told-how = By which safe means?
net-told-how-hint = Never a number nor an address.
net-told-when = When
net-told-when-hint = Leave it empty if it is now.
net-outcome = What came of it?
net-outcome-done = It is done
net-outcome-impossible = It cannot be done
net-outcome-why = Needed if it cannot be done.
net-evidence-what = What shows it
net-evidence-hint = If it is done. These words are shown only to whom consent or the law allows.
net-move-agree = Agreed
net-move-start = Begun
net-move-finish = Done
net-move-give-up = Could not be done
net-move-cancel = Called off
net-move-entrust = Entrusted
net-move-extend = Due later
net-title-commencer = Begin
net-title-terminer = Say what came of it
net-title-informer = Record who was told
net-title-confier = Entrust to somebody else
net-title-reporter = Extend
net-title-annuler = Call the action off
net-do-commencer = Begin the action
net-do-terminer = Record
net-do-informer = Record
net-do-confier = Entrust
net-do-reporter = Extend
net-do-annuler = Call the action off
done-net-added = The action is recorded and who sees to it is told.
done-net-commencer = The action is under way.
done-net-terminer = The outcome is recorded.
done-net-informer = It is recorded.
done-net-confier = The action is entrusted.
done-net-reporter = The action is due later.
done-net-annuler = The action is called off.

# Statistics.
cell-meeting-of = Meeting of { $x }
stat-year = Year
stat-reach = Reach
stat-of-cell = The cell
stat-of-region = Its region
stat-total = Situations brought:
stat-withheld = hidden
stat-hidden = Numbers hidden: { $hidden } of { $all }. A number smaller than 5 is hidden, zero too, and so is any number that would let it be worked out: that way no table can make anybody known.
stat-left-out = Left out, as everything in them would be hidden: { $x }.
stat-wider = The more situations there are, the more numbers can be shown. Try:
stat-wider-region = the whole region, in { $x }
stat-wider-year = a whole year, { $x }
stat-widest = Nothing is wider than the region and a whole year. Numbers will appear when there are enough situations.
stat-count = Number
stat-table-state = Stage
stat-table-level = Level of risk
stat-table-consulted-to-triggered = From consultation to trigger
stat-table-triggered-to-met = From trigger to meeting
stat-table-identified-to-convened = From being identified to being convened
stat-table-triggered-to-first-action = From trigger to first action
stat-table-convened-to-first-action = From being convened to first action
stat-table-closed-for = Why situations were closed
stat-not-closed = Not closed
stat-table-met-to-planned = From meeting to the agreed net
stat-within-24-hours = Within 24 hours
stat-within-48-hours = Within 48 hours
stat-within-7-days = Within 7 days
stat-later = Later
stat-not-yet = Not yet
stat-not-kept = Not kept
stat-lessons = What the cell learned
stat-lessons-none = Nothing is said by at least five lessons yet.
stat-at-least = at least { $x } lessons
stat-lesson-theme = Themes
stat-lesson-helped = What helped
stat-lesson-hindered = What hindered
