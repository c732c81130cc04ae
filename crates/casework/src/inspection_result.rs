//! The three answers to an indicator of a checklist.

/// The answer to one indicator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InspectionResult {
    /// 符合.
    Conforms,
    /// 不符合.
    Fails,
    /// 不适用.
    NotApplicable,
}

impl InspectionResult {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Conforms, Self::Fails, Self::NotApplicable];

    /// The word in sheets, in the store, and in pack SQL (`ops.inspection_answer.result`).
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Conforms => "符合",
            Self::Fails => "不符合",
            Self::NotApplicable => "不适用",
        }
    }

    /// Reads a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.word() == word)
    }
}
