# What intake says to people. A trouble has its code as key, and code-remedy: what to do now.

## Whole files: nothing of them was kept.

MC-INTAKE-001 = This is { $kind ->
        [document] a text document
        [slides] a slide show
        [ofd] an OFD document
        [pdf] a PDF document
        [picture] a picture
        [archive] a packed folder
        [mht] a web archive (.mht)
        [xml] an XML file
        [json] a JSON file
        [database] a database file
       *[unknown] a file of an unknown kind
    }, not a sheet that can be imported.
MC-INTAKE-001-remedy = Workbooks of Excel and WPS (.xlsx, .xls, .et, .xlsb), OpenDocument spreadsheets (.ods), text tables (.csv, .tsv), tables in web pages and Parquet files can be imported. Open the sheet in Excel or WPS, save it as .xlsx and send that.

MC-INTAKE-002 = The file is empty.
MC-INTAKE-002-remedy = Open the sheet, check that its content was saved, and send it again.

MC-INTAKE-003 = The workbook needs a password, so it cannot be read.
MC-INTAKE-003-remedy = Take the password off in Excel or WPS, save a copy and send that.

MC-INTAKE-005 = The file has { $size }, more than the limit of { $limit }.
MC-INTAKE-005-remedy = Split it by month or unit and send the parts one by one.

MC-INTAKE-006 = Unpacked, the file has at least { $size }, more than the limit of { $limit }.
MC-INTAKE-006-remedy = Remove formatted empty areas and pictures, or split it, and send it again.

MC-INTAKE-007 = The file is damaged and cannot be read ({ $why }).
MC-INTAKE-007-remedy = Open it in Excel or WPS, save it as a new .xlsx and send that; if it does not open, ask for another copy.

MC-INTAKE-008 = The text is neither UTF-8 nor GB18030 (it looks like { $guess }).
MC-INTAKE-008-remedy = Open it in Excel or WPS, save it as .xlsx or as “CSV UTF-8” and send that.

MC-INTAKE-009 = From line { $line } on there are bytes that are not { $encoding }: the file was damaged on its way.
MC-INTAKE-009-remedy = Export it again from where it came.

MC-INTAKE-010 = Row { $row } opens a quotation mark that is never closed, so that the rest cannot be split into cells.
MC-INTAKE-010-remedy = Add or remove the quotation mark in that row, or open the file in Excel and save it as .xlsx.

MC-INTAKE-011 = Row { $row } has content beyond column { $limit }.
MC-INTAKE-011-remedy = Delete the columns that are not needed and send it again.

MC-INTAKE-012 = More than { $limit } rows have content.
MC-INTAKE-012-remedy = Split it by month or unit and send the parts one by one.

MC-INTAKE-100 = More than { $limit } rows must be mended: most likely the columns are not what they were taken for. Nothing of the sheet was taken in; the file is kept.
MC-INTAKE-100-remedy = See on the preview page whether each column stands for the right one, and preview again. If so many rows do need mending, mend most of them in Excel first, or send the sheet in parts.

MC-INTAKE-101 = Row { $row } is longer than { $limit }; that does not look like a sheet.
MC-INTAKE-101-remedy = See whether line breaks are missing in the file, or open it in Excel and save it as .xlsx.

MC-INTAKE-013 = No row of the sheet has content.
MC-INTAKE-013-remedy = Check that this is the right file and the right sheet.

MC-INTAKE-014 = The header is in row { $row }, and there is no data below it.
MC-INTAKE-014-remedy = Fill in the rows below the header and send it again.

intake-header = The header in row { $row }{ $sheet ->
        [none] {""}
       *[other] {" "}of the sheet “{ $sheet }”
    }

MC-INTAKE-015 = { intake-header } lacks required columns: { $missing }. It has: { $has }.
MC-INTAKE-015-remedy = Add these columns to the header, or say under “Assign columns” which ones they are; if most are missing, see whether this is the right ledger and the right sheet.

MC-INTAKE-016 = { intake-header } has more than one heading for “{ $column }”: { $headings }{ $at ->
        [none] {""}
       *[other] ; in row { $at } they differ: { $values }
    }.
MC-INTAKE-016-remedy = Keep one of them, or say under “Assign columns” which one to use.

MC-INTAKE-090 = { intake-header } says “{ $heading }”, which has another unit than the ledger's “{ $column }”, so that its numbers cannot be read as they are.
MC-INTAKE-090-remedy = Convert the column to the ledger's unit, change its heading, and send it again.

