-- What the data says: runs of models, and findings (疑点). Codes: crates/detect/src/finding.rs. JSON is canonical text.

-- One run of some models at one snapshot of the lake. Runs are counted from 1.
CREATE TABLE model_run (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    cause TEXT NOT NULL CHECK (cause IN ('batch_committed', 'batch_withdrawn', 'asked', 'day_turned', 'packs_changed')),
    batch BIGINT,
    snapshot BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL
);

-- What one model gave in one run. The last one that did not fail says what its findings stand on.
CREATE TABLE model_result (
    id TEXT NOT NULL PRIMARY KEY,
    run TEXT NOT NULL REFERENCES model_run (id),
    run_number BIGINT NOT NULL,
    model TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('full', 'incremental', 'nothing_new', 'failed')),
    model_version TEXT NOT NULL,
    run_inputs TEXT NOT NULL,
    snapshot BIGINT NOT NULL,
    partitions BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    vanished BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    trouble TEXT,
    UNIQUE (run, model)
);
CREATE INDEX model_result_by_model ON model_result (model, run_number);

CREATE TABLE finding (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    key_text TEXT NOT NULL,
    pack TEXT NOT NULL,
    unit TEXT,
    subject TEXT,
    subject_text TEXT,
    subject_code TEXT,
    effect TEXT NOT NULL,
    part TEXT,
    finding_key TEXT NOT NULL,
    details TEXT NOT NULL,
    sentence TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('seen', 'vanished', 'returned')),
    vanished_cause TEXT CHECK (vanished_cause IN
        ('data_corrected', 'batch_withdrawn', 'model_changed', 'parameter_changed', 'day_turned', 'exempted')),
    evidence TEXT NOT NULL,
    evidence_count BIGINT NOT NULL,
    snapshot BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    model_version TEXT NOT NULL,
    first_run TEXT NOT NULL REFERENCES model_run (id),
    last_run TEXT NOT NULL REFERENCES model_run (id),
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (model, key_text)
);
CREATE INDEX finding_by_part ON finding (model, part);
CREATE INDEX finding_by_unit ON finding (unit, state, number);
CREATE INDEX finding_by_state ON finding (state, model, number);

-- What a run did to a finding: its history, and what the rooms that act on findings are told.
CREATE TABLE finding_change (
    id TEXT NOT NULL PRIMARY KEY,
    run TEXT NOT NULL REFERENCES model_run (id),
    run_number BIGINT NOT NULL,
    finding TEXT NOT NULL REFERENCES finding (id),
    change TEXT NOT NULL CHECK (change IN ('created', 'updated', 'vanished', 'returned')),
    cause TEXT,
    at TEXT NOT NULL,
    UNIQUE (run, finding)
);
CREATE INDEX finding_change_by_finding ON finding_change (finding, run_number);
