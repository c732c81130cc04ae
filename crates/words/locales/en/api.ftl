# The interface for other systems: the page of its tokens, its messages

web-tokens = Tokens
web-tokens-heading = { $count } good tokens
web-accounts-system = another system
web-tokens-what = What they are
web-tokens-how = Another system sends and reads ledgers with a token; what it does is recorded under its name, and it may never do more than a clerk of the chosen unit. A token is shown once, when it is given out; when it is lost, revoke it and give out another.
web-tokens-interface = The interface
web-tokens-none = No tokens yet
web-tokens-none-how = Choose “Give out a token” and say which system it is for and which unit it acts for.
web-tokens-system = System
web-tokens-system-hint = The audit trail shows this name
web-tokens-unit-hint = The system may never do more than a clerk of this unit
web-tokens-scopes = For
web-tokens-scope-read = reading ledgers
web-tokens-scope-import = sending and withdrawing sheets
web-tokens-until = Good until
web-tokens-seen = Last used
web-tokens-by = Given by
web-tokens-good = good
web-tokens-revoked = revoked
web-tokens-over = over
web-tokens-once = Shown this once
web-tokens-one = Token
web-tokens-given = The token was given out; it is shown below, this once.
web-tokens-given-once = Copy it into that system's settings now; it is good until { $until }. It cannot be seen again after this page.
web-done-revoke-token = The token was revoked; it opens nothing any more.
web-move-give-token = Give out a token
web-move-revoke-token = Revoke a token
web-effect-of-give-token = The token is shown once; from then on the system can call. It goes into the audit trail.
web-effect-of-revoke-token = It takes effect at once: the system can no longer call with this token.
web-why-of-revoke-token = Why it is revoked
web-field-system = Name of the system
web-field-acts-for = Unit it acts for
web-field-scope = For
web-field-days = Good for days
web-field-token = Which token

web-interface = The interface
web-interface-lede = Other systems send and read ledgers with these calls.
web-interface-token = Each call carries the header Authorization: Bearer with a token, which the operator gives out under Settings, Tokens. Below, $TOKEN is the token and $BASE this site's address.
web-interface-errors = What did not go is answered as application/problem+json: the code, what happened, what to do, the place in the sheet; in the language of Accept-Language.
web-interface-scope = The token needs the scope { $scope }

# The watched folder

inbox-readme-title = The inbox of { $title } ({ $ledger })
inbox-readme-put = Put a sheet of this ledger (Excel, WPS or CSV) into this folder. It is taken in by itself once it lies still, and moves to “{ $work }” first.
inbox-readme-columns = Columns it must have: { $columns }. Their order does not matter.
inbox-readme-after = What was taken in moves to “{ $done }”, what has rows to be mended to “{ $mend }”; the .txt beside it says how many rows went in, which were kept back and why. The same sheet twice changes nothing.
inbox-told-title = { $file }  ledger: { $ledger }  { $at }
inbox-told-nothing = This file was not taken in; the ledger is as it was.
inbox-told-again = Mend it and put it back into the folder above; it will be taken again.
inbox-told-counts = { $accepted } rows taken in ({ $added } new, { $superseded } replaced), { $unchanged } unchanged, { $duplicated } repeated in the file, { $rejected } kept back.
inbox-told-batch = Batch { $batch }.
inbox-told-nothing-new = Nothing in it was new; the ledger is as it was.
inbox-told-mend = Rows kept back:
inbox-told-more = { $count } more are in the marked sheet.
inbox-told-how = Mend the marked cells in “{ $marked }”, save it and put it back into the folder above; rows that are in already are not doubled.

# The interface

MC-API-009 = The cursor is of version { $cursor }, but as_of asks for version { $as_of }.
MC-API-009-remedy = Leave as_of out while walking through pages, or begin at the first page again.
MC-API-010 = The idempotency key “{ $key }” was used for another file or another ledger.
MC-API-010-remedy = Repeat a request with its own key and the same file; give a new request a new key.
MC-API-011 = The request with this idempotency key is still under way ({ $import }).
MC-API-011-remedy = Ask GET /api/v1/imports/{ $import } how far it is.
MC-API-012 = The server ended while it imported “{ $file }”; nothing of the file was taken in, and the ledger is as it was.
MC-API-012-remedy = Send the same file again with the same key; nothing will be doubled.
MC-API-013 = There is no import { $import }.
MC-API-013-remedy = Check the number; imports are remembered for 30 days.
MC-API-014 = The program broke while it imported “{ $file }”; nothing of the file was taken in, and the ledger is as it was.
MC-API-014-remedy = Give the file and the time to your operator; meanwhile try it saved again as .xlsx by Excel or WPS.
MC-API-020 = The watched folder { $folder } and the data folder may not lie in each other.
MC-API-020-remedy = Choose a folder outside the data folder.
MC-API-021 = The folder “{ $folder }” has the name of no ledger; files in it are not taken.
MC-API-021-remedy = Give it the name of a ledger, for example “{ $near }”.
MC-API-022 = The file “{ $file }” cannot be read: { $detail }.
MC-API-022-remedy = Close the program that has it open, check that it may be read, and put it there again; links are not taken, put the file itself.

api-status-400 = Bad request
api-status-401 = No token
api-status-403 = Not permitted
api-status-404 = Not found
api-status-405 = Method not allowed
api-status-409 = Conflict with what is
api-status-413 = Too large
api-status-415 = Unsupported content
api-status-422 = Content does not fit
api-status-429 = Too many requests
api-status-500 = Our fault

MC-API-001 = This address does not take this method.
MC-API-001-remedy = See /api/v1 for the method (GET or POST).
MC-API-002 = There is nothing at this address, or not for this token.
MC-API-002-remedy = Check the address and numbers against /api/v1.
MC-API-003 = Content of the type “{ $given }” is not taken here.
MC-API-003-remedy = Send files as Content-Type: application/octet-stream (or multipart/form-data), other requests as application/json.
MC-API-004 = The parameter { $name } with the value “{ $value }” is not understood, or there is no such parameter.
MC-API-004-remedy = Check it against /api/v1; a cursor is only what the page before gave as next.
MC-API-005 = The body cannot be read: { $detail }
MC-API-005-remedy = Check its form against /api/v1 and send it again as a whole.
MC-API-006 = There is no file in the request, or it is empty.
MC-API-006-remedy = Send the file as the body, or as a file field of multipart/form-data.
MC-API-007 = An idempotency key has 1 to { $max } visible ASCII characters.
MC-API-007-remedy = Use a UUID, for example.
MC-API-008 = Import { $import } has no rows to be mended, so there is no marked sheet.
MC-API-008-remedy = See GET /api/v1/imports/{ $import } for its outcome.

# Progress on the page

web-progress-checking = holding it against the ledger
web-progress-checking-rows = holding it against the ledger, { $rows } rows so far
web-progress-reading = reading the sheet
web-progress-reading-rows = reading, { $rows } rows so far
web-progress-received = received
web-progress-writing = writing to the ledger
web-progress-writing-rows = writing { $rows } rows to the ledger
