//! Reminders become messages at their instant, once, to whom they still concern.

use authz::{acts::OwnAccount, desk::Caller, id::RequestId};
use domain::{
    inbox::{Message, MessageKind, acknowledge, find},
    refusal::Refusal,
    reminder::{DUE, NewReminder, UNHEEDED, Whom, cancel, schedule},
};
use serde_json::json;
use tests::harness::{ESTRIE_NOW, House, PASSWORD, settings};
use uuid::Uuid;

use crate::mail::{at, deliver};

const ACTION: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

fn kinds(house: &House, key: &str) -> Vec<String> {
    let inbox = house.sign_in(key).get("/api/v1/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().iter();
    items.map(|message| message["kind"].as_str().unwrap().to_owned()).collect()
}

/// A reminder as a change would set it, beside one that is far off.
fn remind(house: &House, recipient: &str, due: &str, escalate: &str) {
    let (cell, file) = (house.loaded.cells["estrie"], house.file().id);
    house.database.run(&format!(
        "insert into reminder (id, cell_id, file_id, kind, subject, {recipient_column}, created_at, due_at, escalate_at)
         select gen_random_uuid(), '{cell}', '{file}', 'file.reopened', '{ACTION}', {recipient}, '{ESTRIE_NOW}', due, {escalate}
         from unnest(array['{due}'::timestamptz, '2030-01-01Z']) due",
        recipient_column = if recipient.contains("agency") { "recipient_agency" } else { "recipient_account" },
        recipient = recipient.trim_start_matches("agency "),
    ));
}

#[test]
fn a_reminder_reaches_the_people_of_its_agency_once_when_it_is_due_and_not_before() {
    let house = House::estrie();
    let police = format!("agency '{}'", house.loaded.agencies["police-demo"]);
    remind(&house, &police, "2026-11-22T16:00:00Z", "null::timestamptz");
    deliver(&house, "2026-11-22T15:59:59Z");
    assert_eq!(kinds(&house, "marc"), [""; 0]);
    for _ in 0..2 {
        deliver(&house, "2026-11-22T16:00:00Z");
    }
    assert_eq!(kinds(&house, "marc"), ["file.reopened"]);
    assert_eq!(kinds(&house, "julie"), ["file.reopened"]);
    assert_eq!(kinds(&house, "eric"), [""; 0], "for Éric the file does not exist");
    assert_eq!(kinds(&house, "karine"), [""; 0]);
    assert_eq!(house.database.ask("select count(*) from reminder where done_at is null"), "1");
}

#[test]
fn what_nobody_heeds_reaches_the_coordination_and_what_nobody_can_be_told_does_so_at_once() {
    let house = House::estrie();
    let police = format!("agency '{}'", house.loaded.agencies["police-demo"]);
    remind(&house, &police, "2026-11-22T16:00:00Z", "due + interval '2 hours'");
    deliver(&house, "2026-11-22T16:00:00Z");
    deliver(&house, "2026-11-22T17:59:59Z");
    assert_eq!(kinds(&house, "karine"), [""; 0]);
    for _ in 0..2 {
        deliver(&house, "2026-11-22T18:00:00Z");
    }
    assert_eq!(kinds(&house, "karine"), ["reminder.escalated"]);
    assert_eq!(kinds(&house, "marc"), ["file.reopened"]);
    // The neighbouring police is not in the circle, and for Éric the file does not exist.
    let neighbours = format!("agency '{}'", house.loaded.agencies["police-voisine-demo"]);
    remind(&house, &neighbours, "2026-11-22T19:00:00Z", "null::timestamptz");
    let eric = format!("'{}'", house.loaded.users["eric"]);
    remind(&house, &eric, "2026-11-22T19:00:00Z", "null::timestamptz");
    deliver(&house, "2026-11-22T19:00:00Z");
    assert_eq!(kinds(&house, "karine"), ["reminder.escalated"; 3]);
    assert_eq!((kinds(&house, "eric"), kinds(&house, "dominic")), (Vec::new(), Vec::new()));
    assert_eq!(house.database.ask("select count(*) from reminder where escalated_at is not null"), "3");
}

#[test]
fn where_the_file_was_not_brought_to_the_coordination_its_respondents_answer_for_it() {
    let house = House::estrie();
    house.database.run("delete from circle where agency_id = (select id from agency where kind = 10)");
    remind(&house, "null::uuid", "2026-11-22T16:00:00Z", "null::timestamptz");
    deliver(&house, "2026-11-22T16:00:00Z");
    assert_eq!(kinds(&house, "karine"), [""; 0], "she may not know of the file");
    assert_eq!(kinds(&house, "marc"), ["file.reopened"]);
    assert_eq!(kinds(&house, "julie"), [""; 0]);
}

#[test]
fn two_processes_tell_each_reminder_once() {
    let house = House::estrie();
    let marc = format!("'{}'", house.loaded.users["marc"]);
    for _ in 0..30 {
        remind(&house, &marc, "2026-11-22T16:00:00Z", "due + interval '1 hour'");
    }
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| deliver(&house, "2026-11-22T18:00:00Z"));
        }
    });
    deliver(&house, "2026-11-22T18:00:00Z");
    assert_eq!(kinds(&house, "marc").len(), 30);
    assert_eq!(kinds(&house, "karine"), ["reminder.escalated"; 30]);
}

