//! One PostgreSQL for the test run, one database for each test, copied from a migrated template.

use std::{
    path::PathBuf,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use migrations::private::{Binaries, OWNER, Options, Server, Tuning};

/// The PostgreSQL of this test run.
pub struct Cluster {
    server: Server,
    next: AtomicU32,
}

/// A database of one test; dropped with it.
pub struct Database {
    /// Address, as the owner of the tables.
    pub url: String,
    name: String,
}

/// Starts PostgreSQL when first asked for. It ends with the test process.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let root = std::env::temp_dir();
        clear_left_overs(&root);
        let binaries =
            Binaries::find(&root.join("filet-tests-postgresql"), &|line| println!("{line}")).unwrap();
        let data = root.join(format!("filet-tests-{}", std::process::id()));
        let server = Server::start(&Options { data, short: root, binaries, tuning: Tuning::Tests }).unwrap();
        let cluster = Cluster { server, next: AtomicU32::new(0) };
        block_on(migrations::database::ensure(&cluster.url("postgres"), "template_filet", None)).unwrap();
        migrations::apply(&cluster.url("template_filet")).unwrap();
        cluster
    })
}

/// Directories of test runs that are over.
fn clear_left_overs(root: &std::path::Path) {
    for entry in std::fs::read_dir(root).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(pid) = name.strip_prefix("filet-tests-").and_then(|rest| rest.parse::<u32>().ok())
            && !PathBuf::from(format!("/proc/{pid}")).exists()
        {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

impl Cluster {
    /// The address of a database, as the owner.
    pub fn url(&self, database: &str) -> String {
        self.server.url(OWNER, database)
    }

    /// PostgreSQL's own log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.server.log()).unwrap_or_default()
    }

    /// A fresh database with its tables.
    pub fn database(&self) -> Database {
        self.make(Some("template_filet"))
    }

    /// A database that holds nothing yet.
    pub fn empty_database(&self) -> Database {
        self.make(None)
    }

    fn make(&self, template: Option<&str>) -> Database {
        let name = format!("test_{}", self.next.fetch_add(1, Ordering::Relaxed));
        // Two copies of one template may not be made at once.
        static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        block_on(migrations::database::ensure(&self.url("postgres"), &name, template)).unwrap();
        Database { url: self.url(&name), name }
    }
}

impl Database {
    /// Runs statements as the owner: what no persona may do.
    pub fn run(&self, sql: &str) {
        use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
        block_on(async {
            let mut conn = AsyncPgConnection::establish(&self.url).await.unwrap();
            conn.batch_execute(sql).await.unwrap();
        });
    }

    /// Asks for one text, as the owner.
    pub fn ask(&self, sql: &str) -> String {
        use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
        #[derive(diesel::QueryableByName)]
        struct One {
            #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
            answer: Option<String>,
        }
        block_on(async {
            let mut conn = AsyncPgConnection::establish(&self.url).await.unwrap();
            let sql = format!("select ({sql})::text as answer");
            let one: One = diesel::sql_query(sql).get_result(&mut conn).await.unwrap();
            one.answer.unwrap_or_default()
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = block_on(migrations::database::remove(&cluster().url("postgres"), &self.name));
    }
}

/// Waits for a future on a runtime of its own.
pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
