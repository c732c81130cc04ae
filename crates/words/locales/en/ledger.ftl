# What ledger says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-LEDGER-001 = There is no ledger “{ $ledger }”{ $near ->
        [none] {""}
       *[other] ; the nearest is “{ $near }”
    }.
MC-LEDGER-001-remedy = Check the full name (pack.ledger); mingcha ledger show lists the columns.
MC-LEDGER-002 = This uploaded file was not found.
MC-LEDGER-002-remedy = Upload the file again.
MC-LEDGER-003 = This file was taken in already by { $by }.
MC-LEDGER-003-remedy = See the result in the list of batches; to correct something, change the sheet and upload it again.
MC-LEDGER-004 = There is no batch { $batch }.
MC-LEDGER-004-remedy = Check the number in the list of batches.
MC-LEDGER-005 = Batch { $batch } was withdrawn already by { $by } on { $at }.
MC-LEDGER-005-remedy = Nothing more to do; the original file can be uploaded again if needed.
MC-LEDGER-006 = No reason for the withdrawal was given.
MC-LEDGER-006-remedy = Give a reason; it goes into the audit trail.
MC-LEDGER-007-cell = is in the ledger already, see batch { $batch } row { $line }; this ledger only grows
MC-LEDGER-007 = Row { $row }, “{ $column }” is “{ $value }”: { MC-LEDGER-007-cell }.
MC-LEDGER-007-remedy = If it is the same item, delete this row; if it is another, correct its number.
MC-LEDGER-008 = There is no version { $version }; the newest is { $readable }.
MC-LEDGER-008-remedy = mingcha ledger show lists the versions.
MC-LEDGER-009 = The kept source file is not the one that was uploaded (SM3 { $sm3 }).
MC-LEDGER-009-remedy = Ask the operator to run mingcha verify and to restore the file from a backup.
MC-LEDGER-010 = The source file cannot be read or written: { $detail }.
MC-LEDGER-010-remedy = Ask the operator to check the data folder's permissions and disk.
MC-LEDGER-011 = The source file of batch { $batch } has no row { $row }.
MC-LEDGER-011-remedy = Check batch and row.
MC-LEDGER-012 = The record { $record } contradicts itself: { $reason }.
MC-LEDGER-012-remedy = This is our fault: ask the operator to run mingcha verify and to look at the log.
MC-LEDGER-013 = The disk is full. The file was not kept, and the ledger is unchanged.
MC-LEDGER-013-remedy = Free disk space and upload again.
MC-LEDGER-014 = Batch { $batch } cannot be withdrawn: the later batch { $later } ({ $file }) has some of its rows too.
MC-LEDGER-014-remedy = Withdraw batch { $later } first, then this one; or correct the sheet and upload it again, the newest content counts.
MC-LEDGER-015 = Reading the file was interrupted: { $detail }.
MC-LEDGER-015-remedy = Try again; if it stays so, ask the operator to look at the log.
MC-LEDGER-040 = No cell was changed
MC-LEDGER-040-remedy = Mend the red cells and save; set a row aside with a reason if it need not go in.
MC-LEDGER-041 = { $by } { $how ->
        [mended] mended row { $row }
        [sent_again] sent row { $row } again with a later sheet
        [kept_again] sent row { $row } again, and it was kept back again,
       *[other] set row { $row } aside
    } at { $at }; what you typed was not saved
MC-LEDGER-041-remedy = See the result under “Dealt with”; to change it again, change the sheet and upload it.
MC-LEDGER-042 = This file has not been taken in yet
MC-LEDGER-042-remedy = Take its good rows in on the preview first, then mend the others.
MC-LEDGER-043 = The batch of this file was withdrawn, and the rows it kept back with it
MC-LEDGER-043-remedy = Change the sheet and upload it again if it is needed.
MC-LEDGER-044 = This file kept no row { $row } back
MC-LEDGER-044-remedy = Check the row's number; it is the one of the sheet.
MC-LEDGER-045 = No reason was given for setting the row aside
MC-LEDGER-045-remedy = Write one sentence, such as “repeats row 12”; it is recorded.
MC-LEDGER-046 = It was not said which file
MC-LEDGER-046-remedy = Add --batch or --upload; mingcha ledger uploads lists everything that was handed in.
MC-LEDGER-060 = { $by } set this file aside at { $at }; nothing of it went in
MC-LEDGER-060-remedy = Upload the file again if it is needed after all.
MC-LEDGER-061 = { $by } has taken this file in; it cannot be set aside any more
MC-LEDGER-061-remedy = To take its rows out, open the batch and withdraw it.

MC-LEDGER-101 = The source file “{ $file }” is missing or was altered (SM3 { $sm3 }).
MC-LEDGER-101-remedy = Restore the file from a backup.
MC-LEDGER-102 = The data file { $path } is missing or was altered.
MC-LEDGER-102-remedy = Restore the file from a backup.
MC-LEDGER-103 = The lake's catalog names a data file that was never recorded: { $path }.
MC-LEDGER-103-remedy = The catalog was altered; restore it from a backup.
MC-LEDGER-104 = Rows of the lake's catalog table { $table } were altered.
MC-LEDGER-104-remedy = Restore from a backup.
MC-LEDGER-105 = The lake is at version { $newest }, recorded is version { $readable }: a write did not finish.
MC-LEDGER-105-remedy = The unfinished write is undone at the next start or import.
