# What engine says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-ENGINE-001 = The SQL does not parse: { $reason }.
MC-ENGINE-001-remedy = Check spelling, brackets and commas at the marked place.
MC-ENGINE-002 = Exactly one query (SELECT or WITH … SELECT) can stand here; found: { $found }.
MC-ENGINE-002-remedy = Leave one SELECT that reads data. A model cannot write or run anything else.
MC-ENGINE-003 = There is no table “{ $name }”.
MC-ENGINE-003-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”? Ledgers of other packs need an entry in depends of pack.toml.
   *[no] Tables are: own ledgers, pack.ledger of packs named in depends, ops.…, def.…, param.….
}
MC-ENGINE-004 = “{ $name }” reads the clock: the same data would give other results tomorrow.
MC-ENGINE-004-remedy = Use the business date $as_of.
MC-ENGINE-005 = “{ $name }” is chance: the same data would give other results.
MC-ENGINE-005-remedy = Leave chance out; for dates use the business date $as_of.
MC-ENGINE-006 = “{ $name }” is not a ledger and cannot be read.
MC-ENGINE-006-remedy = Only ledgers, ops.…, def.… and param.… can be read. Import a file as a ledger first.
MC-ENGINE-007 = There is no column “{ $name }”.
MC-ENGINE-007-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Compare with the ledger's column names.
}
MC-ENGINE-008 = There is no function “{ $name }”.
MC-ENGINE-008-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use functions of standard SQL, or evidence().
}
MC-ENGINE-009 = There is no parameter “{ $name }”.
MC-ENGINE-009-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Declare it with [[params.name]] at the top of the page, with its source. The business date is $as_of, the action's year $action.
}
MC-ENGINE-010 = The parameter “{ $name }” has { $rows } rows and is no single value.
MC-ENGINE-010-remedy = Join param.{ $name } on the row's date and take the row that holds.
MC-ENGINE-011 = The rows of parameter “{ $name }” differ in type or keys.
MC-ENGINE-011-remedy = Give all of them a value of one type, and the same keys in the same order.
MC-ENGINE-012 = WITH RECURSIVE is not allowed.
MC-ENGINE-012-remedy = Write the query without recursion.
MC-ENGINE-013 = The SQL is too long ({ $bytes } bytes).
MC-ENGINE-013-remedy = Split the model, or make a ledger or parameter of the list.
MC-ENGINE-014 = The SQL cannot be run: { $reason }.
MC-ENGINE-014-remedy = Change the SQL as the reason says.
MC-ENGINE-015 = “{ $name }” can make data of any length; a model cannot use it.
MC-ENGINE-015-remedy = Leave it out; lpad and rpad need their length written as a number up to 1000.

MC-ENGINE-020 = The query took more than { $seconds } seconds and was stopped.
MC-ENGINE-020-remedy = Look for a missing join condition; if it must take longer, the operator can raise the limit.
MC-ENGINE-021 = The query needs more than { $mib } MiB of memory and was stopped.
MC-ENGINE-021-remedy = Look for a missing join condition; if it must use more, the operator can raise the limit.
MC-ENGINE-022 = The query gives more than { $rows } rows and was stopped.
MC-ENGINE-022-remedy = Narrow the condition: a model lists only what is to be verified.
MC-ENGINE-023 = The query failed on the data that is there: { $reason }.
MC-ENGINE-023-remedy = Guard against zero divisors and texts that are no numbers.
MC-ENGINE-025 = The result has no column “{ $name }”; it has: { $have }.
MC-ENGINE-025-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Select the column, or change key.
}
MC-ENGINE-026 = Two result rows have the same key: { $key }.
MC-ENGINE-026-remedy = Group by the key's columns, or add a column to key that tells the two apart.
MC-ENGINE-027 = There is no ledger “{ $name }”.
MC-ENGINE-027-remedy = Check the full name (pack.ledger).
MC-ENGINE-028 = The query engine cannot start: { $reason }.
MC-ENGINE-028-remedy = Ask the operator to look at the log.

