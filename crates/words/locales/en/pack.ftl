# Reading and checking packs. The code is the key; -remedy says what to do now.
MC-PACK-001 = “{ $file }” cannot be read: { $reason }.
MC-PACK-001-remedy = Make sure that it is there, may be read, and is saved as UTF-8.
MC-PACK-002 = This is not TOML: { $reason }.
MC-PACK-002-remedy = Correct what is marked; https://toml.io describes TOML.
MC-PACK-003 = There is no key “{ $key }” here.
MC-PACK-003-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Remove it.
    } Known keys: { $known }.
MC-PACK-004 = “{ $key }” is missing.
MC-PACK-004-remedy = Add “{ $key }” to the marked table; docs/packs.md says how.
MC-PACK-005 = “{ $key }” has the wrong type.
MC-PACK-005-remedy = { $expected ->
    [text] Write a text in quotation marks.
    [integer] Write a whole number.
    [boolean] Write true or false.
    [date] Write a date without quotation marks, such as 2023-01-05.
    [list] Write a list of texts in brackets, such as ["grant_no"].
    [table] Write a table, such as {"{"} training_subsidy = "resident_id" {"}"}.
    [tables] Write tables in double brackets: [[{ $key }]].
   *[scalar] Write a whole number, a decimal, a text, a date, or true or false.
    }
MC-PACK-006 = “{ $key }” cannot be “{ $value }”.
MC-PACK-006-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use another value.
    } Known values: { $known }.
MC-PACK-007 = “{ $name }” cannot be a name.
MC-PACK-007-remedy = Use lower-case Latin letters, digits and underscores only, a letter first.
MC-PACK-008 = “{ $name }” stands here twice, or belongs to the system.
MC-PACK-008-remedy = Rename or remove one of them.
MC-PACK-009 = The ledger “{ $ledger }” has no column “{ $column }”.
MC-PACK-009-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Define the column in the ledger first.
    } Its columns: { $known }.
MC-PACK-010 = The key column “{ $column }” may be empty.
MC-PACK-010-remedy = Add required = true to the column: a row without a key cannot be told from others.
MC-PACK-011 = There is no ledger “{ $ledger }”.
MC-PACK-011-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Ledgers of other packs are written pack.ledger.
    } Known ledgers: { $known }.
