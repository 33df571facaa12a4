//! The one table of routes. Tests walk it as a stranger and as a wrong agency; `OpenAPI` comes out of it.

use std::sync::LazyLock;

use actix_web::{App, HttpResponse, get, http::header, web};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};
use utoipa_swagger_ui::{Config as SwaggerConfig, SwaggerUi};

use super::Worker;
use crate::{
    access_requests, accounts, actions, agencies, appraisals, attachments, cells, circle, consents,
    disclosures, facts, files, incidents, log, me, meetings, mobilisations, pages, papers, persons, recusals,
    reference, registers, search, session,
};

/// Every operation of the API, each in its own file.
pub(super) fn api(config: &mut ServiceConfig<'_>) {
    // Paths are tried in this order, each by a pattern: what is asked most comes first.
    config
        .service(files::open::open)
        .service(files::list::list)
        .service(files::read::read)
        .service(files::close::close)
        .service(files::reopen::reopen)
        .service(files::explain::explain)
        .service(files::changes::changes)
        .service(files::merge::merge);
    config
        .service(session::open::open)
        .service(session::passkey_challenge::passkey_challenge)
        .service(session::passkey::passkey)
        .service(session::refresh::refresh)
        .service(session::close::close)
        .service(session::enrol::enrol)
        .service(session::reset_password::reset_password);
    config
        .service(me::read::read)
        .service(me::inbox::inbox)
        .service(me::meetings::meetings)
        .service(me::actions::actions)
        .service(me::acknowledge::acknowledge)
        .service(me::notifications::notifications)
        .service(me::set_notifications::set_notifications)
        .service(me::sessions::sessions)
        .service(me::end_session::end_session)
        .service(me::end_sessions::end_sessions)
        .service(me::language::language)
        .service(me::passkeys::passkeys)
        .service(me::passkey_challenge::passkey_challenge)
        .service(me::add_passkey::add_passkey)
        .service(me::remove_passkey::remove_passkey)
        .service(me::password::password)
        .service(me::second_factor::second_factor)
        .service(me::confirm_second_factor::confirm_second_factor)
        .service(me::recovery_codes::recovery_codes);
    config
        .service(accounts::list::list)
        .service(accounts::create::create)
        .service(accounts::read::read)
        .service(accounts::invite::invite)
        .service(accounts::reset::reset)
        .service(accounts::disable::disable)
        .service(accounts::enable::enable)
        .service(accounts::end_sessions::end_sessions)
        .service(accounts::grant_role::grant_role)
        .service(accounts::end_role::end_role)
        .service(accounts::role_requests::role_requests)
        .service(accounts::confirm_role::confirm_role)
        .service(accounts::refuse_role::refuse_role)
        .service(accounts::create_service::create_service);
    config
        .service(cells::make::make)
        .service(cells::read::read)
        .service(cells::people::people)
        .service(cells::change::change)
        .service(cells::admit::admit)
        .service(cells::statistics::of_cell)
        .service(cells::statistics::of_region)
        .service(cells::lessons::lessons);
    config
        .service(agencies::make::make)
        .service(agencies::disabled::disabled)
        .service(agencies::disable::disable)
        .service(agencies::enable::enable);
    config
        .service(mobilisations::identify::identify)
        .service(mobilisations::list::list)
        .service(mobilisations::read::read)
        .service(mobilisations::appraise::appraise)
        .service(mobilisations::consult::consult)
        .service(mobilisations::analyse::analyse)
        .service(mobilisations::opine::opine)
        .service(mobilisations::decide::decide)
        .service(mobilisations::identity::identity)
        .service(mobilisations::plan::plan)
        .service(mobilisations::review::review)
        .service(mobilisations::close::close)
        .service(mobilisations::lessons::lessons)
        .service(mobilisations::reopen::reopen)
        .service(mobilisations::repeat::repeat)
        .service(mobilisations::transfer::transfer);
    config
        .service(actions::agree::agree)
        .service(actions::list::list)
        .service(actions::read::read)
        .service(actions::start::start)
        .service(actions::finish::finish)
        .service(actions::told::told)
        .service(actions::entrust::entrust)
        .service(actions::extend::extend)
        .service(actions::cancel::cancel);
    config
        .service(meetings::convene::convene)
        .service(meetings::list::list)
        .service(meetings::read::read)
        .service(meetings::change::change)
        .service(meetings::cancel::cancel)
        .service(meetings::invitation::invitation)
        .service(meetings::reply::reply)
        .service(meetings::answer::answer)
        .service(meetings::contribute::contribute)
        .service(meetings::contributions::contributions)
        .service(meetings::agenda::agenda)
        .service(meetings::decide::decide)
        .service(meetings::attend::attend)
        .service(meetings::depart::depart)
        .service(meetings::tell::tell)
        .service(meetings::told::told)
        .service(meetings::pulse::pulse)
        .service(meetings::open::open)
        .service(meetings::close::close)
        .service(meetings::minutes::minutes);
    config.service(persons::add::add).service(persons::correct::correct);
    config
        .service(facts::record::record)
        .service(facts::read::read)
        .service(facts::history::history)
        .service(facts::retract::retract)
        .service(facts::vault::vault);
    config
        .service(attachments::add::add)
        .service(attachments::list::list)
        .service(attachments::read::read)
        .service(attachments::content::content)
        .service(attachments::upload::upload)
        .service(attachments::retract::retract);
    config
        .service(appraisals::record::record)
        .service(appraisals::list::list)
        .service(appraisals::trend::trend)
        .service(appraisals::read::read)
        .service(appraisals::comparison::comparison);
    config
        .service(papers::appraisal::appraisal)
        .service(papers::plan::plan)
        .service(papers::minutes::minutes);
    config.service(circle::join::join).service(circle::end::end);
    config
        .service(consents::record::record)
        .service(consents::conversation::conversation)
        .service(consents::list::list)
        .service(consents::withdraw::withdraw)
        .service(consents::acknowledgements::acknowledgements);
    config
        .service(disclosures::make::make)
        .service(disclosures::list::list)
        .service(disclosures::complete::complete)
        .service(disclosures::revoke::revoke)
        .service(disclosures::renewal::renewal);
    config.service(recusals::recuse::recuse).service(recusals::list::list);
    config
        .service(log::file::file)
        .service(log::events::events)
        .service(log::anomalies::anomalies)
        .service(log::points::points)
        .service(log::proof::proof);
    config
        .service(registers::disclosures::disclosures)
        .service(registers::incomplete::incomplete)
        .service(registers::communications::communications);
    config
        .service(incidents::enter::enter)
        .service(incidents::list::list)
        .service(incidents::read::read)
        .service(incidents::amend::amend)
        .service(incidents::close::close);
    config
        .service(access_requests::enter::enter)
        .service(access_requests::list::list)
        .service(access_requests::read::read)
        .service(access_requests::amend::amend)
        .service(access_requests::extend::extend)
        .service(access_requests::answer::answer);
    config.service(search::persons::persons);
    config
        .service(reference::catalogue::catalogue)
        .service(reference::instruments::instruments)
        .service(reference::instrument::instrument)
        .service(reference::outcome::outcome)
        .service(reference::import_instrument::import_instrument)
        .service(reference::legal_bases::legal_bases)
        .service(reference::policy::policy)
        .service(reference::rehearsal::rehearsal)
        .service(reference::agencies::agencies);
}

