//! pgbench, asking the same prepared statements in one pipeline: what the database alone can do.

use std::{io::Write, path::Path, process::Command};

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The statements of a file read, over the id of a random copy.
const READ: &str = r"\set n random(1, COUNT)
\startpipeline
select f.id, f.cell_id, f.reference, f.status, f.opened_by, f.sunset_at, c.key, c.name from risk_file f join cell c on c.id = f.cell_id where f.id = bench_moved('BASE', :n);
select agency_id, from_at, until_at from circle where file_id = bench_moved('BASE', :n) order by from_at, agency_id;
select id, key, name, kind from agency where id = any (select agency_id from circle where file_id = bench_moved('BASE', :n)) or id = any (select source_id from fact where file_id = bench_moved('BASE', :n)) or id = any (select source_id from document where file_id = bench_moved('BASE', :n));
select id, role, birth_sealed, vault, source_id from person where file_id = bench_moved('BASE', :n) order by id;
select human_id, recused_at from recusal where file_id = bench_moved('BASE', :n) order by recused_at, human_id;
select id, person_id, field, source_id, recorded_at, value_sealed, vault, supersedes, retracted_at from fact where file_id = bench_moved('BASE', :n);
select id, subject_id, grantor, grantor_person, given_at, valid_from, valid_until, withdrawn_at, form, language, interpreter, words_sealed, recorded_agency, recorded_at from consent where file_id = bench_moved('BASE', :n) order by id;
select consent_id, effect, recipients, to_circle, categories, purposes, sources, any_source from provision where file_id = bench_moved('BASE', :n) order by consent_id, position;
select id, source_id, made_by, made_at, basis_code, basis_version, expires, until_at, revoked_at, recipient_agencies, recipient_capacities, item_facts, item_subjects, item_categories, attested, renews, record_sealed, record_completed_at, item_documents, meeting_id, channel from disclosure where file_id = bench_moved('BASE', :n) order by id;
select id, person_id, kind, category, source_id, recorded_at, vault, supersedes, retracted_at from document where file_id = bench_moved('BASE', :n) order by id;
select m.file_id, m.into_id, c.agency_id, c.from_at, c.until_at from file_merger m join circle c on c.file_id = m.into_id or c.file_id = m.file_id where (m.file_id = bench_moved('BASE', :n) or m.into_id = bench_moved('BASE', :n)) and c.file_id <> bench_moved('BASE', :n);
\endpipeline
";

/// One row into the log, committed: what a lone request cannot do without.
pub const RECORD: &str = "select append_access(array[now()], array[null::uuid], array[null::uuid], array[null::uuid], array[null::smallint], array['bench'], array['file'], array[null::uuid], array[null::uuid], array[null::uuid], array[0::smallint], array['[]'], array['bench'], array[gen_random_uuid()]);\n";

/// The statement of a page of files, as the house asks it.
const LIST: &str = r"select f.id, f.reference, f.status, f.opened_at, f.cell_id, exists (select 1 from circle c where c.file_id = f.id and c.cell_id >= f.cell_id and c.agency_id = 'AGENCY' and c.from_at <= 'NOW' and (c.until_at is null or c.until_at > 'NOW')) from risk_file f where PLACE f.cell_id = any (array['CELL'::uuid]) and not exists (select 1 from recusal r where r.file_id = f.id and r.human_id = 'HUMAN') and (exists (select 1 from circle c where c.file_id = f.id and c.cell_id >= f.cell_id and c.agency_id = 'AGENCY' and c.from_at <= 'NOW' and (c.until_at is null or c.until_at > 'NOW')) or exists (select 1 from fact where fact.file_id = f.id and fact.cell_id >= f.cell_id and fact.source_id = 'AGENCY' and fact.retracted_at is null)) order by f.opened_at, f.id limit 51;
";

/// Who asks for a page, and where it begins.
pub struct Page {
    pub agency: Uuid,
    pub human: Uuid,
    pub cell: Uuid,
    pub after: Option<(DateTime<Utc>, Uuid)>,
}

pub fn list_script(page: &Page) -> String {
    let place = page.after.map_or_else(String::new, |(at, id)| {
        format!("(f.opened_at, f.id) > ('{}', '{id}') and", at.to_rfc3339())
    });
    LIST.replace("PLACE", &place)
        .replace("AGENCY", &page.agency.to_string())
        .replace("HUMAN", &page.human.to_string())
        .replace("CELL", &page.cell.to_string())
        .replace("NOW", super::house::NOW)
}

pub fn read_script(base: Uuid, count: i64) -> String {
    READ.replace("COUNT", &count.to_string()).replace("BASE", &base.to_string())
}

/// Transactions a second and the mean latency in milliseconds.
pub fn run(data: &Path, url: &str, script: &str, clients: u64, seconds: u64) -> (f64, f64) {
    let path = data.join("pgbench.sql");
    std::fs::File::create(&path).and_then(|mut file| file.write_all(script.as_bytes())).expect("the script");
    let (clients, seconds) = (clients.to_string(), seconds.to_string());
    let done = Command::new("pgbench")
        .args(["-n", "-M", "prepared", "-j", "1", "-c", &clients, "-T", &seconds, "-f"])
        .arg(&path)
        .arg(url)
        .output()
        .expect("pgbench: install the package postgresql-contrib");
    let said = String::from_utf8_lossy(&done.stdout);
    let figure = |mark: &str| {
        let line = said.lines().find(|line| line.starts_with(mark));
        let line = line.unwrap_or_else(|| panic!("{said}\n{}", String::from_utf8_lossy(&done.stderr)));
        line[mark.len()..].split_whitespace().next().expect("a figure").parse::<f64>().expect("a number")
    };
    (figure("tps = "), figure("latency average = "))
}
