//! The migrations themselves: all up, all down to an empty database, all up again.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it waits for"
)]

mod support;

use std::thread;

use migrations::private::OWNER;
use support::{place, sql, start};

/// What a migration leaves besides diesel's own list of them and the cluster-wide role.
const NOTHING_LEFT: &str = "do $$ begin
  assert not exists (select from pg_class where relnamespace = 'public'::regnamespace
    and relname not like '\\_\\_diesel%'), 'tables or sequences are left';
  assert not exists (select from pg_proc where pronamespace = 'public'::regnamespace
    and proname not like 'diesel%'), 'functions are left';
  assert not exists (select from pg_type where typnamespace = 'public'::regnamespace
    and typname not like '%\\_\\_diesel%'), 'types are left';
end $$";

#[test]
fn every_migration_goes_up_and_down_and_up_again() {
    let place = place();
    let server = start(place.path()).unwrap();
    let url = server.url(OWNER, "postgres");
    let all = migrations::count().unwrap();
    assert!(all > 0);
    assert_eq!(migrations::apply(&url).unwrap(), all);
    assert_eq!(migrations::apply(&url).unwrap(), 0);
    assert_eq!(migrations::revert_all(&url).unwrap(), all);
    sql(&url, NOTHING_LEFT).unwrap();
    assert_eq!(migrations::apply(&url).unwrap(), all);
}

#[test]
fn programs_that_start_together_apply_each_migration_once() {
    let place = place();
    let server = start(place.path()).unwrap();
    let url = server.url(OWNER, "postgres");
    let applied: Vec<usize> = thread::scope(|scope| {
        let programs: Vec<_> = (0..4).map(|_| scope.spawn(|| migrations::apply(&url).unwrap())).collect();
        programs.into_iter().map(|program| program.join().unwrap()).collect()
    });
    assert_eq!(applied.iter().sum::<usize>(), migrations::count().unwrap(), "{applied:?}");
}

#[test]
fn databases_of_one_cluster_can_be_prepared_at_the_same_moment() {
    let place = place();
    let server = start(place.path()).unwrap();
    let names = ["one", "two", "three", "four"];
    for name in names {
        sql(&server.url(OWNER, "postgres"), &format!("create database {name}")).unwrap();
    }
    thread::scope(|scope| {
        for name in names {
            let url = server.url(OWNER, name);
            scope.spawn(move || migrations::apply(&url).unwrap());
        }
    });
}

#[test]
fn applying_works_from_inside_a_runtime() {
    let place = place();
    let server = start(place.path()).unwrap();
    let url = server.url(OWNER, "postgres");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { migrations::apply(&url) }).unwrap();
}

#[test]
fn a_database_that_does_not_answer_is_an_error() {
    let error = migrations::apply("postgres:///none?host=/nonexistent&user=none").unwrap_err();
    assert!(error.to_string().starts_with("the database does not answer"), "{error}");
}
