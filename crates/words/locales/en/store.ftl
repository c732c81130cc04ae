# What store says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-STORE-001 = The database is held by another write for too long; nothing was done.
MC-STORE-001-remedy = Try again shortly; if it stays so, look for a long-running job or another program that holds the database.

MC-STORE-002 = The disk is full, so the database cannot be written; nothing was done, and what was there is unharmed.
MC-STORE-002-remedy = Free some space and try again.

MC-STORE-003 = The database { $address } cannot be opened: { $detail }
MC-STORE-003-remedy = Check the address and that its folder exists and can be written; for PostgreSQL, that the server runs.

MC-STORE-004 = The same record exists already and was not written again ({ $detail }).
MC-STORE-004-remedy = Look at the one that is there.

MC-STORE-005 = This record refers to something that is not there, or others still refer to it ({ $detail }).
MC-STORE-005-remedy = See to the related records first.

MC-STORE-006 = The data do not satisfy a constraint of the database and were not written ({ $detail }).
MC-STORE-006-remedy = Tell your operator this message and when it appeared.

MC-STORE-007 = This change had no audit entry, so it was not saved.
MC-STORE-007-remedy = Tell your operator this message and when it appeared.

MC-STORE-008 = The program tried to write while it may only read; nothing was done.
MC-STORE-008-remedy = Tell your operator this message and when it appeared.

MC-STORE-009 = The column “{ $column }” is not as the program expects: wanted { $wanted }, found { $found }.
MC-STORE-009-remedy = Tell your operator this message and when it appeared.

MC-STORE-010 = The migration { $name } differs from the one that ran on this database.
MC-STORE-010-remedy = Use the version of the program that made the database, or a later release.

MC-STORE-011 = This database was made by a newer program (schema { $newest }; this program knows { $known }).
MC-STORE-011-remedy = Upgrade the program and open it again.

MC-STORE-012 = “{ $text }” is not the address of a database.
MC-STORE-012-remedy = Write sqlite:///folder/mingcha.sqlite or postgres://user@host/name.

MC-STORE-013 = A text holds an invisible NUL character, which cannot be stored.
MC-STORE-013-remedy = Remove it; typing the text again is usually enough.

MC-STORE-014 = A PostgreSQL database is not copied by this program.
MC-STORE-014-remedy = Copy it with pg_dump, then back up the data folder.

MC-STORE-015 = No copy can be written to { $path }: { $detail }
MC-STORE-015-remedy = Choose a place that can be written and where no file is yet.

MC-STORE-016 = Job { $job } took too long and another process has taken it over; this result was not saved.
MC-STORE-016-remedy = Nothing needs doing: the other process finishes it.

MC-STORE-017 = The table { $table } has no primary key of one column, so its rows cannot be recorded in the audit trail.
MC-STORE-017-remedy = Tell your operator this message and when it appeared.

MC-STORE-018 = The audit trail is damaged, so nothing is added to it ({ $detail }).
MC-STORE-018-remedy = Run mingcha verify to see what does not fit, and restore a backup.

MC-STORE-019 = Something stored cannot be read ({ $what }): { $detail }
MC-STORE-019-remedy = Run mingcha verify to find the cause; restore a backup if needed.

MC-STORE-020 = The system gave no random bytes: { $detail }
MC-STORE-020-remedy = Tell your operator this message and when it appeared.

MC-STORE-021 = The database says: { $detail }
MC-STORE-021-remedy = Tell your operator this message and when it appeared.

MC-STORE-022 = The disk refused what the database wanted to read or write ({ $detail }); nothing was done, and what is there is unharmed.
MC-STORE-022-remedy = Check whether the disk is full or broken, then try again.

MC-STORE-101 = Row { $id } of table { $table } differs from audit entry { $since }: it was changed outside the program.
MC-STORE-101-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-102 = Row { $id } of table { $table } is gone, and no entry after { $since } tells of it.
MC-STORE-102-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-103 = Row { $id } of table { $table } is there although audit entry { $since } recorded its deletion.
MC-STORE-103-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-104 = Row { $id } of table { $table } is not in the audit trail at all.
MC-STORE-104-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-105 = The facts or the reason of audit entry { $id } were changed.
MC-STORE-105-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-106 = The body of audit entry { $id } is gone, and no entry records its erasure by law.
MC-STORE-106-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-107 = The rows that audit entry { $id } lists were changed.
MC-STORE-107-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-108 = The time, actor, verb or subject of audit entry { $id } was changed.
MC-STORE-108-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-109 = Audit entry { $id } is missing.
MC-STORE-109-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-110 = Node { $id } of the audit tree differs from what is below it.
MC-STORE-110-remedy = Compare with a backup or the papers, and find out where the change came from.

MC-STORE-111 = The audit trail is shorter than the head that was kept: { $id } entries then, { $size } now.
MC-STORE-111-remedy = Its end was cut off; restore a backup and find out why.

MC-STORE-112 = The first { $id } audit entries differ from the head that was kept: they were rewritten.
MC-STORE-112-remedy = Restore a backup and find out why.
