-- Other systems: the tokens they hold, and the imports that they (and the watched folder) asked for.

-- A token of a system. Only the SM3 of it is kept: whoever reads this table cannot call with it. `account` is whom it acts
-- as: an account without a password, a clerk of its unit. `scopes` are names separated by spaces.
CREATE TABLE api_token (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL CHECK (scopes <> ''),
  created_at TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  revoked_by_name TEXT,
  revoked_why TEXT
);
CREATE INDEX api_token_account ON api_token (account);

-- When a token was last used, to the minute. Apart from `api_token`, whose rows the audit trail watches.
CREATE TABLE api_token_seen (
  token TEXT NOT NULL PRIMARY KEY REFERENCES api_token (id),
  seen_at TEXT NOT NULL
);

-- An import that was asked for: what came, how far it got, what was answered (JSON of crates/wiring/src/imports/). What it
-- did stands in `upload` and `batch`; this is kept so that the same request twice is one import, and for progress.
CREATE TABLE import_request (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id),
  ledger TEXT NOT NULL,
  file_name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  sm3 TEXT NOT NULL,
  idempotency_key TEXT,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'interrupted')),
  upload TEXT,
  outcome TEXT,
  begun_at TEXT NOT NULL,
  ended_at TEXT
);
CREATE UNIQUE INDEX import_request_key ON import_request (account, idempotency_key);
CREATE INDEX import_request_state ON import_request (state);
