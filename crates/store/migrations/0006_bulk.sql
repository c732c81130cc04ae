-- Numbers of a batch that came to be counted later than those in its own row, whose hash must stay as it is.
-- `duplicated`: rows of the sheet that repeated an earlier one of it, and were taken once.
CREATE TABLE batch_count (
    batch BIGINT NOT NULL PRIMARY KEY REFERENCES batch (id),
    duplicated BIGINT NOT NULL
);
