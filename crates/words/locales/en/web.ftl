# The words of the pages. Verbs first, short sentences; what nobody has verified is a doubt, never a violation.

## Frame
web-product = Mingcha
web-masthead = { $district } special governance
web-skip = Skip to content
web-places = Sections
web-more = More
web-year = { $year }
web-other-language = 中文
web-sign-in = Sign in
web-sign-out = Sign out
web-close = Close
web-cancel = Cancel
web-confirm = Confirm
web-demo-date = Demonstration data. The business date is fixed at { $day }: deadlines, delays and figures are as of that day; the audit trail uses real time.
web-demo-date-public = This is demonstration data as of { $day }. People, units and numbers are invented.
web-colophon = Every figure is computed from its records and can be opened, record by record.
web-to-office = Staff sign-in
web-request-number = Request { $id }

web-place-overview = My work
web-place-findings = Doubts
web-place-problems = Rectification
web-place-inspections = Inspections
web-place-ledgers = Ledgers
web-place-models = Models
web-place-results = Results
web-place-settings = Settings
web-place-public = Public pages

web-keys = Keyboard
web-keys-walk = next, previous
web-keys-open = open the chosen row
web-keys-close = close the open panel
web-keys-this = show this table

## Signing in
web-sign-in-heading = Sign in to Mingcha
web-sign-in-lede = For supervisors, clerks, inspectors and auditors.
web-login = Account
web-password = Password

## My work
web-overview-mine = Waiting for you
web-overview-late = Who is late
web-overview-late-none = Nothing is overdue.
web-overview-changed = Since yesterday
web-overview-changed-none = Nothing has changed since yesterday.

## Preview of an import
web-preview-look = Rows to look at
web-preview-changes = Rows that will change
web-preview-changes-what = The ledger has rows with the same key and other content. The new content will count; the old one stays in the history.
web-preview-mapping = Change the column mapping
web-preview-mapping-heading = Column mapping
web-preview-mapping-show = See and change each column
web-preview-mapping-sheet = Column of the sheet
web-preview-mapping-sample = Example
web-preview-mapping-ledger = Column of the ledger
web-preview-mapping-apply = Read again this way

## Inspections
web-inspection-new = Record an inspection
web-inspection-new-intro = Answer each indicator. Where something is wrong, say what you saw; once saved, what was found can be turned into a problem on the inspection's page.
web-inspection-save = Save inspection
web-inspection-remark = What did you see
web-inspection-remark-of = What did you see: { $title }

## Models
web-model-basis = Basis
web-model-params = Parameters
web-model-sql = Query
web-model-cases = Worked cases
web-model-cases-what = Each case is a small table that can be computed again: given these rows, this must come out.
web-model-case-holds = as expected
web-model-case-fails = not as expected

## Public pages
web-public-projects = Projects
web-public-bulletins = Bulletins
web-public-models = Open models
web-public-models-lede = What the supervision models look for, on which rules they rest, and with which query. A doubt is not a verdict: it counts as a problem only once people have verified it.
web-public-results = Results
web-public-section = From the bulletin
web-public-figures-from = Figures from
web-public-what-is-checked = How doubts are found
web-public-what-is-checked-lede = Each model below shows its condition, the rules it rests on and its query.

web-figure-how = How it is computed
web-figure-monthly = Month by month
web-figure-data = Show the data
web-figure-proof = Has it been altered
web-figure-privacy = Personal data is not published; records take part in the check as digests only.

## Pages that lead no further
MC-WEB-001 = There is no such page.
MC-WEB-001-remedy = The address may be mistyped, or you may not have permission to see it.
MC-WEB-002 = Your role does not use this page.
MC-WEB-002-remedy = Someone whose role does can sign in and do it.
MC-WEB-003 = This form was not sent by a page of this site and was not processed.
MC-WEB-003-remedy = Go back to the page, refresh it and send it again.
MC-WEB-004 = “{ $what }” in the form is incomplete; nothing was processed.
MC-WEB-004-remedy = Go back to the page, refresh it and fill it in again.
MC-WEB-005 = More than { $max } MB were sent; nothing was taken in.
MC-WEB-005-remedy = Split the sheet and upload the parts, or remove its pictures.
MC-WEB-006 = Something went wrong on our side; this step was not done.
MC-WEB-006-remedy = Try again later; if it fails again, tell the operator the request number.
MC-WEB-007 = “{ $text }” is not a date.
MC-WEB-007-remedy = Write a date like 2023-11-05.
MC-WEB-008 = “{ $text }” is not an amount.
MC-WEB-008-remedy = Write an amount like 800.00, in yuan, with at most two decimals.
MC-WEB-009 = No file was chosen.
MC-WEB-009-remedy = Choose a file and upload it.
MC-WEB-010 = The file did not arrive whole, the connection broke. Nothing was taken in.
MC-WEB-010-remedy = Upload it again.
MC-WEB-011 = The server's disk is full; the file was not taken in. What is in the ledgers is not affected.
MC-WEB-011-remedy = Ask the operator to make room, then upload it again.
web-way-office = Back to my work
web-way-home = Public pages

web-state = State
web-older = Older
web-newest = Newest
web-next-page = Next page
web-first-page = First page

## Models
web-model = Model
web-model-pack = Project
web-model-finds = What it finds
web-models-heading = { $count } supervision models
web-models-intro = One page each: why, on which rules, with which parameters and query, and whether its worked cases hold.
web-models-none = No models yet
web-models-how = Models of the packs appear here.
web-model-draft = draft
web-model-trial = on trial
web-model-live = live
web-model-retired = retired
web-model-version = version { $version }
web-effect-hint = hint
web-effect-verify = to be verified
web-effect-hold = holds payment
web-param-name = Name
web-param-value = Value
web-param-for = For
web-param-from = From
web-param-to = To
web-param-level = Level
web-param-source = Source
web-case-given = Given { $ledger }
web-case-then = Then
web-case-then-nothing = Then: no doubt

## Settings
web-accounts = Accounts
web-accounts-heading = { $count } accounts
web-accounts-how = Add accounts with mingcha user add. A closed account cannot sign in; what it did stays under its name.
web-accounts-none = No accounts yet
web-accounts-login = Account
web-accounts-name = Name
web-accounts-role = Role
web-accounts-unit = Unit
web-accounts-since = Since
web-accounts-active = active
web-accounts-closed = closed
web-accounts-built-in = built in
web-audit = Audit trail
web-audit-heading = { $count } entries in the audit trail
web-audit-how = Every change is here; a change and its entry take effect together. Keep the root below elsewhere to check later that the trail was not altered.
web-audit-none = No entries yet
web-audit-seq = No.
web-audit-at = When
web-audit-actor = Who
web-audit-verb = What
web-audit-subject = About
web-audit-why = Why
web-audit-head = { $size } entries, root { $root }