/// Sets or cancels something in a unit of work of Karine's, whose permit is for a message of her own.
fn in_a_unit(
    house: &House,
    work: impl AsyncFnOnce(&authz::desk::Session<'_, authz::desk::Acting>) -> Result<(), Refusal> + 'static,
) -> Result<(), Refusal> {
    let message = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002);
    let karine = house.loaded.users["karine"];
    house.database.run(&format!(
        "insert into inbox (id, account_id, kind, created_at) values ('{message}', '{karine}', 'file.joined', now())
         on conflict do nothing"
    ));
    let email = tests::harness::email_of("karine");
    let session = house.stranger().post("/api/v1/session", &json!({"email": email, "password": PASSWORD}));
    let token = session.expect(200)["access_token"].as_str().unwrap().to_owned();
    let config = settings(&house.database.url, &house.keystore_path());
    let keys = house.keys.clone();
    actix_web::rt::System::new().block_on(async move {
        let shared = api::server::prepare(config, at(ESTRIE_NOW), keys).unwrap();
        let actor = shared.verifier.verify(&token, authz::clock::real_now()).unwrap();
        let caller = Caller::signed_in(actor, None, RequestId::from_uuid(message));
        let desk = api::server::desk(&shared, 1).unwrap();
        desk.act::<Refusal>(caller, async move |session| {
            let found = find(session, authz::id::InboxId::from_uuid(message)).await?;
            let permit = session.permit::<OwnAccount, Message>(&found)?;
            work(session).await?;
            let (spent, acknowledged) = acknowledge(session, permit).await?;
            Ok(session.done(spent, &acknowledged)?)
        })
        .await
        .map(|_| ())
    })
}

#[test]
fn what_is_done_in_time_is_cancelled_and_reminds_nobody() {
    let house = House::estrie();
    let new = NewReminder {
        cell: authz::id::CellId::from_uuid(house.loaded.cells["estrie"]),
        file: Some(authz::id::FileId::from_uuid(house.file().id)),
        kind: MessageKind::FileReopened,
        subject: ACTION,
        whom: Whom::Agency(authz::id::AgencyId::from_uuid(house.loaded.agencies["police-demo"])),
        due_at: "2026-11-22T16:00:00Z".parse().unwrap(),
        escalate_at: Some("2026-11-22T18:00:00Z".parse().unwrap()),
    };
    in_a_unit(&house, async move |session| {
        schedule(session, new).await?;
        schedule(session, NewReminder { whom: Whom::Coordination, kind: MessageKind::FileClosed, ..new })
            .await?;
        let never = schedule(session, NewReminder { escalate_at: Some(new.due_at), ..new }).await;
        assert!(matches!(never, Err(Refusal::Invalid(_))));
        Ok(())
    })
    .unwrap();
    in_a_unit(&house, async move |session| {
        assert_eq!(cancel(session, MessageKind::FileReopened, ACTION).await?, 1);
        assert_eq!(cancel(session, MessageKind::FileReopened, ACTION).await?, 0);
        Ok(())
    })
    .unwrap();
    deliver(&house, "2026-11-22T19:00:00Z");
    assert_eq!(kinds(&house, "marc"), [""; 0]);
    let mut told = kinds(&house, "karine");
    told.sort_unstable();
    // What she is told herself, what was followed by nothing, and the message the unit needed.
    assert_eq!(told, ["file.closed", "file.joined", "reminder.escalated"]);
}

/// How PostgreSQL would find this, as the planner says.
fn plan_of(house: &House, statement: &str) -> String {
    let asked = statement.replace("$1", "''2026-11-22T15:00:00Z''").replace("$2", "100");
    house.database.ask(&format!("select plan_of('{asked}')"))
}

#[test]
fn due_reminders_are_found_by_their_index_whatever_the_size_of_the_table() {
    let house = House::estrie();
    let (cell, file) = (house.loaded.cells["estrie"], house.file().id);
    house.database.run(
        "create function plan_of(asked text) returns text language plpgsql as $$
         declare line text; lines text := ''; begin
           for line in execute 'explain ' || asked loop lines := lines || line || chr(10); end loop;
           return lines;
         end $$",
    );
    let mut rows = 0;
    for more in [500, 4_500, 45_000] {
        rows += more;
        // Nine in ten are done, half of the rest were told; few of any are due.
        house.database.run(&format!(
            "insert into reminder (id, cell_id, file_id, kind, subject, created_at, due_at, escalate_at, told_at, done_at)
             select gen_random_uuid(), '{cell}', '{file}', 'file.reopened', gen_random_uuid(), now(),
               '2026-11-22T14:00:00Z'::timestamptz + n * interval '1 minute',
               '2026-11-22T14:30:00Z'::timestamptz + n * interval '1 minute',
               case when n % 2 = 0 then now() end, case when n % 10 <> 0 and n % 10 <> 5 then now() end
             from generate_series(1, {more}) n;
             analyze reminder;"
        ));
        for (statement, index) in [(DUE, "reminder_due_idx"), (UNHEEDED, "reminder_escalation_idx")] {
            let plan = plan_of(&house, statement);
            assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{rows} rows: {plan}");
            assert!(!plan.contains("Sort"), "{rows} rows: {plan}");
        }
    }
}
