-- The ground floor: settings, units, accounts and sessions, the audit trail, jobs.
-- All columns are TEXT or BIGINT, so that a row has one canonical form on SQLite and on PostgreSQL.

CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- A unit (单位): a bureau, a town, a school. `parent` is the code of the unit above it.
CREATE TABLE unit (
  id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL,
  parent TEXT REFERENCES unit (id)
);

CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  unit TEXT REFERENCES unit (id),
  password_hash TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
  created_at TEXT NOT NULL
);

-- Wrong passwords and lock-out. Apart from `account`, whose rows the audit trail watches.
CREATE TABLE sign_in (
  account TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
  failed BIGINT NOT NULL,
  locked_until TEXT
);

-- Only the SM3 of a session's token is kept: whoever reads this table cannot sign in with it.
CREATE TABLE session (
  id_hash TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  csrf TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  seen_at TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);

-- One row: whoever writes on PostgreSQL holds it, as a writer on SQLite holds the file.
CREATE TABLE writer_lock (
  id BIGINT NOT NULL PRIMARY KEY
);
INSERT INTO writer_lock (id) VALUES (1);

-- `body` and `salt` are null once a body was erased by law; the leaf is made from header and `body_hash` and stays.
CREATE TABLE audit_entry (
  seq BIGINT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  subject TEXT NOT NULL,
  touched_hash TEXT NOT NULL,
  touch_salt TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  salt TEXT,
  body TEXT
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);

-- Which rows an entry touched, and the salted hash of each afterwards; null: the row was deleted.
CREATE TABLE audit_touch (
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  before_hash TEXT,
  after_hash TEXT,
  PRIMARY KEY (tbl, row_id, seq)
);
CREATE INDEX audit_touch_seq ON audit_touch (seq);

-- Complete subtrees of the RFC 6962 tree; level 0 holds the leaves.
CREATE TABLE audit_node (
  level BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (level, idx)
);

CREATE TABLE job (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  key TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('ready', 'done', 'failed')),
  attempts BIGINT NOT NULL,
  run_at TEXT NOT NULL,
  lease_until TEXT,
  last_error TEXT
);
CREATE INDEX job_due ON job (state, run_at, id);
