//! What is bound to `$1 $2 …`: text or whole numbers, nothing else.

use mingcha_domain::{
    AccountId, BatchNo, CaseId, Day, EditionId, FindingId, ImportId, InspectionId, Instant, ProblemId, RecoveryId,
    RowRef, RunId, TokenId, UploadId, Yuan,
};

use crate::StoreError;

/// One bound value. Which of the two kinds of null it is matters to PostgreSQL, which knows parameters by type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Param {
    /// For a TEXT column.
    Text(Option<String>),
    /// For a BIGINT column.
    Int(Option<i64>),
}

impl Param {
    pub(crate) fn bound(self) -> Result<sea_orm::Value, StoreError> {
        match self {
            Self::Text(Some(text)) if text.contains('\0') => Err(StoreError::Nul),
            Self::Text(text) => Ok(sea_orm::Value::String(text)),
            Self::Int(number) => Ok(sea_orm::Value::BigInt(number)),
        }
    }
}

/// A type that is kept as TEXT or as BIGINT, also when there is none of it.
pub trait Kept {
    /// How it is bound.
    fn kept(self) -> Param;
    /// The null of its column.
    fn none() -> Param;
}

macro_rules! kept_as_text {
    ($($name:ty),+ $(,)?) => {$(
        impl Kept for $name {
            fn kept(self) -> Param { Param::Text(Some(self.to_string())) }
            fn none() -> Param { Param::Text(None) }
        }
    )+};
}

macro_rules! kept_as_number {
    ($($name:ty => $number:expr),+ $(,)?) => {$(
        impl Kept for $name {
            fn kept(self) -> Param {
                let number: fn($name) -> i64 = $number;
                Param::Int(Some(number(self)))
            }
            fn none() -> Param { Param::Int(None) }
        }
    )+};
}

kept_as_text!(
    &str,
    &String,
    String,
    Instant,
    Day,
    AccountId,
    CaseId,
    EditionId,
    FindingId,
    ImportId,
    InspectionId,
    ProblemId,
    RecoveryId,
    RunId,
    TokenId,
    UploadId,
    &Instant,
    &Day,
    &AccountId,
    &CaseId,
    &EditionId,
    &FindingId,
    &InspectionId,
    &ProblemId,
    &RecoveryId,
    &RunId,
    &UploadId,
);
kept_as_number!(
    i64 => |n| n,
    i32 => i64::from,
    u32 => i64::from,
    u16 => i64::from,
    u8 => i64::from,
    bool => i64::from,
    BatchNo => |n| n.0,
    RowRef => RowRef::packed,
    Yuan => Yuan::fen,
);

impl<T: Kept> From<T> for Param {
    fn from(value: T) -> Self {
        value.kept()
    }
}

impl<T: Kept> From<Option<T>> for Param {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(T::none, Kept::kept)
    }
}

/// Binds values in order: `params![id, name, Some(3_i64)]` makes a `Vec<Param>`.
#[macro_export]
macro_rules! params {
    () => { ::std::vec::Vec::<$crate::Param>::new() };
    ($($value:expr),+ $(,)?) => { ::std::vec![$($crate::Param::from($value)),+] };
}
