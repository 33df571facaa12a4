//! The tables of files and what is in them.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! { cell (id) { id -> Uuid, key -> Text, name -> Text, region -> Text, meeting_within_hours -> Integer, quorum -> SmallInt, sunset_days -> Integer, created_at -> Timestamptz, analysis_within_hours -> Integer, review_within_days -> Integer, } }
table! { agency (id) { id -> Uuid, key -> Text, name -> Text, kind -> SmallInt, regime -> Text, created_at -> Timestamptz, disabled_at -> Nullable<Timestamptz>, } }
table! {
    risk_file (id) {
        id -> Uuid, cell_id -> Uuid, reference -> Text, status -> SmallInt, opened_by -> Uuid,
        opened_at -> Timestamptz, closed_at -> Nullable<Timestamptz>, sunset_at -> Nullable<Timestamptz>,
    }
}
table! {
    circle (file_id, agency_id, from_at) {
        file_id -> Uuid, cell_id -> Uuid, agency_id -> Uuid, from_at -> Timestamptz,
        until_at -> Nullable<Timestamptz>, added_by -> Nullable<Uuid>,
    }
}
table! {
    person (id) {
        id -> Uuid, file_id -> Uuid, cell_id -> Uuid, role -> SmallInt, birth_sealed -> Nullable<Bytea>,
        vault -> Nullable<Array<Uuid>>, added_by -> Uuid, source_id -> Uuid, added_at -> Timestamptz,
    }
}
table! { recusal (file_id, human_id) { file_id -> Uuid, human_id -> Uuid, recused_by -> Uuid, recused_at -> Timestamptz, } }
table! {
    fact (id) {
        id -> Uuid, file_id -> Uuid, cell_id -> Uuid, person_id -> Uuid, field -> SmallInt, source_id -> Uuid,
        recorded_by -> Uuid, recorded_at -> Timestamptz, value_sealed -> Bytea, vault -> Nullable<Array<Uuid>>,
        supersedes -> Nullable<Uuid>, retracted_at -> Nullable<Timestamptz>, retracted_by -> Nullable<Uuid>,
    }
}
table! {
    document (id) {
        id -> Uuid, file_id -> Uuid, cell_id -> Uuid, person_id -> Uuid, kind -> SmallInt, category -> SmallInt,
        source_id -> Uuid, recorded_by -> Uuid, recorded_at -> Timestamptz, body_sealed -> Bytea,
        vault -> Nullable<Array<Uuid>>, supersedes -> Nullable<Uuid>, retracted_at -> Nullable<Timestamptz>,
        retracted_by -> Nullable<Uuid>,
    }
}
table! {
    attachment_content (document_id) {
        document_id -> Uuid, file_id -> Uuid, cell_id -> Uuid, key_sealed -> Nullable<Bytea>, about_sealed -> Bytea,
        uploaded_at -> Timestamptz, uploaded_by -> Uuid, erased_at -> Nullable<Timestamptz>,
    }
}
table! {
    attachment_chunk (document_id, position) {
        document_id -> Uuid, position -> Integer, file_id -> Uuid, cell_id -> Uuid, sealed -> Bytea,
    }
}
table! {
    name_token (file_id, person_id, bucket) {
        file_id -> Uuid, person_id -> Uuid, bucket -> Integer, token_sealed -> Bytea, name_facts -> Array<Uuid>, birth_fact -> Uuid,
    }
}
table! {
    consent (id) {
        id -> Uuid, file_id -> Uuid, cell_id -> Uuid, subject_id -> Uuid, grantor -> SmallInt,
        grantor_person -> Nullable<Uuid>, given_at -> Timestamptz, valid_from -> Timestamptz,
        valid_until -> Nullable<Timestamptz>, withdrawn_at -> Nullable<Timestamptz>, withdrawn_by -> Nullable<Uuid>,
        form -> SmallInt, language -> Text, interpreter -> Bool, limits_explained -> Bool,
        words_sealed -> Nullable<Bytea>, recorded_by -> Uuid, recorded_agency -> Uuid, recorded_at -> Timestamptz,
    }
}
table! {
    provision (consent_id, position) {
        consent_id -> Uuid, file_id -> Uuid, position -> SmallInt, effect -> SmallInt, recipients -> Array<Uuid>,
        to_circle -> Bool, categories -> Integer, purposes -> Integer, sources -> Array<Uuid>, any_source -> Bool,
    }
}
table! {
    disclosure (id) {
        id -> Uuid, file_id -> Uuid, cell_id -> Uuid, source_id -> Uuid, made_by -> Uuid, made_at -> Timestamptz,
        basis_code -> Text, basis_version -> Nullable<Date>, expires -> SmallInt, until_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>, revoked_by -> Nullable<Uuid>, recipient_agencies -> Array<Uuid>,
        recipient_capacities -> Array<SmallInt>, item_facts -> Array<Uuid>, item_subjects -> Array<Uuid>,
        item_categories -> Array<SmallInt>, attested -> Array<Text>, renews -> Nullable<Uuid>,
        record_sealed -> Nullable<Bytea>, record_completed_at -> Nullable<Timestamptz>,
        item_documents -> Array<Uuid>, meeting_id -> Nullable<Uuid>, channel -> SmallInt,
    }
}
table! {
    account (id) { id -> Uuid, human_id -> Uuid, agency_id -> Uuid, email -> Text, name -> Text, service -> Bool, locale -> Text, disabled_at -> Nullable<Timestamptz>, }
}
table! {
    role_grant (account_id, cell_id, role, valid_from) {
        account_id -> Uuid, cell_id -> Uuid, role -> SmallInt, valid_from -> Timestamptz, valid_until -> Nullable<Timestamptz>,
    }
}
table! { demonstration (mark) { mark -> Bool, since -> Timestamptz, } }
table! { recusal_attempt (file_id, human_id, day) { file_id -> Uuid, human_id -> Uuid, day -> Date, told_at -> Timestamptz, } }
table! {
    access_event (recorded_at, id) {
        recorded_at -> Timestamptz, id -> Uuid, occurred_at -> Timestamptz, actor -> Nullable<Uuid>,
        file -> Nullable<Uuid>, decision -> SmallInt,
    }
}
table! {
    outbox (id) {
        id -> Uuid, kind -> Text, recipient_account -> Nullable<Uuid>, recipient_agency -> Nullable<Uuid>,
        subject -> Nullable<Uuid>, created_at -> Timestamptz, not_before -> Timestamptz, attempts -> SmallInt,
        delivered_at -> Nullable<Timestamptz>, abandoned_at -> Nullable<Timestamptz>, about -> Nullable<Uuid>,
        cell_id -> Nullable<Uuid>,
    }
}
table! {
    inbox (id) {
        id -> Uuid, account_id -> Uuid, kind -> Text, subject -> Nullable<Uuid>, created_at -> Timestamptz,
        read_at -> Nullable<Timestamptz>, about -> Nullable<Uuid>,
    }
}
table! {
    notification_preference (account_id) {
        account_id -> Uuid, mail -> SmallInt, quiet_from -> Nullable<Time>, quiet_until -> Nullable<Time>,
        changed_at -> Timestamptz,
    }
}
table! { delivery (inbox_id) { inbox_id -> Uuid, account_id -> Uuid, due_at -> Timestamptz, mail_id -> Nullable<Uuid>, } }
table! {
    mail (id) {
        id -> Uuid, account_id -> Uuid, created_at -> Timestamptz, retry_at -> Timestamptz, attempts -> SmallInt,
        claimed_until -> Nullable<Timestamptz>, sent_at -> Nullable<Timestamptz>, abandoned_at -> Nullable<Timestamptz>,
    }
}
table! {
    reminder (id) {
        id -> Uuid, cell_id -> Uuid, file_id -> Nullable<Uuid>, kind -> Text, subject -> Uuid,
        recipient_account -> Nullable<Uuid>, recipient_agency -> Nullable<Uuid>, created_at -> Timestamptz,
        due_at -> Timestamptz, escalate_at -> Nullable<Timestamptz>, told_at -> Nullable<Timestamptz>,
        escalated_at -> Nullable<Timestamptz>, done_at -> Nullable<Timestamptz>,
    }
}

