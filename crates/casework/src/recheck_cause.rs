//! Why something that was settled must be looked at again: the finding it rests on vanished from the data or changed.

/// How a finding vanished or changed. It never closes a case: the cause may be a correction, or a cover-up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RecheckCause {
    /// 台账数据已更正.
    DataCorrected,
    /// 来源批次已撤回.
    BatchWithdrawn,
    /// 模型已调整.
    ModelChanged,
    /// 参数已调整.
    ParameterChanged,
    /// 业务日期变化.
    DayTurned,
    /// 已豁免.
    Exempted,
}

impl RecheckCause {
    /// Every cause.
    pub const ALL: [Self; 6] = [
        Self::DataCorrected,
        Self::BatchWithdrawn,
        Self::ModelChanged,
        Self::ParameterChanged,
        Self::DayTurned,
        Self::Exempted,
    ];

    /// The code in the store and in the message files (`case-recheck-…`).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DataCorrected => "data_corrected",
            Self::BatchWithdrawn => "batch_withdrawn",
            Self::ModelChanged => "model_changed",
            Self::ParameterChanged => "parameter_changed",
            Self::DayTurned => "day_turned",
            Self::Exempted => "exempted",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}
