//! Every act, with the rule of who may do it. The rules stand here and nowhere else.

use crate::{
    desk::{Act, ActContext},
    gate::Visibility,
    vocabulary::{AgencyKind, Role},
};

/// What concerns every agency belongs to those who coordinate them.
fn coordinates(c: &ActContext<'_>) -> bool {
    c.roles.has(Role::Admin) && c.who.kind() == AgencyKind::Coordination
}

/// Leads a process: the coordinator, from inside its file's circle once identity is open.
fn leads(c: &ActContext<'_>) -> bool {
    c.roles.acts_as(Role::Coordinator) && c.visibility.is_none_or(|seen| seen == Visibility::Circle)
}

/// Answers for an agency of the circle.
fn responds(c: &ActContext<'_>) -> bool {
    c.in_circle() && c.roles.acts_as(Role::Respondent)
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, purpose $purpose:literal, |$c:ident| $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Act for $name {
            const NAME: &'static str = $wire;
            const PURPOSE: bool = $purpose;
            fn allowed($c: &ActContext<'_>) -> bool { $rule }
        }
    )+
    /// The name of every act, for the printed table.
    pub const ALL: &[(&str, bool)] = &[$(($wire, $purpose)),+];
    };
}

acts! {
    /// Open a risk file in a cell: from worker upward.
    OpenFile = "file.open", purpose true, |c| c.roles.acts_as(Role::Worker);
    /// Add a person: from worker upward, of a circle agency.
    AddPerson = "person.add", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Correct a person's role: a respondent of the agency that added the person.
    CorrectPerson = "person.correct", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Record a fact: from worker upward, of a circle agency.
    RecordFact = "fact.record", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Take back a fact put on the wrong person: a respondent of its source.
    RetractFact = "fact.retract", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Vault a fact, or change its vault: a respondent of its source.
    VaultFact = "fact.vault", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Say what will be attached: from worker upward, of a circle agency.
    AddAttachment = "attachment.add", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Upload an attachment's content: from worker upward, of its source while in the circle.
    UploadAttachment = "attachment.upload", purpose true,
        |c| c.in_circle() && c.owns() && c.roles.acts_as(Role::Worker);
    /// Take an attachment back and erase its content: a respondent of its source.
    RetractAttachment = "attachment.retract", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Record an appraisal of risk: from worker upward, of a circle agency.
    RecordAppraisal = "appraisal.record", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Record a consent or a refusal: from worker upward, of any circle agency.
    RecordConsent = "consent.record", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Record a withdrawal: from worker upward, of any circle agency, whoever recorded the consent.
    WithdrawConsent = "consent.withdraw", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Disclose own facts without consent: a respondent, or dated substitute, of the source.
    Disclose = "disclosure.make", purpose true, |c| c.roles.acts_as(Role::Respondent);
    /// Complete the seven-point record of an act: a respondent of its source.
    CompleteRecord = "disclosure.complete", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Revoke an act: a respondent of its source.
    RevokeDisclosure = "disclosure.revoke", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Add an agency to the circle: a respondent of a circle agency, or the coordinator.
    AddAgency = "circle.add", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Respondent);
    /// End an agency's place in the circle: that agency, or the coordinator.
    EndAgency = "circle.end", purpose true,
        |c| c.in_circle() && (c.roles.acts_as(Role::Coordinator) || (c.owns() && c.roles.acts_as(Role::Respondent)));
    /// Recuse oneself from a file.
    RecuseSelf = "recusal.self", purpose false, |c| c.visibility.is_some();
    /// Recuse somebody else: the coordinator.
    RecuseOther = "recusal.other", purpose false, |c| c.in_circle() && c.roles.acts_as(Role::Coordinator);
    /// Close a file: the coordinator, or a respondent of the agency that opened it.
    CloseFile = "file.close", purpose true,
        |c| c.in_circle() && (c.roles.acts_as(Role::Coordinator) || (c.owns() && c.roles.acts_as(Role::Respondent)));
    /// Reopen a file: the coordinator, or a respondent of a circle agency.
    ReopenFile = "file.reopen", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Respondent);
    /// Begin a mobilisation: from worker upward.
    IdentifySituation = "mobilisation.identify", purpose true, |c| c.roles.acts_as(Role::Worker);
    /// Appraise the risk inside one's agency: from worker upward, of the agency that is worried.
    AppraiseSituation = "mobilisation.appraise", purpose true, |c| c.owns() && c.roles.acts_as(Role::Worker);
    /// Bring a situation to the cell without identity: a respondent of the agency that is worried.
    BringToCell = "mobilisation.consult", purpose true, |c| c.owns() && c.roles.acts_as(Role::Respondent);
    /// Call the coordination committee: the coordinator.
    CallCommittee = "mobilisation.analyse", purpose true, |c| c.roles.acts_as(Role::Coordinator);
    /// Say what one's organisation thinks: a member of the committee.
    GiveOpinion = "mobilisation.opine", purpose true, |c| c.roles.acts_as(Role::Committee);
    /// Trigger the cell, or do not retain the situation: the coordinator.
    DecideMobilisation = "mobilisation.decide", purpose true, |c| c.roles.acts_as(Role::Coordinator);
    /// Open identity to the cell: a respondent of the agency that brought the situation; where another cell did, of
    /// any agency of the committee, each for its own file.
    OpenIdentity = "mobilisation.identity", purpose true,
        |c| (c.owns() || c.received) && c.roles.acts_as(Role::Respondent);
    /// Bring one's file to the cell: a respondent of a circle agency.
    BringFile = "file.bring", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Respondent);
    /// Agree on an action of the safety net: the coordinator, or a respondent of a circle agency for its own.
    AgreeAction = "action.agree", purpose true, |c| leads(c) || responds(c);
    /// Do an action and say what came of it: from worker upward, of the agency that answers for it; the coordinator.
    WorkOnAction = "action.work", purpose true,
        |c| c.in_circle() && (c.roles.acts_as(Role::Coordinator) || (c.owns() && c.roles.acts_as(Role::Worker)));
    /// Entrust an action to somebody else, extend it or call it off: a respondent of the agency that answers for
    /// it; the coordinator.
    ManageAction = "action.manage", purpose true, |c| leads(c) || (c.owns() && responds(c));
    /// Agree that the safety net stands: the coordinator.
    PlanSafetyNet = "mobilisation.plan", purpose true, |c| leads(c);
    /// Look at a safety net again: the coordinator.
    ReviewSafetyNet = "mobilisation.review", purpose true, |c| leads(c);
    /// Close a mobilisation: the coordinator.
    CloseMobilisation = "mobilisation.close", purpose true, |c| leads(c);
    /// Say what was learned, in codes: the coordinator.
    GiveLessons = "mobilisation.learn", purpose true, |c| leads(c);
    /// Bring a closed mobilisation back to life: the coordinator, or a respondent of a circle agency.
    ReopenMobilisation = "mobilisation.reopen", purpose true, |c| leads(c) || responds(c);
    /// Report any new instance of abuse within the repeat window: a respondent of a circle agency.
    ReportRepeat = "mobilisation.repeat", purpose true, |c| responds(c);
    /// Hand a situation to another cell: the coordinator.
    TransferMobilisation = "mobilisation.transfer", purpose true, |c| leads(c);
    /// Say that a file is about the same situation as another: the coordinator, in the circle of both.
    MergeFile = "file.merge", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Coordinator);
    /// Let another file be merged into this one: the same coordinator.
    ReceiveMerger = "file.receive", purpose true, |c| c.in_circle() && c.roles.acts_as(Role::Coordinator);
    /// Convene a meeting: the coordinator.
    ConveneMeeting = "meeting.convene", purpose true, |c| leads(c);
    /// Set a meeting at another time or place: the coordinator.
    ChangeMeeting = "meeting.change", purpose true, |c| leads(c);
    /// Call a meeting off: the coordinator.
    CancelMeeting = "meeting.cancel", purpose true, |c| leads(c);
    /// Open a meeting and chair it: the coordinator.
    OpenMeeting = "meeting.open", purpose true, |c| leads(c);
    /// Close a meeting: the coordinator.
    CloseMeeting = "meeting.close", purpose true, |c| leads(c);
    /// Write the agenda of a meeting: the coordinator.
    SetAgenda = "meeting.agenda", purpose true, |c| leads(c);
    /// Record what a meeting decided: the coordinator.
    RecordDecision = "meeting.decide", purpose true, |c| leads(c);
    /// Reply to an invitation: who is called, or the substitute.
    ReplyToMeeting = "meeting.reply", purpose true, |c| c.called && c.roles.acts_as(Role::Worker);
    /// Say whether one's agency holds anything: from worker upward, of an agency at the table.
    AnswerForMeeting = "meeting.answer", purpose true, |c| c.seated && c.roles.acts_as(Role::Worker);
    /// Bring what one's agency knows: from worker upward, of an agency at the table and in the circle.
    Contribute = "meeting.contribute", purpose true, |c| c.seated && c.in_circle() && c.roles.acts_as(Role::Worker);
    /// Record who arrives: the coordinator for anybody; who is called for herself.
    Attend = "meeting.attend", purpose true, |c| leads(c) || (c.called && c.roles.acts_as(Role::Worker));
    /// Record who leaves: the coordinator for anybody; who is called for herself.
    Leave = "meeting.leave", purpose true, |c| leads(c) || (c.called && c.roles.acts_as(Role::Worker));
    /// Tell own facts aloud at a meeting: a respondent of the source, of an agency at the table.
    TellAtMeeting = "meeting.tell", purpose true, |c| c.seated && c.roles.acts_as(Role::Respondent);
    /// Make a cell: an admin of a coordination agency.
    MakeCell = "cell.make", purpose false, |c| coordinates(c);
    /// Change a cell's standards: an admin of the cell, of a coordination agency.
    ManageCell = "cell.manage", purpose false, |c| coordinates(c);
    /// Let an agency take part in a cell: an admin of the cell, of a coordination agency.
    AdmitAgency = "cell.admit", purpose false, |c| coordinates(c);
    /// Make an agency: an admin of a coordination agency.
    MakeAgency = "agency.make", purpose false, |c| coordinates(c);
    /// Disable an agency, or enable it again: an admin of a coordination agency, never her own.
    ManageAgency = "agency.manage", purpose false, |c| coordinates(c) && !c.owns();
    /// Import an instrument of risk appraisal: an admin of a coordination agency, who answers for its licence.
    ImportInstrument = "instrument.import", purpose false, |c| coordinates(c);
    /// Invite, change, disable accounts; reset their passwords; end their sessions.
    ManageAccount = "account.manage", purpose false, |c| c.roles.has(Role::Admin);
    /// Grant or end roles.
    ManageRole = "role.manage", purpose false, |c| c.roles.has(Role::Admin);
    /// Confirm or refuse a role that takes two admins: an admin of the cell; to confirm, neither the person who asked
    /// for it nor the one who gets it.
    ConfirmRole = "role.confirm", purpose false, |c| c.roles.has(Role::Admin);
    /// Enter a confidentiality incident in the agency's register: its privacy officer.
    EnterIncident = "incident.enter", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Write what is known of an incident now: the privacy officer.
    AmendIncident = "incident.amend", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Close an incident: the privacy officer.
    CloseIncident = "incident.close", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Enter a request for access in the agency's register: its privacy officer.
    EnterRequest = "access_request.enter", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Write a request anew, before it is answered: the privacy officer.
    AmendRequest = "access_request.amend", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Take the time that the law allows beyond the first: the privacy officer.
    ExtendRequest = "access_request.extend", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Say what was answered to a request: the privacy officer.
    AnswerRequest = "access_request.answer", purpose false, |c| c.roles.has(Role::PrivacyOfficer);
    /// Look after one's own account: password, second factor, sessions.
    OwnAccount = "account.own", purpose false, |_c| true;
}
