//! Functions that no page may call, by what is wrong with them. Each name is one that some SQL dialect has, so that an
//! author gets a reason and not "unknown function".

/// They read the clock; the business date is `$as_of`.
pub(super) const CLOCK: &[&str] = &[
    "now",
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
    "today",
    "getdate",
    "sysdate",
    "curdate",
    "curtime",
    "clock_timestamp",
    "statement_timestamp",
    "transaction_timestamp",
    "unix_timestamp",
];

/// The same rows would not give the same findings.
pub(super) const CHANCE: &[&str] =
    &["random", "rand", "setseed", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "newid", "uuid_generate_v4"];

/// They reach outside the ledgers.
pub(super) const OUTSIDE: &[&str] = &[
    "read_parquet",
    "read_csv",
    "read_csv_auto",
    "read_json",
    "read_json_auto",
    "read_text",
    "read_blob",
    "parquet_scan",
    "parquet_metadata",
    "glob",
    "copy",
    "pg_read_file",
    "load_extension",
    "getenv",
    "current_setting",
];

/// Tables of numbers, for demo plans only: a model finds things in ledgers.
pub(super) const SERIES: &[&str] = &["generate_series", "range"];

/// They make values of any length out of nothing, past every limit of memory; a demo plan may.
pub(super) const ENDLESS: &[&str] =
    &["generate_series", "gen_series", "range", "repeat", "array_repeat", "list_repeat", "array_resize", "list_resize"];

/// They pad to a length, which must stand there as a small number.
pub(super) const PADDING: &[&str] = &["lpad", "rpad"];

/// Characters up to which a text may be padded.
pub(super) const PADDING_MAX: u64 = 1000;
