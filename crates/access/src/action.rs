//! Everything that can be asked for, in one list.

use std::fmt;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Something that a person may or may not do. Each use case asks for exactly one.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Action {
            $($(#[$doc])* $name),+
        }

        impl Action {
            /// All actions, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name, as in the policy table.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name)),+
                }
            }
        }
    };
}

actions!(
    /// Look at ledgers: batches, rows, source lines, quarantine.
    LedgerSee,
    /// Bring a sheet into a ledger, from preview to commit; mark and recover its lines.
    LedgerImport,
    /// Take a batch out again.
    BatchWithdraw,
    /// Read the pages of models.
    ModelSee,
    /// Run models.
    ModelRun,
    /// Look at findings (疑点) and their evidence.
    FindingSee,
    /// Look at cases and problems.
    CaseSee,
    /// Send a case to the unit that has to verify it.
    CaseDispatch,
    /// Say what verification of a case found.
    CaseVerify,
    /// Send a verification back to the unit for another look.
    CaseReturn,
    /// Open a problem (问题) from a verified case.
    ProblemOpen,
    /// Report how a problem was rectified (整改), with evidence.
    ProblemRectify,
    /// Re-check a rectification; never by who reported it.
    ProblemRecheck,
    /// Close a problem (销号), or reopen one.
    ProblemClose,
    /// Record money that came back (追回) and persons dealt with.
    RecoveryRecord,
    /// Record an inspection (督导检查) and its answers.
    InspectionRecord,
    /// Look at inspections.
    InspectionSee,
    /// Look at working figures and what they rest on.
    FigureSee,
    /// Publish an edition of figures and bulletin.
    EditionPublish,
    /// Read the audit trail and verify it.
    AuditSee,
    /// Add, change and close accounts; revoke sessions.
    AccountManage,
    /// Add and change units.
    UnitManage,
    /// Bring in casework of the time before this program.
    PastCaseworkImport,
    /// See personal identifiers unmasked, for a stated purpose.
    PersonUnmask,
    /// Make and restore backups.
    Backup,
);

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
