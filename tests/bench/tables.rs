//! The tables as the bare application and the fill read them.

diesel::table! {
    risk_file (id) {
        id -> Uuid, cell_id -> Uuid, reference -> Text, status -> SmallInt, opened_by -> Uuid,
        opened_at -> Timestamptz, sunset_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    cell (id) { id -> Uuid, key -> Text, name -> Text, }
}
diesel::table! {
    agency (id) { id -> Uuid, key -> Text, name -> Text, kind -> SmallInt, }
}
diesel::table! {
    circle (file_id, agency_id, from_at) {
        file_id -> Uuid, agency_id -> Uuid, from_at -> Timestamptz, until_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    person (id) {
        id -> Uuid, file_id -> Uuid, role -> SmallInt, birth_sealed -> Nullable<Bytea>,
        vault -> Nullable<Array<Uuid>>, source_id -> Uuid,
    }
}
diesel::table! {
    recusal (file_id, human_id) { file_id -> Uuid, human_id -> Uuid, recused_at -> Timestamptz, }
}
diesel::table! {
    fact (id) {
        id -> Uuid, file_id -> Uuid, person_id -> Uuid, field -> SmallInt, source_id -> Uuid,
        recorded_at -> Timestamptz, value_sealed -> Bytea, vault -> Nullable<Array<Uuid>>,
        supersedes -> Nullable<Uuid>, retracted_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    consent (id) {
        id -> Uuid, file_id -> Uuid, subject_id -> Uuid, grantor -> SmallInt, grantor_person -> Nullable<Uuid>,
        given_at -> Timestamptz, valid_from -> Timestamptz, valid_until -> Nullable<Timestamptz>,
        withdrawn_at -> Nullable<Timestamptz>, form -> SmallInt, language -> Text, interpreter -> Bool,
        words_sealed -> Nullable<Bytea>, recorded_agency -> Uuid, recorded_at -> Timestamptz,
    }
}
diesel::table! {
    provision (consent_id, position) {
        consent_id -> Uuid, file_id -> Uuid, position -> SmallInt, effect -> SmallInt, recipients -> Array<Uuid>,
        to_circle -> Bool, categories -> Integer, purposes -> Integer, sources -> Array<Uuid>, any_source -> Bool,
    }
}
diesel::table! {
    disclosure (id) {
        id -> Uuid, file_id -> Uuid, source_id -> Uuid, made_by -> Uuid, made_at -> Timestamptz,
        basis_code -> Text, basis_version -> Nullable<Date>, expires -> SmallInt, until_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>, recipient_agencies -> Array<Uuid>,
        recipient_capacities -> Array<SmallInt>, item_facts -> Array<Uuid>, item_subjects -> Array<Uuid>,
        item_categories -> Array<SmallInt>, attested -> Array<Text>, renews -> Nullable<Uuid>,
        record_sealed -> Nullable<Bytea>, record_completed_at -> Nullable<Timestamptz>,
        item_documents -> Array<Uuid>, meeting_id -> Nullable<Uuid>, channel -> SmallInt,
    }
}
diesel::table! {
    document (id) {
        id -> Uuid, file_id -> Uuid, person_id -> Uuid, kind -> SmallInt, category -> SmallInt,
        source_id -> Uuid, recorded_at -> Timestamptz, vault -> Nullable<Array<Uuid>>, supersedes -> Nullable<Uuid>,
        retracted_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    file_merger (file_id, into_id) { file_id -> Uuid, into_id -> Uuid, }
}
diesel::table! {
    account (id) { id -> Uuid, human_id -> Uuid, agency_id -> Uuid, email -> Text, }
}
diesel::joinable!(risk_file -> cell (cell_id));
diesel::allow_tables_to_appear_in_same_query!(risk_file, cell, agency, circle, fact, document, file_merger);
