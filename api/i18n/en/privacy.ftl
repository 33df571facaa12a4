# The register of confidentiality incidents.
register-incidents = Register of confidentiality incidents
register-incidents-lead = Every incident is entered here, even a minor one: an access, use or communication that is not allowed, a loss, or any other breach. Every version is kept. You alone, for your agency, read this register.
incident-new = Enter an incident
incident-new-lead = Enter what you know today. You can add to it later; what was written before stays in the register.
incident-nobody-named = Write nobody’s name or contact details: the register describes information, it does not hold any.
incident-enter = Enter
incident-none = No incident is entered.
incident-newest-first = Last entered first
incident-export = Take the register along:
incident-title = A confidentiality incident
incident-of = Incident known of on { $x }
incident-number = Number
incident-version = Version
incident-state = State
incident-open = Open
incident-closed = Closed
incident-part-what = What happened
incident-information = Information concerned
incident-information-hint = Its nature, such as “address and telephone number of a person being followed”. If you cannot describe it, say why in the next field instead.
incident-information-unknown = Why the information cannot be described
incident-circumstances = Circumstances
incident-occurred = Date or period
incident-occurred-from = Date of the incident, or first day of the period
incident-occurred-to = Last day of the period
incident-occurred-approximate = This date is approximate
incident-period = from { $from } to { $to }
incident-about = about { $x }
incident-aware = Day the agency knew of it
incident-aware-hint = The register keeps the incident for five years at least after that day.
incident-persons = Persons concerned
incident-persons-hint = A number; an estimate if you do not know better.
incident-persons-estimated = This number is an estimate
incident-persons-count = { $n ->
    [one] { $n } person
   *[other] { $n } persons
}
incident-part-risk = The risk of serious injury
incident-part-risk-lead = What speaks for or against such a risk. Answer one of these points at least.
incident-sensitivity = How sensitive the information is
incident-malicious-use = Malicious use that could be made of it
incident-consequences = Consequences to be expected
incident-likelihood = How likely it is to be used to injure
incident-serious = Conclusion
incident-serious-yes = Risk of serious injury
incident-serious-yes-hint = The Commission d’accès à l’information and the persons concerned must then be notified promptly.
incident-serious-no = No risk of serious injury
incident-part-notices = The notices
incident-part-notices-lead = Leave empty what is not done yet. A serious incident that lacks a notice waits for you on your first page.
incident-cai-notified = Notice to the Commission d’accès à l’information
incident-minister-notified = Notice to the minister for health
incident-minister-notified-hint = For an agency of the health and social services network. To be verified with a lawyer.
incident-persons-notified = Notice to the persons concerned
incident-public-notice = Public notice
incident-deferred = Why the notice to the persons is deferred
incident-deferred-hint = Only if it could hamper an investigation under way.
incident-part-measures = The measures
incident-measures = Measures taken
incident-measures-hint = What was done so that the risk becomes smaller and it does not happen again.
incident-waits = Notice to give
incident-awaits-authority = to the Commission d’accès à l’information or to the minister.
incident-awaits-persons = to the persons concerned, or the reason to defer it.
incident-kept = To be kept in the register until { $x } at least.
incident-amend = Add to it
incident-amend-title = Add to an incident
incident-amend-lead = Write what is known now. The version before stays in the register.
incident-amend-reopens = This incident is closed: adding to it opens it again.
incident-close = Close
incident-close-title = Close the incident
incident-close-lead = Everything the incident asked for is done. It stays in the register and can still be added to.
incident-before = What the register said before
incident-version-of = Version { $number }, written on { $at }
done-incident-entered = The incident is entered.
done-incident-amended = The new version is entered; the one before is kept.
done-incident-closed = The incident is closed. It stays in the register.

# The first page of whoever answers for the protection of information.
home-registers = Registers: what waits
home-incident = Serious incident. Notice to give:
home-incident-since = Known of since { $x }
home-open-incident = Open the incident

# The acts, as the log names them.
act-incident-enter = Enter a confidentiality incident
act-incident-amend = Add to a confidentiality incident
act-incident-close = Close a confidentiality incident
act-incident-list = Read the register of incidents
act-incident-read = Read a confidentiality incident
act-incident-waiting = See incidents that lack a notice

