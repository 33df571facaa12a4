# The frame of every page.
skip = Skip to content
danger-label = Immediate danger
danger = Immediate danger: 911
danger-steps = What to do
danger-1 = Call 911 if somebody is in danger now. Stay on the line.
danger-2 = Do not warn or confront the alleged aggressor.
danger-3 = Ask the person whether she can speak, and agree on a word that means she cannot.
danger-4 = Only then record here what happened, and tell the cell’s coordination.
places = Where to go
place-home = Home
place-files = Files
place-board = Cell
place-messages = Messages
place-registers = Registers
place-log = Access log
place-rehearsal = Rehearsal
place-statistics = Statistics
place-admin = Administration
account = My account
lock = Lock
sign-out = Sign out
purpose-now = You are reading to:
change = Change
change-purpose = the purpose
done = Done
fictional = The persons and agencies of the demonstration are fictional.
help = Help
problems = Problems and remedies
problems-lead = What Filet answers when a request cannot succeed, and what to do about it. The numbers and addresses are for programs.
api-docs = API documentation
back = Back
to-home = Back to the home page
yes = Yes
no = No
next-page = Next page
form-wrong = Something needs another look
form-restored = Here is what you had begun to write.
title-wrong = To correct:

# The first page and signing in.
landing-title = Around a person in danger, knowing together
landing-lead = Filet brings together what each agency knows in part, so that no sign is lost.
landing-1 = Each piece of information shows only to whom consent or the law allows.
landing-2 = Each read leaves a record that nobody can erase.
landing-3 = The person concerned can know who saw what.
landing-demo = Try Filet with invented people
sign-in = Sign in
sign-in-demo = In the demonstration, everybody has the same password:
sign-in-refused = These details do not sign you in. Check them and try again; after several attempts, wait a quarter of an hour.
email = E-mail
password = Password
code = Verification code
code-hint = Leave empty if you have none. A recovery code will do too.
locked = Session locked
locked-lead = Nothing is lost: what you were writing is waiting. Give your password to continue.
unlock = Unlock

# The purpose.
purpose-title = Why are you reading?
purpose-lead = The law and the person concerned allow some things to be seen for one reason and not for another. Your answer is recorded with each read; you can change it at any time.
purpose-risk-appraisal = Appraise the risk
purpose-risk-appraisal-hint = Understand the danger, fill in an appraisal.
purpose-safety-planning = Plan for safety
purpose-safety-planning-hint = Agree on protective actions, follow them up.
purpose-service-delivery = Offer a service
purpose-service-delivery-hint = Receive, accompany, refer.
purpose-case-review = Review a file
purpose-case-review-hint = Review committee; nothing can be changed.

# Home and messages.
home-hello = Hello { $x }
home-waiting = What waits for you
home-nothing = Nothing waits for you. Requests, withdrawals of consent and deadlines will appear here.
home-all-messages = All messages
home-roles = Your roles
home-no-role = You have no role in a cell yet. Your agency’s administration can give you one.
role-worker = Worker
role-respondent = Respondent
role-committee = Coordination committee
role-coordinator = Coordinator
role-reviewer = Reviewer
role-privacy-officer = Privacy officer
role-auditor = Auditor
role-admin = Administrator
open-file = Open the file
no-messages = No message for now.
no-messages-more = What is addressed to you appears here: consents taken back, meetings, deadlines.
acknowledge = I have taken note
done-acknowledged = Your acknowledgement is recorded.

# Files.
no-files = No file for now. A file appears here when your agency joins its circle, or when you open one.
reference = Reference
cell = Cell
opened = Opened
closed = closed
circle = Agencies around the file
no-facts = Nothing is shown to you here for this purpose.
may-exist = What may exist and is not shown to you
read-recorded = This read is recorded under number { $x }.
withheld-refused = the person refused
withheld-withdrawn = the consent was withdrawn
withheld-expired = the consent has ended
withheld-no-basis = nothing allows it for this purpose
basis-own = your agency
basis-consent = consent
basis-disclosure = disclosure without consent
new-file = Open a file
new-file-lead = Your agency joins the file’s circle at once. Others join only when you add them.
new-file-cell = In which cell?
new-file-open = Open the file
done-file-opened = The file is open. Now add the persons concerned and what you know.

# The account.
name = Name
agency = Agency
second-factor = Second factor
