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