MC-INTAKE-092 = Row { $row } is blank, or beyond the first { $limit } rows, and cannot be the header.
MC-INTAKE-092-remedy = Choose the row in which the columns are named.

MC-INTAKE-070 = The file declares entities of its own. Files like that can be made to attack a system; it was not read.
MC-INTAKE-070-remedy = Open the original in Excel or WPS, save it as .xlsx and send that.

MC-INTAKE-071 = A cell holds more than { $limit }, which is nothing a table holds; the file was not read.
MC-INTAKE-071-remedy = Open the original in Excel or WPS, remove what does not belong into that cell, save it as .xlsx and send that.

MC-INTAKE-072 = This is a web page without a table.
MC-INTAKE-072-remedy = Export the table from the system it comes from, or paste it into Excel, save it as .xlsx and send that.

MC-INTAKE-073 = The Parquet file is packed with { $packing }, which cannot be read.
MC-INTAKE-073-remedy = Have it exported again with Snappy, Zstandard, Gzip or without compression.

MC-INTAKE-074 = Each cell of the column “{ $heading }” ({ $column }) is a group of values, not a single one; it cannot be read.
MC-INTAKE-074-remedy = Export this column as columns of single values and send that.

MC-INTAKE-017 = There is no sheet “{ $sheet }”; there are: { $has }.
MC-INTAKE-017-remedy = Choose one of these.

MC-INTAKE-018 = There is no column “{ $name }”{ $near ->
        [none] {""}
       *[other] ; the nearest is “{ $near }”
    }.
MC-INTAKE-018-remedy = Assign columns as the header and the ledger spell them.

MC-INTAKE-019 = Cannot read { $path }: { $why }.
MC-INTAKE-019-remedy = Check the path and the permissions and try again.

MC-INTAKE-020 = The sheet could not be written: { $why }.
MC-INTAKE-020-remedy = Check the free space and try again; if that fails, tell the operator this sentence.

## Cells. `-cell` leaves the place out, for a page that shows it in the cell itself.

intake-at = Row { $row }, “{ $column }”
intake-says = says “{ $value }”:

MC-INTAKE-030-cell = is empty
MC-INTAKE-030 = { intake-at } { MC-INTAKE-030-cell }.
MC-INTAKE-030-remedy = Fill it in and send the row again.

MC-INTAKE-031-cell = that is no number
MC-INTAKE-031 = { intake-at } { intake-says } { MC-INTAKE-031-cell }.
MC-INTAKE-031-remedy = Write a number such as 1234.50.

MC-INTAKE-032-cell = that is no whole number
MC-INTAKE-032 = { intake-at } { intake-says } { MC-INTAKE-032-cell }.
MC-INTAKE-032-remedy = Write it without decimals.

MC-INTAKE-033-cell = that has more than { $decimals } decimals
MC-INTAKE-033 = { intake-at } { intake-says } { MC-INTAKE-033-cell }.
MC-INTAKE-033-remedy = Check the voucher and write it with at most { $decimals } decimals.

MC-INTAKE-034-cell = { $kind ->
        [day] that is before { $min }, the earliest day that is taken
       *[number] that is less than { $min }
    }
MC-INTAKE-034 = { intake-at } { intake-says } { MC-INTAKE-034-cell }.
MC-INTAKE-034-remedy = Check the voucher and correct it.

MC-INTAKE-035-cell = { $kind ->
        [day] that is after { $max }, the latest day that is taken
       *[number] that is more than { $max }
    }
MC-INTAKE-035 = { intake-at } { intake-says } { MC-INTAKE-035-cell }.
MC-INTAKE-035-remedy = Check the voucher and correct it.

MC-INTAKE-036-cell = that is no date
MC-INTAKE-036 = { intake-at } { intake-says } { MC-INTAKE-036-cell }.
MC-INTAKE-036-remedy = Write a date such as 2023-11-05.

MC-INTAKE-037-cell = there is no month { $month }
MC-INTAKE-037 = { intake-at } { intake-says } { MC-INTAKE-037-cell }.
MC-INTAKE-037-remedy = Write a date such as 2023-11-05.

MC-INTAKE-038-cell = month { $month } of { $year } has no day { $day }
MC-INTAKE-038 = { intake-at } { intake-says } { MC-INTAKE-038-cell }.
MC-INTAKE-038-remedy = Check it and write a day that exists.

MC-INTAKE-039-cell = the year has two digits only
MC-INTAKE-039 = { intake-at } { intake-says } { MC-INTAKE-039-cell }.
MC-INTAKE-039-remedy = Write the year with four digits, as in 2023-11-05.

