//! The relational store: SQLite or PostgreSQL, transactions, migrations, audit tree, jobs.
