//! Each use case through its public function, on SQLite and on PostgreSQL.
