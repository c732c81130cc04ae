-- Batches of ledger rows: which file they came from, what they changed, what was kept back; and what the lake looked like
-- when the store last agreed with it. The rows themselves are in the lake. JSON is canonical text; yes and no as 1 and 0.

-- A file that was handed in. Its bytes lie in sources/ under their SM3. `reading` says which sheet, header and columns
-- its sender chose (JSON of crates/ledger/src/reading.rs).
CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    ledger TEXT NOT NULL,
    unit TEXT,
    file_name TEXT NOT NULL,
    sm3 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    reading TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('staged', 'taken')),
    batch BIGINT,
    handed_in_at TEXT NOT NULL,
    handed_in_by TEXT NOT NULL,
    handed_in_by_name TEXT NOT NULL,
    taken_at TEXT,
    taken_by_name TEXT
);
CREATE INDEX upload_by_file ON upload (ledger, sm3);

-- Rows of one file that went into one ledger. `lake_before` and `lake_snapshot` are the states around its commit.
-- `confirmed` lists rows of earlier batches that the file repeated unchanged, as ranges of packed references.
CREATE TABLE batch (
    id BIGINT NOT NULL PRIMARY KEY,
    ledger TEXT NOT NULL,
    unit TEXT,
    upload TEXT NOT NULL REFERENCES upload (id),
    file_name TEXT NOT NULL,
    sm3 TEXT NOT NULL,
    sheet TEXT NOT NULL,
    header_row BIGINT NOT NULL,
    columns TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('committed', 'withdrawn')),
    lake_before BIGINT NOT NULL,
    lake_snapshot BIGINT NOT NULL,
    added BIGINT NOT NULL,
    superseded BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    confirmed TEXT NOT NULL,
    committed_at TEXT NOT NULL,
    committed_by TEXT NOT NULL,
    committed_by_name TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    withdrawn_by_name TEXT,
    withdrawn_why TEXT,
    withdrawn_snapshot BIGINT
);
CREATE INDEX batch_by_ledger ON batch (ledger, id);
CREATE INDEX batch_by_unit ON batch (unit, id);
CREATE INDEX batch_by_snapshot ON batch (lake_snapshot);

-- A row that did not go in, with its cells as they stood and what is wrong with them. The key is upload and line.
CREATE TABLE quarantine (
    id TEXT NOT NULL PRIMARY KEY,
    upload TEXT NOT NULL REFERENCES upload (id),
    batch BIGINT REFERENCES batch (id),
    sheet_row BIGINT NOT NULL,
    raw TEXT NOT NULL,
    problems TEXT NOT NULL
);
CREATE INDEX quarantine_by_upload ON quarantine (upload, sheet_row);
CREATE INDEX quarantine_by_batch ON quarantine (batch, sheet_row);

-- What a person once said about a heading; the next sheet with it is read the same. The key is ledger and heading.
CREATE TABLE column_mapping (
    id TEXT NOT NULL PRIMARY KEY,
    ledger TEXT NOT NULL,
    heading TEXT NOT NULL,
    column_name TEXT,
    set_at TEXT NOT NULL,
    set_by_name TEXT NOT NULL
);
CREATE INDEX column_mapping_by_ledger ON column_mapping (ledger);

-- Parquet files of the lake and their hashes, as they were when their commit was written down.
CREATE TABLE lake_file (
    path TEXT NOT NULL PRIMARY KEY,
    snapshot BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    sm3 TEXT NOT NULL
);

-- One hash per catalog table of the lake, at the readable snapshot.
CREATE TABLE lake_state (
    catalog_table TEXT NOT NULL PRIMARY KEY,
    snapshot BIGINT NOT NULL,
    sm3 TEXT NOT NULL
);