MC-INTAKE-040-cell = the day is missing
MC-INTAKE-040 = { intake-at } { intake-says } { MC-INTAKE-040-cell }.
MC-INTAKE-040-remedy = Write the day too, as in 2023-11-05.

MC-INTAKE-041-cell = should have 18 characters, it has { $length }
MC-INTAKE-041 = { intake-at } { MC-INTAKE-041-cell }.
MC-INTAKE-041-remedy = Complete it from the document; the number of a passport or a travel permit does not belong in this column.

MC-INTAKE-042-cell = has “{ $found }” at place { $at }, which cannot stand there
MC-INTAKE-042 = { intake-at } { MC-INTAKE-042-cell }.
MC-INTAKE-042-remedy = The first 17 are digits, the last a digit or X; correct it from the document.

MC-INTAKE-043-cell = has a birth date “{ $written }” that does not exist
MC-INTAKE-043 = { intake-at } { MC-INTAKE-043-cell }.
MC-INTAKE-043-remedy = Correct the birth date in the number from the document.

MC-INTAKE-044-cell = should end in the check character { $expected }, it ends in { $found }
MC-INTAKE-044 = { intake-at } { MC-INTAKE-044-cell }.
MC-INTAKE-044-remedy = Compare it with the document digit by digit; most often one was miscopied.

MC-INTAKE-045-cell = was kept by Excel as the number “{ $value }”; its last digits are lost
MC-INTAKE-045 = { intake-at } { MC-INTAKE-045-cell }.
MC-INTAKE-045-remedy = Set the whole column to “Text” first, then enter the number again from the document; the format alone does not bring lost digits back.

MC-INTAKE-046-cell = should have 18 characters, it has { $length }
MC-INTAKE-046 = { intake-at } { MC-INTAKE-046-cell }.
MC-INTAKE-046-remedy = Complete it from the licence or certificate.

MC-INTAKE-047-cell = has “{ $found }” at place { $at }, which such a code never has
MC-INTAKE-047 = { intake-at } { MC-INTAKE-047-cell }.
MC-INTAKE-047-remedy = A code has digits and capital letters without I, O, S, V, Z; correct it from the licence.

MC-INTAKE-048-cell = should end in the check character { $expected }, it ends in { $found }
MC-INTAKE-048 = { intake-at } { MC-INTAKE-048-cell }.
MC-INTAKE-048-remedy = Compare the last and the first eight characters with the licence.

MC-INTAKE-049-cell = should have { $expected } at place 17 (check of the organisation code), it has { $found }
MC-INTAKE-049 = { intake-at } { MC-INTAKE-049-cell }.
MC-INTAKE-049-remedy = Compare places 9 to 17 with the licence.

MC-INTAKE-050-cell = should have the check characters { $organisation } and { $whole } at places 17 and 18, and has neither
MC-INTAKE-050 = { intake-at } { MC-INTAKE-050-cell }.
MC-INTAKE-050-remedy = Compare it with the licence; most often one of places 9 to 16 was miscopied.

MC-INTAKE-051-cell = that is none of the choices{ $near ->
        [none] {""}
       *[other] ; did you mean “{ $near }”
    }
MC-INTAKE-051 = { intake-at } { intake-says } { MC-INTAKE-051-cell }.
MC-INTAKE-051-remedy = Choose one of: { $values }.

MC-INTAKE-052-cell = that is neither yes nor no
MC-INTAKE-052 = { intake-at } { intake-says } { MC-INTAKE-052-cell }.
MC-INTAKE-052-remedy = Write 是 or 否 (yes or no).

MC-INTAKE-053-cell = is the error { $value } of a formula
MC-INTAKE-053 = { intake-at } { MC-INTAKE-053-cell }.
MC-INTAKE-053-remedy = Mend the formula or write the value itself.

MC-INTAKE-054-cell = has { $length } characters, more than { $limit }
MC-INTAKE-054 = { intake-at } { MC-INTAKE-054-cell }.
MC-INTAKE-054-remedy = Shorten it; put details into an attachment.

MC-INTAKE-055-cell = the number is too large
MC-INTAKE-055 = { intake-at } { intake-says } { MC-INTAKE-055-cell }.
MC-INTAKE-055-remedy = Check whether digits were added.

MC-INTAKE-056-cell = has unreadable characters; the original ones are lost
MC-INTAKE-056 = { intake-at } { MC-INTAKE-056-cell }.
MC-INTAKE-056-remedy = Write the cell again from the original.