table! {
    mobilisation (id) {
        id -> Uuid, cell_id -> Uuid, reference -> Text, state -> SmallInt, brought_by -> Uuid,
        own_reference -> Nullable<Text>, file_id -> Nullable<Uuid>, age_band -> Nullable<Text>,
        region -> Nullable<Text>, factors -> Nullable<Array<Text>>, services -> Nullable<Array<Text>>,
        level -> Nullable<Text>, urgent -> Bool, repeat_of -> Nullable<Uuid>, repeat_rule -> Nullable<SmallInt>,
        transferred_from -> Nullable<Uuid>, transferred_to -> Nullable<Uuid>, opened_at -> Timestamptz,
        consulted_at -> Nullable<Timestamptz>, decided_at -> Nullable<Timestamptz>,
        triggered_at -> Nullable<Timestamptz>, identity_at -> Nullable<Timestamptz>,
        met_at -> Nullable<Timestamptz>, planned_at -> Nullable<Timestamptz>, review_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>, residual_level -> Nullable<Text>, due_at -> Nullable<Timestamptz>,
        reappraisal_due_at -> Nullable<Timestamptz>, following -> Array<Uuid>, lessons_given -> Bool, overdue_told_for -> Nullable<Timestamptz>,
    }
}
table! {
    mobilisation_step (mobilisation_id, position) {
        mobilisation_id -> Uuid, position -> SmallInt, cell_id -> Uuid, file_id -> Nullable<Uuid>,
        #[sql_name = "move"] by -> Text, state -> SmallInt, by_account -> Nullable<Uuid>,
        by_agency -> Nullable<Uuid>, at -> Timestamptz, reasons -> Array<Text>, document_id -> Nullable<Uuid>,
    }
}
table! {
    mobilisation_opinion (mobilisation_id, agency_id) {
        mobilisation_id -> Uuid, agency_id -> Uuid, cell_id -> Uuid, account_id -> Uuid, opinion -> SmallInt,
        reasons -> Array<Text>, at -> Timestamptz,
    }
}
table! {
    safety_action (id) {
        id -> Uuid, mobilisation_id -> Uuid, cell_id -> Uuid, file_id -> Uuid, kind -> Text, owner_agency -> Uuid,
        owner_account -> Uuid, protects -> Array<Uuid>, written_by -> Uuid, written_agency -> Uuid,
        written_at -> Timestamptz, due_at -> Timestamptz, status -> SmallInt, ended_at -> Nullable<Timestamptz>,
        if_it_fails -> Array<Text>, must_not -> Array<Text>, document_id -> Nullable<Uuid>,
        evidence_id -> Nullable<Uuid>, soon_told_for -> Nullable<Timestamptz>,
        overdue_told_for -> Nullable<Timestamptz>, meeting_id -> Nullable<Uuid>,
    }
}
table! {
    safety_action_step (action_id, position) {
        action_id -> Uuid, position -> SmallInt, cell_id -> Uuid, file_id -> Uuid, #[sql_name = "move"] by -> Text,
        by_account -> Uuid, by_agency -> Uuid, at -> Timestamptz, reasons -> Array<Text>, owner_account -> Uuid,
        due_at -> Timestamptz,
    }
}
table! {
    safety_action_told (action_id, person_id, told_at) {
        action_id -> Uuid, person_id -> Uuid, told_at -> Timestamptz, cell_id -> Uuid, file_id -> Uuid,
        by_account -> Uuid, by_agency -> Uuid, channel -> Text,
    }
}
table! { lesson (cell_id, month, aspect, code) { cell_id -> Uuid, month -> Date, aspect -> SmallInt, code -> Text, times -> Integer, } }
table! { file_merger (file_id) { file_id -> Uuid, into_id -> Uuid, cell_id -> Uuid, merged_by -> Uuid, merged_at -> Timestamptz, } }
table! { instrument (code, version) { code -> Text, version -> SmallInt, definition -> Jsonb, imported_by -> Uuid, imported_at -> Timestamptz, } }
table! {
    meeting (id) {
        id -> Uuid, mobilisation_id -> Uuid, cell_id -> Uuid, file_id -> Uuid, kind -> SmallInt, mode -> SmallInt,
        starts_at -> Timestamptz, ends_at -> Nullable<Timestamptz>, place_sealed -> Nullable<Bytea>,
        link_sealed -> Nullable<Bytea>, invitation_uid -> Text, sequence -> Integer, late -> Bool,
        short_of_quorum -> Bool, convened_by -> Uuid, convened_at -> Timestamptz, changed_at -> Timestamptz,
        opened_at -> Nullable<Timestamptz>, chair -> Nullable<Uuid>, chair_agency -> Nullable<Uuid>,
        closed_at -> Nullable<Timestamptz>, cancelled_at -> Nullable<Timestamptz>,
    }
}
table! {
    meeting_seat (meeting_id, agency_id) {
        meeting_id -> Uuid, agency_id -> Uuid, cell_id -> Uuid, file_id -> Uuid, account_id -> Uuid,
        substitute_id -> Nullable<Uuid>, capacity -> SmallInt, admitted_at -> Nullable<Timestamptz>,
        reply -> Nullable<SmallInt>, replied_at -> Nullable<Timestamptz>, answer -> Nullable<SmallInt>,
        answer_reason -> Nullable<Text>, answered_by -> Nullable<Uuid>, answered_at -> Nullable<Timestamptz>,
    }
}
table! {
    meeting_attendance (id) {
        id -> Uuid, meeting_id -> Uuid, position -> SmallInt, cell_id -> Uuid, file_id -> Uuid, agency_id -> Uuid,
        account_id -> Uuid, capacity -> SmallInt, arrived_at -> Timestamptz, undertaking -> Text, undertaken_at -> Timestamptz,
        recorded_by -> Uuid, departed_at -> Nullable<Timestamptz>, departed_part -> Nullable<Uuid>,
    }
}
table! {
    meeting_agenda (id) {
        id -> Uuid, meeting_id -> Uuid, cell_id -> Uuid, file_id -> Uuid, position -> SmallInt,
        code -> Nullable<Text>, document_id -> Nullable<Uuid>, added_at -> Timestamptz,
    }
}
table! { meeting_document (document_id) { document_id -> Uuid, meeting_id -> Uuid, cell_id -> Uuid, file_id -> Uuid, added_at -> Timestamptz, } }
table! {
    oral_disclosure (id) {
        id -> Uuid, meeting_id -> Uuid, cell_id -> Uuid, file_id -> Uuid, teller_id -> Uuid, told_by -> Uuid,
        told_at -> Timestamptz, recipient_id -> Uuid, capacity -> SmallInt, item_facts -> Array<Uuid>,
        item_documents -> Array<Uuid>, consent_id -> Uuid,
    }
}
table! { register_entry (id) { id -> Uuid, agency_id -> Uuid, book -> SmallInt, entered_at -> Timestamptz, } }
table! {
    register_version (id) {
        id -> Uuid, entry_id -> Uuid, number -> SmallInt, written_by -> Uuid, written_at -> Timestamptz,
        since_on -> Date, open -> Bool, record_sealed -> Bytea,
    }
}

joinable!(risk_file -> cell (cell_id));
joinable!(account -> agency (agency_id));
allow_tables_to_appear_in_same_query!(
    cell,
    agency,
    risk_file,
    circle,
    person,
    recusal,
    fact,
    document,
    attachment_content,
    attachment_chunk,
    name_token,
    consent,
    provision,
    disclosure,
    account,
    role_grant,
    outbox,
    inbox,
    notification_preference,
    delivery,
    mail,
    reminder,
    recusal_attempt,
    access_event,
    mobilisation,
    mobilisation_step,
    mobilisation_opinion,
    safety_action,
    safety_action_step,
    safety_action_told,
    lesson,
    file_merger,
    meeting,
    meeting_seat,
    meeting_attendance,
    meeting_agenda,
    meeting_document,
    oral_disclosure,
    register_entry,
    register_version
);
