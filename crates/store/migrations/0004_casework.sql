-- What people do about findings: cases, problems, persons, money back, inspections, evidence, and the story of each.
-- Codes of states and moves: crates/casework/src/state. Money in fen; days as YYYY-MM-DD; yes and no as 1 and 0.

-- The last number given out in each series (2023-定海, 2023-定海-问 …); taken inside the transaction that uses it.
CREATE TABLE case_serial (
    series TEXT NOT NULL PRIMARY KEY,
    last_number BIGINT NOT NULL
);

-- One case per finding. model, sentence, effect, subject are copied from the finding, so that no list joins two rooms.
CREATE TABLE case_file (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    finding TEXT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    project TEXT NOT NULL,
    action TEXT NOT NULL,
    sentence TEXT NOT NULL,
    effect TEXT NOT NULL,
    subject TEXT,
    subject_code TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'dispatched', 'verified', 'in_problem', 'closed')),
    unit TEXT,
    due_on TEXT,
    verdict TEXT CHECK (verdict IN ('true', 'partly', 'data_error', 'policy_allows', 'unverifiable')),
    verified_by TEXT,
    verified_by_name TEXT,
    problem TEXT,
    closed_on TEXT,
    recheck TEXT,
    reopen_offered BIGINT NOT NULL CHECK (reopen_offered IN (0, 1)),
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX case_file_by_unit ON case_file (unit, state, due_on);
CREATE INDEX case_file_by_state ON case_file (state, model, due_on);
CREATE INDEX case_file_by_problem ON case_file (problem);

CREATE TABLE problem (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    project TEXT NOT NULL,
    action TEXT NOT NULL,
    unit TEXT NOT NULL,
    subject TEXT,
    subject_code TEXT,
    found_on TEXT NOT NULL,
    basis TEXT,
    measure TEXT,
    state TEXT NOT NULL CHECK (state IN ('rectifying', 'rectified', 'passed', 'closed')),
    due_on TEXT,
    rectified_on TEXT,
    rectified_by TEXT,
    rectified_by_name TEXT,
    rectification TEXT,
    rechecked_on TEXT,
    rechecked_by TEXT,
    rechecked_by_name TEXT,
    closed_on TEXT,
    recheck TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('case', 'inspection', 'sheet')),
    sheet_digest TEXT,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX problem_by_unit ON problem (unit, state, due_on);
CREATE INDEX problem_by_action ON problem (action, project);

-- A finding belongs to at most one problem.
CREATE TABLE problem_finding (
    id TEXT NOT NULL PRIMARY KEY,
    problem TEXT NOT NULL REFERENCES problem (id),
    finding TEXT NOT NULL UNIQUE,
    case_file TEXT NOT NULL REFERENCES case_file (id)
);
CREATE INDEX problem_finding_by_problem ON problem_finding (problem);

CREATE TABLE problem_person (
    id TEXT NOT NULL PRIMARY KEY,
    problem TEXT NOT NULL REFERENCES problem (id),
    resident_id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT,
    sheet_digest TEXT,
    UNIQUE (problem, resident_id)
);

-- Money that came back.
CREATE TABLE recovery (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    problem TEXT NOT NULL REFERENCES problem (id),
    person TEXT REFERENCES problem_person (id),
    action TEXT NOT NULL,
    project TEXT NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen > 0),
    recovered_on TEXT NOT NULL,
    returned_to TEXT NOT NULL,
    sheet_digest TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
);
CREATE INDEX recovery_by_problem ON recovery (problem);

CREATE TABLE inspection (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    project TEXT NOT NULL,
    action TEXT NOT NULL,
    checklist TEXT NOT NULL,
    checklist_version BIGINT NOT NULL,
    subject TEXT NOT NULL,
    subject_code TEXT,
    unit TEXT NOT NULL,
    inspected_on TEXT NOT NULL,
    inspectors TEXT NOT NULL,
    note TEXT,
    sheet_digest TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
);
CREATE INDEX inspection_by_day ON inspection (inspected_on, number);

CREATE TABLE inspection_answer (
    id TEXT NOT NULL PRIMARY KEY,
    inspection TEXT NOT NULL REFERENCES inspection (id),
    item BIGINT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('符合', '不符合', '不适用')),
    note TEXT,
    problem TEXT REFERENCES problem (id),
    sheet_digest TEXT,
    UNIQUE (inspection, item)
);

-- Evidence of a problem or a case. The bytes lie in data/evidence/ under their SM3; the same piece may serve several.
CREATE TABLE evidence_file (
    id TEXT NOT NULL PRIMARY KEY,
    sm3 TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    speaks_of TEXT NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('case', 'problem')),
    about_id TEXT NOT NULL,
    uploaded_at TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    UNIQUE (about_id, sm3)
);

-- The story: who did what, when and why. `step` counts 1, 2, 3 … within one case or problem.
CREATE TABLE case_move (
    id TEXT NOT NULL PRIMARY KEY,
    about TEXT NOT NULL CHECK (about IN ('case', 'problem')),
    about_id TEXT NOT NULL,
    step BIGINT NOT NULL,
    move TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    why TEXT,
    facts TEXT NOT NULL,
    UNIQUE (about_id, step)
);

-- A sheet of past casework that was taken in, and the rows of it that were not.
CREATE TABLE past_sheet (
    id TEXT NOT NULL PRIMARY KEY,
    sheet TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sm3 TEXT NOT NULL,
    accepted BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    taken_at TEXT NOT NULL,
    taken_by TEXT NOT NULL
);

CREATE TABLE past_reject (
    id TEXT NOT NULL PRIMARY KEY,
    past_sheet TEXT NOT NULL REFERENCES past_sheet (id),
    sheet_row BIGINT NOT NULL,
    column_name TEXT NOT NULL,
    cell TEXT NOT NULL,
    code TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE INDEX past_reject_by_sheet ON past_reject (past_sheet, sheet_row);
