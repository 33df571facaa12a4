# The cell: its board.
cell-board = Board of the cell
cell-new = New situation
cell-all = All
cell-stage = Stage
cell-stage-all = All stages under way
cell-table-of = Table: { $x }
cell-filter = Show
cell-none-here = No situation at this stage.
cell-whole-board = Back to the board
cell-all-of = All: { $x }
cell-see-closed = Closed
cell-see-not-retained = Not retained
cell-see-transferred = Transferred
cell-late-title = { $n ->
    [one] One situation is overdue
   *[other] { $n } situations are overdue
}
cell-column-agency = Inside the agency
cell-column-committee = Before the committee
cell-column-work = Cell triggered
cell-column-net = Net and follow-up
cell-urgent = Emergency
cell-reappraise = Risk to be appraised again
cell-reappraise-since = Something new has asked for a new appraisal of the risk since { $x }. A new appraisal or a review answers it.
cell-agency-gone = Agency no longer active
cell-nobody-named = Nobody is named
cell-late-minutes = { $n ->
    [one] Overdue by { $n } minute
   *[other] Overdue by { $n } minutes
}
cell-late-hours = { $n ->
    [one] Overdue by { $n } hour
   *[other] Overdue by { $n } hours
}
cell-late-days = { $n ->
    [one] Overdue by { $n } day
   *[other] Overdue by { $n } days
}
cell-due-minutes = { $n ->
    [one] Due in { $n } minute
   *[other] Due in { $n } minutes
}
cell-due-hours = { $n ->
    [one] Due in { $n } hour
   *[other] Due in { $n } hours
}
cell-due-days = { $n ->
    [one] Due in { $n } day
   *[other] Due in { $n } days
}

# The stages of a mobilisation.
cell-state-identified = Identified
cell-state-appraised = Risk appraised
cell-state-consulted = Consultation without identity
cell-state-in-analysis = Before the committee
cell-state-not-retained = Not retained
cell-state-triggered = Cell triggered
cell-state-meeting = Meeting
cell-state-planned = Net agreed
cell-state-follow-up = Follow-up
cell-state-closed = Closed
cell-state-transferred = Transferred

# One mobilisation.
cell-next = What comes next
cell-nothing-for-you = This step is not part of your role.
cell-at-work = At work
cell-opinions = Opinions of the committee
cell-opinion = Opinion
cell-opinion-trigger = Trigger the cell
cell-opinion-dismiss = Do not retain
cell-opinion-more = Know more first
cell-reasons = Reasons
cell-when = When
cell-quorum = Opinions given: { $given }; quorum: { $needed }.
cell-quorum-met = The committee may decide.
cell-quorum-missing = Some are missing to decide.
cell-brought = What was brought, without identity
cell-history = Who did what
cell-stages = How far it has come
cell-brought-by = Brought by
cell-own-reference = Your own word for it
cell-review-at = Next review
cell-residual = Level that remains
cell-following = Keep following
cell-from = Origin
cell-from-other = Received from another cell
cell-repeat-of = Follows
cell-repeat-see = The earlier mobilisation
cell-standing-done = Done
cell-standing-now = Under way
cell-standing-skipped = Step not taken
cell-standing-next = To come
cell-stage-identify = Identified inside the agency
cell-stage-appraise = Appraised inside the agency
cell-stage-consult = Brought without identity
cell-stage-analyse = Studied by the committee
cell-stage-trigger = Triggered
cell-stage-identity = Identity opened
cell-stage-convene = Meeting of the cell
cell-stage-plan = Safety net
cell-stage-review = Follow-up
cell-stage-close = Closed
cell-stage-dismiss = Not retained
cell-stage-transfer = Transferred
cell-move-identify = Situation identified
cell-move-appraise = Risk appraised
cell-move-consult = Brought to the cell
cell-move-analyse = Committee called
cell-move-dismiss = Not retained
cell-move-trigger = Cell triggered
cell-move-open-identity = Identity opened
cell-move-convene = Meeting convened
cell-move-plan = Net agreed
cell-move-review = Reviewed
cell-move-close = Closed
cell-move-reopen = Reopened
cell-move-transfer = Transferred
cell-move-receive = Received from another cell
cell-next-identified = { $x } appraises the risk with its respondent, by its own grid.
cell-next-appraised = The respondent of { $x } brings it to the cell, without identity.
cell-next-consulted = The coordination calls the committee. If life cannot wait, it triggers without it.
cell-next-in-analysis = Each organisation of the committee gives its opinion; the coordination decides once there is a quorum.
cell-next-identity = The respondent of { $x } opens identity to the cell, with the person’s consent or by a lawful disclosure.
cell-next-triggered = The coordination convenes the meeting within the cell’s standard.
cell-next-meeting = The cell meets and weaves the safety net; the coordination records that it is agreed.
cell-next-planned = The agencies act; the coordination reviews on the agreed day.
cell-next-follow-up = Follow-up goes on until the situation can be closed.
cell-next-closed = The cell has stopped. Any new event brings it back before the cell.
cell-next-not-retained = The situation was not retained. Nothing by which it could be recognised is kept.
cell-next-transferred = What follows belongs to the cell { $x }.

# A new situation.
cell-new-which = In which cell?
cell-new-own = Your own word for it
cell-new-own-hint = A word by which you find it again, for instance “blue room”. Only your agency sees it; put nobody’s name in it.
cell-new-begin = Report the situation
cell-new-lead = The situation stays inside your agency until your respondent brings it to the cell.
cell-new-danger = If somebody is in danger now, call 911 first.
done-cell-identified = The situation is reported inside your agency. Now appraise the risk.

