# What access says to people. A trouble has its code as key, and code-remedy: what to do now.

# The words for $role and $action, which the messages below share.
access-role = { $role ->
    [supervisor] supervisor
    [clerk] clerk
    [inspector] inspector
    [auditor] auditor
    [operator] operator
   *[console] command line
    }
access-action = { $action ->
    [LedgerSee] look at ledgers
    [LedgerImport] import into ledgers
    [BatchWithdraw] withdraw a batch
    [ModelSee] read supervision models
    [ModelRun] run supervision models
    [FindingSee] look at findings
    [CaseSee] look at cases and problems
    [CaseDispatch] dispatch cases
    [CaseVerify] report a verification
    [CaseReturn] return a verification
    [ProblemOpen] open problems
    [ProblemRectify] report a rectification
    [ProblemRecheck] re-check a rectification
    [ProblemClose] close or reopen problems
    [RecoveryRecord] record recovered money and persons dealt with
    [InspectionRecord] record inspections
    [InspectionSee] look at inspections
    [FigureSee] look at figures
    [EditionPublish] publish an edition
    [AuditSee] read the audit trail
    [AccountManage] manage accounts
    [UnitManage] manage units
    [PastCaseworkImport] import past casework
    [PersonUnmask] see personal identifiers in full
   *[Backup] make or restore backups
    }

role-supervisor = supervisor
role-clerk = clerk
role-inspector = inspector
role-auditor = auditor
role-operator = operator
role-console = command line

MC-ACCESS-001 = Nothing was found here.
MC-ACCESS-001-remedy = Check the number or the address; it may also be something that only others can see.

MC-ACCESS-002 = The role “{ access-role }” cannot { access-action }.
MC-ACCESS-002-remedy = Someone whose role includes this has to do it; the page on permissions shows which.

MC-ACCESS-003 = The role “{ access-role }” can { access-action } only within its own unit, and this belongs to another.
MC-ACCESS-003-remedy = Someone of that unit has to do it.

MC-ACCESS-004 = Whoever did the work cannot { access-action } as well.
MC-ACCESS-004-remedy = Another person with the same permission has to do it.

MC-ACCESS-005 = The program used a permit for { $given } where { $needed } was needed; nothing was done.
MC-ACCESS-005-remedy = Tell your operator this message and when it appeared.

MC-ACCESS-011 = The account “{ $login }” does not exist or was closed.
MC-ACCESS-011-remedy = Sign in with another account, or ask your operator.

MC-ACCESS-012 = Login and password do not fit, or the account is locked for a while: after { $wrong } wrong passwords it is locked for { $minutes } minutes.
MC-ACCESS-012-remedy = Check both, also capital letters; if the password is forgotten, your operator can reset it.

MC-ACCESS-013 = You are not signed in, or the session has ended.
MC-ACCESS-013-remedy = Sign in again.

MC-ACCESS-014 = This form did not come from a page of the present session; it was not processed.
MC-ACCESS-014-remedy = Reload the page and send it again.

MC-ACCESS-015 = A password has { $min } to { $max } characters.
MC-ACCESS-015-remedy = Choose one of that length.

MC-ACCESS-016 = This password is easy to guess: it must not contain the login, consist of a few repeated characters or be a well-known one.
MC-ACCESS-016-remedy = Choose another, for example a few unrelated words.

MC-ACCESS-017 = The login “{ $login }” does not fit: 2 to 32 characters, only small letters, digits, dot and hyphen.
MC-ACCESS-017-remedy = Choose another, such as wang.fang.

MC-ACCESS-018 = The login “{ $login }” is taken; that of a closed account is not given out again.
MC-ACCESS-018-remedy = Choose another.

MC-ACCESS-019 = The name is missing.
MC-ACCESS-019-remedy = Enter the person’s name.

MC-ACCESS-020 = The role “{ access-role }” needs a unit.
MC-ACCESS-020-remedy = Choose the unit.

MC-ACCESS-021 = There is no unit with the code “{ $unit }”.
MC-ACCESS-021-remedy = Check the code, or import the list of units first.

MC-ACCESS-022 = There is no active account with the login “{ $login }”.
MC-ACCESS-022-remedy = Check the login.

MC-ACCESS-023 = There is no role “{ $role }”.
MC-ACCESS-023-remedy = Roles are supervisor, clerk, inspector, auditor, operator, console.

MC-ACCESS-024 = No purpose was given for seeing personal identifiers in full.
MC-ACCESS-024-remedy = State the purpose; it goes into the audit trail.

MC-ACCESS-025 = The password could not be processed: { $detail }
MC-ACCESS-025-remedy = Tell your operator this message and when it appeared.

MC-ACCESS-030 = The list of units has { $faults } faults; nothing was imported.
MC-ACCESS-030-remedy = Correct what is listed below and import it again.

MC-ACCESS-031 = Line { $line } cannot be read: { $detail }
MC-ACCESS-031-remedy = Check its quotes and separators; the file has to be CSV in UTF-8.

MC-ACCESS-032 = The column “{ $column }” is missing; the columns are: { $found }.
MC-ACCESS-032-remedy = Add it; needed are code, name, kind, parent.

MC-ACCESS-033 = Line { $line }, column “{ $column }” is empty.
MC-ACCESS-033-remedy = Fill it in.

MC-ACCESS-034 = Line { $line } has the code “{ $code }” of line { $first } again.
MC-ACCESS-034-remedy = Use each code for one unit.

MC-ACCESS-035 = Line { $line } names “{ $parent }” as the unit above, which is neither in the list nor known.
MC-ACCESS-035-remedy = Check the code, or add that unit to the list.

MC-ACCESS-036 = The unit “{ $code }” in line { $line } stands above itself.
MC-ACCESS-036-remedy = Check the units above it.

MC-ACCESS-040 = No token came with the call, or a wrong one.
MC-ACCESS-040-remedy = Send the header Authorization: Bearer with the token; the operator gives tokens out.

MC-ACCESS-041 = The token expired at { $at }.
MC-ACCESS-041-remedy = Ask the operator for a new one.

MC-ACCESS-042 = The token was revoked at { $at }.
MC-ACCESS-042-remedy = Ask the operator for a new one.

MC-ACCESS-043 = This token is not for “{ $scope }”.
MC-ACCESS-043-remedy = Ask the operator for one that is.

MC-ACCESS-044 = Too many wrong tokens came from this address; it is not heard for a while.
MC-ACCESS-044-remedy = Try again in { $seconds } seconds; check the token first.

MC-ACCESS-045 = A system’s name has 1 to { $max } characters.
MC-ACCESS-045-remedy = Say which system it is.

MC-ACCESS-046 = The system “{ $system }” belongs to another unit.
MC-ACCESS-046-remedy = Choose another name, or the unit that it belongs to.

MC-ACCESS-047 = The token was given no scope.
MC-ACCESS-047-remedy = Choose at least one: ledger:read or ledger:import.

MC-ACCESS-048 = There is no scope “{ $scope }”.
MC-ACCESS-048-remedy = Scopes are ledger:read and ledger:import.

MC-ACCESS-049 = A token is good for 1 to { $max } days.
MC-ACCESS-049-remedy = Give a number of days, for example 365.

MC-ACCESS-050 = There is no good token { $token }.
MC-ACCESS-050-remedy = Check the number with mingcha token list or on the page; what was revoked stays revoked.

MC-ACCESS-051 = No reason was given for revoking it.
MC-ACCESS-051-remedy = State the reason; it goes into the audit trail.
