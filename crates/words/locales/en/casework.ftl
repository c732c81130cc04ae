# What casework says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-CASE-001 = It is “{ $from ->
    [waiting] waiting
    [dispatched] dispatched
    [verified] verified
    [in_problem] part of a problem
    [rectifying] under rectification
    [rectified] rectified, to be re-checked
    [passed] re-check passed
   *[closed] closed
}” and cannot be { $attempted ->
    [dispatch] dispatched
    [recall] recalled
    [verify] answered
    [send_back] sent back
    [take_into_problem] taken into a problem
    [dismiss] closed as unfounded
    [close_with_problem] closed with its problem
    [reopen_with_problem] reopened with its problem
    [rectify] reported as rectified
    [pass] re-checked
    [send_back_rectification] sent back
    [close] closed
    [join] joined by another case
   *[reopen] reopened
} now.
MC-CASE-001-remedy = Reload the page to see its present state, then choose what that state allows.
MC-CASE-002 = { $number } was changed by { $by } at { $at }; what you see is no longer current.
MC-CASE-002-remedy = Reload the page, look at what changed, and send again; copy what you typed first.
MC-CASE-003 = Record { $record } contradicts itself: { $reason }.
MC-CASE-003-remedy = Do not work on this record; run mingcha verify and tell the operator.
MC-CASE-004 = “{ $field ->
    [why] Reason
    [title] Title
    [kind] Kind
    [subject] Subject
    [inspectors] Inspectors
    [returned_to] Returned to
    [name] Name
   *[purpose] Purpose
}” is empty.
MC-CASE-004-remedy = Fill it in and send again.
MC-CASE-005 = The term is { $days } working days; it must lie between 1 and { $max }.
MC-CASE-005-remedy = Change the term; if more time is needed, a supervisor sends the case back with a new one before it ends.
MC-CASE-006 = There is no unit “{ $unit }”.
MC-CASE-006-remedy = Choose one from the list of units, or have the operator enter it first.
MC-CASE-007 = “{ $unit }” is the subject of this case and cannot judge itself.
MC-CASE-007-remedy = Dispatch it to the department in charge or to the lead unit.
MC-CASE-008 = This step needs another person: { $name } did the one before.
MC-CASE-008-remedy = Have somebody else who may do it take this step.
MC-CASE-009 = No case was chosen; the problem would rest on nothing.
MC-CASE-009-remedy = Choose at least one case that was verified as true.
MC-CASE-010 = Case { $number } belongs to another project or unit and cannot be part of the same problem.
MC-CASE-010-remedy = Open one problem per project and unit.
MC-CASE-011 = The rectification shows nothing: neither a file nor a text.
MC-CASE-011-remedy = Add a photograph, a receipt or another file, or write how it was mended.
MC-CASE-012 = File “{ $name }” has { $bytes } bytes; the limit is { $max }.
MC-CASE-012-remedy = Make the picture smaller or split the file, then send it again.
MC-CASE-013 = File “{ $name }” is of no kind that is taken as evidence.
MC-CASE-013-remedy = Kinds taken: { $taken }. The content decides, not the ending.
MC-CASE-014 = File “{ $name }” is { $is } inside, which its ending does not say.
MC-CASE-014-remedy = Give it the ending { $is } and send it again.
MC-CASE-015 = File “{ $name }” is empty.
MC-CASE-015-remedy = Check the original and send it again.
MC-CASE-016 = Evidence file { $sm3 } is not what was recorded.
MC-CASE-016-remedy = Do not use it; run mingcha verify and restore it from a backup.
MC-CASE-017 = An evidence file could not be read or written: { $reason }.
MC-CASE-017-remedy = Nothing was changed; check disk space and permissions, then try again.
MC-CASE-018 = “{ $field ->
    [speaks_of] Date the evidence speaks of
    [recovered_on] Recovered on
    [inspected_on] Inspected on
    [found_on] Found on
    [verified_on] Verified on
    [rectified_on] Rectified on
    [rechecked_on] Re-checked on
   *[closed_on] Closed on
}” { $day } is later than the business date { $today }.
MC-CASE-018-remedy = Give a day that is not after the business date.
MC-CASE-019 = The amount recovered must be more than zero; it is { $amount } yuan.
MC-CASE-019-remedy = Give the amount that came back.
MC-CASE-020 = The person who paid is not among the persons of problem { $problem }.
MC-CASE-020-remedy = Enter the person at that problem first, or choose another.
MC-CASE-021 = { $count } indicators are unanswered: { $items }.
MC-CASE-021-remedy = Answer each with 符合, 不符合 or 不适用.
MC-CASE-022 = Checklist “{ $checklist }” has no indicator { $item }.
MC-CASE-022-remedy = Use the numbers of the checklist.
MC-CASE-023 = Indicator { $item } is answered twice.
MC-CASE-023-remedy = Keep one answer.
MC-CASE-024 = Indicator { $item } is 不符合 without a note.
MC-CASE-024-remedy = Write what does not conform.
MC-CASE-025 = The identity number of “{ $name }” is wrong: { $fault ->
    [length] it has { $found } characters instead of { $expected }
    [character] character { $expected } cannot be “{ $found }”
    [date] the birth date “{ $found }” does not exist
   *[check] its last character should be { $expected }, it is { $found }
}.
MC-CASE-025-remedy = Check the document and correct it.
MC-CASE-026 = “{ $name }” is entered twice at one problem.
MC-CASE-026-remedy = Enter a person once per problem.
MC-CASE-027 = Nothing of { $number } waits to be looked at again.
MC-CASE-027-remedy = There is nothing to do; reload the page to see its present state.
MC-CASE-028 = “{ $field ->
    [why] Reason
    [title] Title
    [note] Note
   *[text] Text
}” has { $length } characters; the limit is { $max }.
MC-CASE-028-remedy = Shorten it and add the details as an evidence file.
MC-CASE-029 = { $count } at once are more than the limit of { $max }.
MC-CASE-029-remedy = Do it in parts.
MC-CASE-030 = Indicator { $item } is no ground for a new problem: it conforms, or has its problem already.
MC-CASE-030-remedy = Reload the inspection and look at that answer and its problem.
MC-CASE-031 = That is not where a page of this list begins.
MC-CASE-031-remedy = Open the list again from its first page.
MC-CASE-032 = There is no sheet of past casework named “{ $sheet }”.
MC-CASE-032-remedy = There are: { $known }.