/// What is not an operation: health, the document itself, its page.
pub(super) fn outside_the_api(config: &mut web::ServiceConfig) {
    config
        .service(alive)
        .service(ready)
        .service(openapi_json)
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(SwaggerConfig::from("/api/v1/openapi.json")))
        .configure(pages::routes);
}

static OPENAPI: LazyLock<OpenApi> = LazyLock::new(|| {
    let (_, mut document) = App::new().into_utoipa_app().configure(api).split_for_parts();
    document.info = utoipa::openapi::InfoBuilder::new()
        .title("Filet")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Risk files pooled between agencies; each field seen only by whom consent or law allows.",
        ))
        .build();
    document.servers = None;
    document
});

/// The `OpenAPI` document of this program.
#[must_use]
pub fn openapi() -> &'static OpenApi {
    &OPENAPI
}

/// Every operation: method and path pattern.
#[must_use]
pub fn table() -> Vec<(&'static str, String)> {
    let mut table = Vec::new();
    for (path, item) in &OPENAPI.paths.paths {
        let operations = [
            ("GET", item.get.is_some()),
            ("POST", item.post.is_some()),
            ("PUT", item.put.is_some()),
            ("PATCH", item.patch.is_some()),
            ("DELETE", item.delete.is_some()),
        ];
        table.extend(
            operations.into_iter().filter(|(_, there)| *there).map(|(method, _)| (method, path.clone())),
        );
    }
    table
}

/// The methods under which a path exists.
#[must_use]
pub fn methods_of(path: &str) -> Vec<&'static str> {
    let matches = |pattern: &str| {
        let (mut a, mut b) = (pattern.split('/'), path.split('/'));
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(p), Some(q)) if p == q || (p.starts_with('{') && !q.is_empty()) => {}
                _ => return false,
            }
        }
    };
    table().into_iter().filter(|(_, pattern)| matches(pattern)).map(|(method, _)| method).collect()
}

#[get("/healthz")]
async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("alive\n")
}

#[get("/readyz")]
async fn ready(worker: web::Data<Worker>) -> Result<HttpResponse, crate::problem::Problem> {
    worker.desk()?.ready().await.map_err(|_| crate::problem::Problem::unavailable())?;
    Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n"))
}

#[get("/api/v1/openapi.json")]
async fn openapi_json() -> Result<HttpResponse, crate::problem::Problem> {
    let text = openapi().to_pretty_json();
    let text = text.map_err(|_| crate::problem::Problem::new(crate::problem::ProblemKind::Internal))?;
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "application/json")).body(text))
}
