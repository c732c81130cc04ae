//! What can go wrong in a store, in words for people ([`Speaks`]) and for the log (`Display`).

use mingcha_domain::{Kind, Speaks, Trouble};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the store did not do it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    /// Another writer held the store for longer than we wait.
    #[error("the store is held by another writer: {detail}")]
    Busy {
        /// The database's own words.
        detail: String,
    },
    /// No space left for the database.
    #[error("the disk is full: {detail}")]
    DiskFull {
        /// The database's own words.
        detail: String,
    },
    /// The disk refused a read or a write: SQLite tells so for some writes on a full disk too (its shared memory file).
    #[error("the disk refused: {detail}")]
    Disk {
        /// The database's own words.
        detail: String,
    },
    /// The file cannot be opened, or the server does not answer.
    #[error("{address} cannot be opened: {detail}")]
    Unreachable {
        /// Where, without the password.
        address: String,
        /// The database's own words.
        detail: String,
    },
    /// The value exists already where it may exist once.
    #[error("exists already: {detail}")]
    Duplicate {
        /// Which column or index.
        detail: String,
    },
    /// A row refers to one that is not there, or others still refer to it.
    #[error("a reference does not hold: {detail}")]
    Dangling {
        /// Which constraint.
        detail: String,
    },
    /// A check or not-null of the schema refused the row.
    #[error("refused by the schema: {detail}")]
    Constraint {
        /// Which constraint.
        detail: String,
    },
    /// A transaction that changed rows wanted to commit without an audit entry.
    #[error("a change without an audit entry was not committed")]
    Unaudited,
    /// A write in a transaction that may only read, or an audited one in a transaction for leases and sessions.
    #[error("this transaction may not run: {sql}")]
    ReadOnly {
        /// The statement's beginning.
        sql: String,
    },
    /// A column is missing or of another type than the code expects.
    #[error("column {column}: wanted {wanted}, found {found}")]
    Column {
        /// The column asked for.
        column: String,
        /// The type asked for.
        wanted: &'static str,
        /// What is there.
        found: String,
    },
    /// A migration that has run here was edited afterwards.
    #[error("migration {name} is not the one that ran on this store")]
    MigrationEdited {
        /// The migration's file name.
        name: String,
    },
    /// The store was made by a newer version of the program.
    #[error("the store has migration {newest}, this program knows {known}")]
    NewerSchema {
        /// The newest migration in the store.
        newest: i64,
        /// The newest one that this program has.
        known: i64,
    },
    /// Not an address of a store.
    #[error("not the address of a store: {text}")]
    Address {
        /// What was given.
        text: String,
    },
    /// A text with a NUL character, which PostgreSQL cannot keep.
    #[error("a text holds a NUL character")]
    Nul,
    /// A copy of a running PostgreSQL database is made with its own tool.
    #[error("PostgreSQL is copied with pg_dump")]
    SnapshotNeedsPgDump,
    /// The copy cannot be written there.
    #[error("no copy at {path}: {detail}")]
    SnapshotTarget {
        /// Where it should go.
        path: String,
        /// The reason.
        detail: String,
    },
    /// A job's lease ran out and someone else took it.
    #[error("the lease on job {job} is no longer ours")]
    LeaseLost {
        /// The job's number.
        job: i64,
    },
    /// The table has no primary key of one column, so its rows cannot be named in the audit trail.
    #[error("table {table} has no primary key of one column")]
    NoSingleKey {
        /// The table.
        table: String,
    },
    /// The audit tree and its entries do not fit together, so nothing can be added.
    #[error("the audit trail is damaged: {detail}")]
    TrailDamaged {
        /// What does not fit.
        detail: String,
    },
    /// Stored text is no longer what the program wrote.
    #[error("unreadable {what}: {detail}")]
    Unreadable {
        /// Which text: a job's payload, an entry's body.
        what: &'static str,
        /// The reason.
        detail: String,
    },
    /// The system gave no random bytes.
    #[error("no random bytes: {detail}")]
    NoChance {
        /// The system's words.
        detail: String,
    },
    /// Anything else that the database says.
    #[error("database: {detail}")]
    Database {
        /// The database's own words.
        detail: String,
    },
}