MC-ENGINE-030 = Locality is not proved: the SQL reads “{ $ledger }”, which local_by does not name.
MC-ENGINE-030-remedy = Name its partition column in local_by; if it is a register to look things up in, say reference = true in its definition; else say whole_ledger = true.
MC-ENGINE-031 = local_by names “{ $ledger }”, which the SQL does not read.
MC-ENGINE-031-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Remove it from local_by.
}
MC-ENGINE-032 = The expression of “{ $ledger }” in local_by cannot be used: { $reason }.
MC-ENGINE-032-remedy = Write a column of the ledger, or an expression over the columns of one row (no aggregates, no floats).
MC-ENGINE-033 = In local_by “{ $ledger }” is { $this } and “{ $other }” is { $that }: they cannot be compared.
MC-ENGINE-033-remedy = Make the expressions of one type.
MC-ENGINE-034 = Locality is not proved: a join does not equate the partitions of its sides ({ $on }).
MC-ENGINE-034-remedy = Equate the partition columns in the join; where they really differ, say whole_ledger = true.
MC-ENGINE-035 = Locality is not proved: an outer join keeps rows of reference that found no partner ({ $on }).
MC-ENGINE-035-remedy = Put the ledger on the side that is kept, or join inner; else say whole_ledger = true.
MC-ENGINE-036 = Locality is not proved: { $what } has no partition column among its keys ({ $keys }).
MC-ENGINE-036-remedy = Add the partition column to { $what }; to aggregate across partitions, say whole_ledger = true.
MC-ENGINE-037 = Locality is not proved: a subquery ({ $what }) is not tied to the partition of the outer row.
MC-ENGINE-037-remedy = Equate the partition columns inside the subquery; write NOT EXISTS for NOT IN; else say whole_ledger = true.
MC-ENGINE-038 = Locality is not proved: a UNION mixes rows of ledgers and of reference.
MC-ENGINE-038-remedy = Make two models of it, or say whole_ledger = true.
MC-ENGINE-039 = Locality is not proved: { $what } looks at all rows at once.
MC-ENGINE-039-remedy = Leave it out, or say whole_ledger = true.
MC-ENGINE-040 = Locality is not proved: no result column carries the partition ({ $wanted }).
MC-ENGINE-040-remedy = Select the partition column.
MC-ENGINE-041 = The result has no column evidence; it has: { $have }.
MC-ENGINE-041-remedy = Select evidence(table._ref) AS evidence.
MC-ENGINE-042 = The column evidence is { $kind } and no list of rows.
MC-ENGINE-042-remedy = Make it by evidence(table._ref) AS evidence.
MC-ENGINE-043 = The wording says “{ $name }”, which the result does not have; it has: { $have }.
MC-ENGINE-043-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Select the column, or change the wording.
}
MC-ENGINE-044 = A case expects the column “{ $name }”, which the result does not have; it has: { $have }.
MC-ENGINE-044-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Change the columns of the then table.
}
MC-ENGINE-045 = The figure's record query has no column “{ $name }”; it has: { $have }.
MC-ENGINE-045-remedy = { $has_near ->
    [yes] Name “{ $near }” reference.
   *[no] Select what identifies each record AS reference.
}
MC-ENGINE-046 = The figure aggregates “{ $name }”, which its record query does not have; it has: { $have }.
MC-ENGINE-046-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Select the column, or change aggregate.
}
MC-ENGINE-047 = The figure sums “{ $name }”, which is no number but { $kind }.
MC-ENGINE-047-remedy = Take a numeric column, or count or count_distinct.
MC-ENGINE-048 = The demo sheet's column “{ $name }” is no column of “{ $ledger }”.
MC-ENGINE-048-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] Compare with the ledger's column names.
}

MC-ENGINE-101 = The ledgers are being written by “{ $holder }”; waited { $seconds } seconds.
MC-ENGINE-101-remedy = Try again later; if it does not end, ask the operator to look at that process.
MC-ENGINE-102 = The disk is full. Nothing was written, and what was there is unchanged.
MC-ENGINE-102-remedy = Free disk space and try again.
MC-ENGINE-103 = Column “{ $column }” of “{ $ledger }” is { $wanted } in the pack and { $found } in the data that is there.
MC-ENGINE-103-remedy = Restore the former type, or give the new column another name.
MC-ENGINE-104 = The value “{ $value }” does not fit column “{ $column }”.
MC-ENGINE-104-remedy = This is our fault: ask the operator to look at the log.
MC-ENGINE-105 = { $wanted } rows of “{ $ledger }” were to go, { $found } are there.
MC-ENGINE-105-remedy = Open the page again and retry; if it stays so, ask the operator to run mingcha verify.
MC-ENGINE-106 = The ledgers cannot be read or written: { $cause }.
MC-ENGINE-106-remedy = Ask the operator to check data folder and disk, and to run mingcha verify.