MC-CASE-040 = “{ $value }” is not how a finding is named.
MC-CASE-040-remedy = Write model:key, such as vocational_training.certificate_subsidised_twice:NUMBER; part several by semicolons.
MC-CASE-041 = There is no finding named “{ $value }”.
MC-CASE-041-remedy = Import the ledgers and run the models first; then check the model's name and the key (several values are joined by |).
MC-CASE-042 = The finding “{ $value }” has no case yet.
MC-CASE-042-remedy = Wait for the background jobs to end and send this row again.
MC-CASE-043 = “{ $key }” was imported before with other content.
MC-CASE-043-remedy = A sheet does not overwrite casework on record; act on the page and give the reason.
MC-CASE-044 = There is no problem with the number “{ $key }”.
MC-CASE-044-remedy = Import the sheet of problems first, or check the number.
MC-CASE-045 = There is no inspection with the number “{ $key }”.
MC-CASE-045-remedy = Import the sheet of inspections first, or check the number.
MC-CASE-046 = Dates out of order: “{ $earlier }” must not be after “{ $later }”.
MC-CASE-046-remedy = Correct them: found, rectified, re-checked, closed.
MC-CASE-047 = “{ $missing }” is missing while “{ $given }” is given.
MC-CASE-047-remedy = Fill in both, or neither if that step was not taken.
MC-CASE-048 = The finding “{ $value }” already belongs to problem { $number }.
MC-CASE-048-remedy = A finding belongs to one problem only; check and correct.
MC-CASE-049 = Case { $number } of the finding “{ $value }” is being worked on; a past result cannot replace that.
MC-CASE-049-remedy = Go on with that case on its page.
MC-CASE-050 = There is no checklist “{ $checklist }”.
MC-CASE-050-remedy = Give a checklist's key; there are: { $known }.
MC-CASE-051 = There is no project “{ $project }”.
MC-CASE-051-remedy = Give a project's key; there are: { $known }.
MC-CASE-052 = The result “{ $result }” does not go with the closing kind “{ $closing }”.
MC-CASE-052-remedy = For 不属实 give 不属实-数据错误 or 不属实-政策允许; for 无法核实 give 无法核实.
MC-CASE-053 = A problem that is not rectified has no “Due on”.
MC-CASE-053-remedy = Give the day by which it is due, or how it was rectified.
MC-CASE-054 = The sheet { $sheet } is defined wrongly: { $reason }.
MC-CASE-054-remedy = This is a fault of the program; tell its maintainers.

case-title = Case
problem-title = Problem
inspection-title = Inspection
case-state-waiting = Waiting
case-state-dispatched = Dispatched
case-state-verified = Verified
case-state-in_problem = In a problem
case-state-closed = Closed
problem-state-rectifying = Under rectification
problem-state-rectified = Rectified, to be re-checked
problem-state-passed = Re-check passed
problem-state-closed = Closed
case-verdict-true = True
case-verdict-partly = Partly true
case-verdict-data_error = Unfounded: data error
case-verdict-policy_allows = Unfounded: a policy allows it
case-verdict-unverifiable = Cannot be verified
case-closing-mended = True, rectified
case-closing-partly_mended = Partly true, rectified
case-closing-data_error = Unfounded: data error
case-closing-policy_allows = Unfounded: a policy allows it
case-closing-unverifiable = Cannot be verified
case-move-open = Case opened
case-move-dispatch = Dispatch
case-move-recall = Recall
case-move-verify = Answer
case-move-send_back = Send back
case-move-take_into_problem = Take into a problem
case-move-dismiss = Agree and close
case-move-close_with_problem = Closed with its problem
case-move-reopen_with_problem = Reopened with its problem
case-move-reopen = Reopen
case-move-refreshed = Finding updated
case-move-recheck_asked = Finding vanished or changed: to be looked at again
case-move-recheck_settled = Looked at again
case-move-recheck_withdrawn = Finding is back: no need to look again
case-move-reopen_offered = Finding is back: may be reopened
case-move-open_problem = Problem opened
case-move-join = Finding joined
case-move-add_persons = Persons added
case-move-record_recovery = Recovery recorded
case-move-rectify = Report rectification
case-move-pass = Pass the re-check
case-move-send_back_rectification = Send back
case-move-close = Close
case-move-reopen_problem = Reopen
case-recheck-data_corrected = the ledger was corrected
case-recheck-batch_withdrawn = the source batch was withdrawn
case-recheck-model_changed = the model was changed
case-recheck-parameter_changed = a parameter was changed
case-recheck-day_turned = the business day turned
case-recheck-exempted = it was exempted
problem-origin-case = verified findings
problem-origin-inspection = inspection
problem-origin-sheet = earlier casework
problem-unlinked = not linked to a finding
case-late = Overdue
