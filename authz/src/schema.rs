//! The tables that belong to this crate: accounts, what they may do, and the access log.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! { cell (id) { id -> Uuid, key -> Text, name -> Text, region -> Text, meeting_within_hours -> Integer, quorum -> SmallInt, sunset_days -> Integer, created_at -> Timestamptz, } }
table! { agency (id) { id -> Uuid, key -> Text, name -> Text, kind -> SmallInt, regime -> Text, created_at -> Timestamptz, disabled_at -> Nullable<Timestamptz>, } }
table! {
    account (id) {
        id -> Uuid, human_id -> Uuid, agency_id -> Uuid, email -> Text, name -> Text, service -> Bool,
        password_hash -> Nullable<Text>, password_must_change -> Bool,
        totp_sealed -> Nullable<Bytea>, totp_pending -> Nullable<Bytea>, totp_last_step -> Nullable<BigInt>,
        failures -> SmallInt, failed_at -> Nullable<Timestamptz>, lockouts -> SmallInt,
        locked_until -> Nullable<Timestamptz>, locale -> Text, locale_chosen_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz, created_by -> Nullable<Uuid>, disabled_at -> Nullable<Timestamptz>,
    }
}
table! {
    role_grant (account_id, cell_id, role, valid_from) {
        account_id -> Uuid, cell_id -> Uuid, role -> SmallInt, valid_from -> Timestamptz,
        valid_until -> Nullable<Timestamptz>, substitute -> Bool, granted_by -> Nullable<Uuid>, granted_at -> Timestamptz,
    }
}
table! {
    session (id) {
        id -> Uuid, account_id -> Uuid, label -> Text, created_at -> Timestamptz, last_seen_at -> Timestamptz,
        expires_at -> Timestamptz, revoked_at -> Nullable<Timestamptz>, narrow -> Bool,
        locked_at -> Nullable<Timestamptz>,
    }
}
table! {
    refresh_token (token_hash) {
        token_hash -> Bytea, session_id -> Uuid, parent_hash -> Nullable<Bytea>, issued_at -> Timestamptz,
        expires_at -> Timestamptz, used_at -> Nullable<Timestamptz>, revoked_at -> Nullable<Timestamptz>,
    }
}
table! { web_session (token_hash) { token_hash -> Bytea, session_id -> Uuid, } }
table! {
    draft (id) {
        id -> Uuid, account_id -> Uuid, form -> Text, words_sealed -> Bytea, saved_at -> Timestamptz,
    }
}
table! {
    invitation (id) {
        id -> Uuid, account_id -> Uuid, kind -> SmallInt, token_hash -> Bytea, created_by -> Nullable<Uuid>,
        created_at -> Timestamptz, expires_at -> Timestamptz, used_at -> Nullable<Timestamptz>,
    }
}
table! {
    role_request (id) {
        id -> Uuid, account_id -> Uuid, cell_id -> Uuid, role -> SmallInt, valid_from -> Nullable<Timestamptz>,
        valid_until -> Nullable<Timestamptz>, asked_by -> Uuid, asked_at -> Timestamptz, lapses_at -> Timestamptz,
        decided_by -> Nullable<Uuid>, decided_at -> Nullable<Timestamptz>, confirmed -> Nullable<Bool>,
    }
}
table! {
    passkey (id) {
        id -> Uuid, account_id -> Uuid, name -> Text, credential_hash -> Bytea, credential_sealed -> Bytea,
        created_at -> Timestamptz, last_used_at -> Nullable<Timestamptz>,
    }
}
table! {
    passkey_ceremony (id) {
        id -> Uuid, account_id -> Nullable<Uuid>, name -> Nullable<Text>, state_sealed -> Bytea,
        expires_at -> Timestamptz,
    }
}
table! { recovery_code (account_id, code_hash) { account_id -> Uuid, code_hash -> Bytea, used_at -> Nullable<Timestamptz>, } }
table! {
    access_event (recorded_at, id) {
        id -> Uuid, occurred_at -> Timestamptz, recorded_at -> Timestamptz, actor -> Nullable<Uuid>,
        agency -> Nullable<Uuid>, session -> Nullable<Uuid>, purpose -> Nullable<SmallInt>, act -> Text,
        object_kind -> Text, object -> Nullable<Uuid>, file -> Nullable<Uuid>, cell -> Nullable<Uuid>, decision -> SmallInt,
        disclosed -> Jsonb, policy -> Text, request -> Uuid,
    }
}
table! { log_leaf (place) { place -> BigInt, event -> Uuid, recorded_at -> Timestamptz, salt -> Uuid, hash -> Bytea, } }
table! { log_point (size) { size -> BigInt, signed_at -> Timestamptz, peaks -> Bytea, note -> Text, } }
table! { recusal (file_id, human_id) { file_id -> Uuid, human_id -> Uuid, } }
table! {
    idempotency (account_id, key) {
        account_id -> Uuid, key -> Text, request_hash -> Bytea, status -> SmallInt, answer -> Jsonb, created_at -> Timestamptz,
    }
}

joinable!(account -> agency (agency_id));
joinable!(session -> account (account_id));
joinable!(role_grant -> account (account_id));
joinable!(refresh_token -> session (session_id));
joinable!(web_session -> session (session_id));
joinable!(invitation -> account (account_id));
allow_tables_to_appear_in_same_query!(
    cell,
    agency,
    account,
    role_grant,
    session,
    refresh_token,
    web_session,
    invitation,
    recovery_code,
    role_request
);
allow_tables_to_appear_in_same_query!(access_event, log_leaf);
