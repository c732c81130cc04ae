# Messages of the platform as a whole

MC-WIRING-001 = There is no Mingcha data folder at { $folder }.
MC-WIRING-001-remedy = Run mingcha init --data { $folder } first, or point --data at an existing folder.
MC-WIRING-002 = There is a data folder at { $folder } already; it was left as it is.
MC-WIRING-002-remedy = Choose an empty place, or use the folder that is there.
MC-WIRING-003 = The folder { $folder } has format { $found }; this program knows format { $known }.
MC-WIRING-003-remedy = Open it with the version that wrote it.
MC-WIRING-004 = The configuration { $file } cannot be understood: { $detail }.
MC-WIRING-004-remedy = Mend this place and try again.
MC-WIRING-005 = The disk is full; { $file } was not finished. What had been taken in is safe.
MC-WIRING-005-remedy = Make room and do it again; nothing will be doubled.
MC-WIRING-006 = The file { $file } could not be read or written: { $detail }.
MC-WIRING-006-remedy = Check that it exists and may be read and written.
MC-WIRING-007 = The packs have { $count } faults; the first: { $first }
MC-WIRING-007-remedy = Run mingcha pack check to see them all, mend them and start again.
MC-WIRING-008 = The backup { $archive } cannot be used: { $detail }.
MC-WIRING-008-remedy = Take another backup; no half data was left in the target folder.
MC-WIRING-009 = The demo sheet { $sheet } was not made: { $detail }.
MC-WIRING-009-remedy = Check this sheet's SQL in the pack's demo folder.
MC-WIRING-010 = The job { $kind } was not done: { $detail }.
MC-WIRING-010-remedy = Remove the cause and start again; the job will be tried again.
MC-WIRING-011 = The data folder { $folder } is served already: process { $pid }, since { $since }, at http://{ $address }.
MC-WIRING-011-remedy = Open that address; to replace it, end process { $pid } (kill { $pid }) and start again. Commands such as ledger import work beside it.

# Verification

MC-WIRING-101 = The evidence file “{ $file }” ({ $sm3 }) was altered.
MC-WIRING-101-remedy = Compare it with the file of that name in a backup.
MC-WIRING-102 = The evidence file “{ $file }” ({ $sm3 }) is gone.
MC-WIRING-102-remedy = Bring it back from a backup.
MC-WIRING-103 = The source file of past casework “{ $file }” ({ $sm3 }) was altered.
MC-WIRING-103-remedy = Compare it with the file of that name in a backup.
MC-WIRING-104 = The source file of past casework “{ $file }” ({ $sm3 }) is gone.
MC-WIRING-104-remedy = Bring it back from a backup.