MC-PACK-012 = Format { $format } is not known.
MC-PACK-012-remedy = Write format = 1; if the pack was made for a newer Mingcha, upgrade first.
MC-PACK-013 = The key is “{ $key }” and the folder is named “{ $folder }”.
MC-PACK-013-remedy = Make them the same.
MC-PACK-014 = There is no file “{ $file }”.
MC-PACK-014-remedy = Put the file there, or correct the path (from the pack's folder).
MC-PACK-015 = The page does not begin with front matter between two lines +++.
MC-PACK-015-remedy = Make +++ the first line, then title, key and so on, then another line +++.
MC-PACK-016 = The page has no section “{ $heading }”.
MC-PACK-016-remedy = Add “## { $heading }” and write it.
MC-PACK-017 = The page has { $count } SQL blocks; it must have exactly one.
MC-PACK-017-remedy = Put the query into one single ```sql block.
MC-PACK-018 = {"“{{”"} has no {"“}}”"} to close it.
MC-PACK-018-remedy = Write {"{{ column }}"} or {"{{ column | mask }}"}.
MC-PACK-019 = { $lacking ->
    [hit] No case gives a finding.
   *[silent] No case shows that what must stay silent does.
    }
MC-PACK-019-remedy = { $lacking ->
    [hit] Add a “## Case: …” whose then table has a row.
   *[silent] Add a “## Case: …” that ends with then nothing.
    }
MC-PACK-020 = No table follows “{ $line }”.
MC-PACK-020-remedy = Leave a blank line and write a Markdown table; where nothing must be found, write then nothing.
MC-PACK-021 = This row has { $cells } cells, the heading row has { $columns }.
MC-PACK-021-remedy = Add or remove bars; an empty cell counts too.
MC-PACK-022 = A cell of the column “{ $column }” cannot be “{ $value }”.
MC-PACK-022-remedy = { $shape ->
    [integer] Write a whole number.
    [decimal] Write a number with no more decimals than the column has.
    [date] Write a date such as 2023-01-05.
    [code] Write one of: { $allowed }.
   *[boolean] Write true or false.
    }
MC-PACK-023 = The case “{ $case }” has no then.
MC-PACK-023-remedy = Write then and the findings that must come of it, or then nothing.
MC-PACK-024 = No given table has a row named “{ $label }”.
MC-PACK-024-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Name rows in a first column called row.
    } Known rows: { $known }.
MC-PACK-025 = { $is_code ->
    [yes] The column “{ $column }” is a code without values.
   *[no] The column “{ $column }” is of kind { $kind } and cannot have values.
    }
MC-PACK-025-remedy = { $is_code ->
    [yes] List every value, such as values = ["甲", "乙"].
   *[no] Remove values, or make it kind = "code".
    }
MC-PACK-026 = “{ $key }” does not go with kind { $kind }.
MC-PACK-026-remedy = Only integer, decimal, money (a number with no more decimals than the column has) and date (a date) have min and max.
MC-PACK-027 = There must be either local_by or whole_ledger, and not both.
MC-PACK-027-remedy = Say which column of each ledger alone decides a finding (local_by); if that cannot be said, write whole_ledger = true.
MC-PACK-028 = The beginning ({ $low }) comes after the end ({ $high }).
MC-PACK-028-remedy = Swap or correct them.
MC-PACK-029 = A ledger of the pack “{ $pack }” is used, and pack.toml does not say that it is needed.
MC-PACK-029-remedy = Add “{ $pack }” to depends in pack.toml.
MC-PACK-030 = There is no pack “{ $pack }”.
MC-PACK-030-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Add that pack's folder, or remove it from depends.
    } Known packs: { $known }.
MC-PACK-031 = “{ $word }” must not stand in a title or wording: before it is verified, it is a question.
MC-PACK-031-remedy = State what the data says, and judge nothing.
MC-PACK-032 = There is no model “{ $model }”.
MC-PACK-032-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Correct the name.
    } Known models: { $known }.
MC-PACK-033 = “{ $key }” must lie between { $min } and { $max }.
MC-PACK-033-remedy = Write a whole number in that range.
MC-PACK-034 = The rows of the parameter “{ $param }” have different keys.
MC-PACK-034-remedy = Give every row of a parameter the same keys: together they are one table.
MC-PACK-035 = There is no figure “{ $figure }”.
MC-PACK-035-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Define it in figures.toml first.
    } Known figures: { $known }.
MC-PACK-036 = The template is wrong: { $reason }.
MC-PACK-036-remedy = Correct what is marked; https://docs.rs/minijinja/latest/minijinja/syntax/ describes templates.
MC-PACK-037 = A pack has no use for “{ $file }”.
MC-PACK-037-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Move it elsewhere.
    } A pack consists of: { $known }.
MC-PACK-038 = There is no pack here.
MC-PACK-038-remedy = Name the folder that holds the packs with --packs; each pack is a folder in it.
MC-PACK-039 = “{ $key }” is empty.
MC-PACK-039-remedy = Write it.
MC-PACK-040 = “{ $value }” is no aggregate.
MC-PACK-040-remedy = Write count, count_distinct(column), sum(column) or mean(column).
MC-PACK-041 = No given or then stands before this table.
MC-PACK-041-remedy = Write a line given `ledger`, or then, before it.
MC-PACK-042 = The template cannot use “{ $name }”.
MC-PACK-042-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Correct the name.
    } Known: { $known }.
MC-PACK-043 = “{ $line }” follows a table at once and was taken as one of its rows.
MC-PACK-043-remedy = Leave a blank line before it.