# The register of access requests.
register-requests = Register of access requests
register-requests-lead = What a person, or somebody who speaks for her, asks of your agency: to see what it holds, to know who read it, to have it put right. You alone, for your agency, read this register.
request-new = Enter a request
request-new-lead = Write neither name nor contact details: keep those with the request itself, in your agency. The day it is due follows from the law of your agency.
request-unknown-lead = A request about somebody whom nobody knows here is entered and dealt with as any other: neither this page nor the answer says whether a file exists.
request-enter = Enter
request-none = No request is entered.
request-title = An access request
request-of = Request received on { $x }
request-number = Number
request-version = Version
request-received = Received on
request-received-hint = The time to answer runs from that day.
request-kind = What is asked for
request-kind-held = What the agency holds about the person
request-kind-readers = Who read it
request-kind-rectification = That something be put right
request-by = Who asks
request-by-person = The person concerned
request-by-representative = Somebody who speaks for her
request-subject = The request, in short
request-subject-hint = Such as “the follow-up notes of 2025”. Neither name nor contact details.
request-file = File it is about (number)
request-file-hint = If one is named. Nothing is looked up: the number is kept as it is.
request-person = Person it is about (number)
request-verified = Identity verified
request-verified-lead = May follow later, but nothing is given before.
request-verified-on = Verified on
request-verified-who = By whom, in your agency
request-verified-how = In which way
request-verified-by = by { $by }, on { $on }
request-verified-document = Identity document seen, no copy
request-verified-known = Already known to the agency
request-verified-questions = Answers to questions
request-verified-mandate = Document that lets somebody speak for the person
request-due-on = Due
request-due = To be answered by { $x }
request-overdue = Late: it was due on { $x }
request-answered = Answered on { $x }, in time
request-answered-late = Answered on { $on }, after it was due on { $due }
request-to-answer = To be answered
request-late = Late
request-term = Within { $days } days ({ $source }).
request-days = { $n ->
    [one] { $n } day more.
   *[other] { $n } days more.
}
request-amend = Correct the entry
request-amend-title = Correct the entry of a request
request-extend = Take more time
request-extend-title = Take more time to answer
request-extended = More time taken
request-because = Why more time is needed
request-because-hint = Whoever asks is told so before the day it is due.
request-answer = Enter the answer
request-answer-title = Say what was answered
request-answered-on = Answered on
request-outcome = The answer
request-outcome-hint = What the person was already given; the register does not keep its content.
request-outcome-given = Granted
request-outcome-in-part = Granted in part
request-outcome-refused = Refused
request-outcome-nothing-held = Nothing is held
request-grounds = Grounds
request-grounds-hint = At least one, when a part or all is refused.
request-ground-third-party = Information about somebody else that is likely to harm her
request-ground-health = Grave harm to the health of the person who asks
request-ground-investigation = Investigation under way
request-ground-proceedings = Proceedings before a court
request-ground-privilege = Professional secrecy
request-ground-identity-unverified = Identity, or the right to speak for another, not shown
request-ground-other-law = Another provision, to be named
request-explanation = Explanation
request-explanation-hint = Without saying anything of the content. Name the provision if the ground is another one.
request-journal = See in the log who read this file
request-journal-hint = If your agency knows of this file.
done-request-entered = The request is entered.
done-request-amended = The entry is corrected; the version before is kept.
done-request-extended = More time is taken.
done-request-answered = The answer is entered.
home-request = Access request: { $x }
home-open-request = Open the request
act-access-request-enter = Enter an access request
act-access-request-amend = Correct an access request
act-access-request-extend = Take more time for an access request
act-access-request-answer = Enter the answer to an access request
act-access-request-list = Read the register of access requests
act-access-request-read = Read an access request
act-access-request-waiting = See access requests to be answered

# What stands out in the log.
anomaly-title = What stands out in the log
anomaly-lead = A rule accuses nobody: it says where to look. Never a value. Your reading is entered too.
anomaly-lead-auditor = In your cells, by five fixed rules.
anomaly-lead-officer = Among the people of your agency, by five fixed rules.
anomaly-longest = At most 92 days at a time.
anomaly-none = Nothing.
anomaly-account = account
anomaly-see = See in the log
anomaly-last = The last time, { $x }
anomaly-times = { $n ->
    [one] Once.
   *[other] { $n } times.
}
anomaly-files = { $n ->
    [one] { $n } file within an hour.
   *[other] { $n } files within an hour.
}
anomaly-title-unknown-files = Files that do not exist for the person
anomaly-rule-unknown-files = The same person asked three times or more for a file that does not exist for her.
anomaly-title-recused = Recused persons
anomaly-rule-recused = A person who is recused on a file tried to open it.
anomaly-title-many-files = Many files
anomaly-rule-many-files = The same person opened more than twenty files within one hour of the clock.
anomaly-title-night = At night, without a mobilisation
anomaly-rule-night = Something was shown between 11 p.m. and 5 a.m., of a file for which no cell was at work.
anomaly-title-emergency = Urgent triggers
anomaly-rule-emergency = A cell was triggered in urgency, before its committee met.
act-access-log-anomalies = See what stands out in the log