impl Speaks for StoreError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Busy { .. } => Trouble::new("MC-STORE-001"),
            Self::DiskFull { .. } => Trouble::new("MC-STORE-002"),
            Self::Disk { detail } => Trouble::new("MC-STORE-022").with("detail", detail),
            Self::Unreachable { address, detail } => {
                Trouble::new("MC-STORE-003").with("address", address).with("detail", detail)
            }
            Self::Duplicate { detail } => Trouble::new("MC-STORE-004").with("detail", detail),
            Self::Dangling { detail } => Trouble::new("MC-STORE-005").with("detail", detail),
            Self::Constraint { detail } => Trouble::new("MC-STORE-006").with("detail", detail),
            Self::Unaudited => Trouble::new("MC-STORE-007"),
            Self::ReadOnly { .. } => Trouble::new("MC-STORE-008"),
            Self::Column { column, wanted, found } => {
                Trouble::new("MC-STORE-009").with("column", column).with("wanted", wanted).with("found", found)
            }
            Self::MigrationEdited { name } => Trouble::new("MC-STORE-010").with("name", name),
            Self::NewerSchema { newest, known } => {
                Trouble::new("MC-STORE-011").with("newest", newest).with("known", known)
            }
            Self::Address { text } => Trouble::new("MC-STORE-012").with("text", text),
            Self::Nul => Trouble::new("MC-STORE-013"),
            Self::SnapshotNeedsPgDump => Trouble::new("MC-STORE-014"),
            Self::SnapshotTarget { path, detail } => {
                Trouble::new("MC-STORE-015").with("path", path).with("detail", detail)
            }
            Self::LeaseLost { job } => Trouble::new("MC-STORE-016").with("job", job),
            Self::NoSingleKey { table } => Trouble::new("MC-STORE-017").with("table", table),
            Self::TrailDamaged { detail } => Trouble::new("MC-STORE-018").with("detail", detail),
            Self::Unreadable { what, detail } => Trouble::new("MC-STORE-019").with("what", what).with("detail", detail),
            Self::NoChance { detail } => Trouble::new("MC-STORE-020").with("detail", detail),
            Self::Database { detail } => Trouble::new("MC-STORE-021").with("detail", detail),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Busy { .. } => Kind::Limit,
            Self::Duplicate { .. } | Self::Dangling { .. } | Self::Nul => Kind::Invalid,
            Self::Address { .. } | Self::SnapshotNeedsPgDump | Self::SnapshotTarget { .. } => Kind::Invalid,
            Self::LeaseLost { .. } => Kind::Stale,
            _ => Kind::Internal,
        }
    }
}

/// Translates the database's refusal. Codes: SQLite result codes (sqlite.org/rescode.html), PostgreSQL SQLSTATE.
impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let detail = error.to_string();
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(detail)) => return Self::Duplicate { detail },
            Some(SqlErr::ForeignKeyConstraintViolation(detail)) => return Self::Dangling { detail },
            _ => {}
        }
        if let DbErr::ConnectionAcquire(_) = error {
            return Self::Busy { detail };
        }
        let code = code_of(&error);
        match code.as_deref() {
            // SQLITE_BUSY and SQLITE_LOCKED with their extended codes; lock_not_available, deadlock, serialization.
            Some("5" | "6" | "261" | "262" | "517" | "518" | "773" | "55P03" | "40P01" | "40001") => {
                Self::Busy { detail }
            }
            // SQLITE_FULL; disk_full.
            Some("13" | "53100") => Self::DiskFull { detail },
            // SQLITE_CONSTRAINT and its kinds that are not unique or foreign key; check, not null, exclusion.
            Some("19" | "275" | "1299" | "23514" | "23502" | "23P01") => Self::Constraint { detail },
            _ if detail.contains("No space left on device") => Self::DiskFull { detail },
            Some(code) if is_disk_error(code) => Self::Disk { detail },
            _ => Self::Database { detail },
        }
    }
}

/// SQLITE_IOERR and its kinds, which have it in their lowest byte. SQLSTATE has five characters and class 58 for these.
fn is_disk_error(code: &str) -> bool {
    let sqlite = code.len() < 5 && code.parse::<u32>().is_ok_and(|code| code & 0xff == 10);
    sqlite || code == "58030"
}

fn code_of(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner.as_database_error().and_then(|database| database.code()).map(|code| code.into_owned())
}
