//! Columns of typed cells as they are filled row by row, as the lake keeps them.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringViewBuilder};
use arrow_array::types::{Decimal128Type, DecimalType};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, StringViewArray};
use mingcha_domain::Value;
use mingcha_pack::{Column, ColumnKind};
use rust_decimal::Decimal;

use super::plain::Plain;

/// Digits of every decimal, as the lake keeps them.
const PRECISION: u8 = 18;
/// Bytes of long texts that are taken from the system at once.
const TEXT_BLOCK: u32 = 1 << 18;

/// One column in the making.
pub(super) enum Builder {
    Text(StringViewBuilder),
    Int(Int64Builder),
    Decimal(Decimal128Builder, u32),
    Day(Date32Builder),
    Bool(BooleanBuilder),
    /// A column that the sheet does not have.
    Absent(ColumnKind, usize),
}

impl Builder {
    pub(super) fn of(column: &Column, is_there: bool) -> Self {
        if !is_there {
            return Self::Absent(column.kind, 0);
        }
        match column.kind {
            ColumnKind::Text | ColumnKind::ResidentId | ColumnKind::Uscc | ColumnKind::Code => {
                Self::Text(StringViewBuilder::new().with_fixed_block_size(TEXT_BLOCK))
            }
            ColumnKind::Integer => Self::Int(Int64Builder::new()),
            ColumnKind::Decimal { scale } => Self::Decimal(Decimal128Builder::new(), scale),
            ColumnKind::Money => Self::Decimal(Decimal128Builder::new(), 2),
            ColumnKind::Date => Self::Day(Date32Builder::new()),
            ColumnKind::Boolean => Self::Bool(BooleanBuilder::new()),
        }
    }

    /// Adds a plain cell, which its own column's check has read.
    pub(super) fn push(&mut self, cell: Plain<'_>) {
        match (self, cell) {
            (Self::Text(builder), Plain::Text(text)) => builder.append_value(text),
            (Self::Text(builder), _) => builder.append_null(),
            (Self::Int(builder), Plain::Int(number)) => builder.append_value(number),
            (Self::Int(builder), _) => builder.append_null(),
            (Self::Decimal(builder, _), Plain::Decimal(number)) => builder.append_value(number),
            (Self::Decimal(builder, _), _) => builder.append_null(),
            (Self::Day(builder), Plain::Day(day)) => builder.append_value(day),
            (Self::Day(builder), _) => builder.append_null(),
            (Self::Bool(builder), Plain::Bool(yes)) => builder.append_value(yes),
            (Self::Bool(builder), _) => builder.append_null(),
            (Self::Absent(_, rows), _) => *rows += 1,
        }
    }

    /// Adds a value that the ordinary reader has read; false when it is none of this column's kind.
    pub(super) fn push_value(&mut self, value: &Value) -> bool {
        let cell = match (&*self, value) {
            (_, Value::Null) => Plain::Null,
            (Self::Text(_), Value::Text(text)) => Plain::Text(text),
            (Self::Int(_), Value::Int(number)) => Plain::Int(*number),
            (Self::Decimal(_, scale), Value::Decimal(number)) => match mantissa(*number, *scale) {
                Some(number) => Plain::Decimal(number),
                None => return false,
            },
            (Self::Day(_), Value::Day(day)) => Plain::Day(day.days_since_epoch()),
            (Self::Bool(_), Value::Bool(yes)) => Plain::Bool(*yes),
            _ => return false,
        };
        self.push(cell);
        true
    }

    /// The column so far; the builder begins again.
    pub(super) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Int(builder) => Arc::new(builder.finish()),
            Self::Decimal(builder, scale) => Arc::new(decimals(builder.finish(), *scale)),
            Self::Day(builder) => Arc::new(builder.finish()),
            Self::Bool(builder) => Arc::new(builder.finish()),
            Self::Absent(kind, rows) => nothing(*kind, std::mem::take(rows)),
        }
    }
}

fn decimals(array: Decimal128Array, scale: u32) -> Decimal128Array {
    let scale = i8::try_from(scale).unwrap_or(9);
    let (_, values, nulls) = array.into_parts();
    Decimal128Array::new(values, nulls).with_data_type(Decimal128Type::TYPE_CONSTRUCTOR(PRECISION, scale))
}

fn nothing(kind: ColumnKind, rows: usize) -> ArrayRef {
    match kind {
        ColumnKind::Text | ColumnKind::ResidentId | ColumnKind::Uscc | ColumnKind::Code => {
            Arc::new(StringViewArray::new_null(rows))
        }
        ColumnKind::Integer => Arc::new(Int64Array::new_null(rows)),
        ColumnKind::Decimal { scale } => Arc::new(decimals(Decimal128Array::new_null(rows), scale)),
        ColumnKind::Money => Arc::new(decimals(Decimal128Array::new_null(rows), 2)),
        ColumnKind::Date => Arc::new(Date32Array::new_null(rows)),
        ColumnKind::Boolean => Arc::new(BooleanArray::new_null(rows)),
    }
}

/// The number in units of its last place; `None` when it has more places.
pub(super) fn mantissa(number: Decimal, scale: u32) -> Option<i128> {
    let mut number = number.normalize();
    if number.scale() > scale {
        return None;
    }
    number.rescale(scale);
    (number.scale() == scale).then(|| number.mantissa())
}