# The steps of a mobilisation.
step-reasons = For which reasons?
step-words = In words
step-words-hint = These words show only to whom consent or the law allows.
step-age = Age band
step-region = Region
step-factors = What worries and what protects
step-services = Services already received
step-level = Level of risk
step-level-hint = A person sets it, by the agency’s grid and by judgement. No score decides it.
step-review-at = When is the net looked at again?
step-review-hint = The cell gave itself { $n } days.
step-apprecier = Appraise the risk
step-apprecier-do = Record the appraisal
step-apprecier-lead = This will be brought to the cell without identity. That is why there are only boxes to tick here: no field in which to write a name, an address or a story by which somebody could be recognised.
step-presenter = Bring to the cell
step-presenter-do = Bring without identity
step-presenter-lead = The coordination and the committee will see the age band, the region, the factors, the services and the level, and your agency as the source. Nothing says who the person is; identity opens only once the cell is triggered, with a consent or a lawful disclosure.
step-etudier = Call the committee
step-etudier-do = Call the committee
step-etudier-lead = The organisations of the coordination committee are told, and each gives its opinion.
step-avis = Give my organisation’s opinion
step-avis-do = Give this opinion
step-avis-which = What does your organisation think?
step-avis-lead = Each organisation counts once. A new opinion replaces the earlier one.
step-declencher = Trigger the cell
step-declencher-do = Trigger
step-declencher-lead = The meeting is then due within the cell’s standard. The decision is yours, in your name, with its reasons.
step-ecarter = Do not retain
step-ecarter-do = Do not retain, and erase
step-ecarter-lead = This decision is final. The agency that brought the situation is told and goes on with its own work.
step-ecarter-erased = Erased: the agency that brought it and its own word for it, the age band, the factors, the services, the level, the opinions of the committee and the name of whoever took each step.
step-ecarter-kept = Kept: the region, the dates and the reasons of your decision, so that the cell can count its situations and recognise none.
step-urgence = Trigger at once
step-urgence-do = Trigger now
step-urgence-lead = Without waiting for the committee, because a life is threatened. The committee is told. Call 911 if the danger is immediate.
step-identite = Open identity
step-identite-do = Open this file to the cell
step-identite-lead = The coordination enters the circle of the file you choose. A level of risk alone is never enough.
step-identite-consent = With consent: the person said yes to her identity being told to the coordination, and that yes is recorded in the file.
step-identite-law = Without consent: a lawful disclosure in force, attested by your respondent, names the coordination.
step-identite-none = No open file of this cell has your agency in its circle. Open the file first.
step-identite-open = Open a file
step-identite-by-consent = Has the person not said yes yet? Hold the conversation of consent with her first: her yes is recorded there.
step-identite-conversation = Conversation of consent, file { $x }
step-identite-by-law = Is her yes not possible, and the danger serious? Lift confidentiality first, with the coordination among the recipients.
step-identite-disclosure = Lift confidentiality, file { $x }
step-identite-file = Which file?
step-convenir = Record that the net is agreed
step-convenir-do = The net is agreed
step-convenir-lead = At least one action must stand in the net. The day of the review is mandatory.
step-suivi = Review
step-suivi-do = Record the review
step-suivi-lead = The net is read again with the agencies. The day of the next review is mandatory.
step-suivi-level = Level of risk today
step-fermer = Close
step-fermer-do = Close the mobilisation
step-fermer-lead = The cell stops; the agencies you name go on. Actions still open must be theirs.
step-fermer-level = Level of risk that remains
step-fermer-following = Which agencies go on?
step-fermer-following-hint = Their open actions are still to be done.
step-fermer-file-title = And the file?
step-fermer-file = Close the file too
step-fermer-file-hint = After the cell’s delay each agency will see only what it wrote itself.
step-rouvrir = Reopen
step-rouvrir-do = Reopen the mobilisation
step-rouvrir-lead = The cell is triggered again and its clock starts anew.
step-repetition = Report a new event
step-repetition-do = Bring back before the cell
step-repetition-lead = Any new instance within the repeat window comes back before the cell, whatever the threshold. What happened is recorded in the file, as a fact.
step-transferer = Transfer to another cell
step-transferer-do = Transfer
step-transferer-lead = The other cell receives the codes and the reasons, never the file. Here everybody keeps what could be read.
step-transferer-to = Which cell goes on?
step-bilan = Draw lessons
step-bilan-do = Record the lessons
step-bilan-lead = In codes only: they are counted, and nothing leads back to this situation.
step-bilan-themes = What is it about?
step-bilan-helped = What helped?
step-bilan-hindered = What hindered?
done-step-apprecier = The appraisal is recorded. Your respondent can bring the situation to the cell.
done-step-presenter = The situation was brought without identity. The coordination is told.
done-step-etudier = The committee is called.
done-step-avis = Your organisation’s opinion is recorded.
done-step-declencher = The cell is triggered.
done-step-ecarter = The situation is not retained; what could make it recognised is erased.
done-step-urgence = The cell is triggered as an emergency.
done-step-identite = Identity is open to the coordination.
done-step-convenir = The net is agreed and its review is set.
done-step-suivi = The review is recorded.
done-step-fermer = The mobilisation is closed.
done-step-rouvrir = The mobilisation is reopened.
done-step-repetition = The new event is before the cell.
done-step-transferer = The situation is transferred.
done-step-bilan = The lessons are recorded.
