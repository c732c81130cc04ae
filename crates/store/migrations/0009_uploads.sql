-- Files that nobody took in, headings as each unit calls them, and lists of what was handed in.

-- A file that was handed in and is not to be taken in: somebody said so. Its bytes stay in sources/.
CREATE TABLE upload_discarded (
    upload TEXT NOT NULL PRIMARY KEY REFERENCES upload (id),
    discarded_at TEXT NOT NULL,
    discarded_by TEXT NOT NULL,
    discarded_by_name TEXT NOT NULL
);

-- What a unit's person said about a heading; the unit's next sheet with it is read the same. The key is unit, ledger and
-- heading. Where it is silent, `column_mapping` (said before there were units) is asked; `forgotten` silences both.
CREATE TABLE unit_mapping (
    id TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    ledger TEXT NOT NULL,
    heading TEXT NOT NULL,
    column_name TEXT,
    forgotten BIGINT NOT NULL,
    set_at TEXT NOT NULL,
    set_by_name TEXT NOT NULL
);
CREATE INDEX unit_mapping_by_ledger ON unit_mapping (unit, ledger);

CREATE INDEX upload_by_time ON upload (handed_in_at, id);
CREATE INDEX upload_by_ledger_and_time ON upload (ledger, handed_in_at, id);
CREATE INDEX upload_by_unit_and_time ON upload (unit, handed_in_at, id);
