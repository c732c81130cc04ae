//! The sheets of past casework and their schemas, which are written like a pack's ledgers (`docs/packs.md`).

use mingcha_pack::Ledger;

use super::PastError;

/// One kind of sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PastSheet {
    /// 问题台账.
    Problem,
    /// 问题涉及人员.
    ProblemPerson,
    /// 追回资金台账.
    Recovery,
    /// 督导检查台账.
    Inspection,
    /// 督导检查指标结果.
    InspectionAnswer,
    /// 疑点核查结果.
    Verification,
}

impl PastSheet {
    /// Every sheet, in the order in which they are sent.
    pub const ALL: [Self; 6] = [
        Self::Problem,
        Self::ProblemPerson,
        Self::Recovery,
        Self::Inspection,
        Self::InspectionAnswer,
        Self::Verification,
    ];

    /// `ops.problem` …, as the command line and demo plans name it.
    #[must_use]
    pub fn full_name(self) -> &'static str {
        match self {
            Self::Problem => "ops.problem",
            Self::ProblemPerson => "ops.problem_person",
            Self::Recovery => "ops.recovery",
            Self::Inspection => "ops.inspection",
            Self::InspectionAnswer => "ops.inspection_answer",
            Self::Verification => "ops.verification",
        }
    }

    /// The sheet of that full name.
    #[must_use]
    pub fn from_full_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sheet| sheet.full_name() == name)
    }

    /// As [`Self::from_full_name`]; when there is none, the error tells which there are.
    pub fn named(name: &str) -> Result<Self, PastError> {
        Self::from_full_name(name).ok_or_else(|| PastError::NoSuchSheet { sheet: name.to_owned() })
    }

    /// The columns of every sheet, for templates and demo plans.
    pub fn schemas() -> Result<Vec<Ledger>, PastError> {
        Self::ALL.into_iter().map(Self::schema).collect()
    }

    /// The sheet's columns.
    pub fn schema(self) -> Result<Ledger, PastError> {
        let text = match self {
            Self::Problem => include_str!("../../sheets/ops.problem.toml"),
            Self::ProblemPerson => include_str!("../../sheets/ops.problem_person.toml"),
            Self::Recovery => include_str!("../../sheets/ops.recovery.toml"),
            Self::Inspection => include_str!("../../sheets/ops.inspection.toml"),
            Self::InspectionAnswer => include_str!("../../sheets/ops.inspection_answer.toml"),
            Self::Verification => include_str!("../../sheets/ops.verification.toml"),
        };
        let name = self.full_name().trim_start_matches("ops.");
        Ledger::parse("ops", name, &format!("{}.toml", self.full_name()), text).map_err(|faults| {
            let reason = faults.first().map(|fault| format!("{:?}", fault.trouble)).unwrap_or_default();
            PastError::Schema { sheet: self.full_name(), reason }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_a_schema_without_faults() {
        for sheet in PastSheet::ALL {
            let ledger = sheet.schema().expect("no faults");
            assert_eq!(ledger.full_name(), sheet.full_name());
            assert_eq!(PastSheet::from_full_name(&ledger.full_name()), Some(sheet));
        }
    }
}
