//! Databases on the throw-away cluster that `./test` starts.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

const VARIABLE: &str = "MINGCHA_TEST_POSTGRES";

static MADE: AtomicU32 = AtomicU32::new(0);

/// The PostgreSQL cluster of this test run.
pub struct Cluster {
    url: String,
}

impl Cluster {
    /// Finds the cluster. Fails the test when there is none: a test that was left out has not passed.
    #[must_use]
    pub fn of_this_run() -> Self {
        match std::env::var(VARIABLE) {
            Ok(url) if !url.is_empty() => Self { url },
            _ => panic!(
                "{VARIABLE} is not set, so there is no PostgreSQL to test on. Run ./test, which starts a throw-away \
                 cluster and sets it; or set it to a cluster of your own: postgres://user@127.0.0.1:port/postgres"
            ),
        }
    }

    /// Makes an empty database and returns its address.
    pub async fn make_database(&self) -> String {
        // Test processes run side by side: the process number keeps their names apart.
        let name = format!("mingcha_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let connection = self.connect().await;
        for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            run(&connection, &sql).await;
        }
        close(connection).await;
        let (server, _) = self.url.rsplit_once('/').unwrap_or_else(|| panic!("{VARIABLE} names no database"));
        format!("{server}/{name}")
    }

    async fn connect(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(self.url.clone());
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap_or_else(|error| panic!("no PostgreSQL at {}: {error}", self.url))
    }
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    if let Err(error) = connection.execute_unprepared(sql).await {
        panic!("{sql}: {error}");
    }
}

async fn close(connection: DatabaseConnection) {
    if let Err(error) = connection.close().await {
        panic!("closing the connection: {error}");
    }
}
