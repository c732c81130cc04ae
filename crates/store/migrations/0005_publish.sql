-- Published editions: the figures and the bulletin as they stood when a supervisor published them. Never changed.
-- Instants and days as TEXT, yes and no as 1 and 0, exact decimals as TEXT.

CREATE TABLE edition (
    id TEXT NOT NULL PRIMARY KEY,
    no BIGINT NOT NULL UNIQUE,
    action TEXT NOT NULL,
    as_of TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_by_name TEXT NOT NULL,
    lake_snapshot BIGINT NOT NULL,
    audit_size BIGINT NOT NULL,
    audit_root TEXT NOT NULL
);

-- One figure of an edition. root is over the sorted commitments of its records, each salted with salt, which is not
-- shown to the public: who knows it could try out identifiers. by_month is JSON: [["2023-03", "4"], ...].
CREATE TABLE edition_figure (
    id TEXT NOT NULL PRIMARY KEY,
    edition TEXT NOT NULL REFERENCES edition (id),
    position BIGINT NOT NULL,
    project TEXT NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    value TEXT NOT NULL,
    said TEXT NOT NULL,
    said_with_unit TEXT NOT NULL,
    definition TEXT NOT NULL,
    records_sql TEXT NOT NULL,
    definition_hash TEXT NOT NULL,
    record_count BIGINT NOT NULL,
    root TEXT NOT NULL,
    salt TEXT NOT NULL,
    by_month TEXT NOT NULL,
    quote_before TEXT,
    quote_number TEXT,
    quote_after TEXT
);
CREATE UNIQUE INDEX edition_figure_in_order ON edition_figure (edition, position);
CREATE UNIQUE INDEX edition_figure_by_key ON edition_figure (project, key, edition);

-- The texts of an edition; kind is bulletin.
CREATE TABLE edition_text (
    id TEXT NOT NULL PRIMARY KEY,
    edition TEXT NOT NULL REFERENCES edition (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX edition_text_by_kind ON edition_text (edition, kind);