MC-INTAKE-057-cell = is a formula that was never computed
MC-INTAKE-057 = { intake-at } { MC-INTAKE-057-cell }.
MC-INTAKE-057-remedy = Open the sheet in Excel or WPS, save it and send it again, or write the value itself.

MC-INTAKE-058-cell = has { $cells } cells where the header has { $headings }
MC-INTAKE-058 = Row { $row } { MC-INTAKE-058-cell }.
MC-INTAKE-058-remedy = Most often a cell contains the separator: put it in quotation marks, or save the sheet as .xlsx.

MC-INTAKE-059-cell = is the same “{ $value }” as in row { $first }, but the rows differ
MC-INTAKE-059 = { intake-at } { MC-INTAKE-059-cell }.
MC-INTAKE-059-remedy = Keep the right one; if there are two, give them two numbers.

MC-INTAKE-060-cell = that is a date, not a number
MC-INTAKE-060 = { intake-at } { intake-says } { MC-INTAKE-060-cell }.
MC-INTAKE-060-remedy = Set the format of the cell to “General” or “Number” and check it.

MC-INTAKE-061-cell = the year { $year } is hardly meant
MC-INTAKE-061 = { intake-at } { intake-says } { MC-INTAKE-061-cell }.
MC-INTAKE-061-remedy = Check the year and correct it.

MC-INTAKE-080-cell = the year stands last, so that month and day cannot be told apart
MC-INTAKE-080 = { intake-at } { intake-says } { MC-INTAKE-080-cell }.
MC-INTAKE-080-remedy = Write the year first, as in 2023-11-05.

MC-INTAKE-081-cell = a day that Excel has and the calendar has not
MC-INTAKE-081 = { intake-at } { intake-says } { MC-INTAKE-081-cell }.
MC-INTAKE-081-remedy = Write the real day from the original; most often the number 60 was given a date format.

MC-INTAKE-082-cell = that is a time, not a day
MC-INTAKE-082 = { intake-at } { intake-says } { MC-INTAKE-082-cell }.
MC-INTAKE-082-remedy = Write year, month and day, as in 2023-11-05.

MC-INTAKE-083-cell = that is a time, not a number
MC-INTAKE-083 = { intake-at } { intake-says } { MC-INTAKE-083-cell }.
MC-INTAKE-083-remedy = Set the format of the cell to “General” and write a number, such as 1.5 for an hour and a half.

MC-INTAKE-084-cell = that is scientific notation; its last digits may be lost
MC-INTAKE-084 = { intake-at } { intake-says } { MC-INTAKE-084-cell }.
MC-INTAKE-084-remedy = Set the column to “Number” in the original sheet and export it again, or write the whole number from the voucher.

MC-INTAKE-086-cell = that is per cent, and may be meant as 85 or as 0.85
MC-INTAKE-086 = { intake-at } { intake-says } { MC-INTAKE-086-cell }.
MC-INTAKE-086-remedy = Set the format to “General” and write the number without %, as the column's note says.

MC-INTAKE-087-cell = is a row of #: the column was too narrow when the sheet was exported, and the content was lost
MC-INTAKE-087 = { intake-at } { MC-INTAKE-087-cell }.
MC-INTAKE-087-remedy = Widen the column in the original sheet and export it again.

MC-INTAKE-088-cell = has an invisible control character ({ $found })
MC-INTAKE-088 = { intake-at } { MC-INTAKE-088-cell }.
MC-INTAKE-088-remedy = Empty the cell and write it again.

## What was done with a sheet (note), how a cell was read (read), words of the template workbook.

