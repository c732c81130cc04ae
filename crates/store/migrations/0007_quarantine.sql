-- How rows that were kept back came to an end: mended on the page, sent again with a later sheet, kept back again with
-- it, or set aside.

-- `upload` is the sheet that brought the row in (or back), `line` its line there. An end holds as long as that sheet's
-- batch is in: when it is withdrawn, the row waits again. `cells` (JSON of crates/ledger/src/mend.rs) says what was
-- written anew. A row may have several ends, of which one that holds is enough.
CREATE TABLE quarantine_end (
    id TEXT NOT NULL PRIMARY KEY,
    quarantine TEXT NOT NULL REFERENCES quarantine (id),
    how TEXT NOT NULL CHECK (how IN ('mended', 'sent_again', 'kept_again', 'set_aside')),
    upload TEXT REFERENCES upload (id),
    line BIGINT,
    cells TEXT NOT NULL,
    why TEXT,
    ended_at TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_by_name TEXT NOT NULL
);
CREATE INDEX quarantine_end_by_row ON quarantine_end (quarantine);
CREATE INDEX quarantine_end_by_upload ON quarantine_end (upload, line);
