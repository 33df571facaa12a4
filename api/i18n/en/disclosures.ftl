# Disclosure without consent.
disclosures = Disclosures without consent
disclosure-title = Disclose without consent
disclosure-new = Disclose without consent
disclosure-lead = Choose, see what each will see, confirm. If anyone is in danger now, call 911 first.
disclosure-closed = This file is closed: the disclosure will reopen it.
disclosure-renews = You are attesting again the disclosure of { $x }. Nothing is ticked beforehand.
disclosure-renews-since = { $n ->
    [0] Nothing new has been recorded since.
    [one] One thing has been recorded since; it is marked in the list.
   *[other] { $n } things have been recorded since; they are marked in the list.
}
disclosure-what = 1. What do you tell?
disclosure-what-lead = Only what comes from your agency, and only what is necessary. Professional notes are never communicated this way.
disclosure-nothing = Your agency has recorded nothing here that this basis lets you tell. Record what you know first.
disclosure-kept = { $n ->
    [one] One piece of information is not offered here: it is vaulted, kept for your agency.
   *[other] { $n } pieces of information are not offered here: they are vaulted, kept for your agency.
}
disclosure-kept-lead = A vault comes before any consent and any disclosure. To tell one of these, change its sharing first.
disclosure-kept-change = Change its sharing
disclosure-kept-for = Vaulted, only for: { $x }
disclosure-agreed-lead = For each person the agreement covers whole categories: what your agency knows, and what it will record until the agreement ends, except what a vault keeps.
disclosure-agreed-all = Everything your agency records in this category until the agreement ends
disclosure-recorded = Recorded { $x }
disclosure-since = Recorded since the disclosure, { $x }
disclosure-appraisal = Risk appraisal ({ $x })
disclosure-attachment = Attachment ({ $x })
disclosure-of-appraisal = Risk appraisal ({ $x })
disclosure-of-contribution = What was brought to a meeting ({ $x })
disclosure-of-decision = Decision of a meeting ({ $x })
disclosure-of-reasons = Reasons for a step ({ $x })
disclosure-of-action = Action of the safety net ({ $x })
disclosure-of-evidence = What came of an action ({ $x })
disclosure-of-attachment = Attachment ({ $x })
disclosure-of-agenda-item = Item of an agenda ({ $x })
disclosure-document-elsewhere = to be read again where your agency wrote it
disclosure-to = 2. To whom, and in which capacity?
disclosure-to-lead = Choose a capacity for each agency to be told; the others receive nothing.
disclosure-to-none = Tell nothing
disclosure-to-circle = In the file’s circle
disclosure-to-others = Outside the circle
disclosure-attest = 3. What do you attest?
disclosure-until = Until when may they read?
disclosure-until-hint = Without an answer: 30 days. That is also the longest allowed.
disclosure-until-agreement = The end of the agreement.
disclosure-record = 4. The register
disclosure-record-lead = It may wait 24 hours. After that the entry is marked late.
disclosure-record-now = Complete the record now
disclosure-record-points = The law asks for seven points. Date and time, the recipients and their capacity enter themselves. Fill in all the others, or leave everything empty.
disclosure-see = See what each will see
disclosure-confirm = Disclose now
disclosure-change = Go back and change
disclosure-no-basis = No known legal basis lets your agency communicate without consent. Speak with your privacy officer.
disclosures-made = Made by your agency
disclosures-received = Received by your agency
disclosures-none-made = Your agency has disclosed nothing of this file without consent.
disclosures-none-received = Your agency has received no disclosure in this file.
disclosure-in-force = In force until { $x }
disclosure-ended = Ended { $x }
disclosure-revoked = Revoked { $x }
disclosure-oral = Told aloud, at a meeting.
disclosure-again = Attests an earlier disclosure again.
disclosure-told = Information
disclosure-to-whom = Recipients
disclosure-basis = Basis
disclosure-item-fact = Something not shown to you for this purpose, or corrected since
disclosure-item-document = A document
disclosure-item-person = a person of the file
disclosure-renew = Attest again
disclosure-revoke = Revoke
disclosure-revoke-title = Revoke this disclosure
disclosure-revoke-lead = The disclosure of { $x } will end at once: its recipients will no longer read this information, and their agencies will be told.
disclosure-revoke-past = What was read was read. The disclosure and its revocation stay in the register.
agency-gone = Agency no longer active
done-disclosure-made = The disclosure is made and entered in the register. The recipients are told.
done-disclosure-made-due = The disclosure is made. The recipients are told. Complete the register within 24 hours.
done-disclosure-made-directive = The disclosure is made. No directive was cited: your privacy officer is told. Check that the register is complete.
done-disclosure-revoked = The disclosure is revoked. The recipients are told.
done-record-completed = The register is complete.
done-record-completed-late = The register is complete; it is marked late.

# The legal text beside the form.
law-title = What the law says today
law-brief = The legal text in brief.
law-own-words = A summary in our own words; only the official text is authoritative.
law-from = In force since { $x }.
law-from-year = In force since { $x }.
law-from-latest = In force since { $x } at the latest.
law-source = Source: { $x }.
law-consulted = Text consulted in its version of { $x }.
law-to-verify = To be verified with a lawyer.
law-others = Another basis

# The preview.
preview-title = What each will see
preview-lead = Nothing has been told yet. Read it as if you were in their place.
preview-inside = In the circle: beside what a consent shows it already.
preview-outside = Outside the circle: of this file, only its reference and what follows.
preview-will-see = Will see
preview-will-not-see = Will not see
preview-why = Why, and what to do
preview-ceiling = The common rule does not let an agency of this kind receive this without consent. Choose somebody else, or ask for a consent.
preview-what = What happens when you confirm
preview-until = These agencies can read this information to appraise the risk or plan for safety, until { $x }, from now on.
preview-told = Each receives a message that a disclosure concerns it; the message says nothing of the content.
preview-basis = Basis: { $x }.
preview-record = The seven-point record will be complete.
preview-record-due = The record remains to be completed within 24 hours.
preview-past = You can revoke the disclosure; what has been read will have been read. What you record later is no part of it.

# The record of a disclosure.
record-title = Complete the record
record-complete = Complete the record
record-lead = Disclosure of { $x }. Date and time, recipients and their capacity are there already.
record-lead-due = Due before { $x }.
record-lead-late = It was due before { $x }: the entry will be marked late.
record-exposed = Who is exposed?
record-act-feared = Which act must be prevented?
record-act-feared-hint = For example: homicide by a partner, abduction of a child, suicide.
record-danger = What danger do you see?
record-danger-hint = The facts that make you fear it.
record-urgency = Why is it urgent?
record-urgency-hint = What makes it impossible to wait for a consent.
record-information = What did you communicate?
record-information-hint = In a few words, without repeating the detail. With the disclosure you may leave it empty: what you ticked will be named there.
record-completed = Record completed { $x }
record-completed-late = Record completed late, { $x }
record-due = Record due before { $x }
record-late = Late
