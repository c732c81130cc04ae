//! Why models run, and why a finding is no longer there.

use mingcha_domain::BatchNo;

/// Why models run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunCause {
    /// A batch came in.
    BatchCommitted(BatchNo),
    /// A batch was withdrawn.
    BatchWithdrawn(BatchNo),
    /// Somebody asked.
    Asked,
    /// The business day turned.
    DayTurned,
    /// Packs were installed or changed.
    PacksChanged,
}

impl RunCause {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::BatchCommitted(_) => "batch_committed",
            Self::BatchWithdrawn(_) => "batch_withdrawn",
            Self::Asked => "asked",
            Self::DayTurned => "day_turned",
            Self::PacksChanged => "packs_changed",
        }
    }

    pub(crate) fn batch(self) -> Option<BatchNo> {
        match self {
            Self::BatchCommitted(batch) | Self::BatchWithdrawn(batch) => Some(batch),
            _ => None,
        }
    }
}

/// Why a finding is no longer there, or says something else. It never closes a case: a correction and a cover-up look alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VanishedCause {
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

impl VanishedCause {
    /// Every cause.
    pub const ALL: [Self; 6] = [
        Self::DataCorrected,
        Self::BatchWithdrawn,
        Self::ModelChanged,
        Self::ParameterChanged,
        Self::DayTurned,
        Self::Exempted,
    ];

    /// The code in the store and in the message files (`detect-vanished-…`).
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