intake-note-header = The header is in row { $row }.
intake-note-sheet = Read was the sheet “{ $sheet }”; not read: { $others }.
intake-note-taken-as = “{ $heading }” was taken as “{ $column }”.
intake-note-unknown = The ledger has no column “{ $heading }”; it was not read.
intake-note-unknown-near = The ledger has no column “{ $heading }”; it was not read. The nearest is “{ $near }”.
intake-note-absent = The sheet lacks these optional columns: { $columns }. Rows already in the ledger keep their values there; new rows have none.
intake-note-template-old = This sheet was made from an older template; the present one also has: { $columns }. Download it to fill them in.
intake-note-template-other = This sheet was made from an older template; it lacks no column, but choices or required columns have changed.
intake-note-no-heading = These columns have content but no heading and were not read: { $columns }.
intake-note-totals = Total rows were left out: { $rows }.
intake-note-remarks = Remarks were left out: row { $rows }.
intake-note-blanks = Blank rows were left out: { $count }.
intake-note-repeats = Rows that repeat an earlier one exactly were taken once: { $count }, in rows { $rows }.
intake-note-text = Text in { $encoding }, separated by “{ $delimiter }”.
intake-note-header-two = The header is in rows { $first } and { $row }, read together.
intake-note-headers = Headers that are repeated further down were left out: row { $rows }.
intake-note-sheet-fits = The sheet “{ $sheet }” could be read as well: its header is in row { $row } and has { $columns } known columns. To read it, choose it and read again.
intake-note-shared = “{ $column }” has several columns: { $headings }. No row differs between them, so they are read as one; where one is empty the other is taken.
intake-note-hidden-sheet = The sheet “{ $sheet }” that was read is hidden in the workbook.
intake-note-hidden-rows = Rows hidden in the sheet were read as well: { $count }, in rows { $rows }. Delete in the sheet what is not meant.
intake-note-hidden-columns = Columns hidden in the sheet were read as well: { $columns }.
intake-note-unit = “{ $heading }” has another unit than “{ $column }” and was converted: each number times { $times }.
intake-note-unit-sheet = Above the header stands the unit { $unit }; these columns were converted from it: { $headings }.
intake-note-unit-other = “{ $heading }” has another unit than the ledger's “{ $near }”, which cannot be converted; it was not read.
intake-note-unit-as-is = “{ $heading }” has another unit than the ledger's “{ $column }”; it was read as assigned, its numbers unchanged.
intake-read-spaces = without spaces, read as { $value }
intake-read-full-width = full-width, read as { $value }
intake-read-date = read as { $value }
intake-read-serial = a day number, read as { $value }
intake-read-time = only the day, read as { $value }
intake-read-money = read as { $value }
intake-read-code = read as “{ $value }”
intake-read-yes-no = read as { $value ->
        [true] yes
       *[false] no
    }
intake-read-upper-case = in capitals, read as { $value }
intake-read-first-generation = 15 digits of the first generation, read as { $value }
intake-read-unwrapped = without its text mark, read as { $value }
intake-read-nothing = read as empty
intake-read-merged = a merged cell, read as { $value }
intake-read-unit = converted, read as { $value }
intake-read-unverified = a foreigner's older card, whose check has no published rule; only its form was checked, read as { $value }
intake-summary-title = What Mingcha found
intake-summary-ledger = Ledger
intake-summary-sheet = Sheet
intake-summary-accepted = New rows
intake-summary-superseded = Rows that replace others
intake-summary-unchanged = Rows as the ledger has them
intake-summary-duplicated = Rows repeated in the file, taken once
intake-summary-rejected = Rows to mend
intake-summary-mended = Cells mended on the page
intake-summary-how = Mend the cells in red (the row number leads to each), then upload the whole file again. Rows that are in do not go in twice; this sheet is never read and may stay.
intake-summary-how-nothing = There is nothing to mend.
intake-summary-row = Row
intake-summary-column = Column
intake-summary-heading = Heading
intake-summary-value = What it says
intake-summary-why = Why
intake-summary-todo = What to do
intake-summary-more = { $count } more are not listed here; they are red in the sheet.
intake-mended = { $by } mended it on the page: “{ $value }”
intake-mended-remedy = Write the same into this cell.
intake-template-sheet = How to fill in
intake-template-choices = Choices
intake-template-about = { $ledger } · template version { $version }
intake-template-how = Fill in the first sheet from row 2 on; underlined columns are required. Examples stand on this sheet only and never mix with data; it is not read and may stay.
intake-template-column = Column
intake-template-must = Required
intake-template-what = What to write
intake-template-example = Example
intake-template-yes = yes
intake-template-required = Required
intake-template-optional = Optional
intake-template-example-is = Example: { $example }
intake-template-min = Not less than { $min }
intake-template-max = Not more than { $max }
intake-template-kind-text = Text
intake-template-kind-integer = A whole number
intake-template-kind-decimal = A number with at most { $decimals } decimals
intake-template-kind-money = An amount in yuan with at most two decimals
intake-template-kind-date = A date such as 2023-11-05
intake-template-kind-resident-id = A resident identity number of 18 characters; keep the column as text
intake-template-kind-uscc = A unified social credit code of 18 characters
intake-template-kind-code = One of: { $values }
intake-template-kind-boolean = 是 or 否 (yes or no)
