# The file, for workers.
file-active = active
file-acts = What you can do in this file
file-record = Record
file-record-short = Record
file-add-person = Add a person
file-consents = Consents
file-appraisals = Risk appraisals
file-attachments = Attachments
file-disclosures = Disclosures without consent
file-timeline = Timeline
file-circle = Circle
file-persons = The persons
file-nobody = Nobody is on this file yet. Add the person at risk, then what you know.
file-picture = The persons of the file and what links them
file-picture-middle = In the middle: { $x }.
file-picture-around = Around: { $x }.
file-new = new
file-new-count = { $n } new
file-merged-into = This situation goes on in another file.
file-merged-from = Another file was merged into this one.
back-to-file = Back to the file
may-exist-ask = These kinds of information may exist, or not. Choose one to learn why it is not shown to you, and who could allow it.
may-exist-why = — why, and who could allow it
circle-since = since { $x }
circle-until = until { $x }
changed-since = What changed since you last consulted this file ({ $x })
changed-nothing = Nothing changed in what is shown to you.
changed-gone = No longer shown: { $x }
changed-joined = Joined the circle: { $x }
changed-left = Left the circle: { $x }

# Why.
why-title = { $x }: what may be shown to you
why-who = Who could allow it
why-consents = See the consents of this file
why-may = This page says what would hold of such information. It does not say whether any exists, nor who holds it.
why-covers = What this includes
why-purpose = For the purpose declared: { $x }.

# Recording.
facts-title = Record what you know
facts-person = Who is this about?
facts-lead = Fill in what you know and leave the rest empty. Your agency is the source.
facts-submit = Record
facts-more = Other information
facts-add-rows = Show the fields chosen
facts-vault-label = Sharing
facts-vault = Keep for my agency only
facts-vault-hint = No other agency will be able to receive this information, even with a consent.
facts-some-recorded = { $n ->
    [one] { $n } piece of information is recorded. What is left needs another look.
   *[other] { $n } pieces of information are recorded. What is left needs another look.
  }
done-facts-recorded = It is recorded.
phone-hint = For example: 819-555-0100
address-line1 = number and street
address-line2 = apartment
address-municipality = municipality
address-postal-code = postal code
fact-history-link = History
fact-history = { $x }: history
fact-retracted-at = retracted { $x }
fact-correct-link = Correct
fact-correct = Correct: { $x }
fact-correct-lead = The correction replaces what is shown. The earlier version stays in the history.
fact-correct-submit = Save the correction
done-fact-corrected = The correction is saved.
fact-retract-link = Retract
fact-retract = Retract: { $x }
fact-retract-lead = To be done when information was put on the wrong person. It will be shown to nobody any more; your agency keeps a trace of it. This cannot be undone.
fact-retract-submit = Retract this information
done-fact-retracted = The information is retracted.

# Persons.
person-add = Add a person
person-add-submit = Add the person
person-role = What is their role in the situation?
person-given-name = Given name
person-family-name = Family name
person-birth-date = Date of birth
person-birth-date-hint = It serves to reckon age and to find the person again. Leave empty if you do not know it.
person-vault = Who may know that this person is on the file?
person-vault-hint = If you tick nothing, the whole circle may know. Otherwise, only the agencies ticked and yours.
done-person-added = The person is added.
done-person-added-in-part = The person is added. Part of what you wrote needs another look.
person-correct = Correct the role
person-correct-lead = The role decides what each agency may see. Only the agency that added the person can correct it.
person-correct-submit = Correct the role
done-person-corrected = The role is corrected.
new-file-person = The person at risk
new-file-known = What you know already, if anything; the rest is added to the file afterwards.

# The circle and recusal.
circle-bring = Bring an agency in
circle-agency = Which agency?
circle-agency-hint = It will know that the file exists and who is on it. Content is shown to it only if a consent or the law allows.
circle-join = Bring into the circle
circle-end-link = End
circle-end = End the place of { $x }
circle-end-lead = This agency will see only the information it is itself the source of. It may come back if a respondent brings it into the circle.
circle-end-submit = End its place
done-circle-joined = The agency is in the circle.
done-circle-ended = The agency is no longer in the circle.
done-circle-left = Your agency is no longer in the circle of this file.
recusal-link = I know one of these persons: recuse myself
recusal-title = Recuse myself from file { $x }
recusal-lead = Recuse yourself if you are a relative, friend, colleague, neighbour or otherwise tied to one of the persons of this file. The coordination is told, or your agency’s respondent if the file has not been brought to the cell yet; neither learns why.
recusal-final = At once, this file no longer exists for you, in all your accounts. You cannot undo it.
recusal-submit = Recuse myself
done-recused = Your recusal is recorded.

# The timeline and attachments.
timeline-lead = What is shown to you, by date; the newest first.
timeline-kind-fact = Recorded
timeline-kind-happened = Date of a fact
timeline-kind-circle = Circle
timeline-kind-attachment = Attachment
timeline-kind-appraisal = Risk
timeline-kind-consent = Consent
timeline-kind-disclosure = Disclosure
timeline-attachment = Attachment
timeline-appraisal = Risk appraisal
timeline-consent = Consent or refusal given
timeline-withdrawal = Consent withdrawn
timeline-disclosure = Disclosure without consent
timeline-revocation = Disclosure without consent revoked
attachment-none = No attachment is shown to you for this purpose.
attachment-add = Attach a document
attachment-category = What is the most delicate thing in it?
attachment-category-hint = It will be shown as information of this category.
attachment-name = What should it be called?
attachment-name-hint = For example: Protection order
attachment-file = File
attachment-file-hint = PDF, image, text or office document without macros; 10 MB at most.
attachment-submit = Attach
attachment-download = Download
attachment-waiting = no content
attachment-size = { $n } KB
attachment-retract = Retract the attachment
attachment-retract-lead = Its content is erased for everybody; its name stays in your agency’s history. This cannot be undone.
attachment-retract-submit = Retract and erase
done-attachment-added = The document is attached.
done-attachment-retracted = The attachment is retracted and its content erased.

# The list, the search, the home page.
files-filter = Choose among the files
files-any-cell = All cells
files-status = Status
files-any-status = Active and closed
files-narrow = Filter
files-none-so = No file answers this choice.
files-outside = outside the circle
search-link = Find a person
search-title = Find a person
search-lead = Give at least one name, and the date or year of birth. The search covers the files you may know of, and only what would be shown to you there.
search-year = Or the year of birth
search-year-hint = For example: 1991
search-submit = Search
search-found = { $n ->
    [0] Nobody was found
    [one] { $n } person found
   *[other] { $n } persons found
  }
search-nobody = No file you may know of shows this person. It does not mean that no other agency knows them.
home-actions = Your actions of the safety net
home-action = An action is entrusted to you
home-open-net = See the safety net
home-due = by { $x }
home-late = overdue
home-soon = soon
home-ask-purpose = Say why you are reading to see the actions entrusted to you
home-meetings = Your meetings
home-meeting-convened = You are called to a meeting of the cell
home-meeting-open = A meeting of the cell is under way
home-meeting-closed = A meeting of the cell was held
home-meeting-cancelled = A meeting of the cell is called off
home-open-meeting = See the meeting
home-records = Disclosures whose record is to be written
home-record = Disclosure without consent in file { $x }
home-write-record = Write the record
home-messages = Messages to read
