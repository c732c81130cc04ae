# What detect says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-DETECT-001 = No model “{ $name }” is in use.
MC-DETECT-001-remedy = { $has_near ->
    [yes] Did you mean “{ $near }”?
   *[no] See the full names (pack.model) with mingcha model list; drafts and retired models do not run.
}
MC-DETECT-002 = Another run ended first; the results of this one were not written.
MC-DETECT-002-remedy = Run again.
MC-DETECT-003 = The paging mark “{ $cursor }” is not of this list.
MC-DETECT-003-remedy = Open the list from its first page.
MC-DETECT-004 = { $what } as kept cannot be read: { $detail }.
MC-DETECT-004-remedy = Ask the operator to run mingcha verify.

detect-state-seen = in the data
detect-state-vanished = vanished
detect-state-returned = returned

detect-vanished-data_corrected = ledger data corrected
detect-vanished-batch_withdrawn = source batch withdrawn
detect-vanished-model_changed = model changed
detect-vanished-parameter_changed = parameter changed
detect-vanished-day_turned = business day turned
detect-vanished-exempted = exempted

detect-how-full = in full
detect-how-incremental = incremental
detect-how-nothing_new = nothing new
detect-how-failed = failed
