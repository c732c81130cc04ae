//! Between the values of the field and Arrow: which type a column has, rows to batches and back.
//!
//! Text is Utf8View, since that is what the lake's reader gives; a table in memory is made of the same types, so that
//! worked cases and live runs are planned alike.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanBuilder, Date32Builder, Decimal128Builder, Int64Array, Int64Builder, RecordBatch,
    StringViewBuilder,
};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Field, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Schema,
    SchemaRef, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use mingcha_domain::{BatchNo, Day, RowRef, Value};
use mingcha_pack::{ColumnKind, Ledger};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::{LakeError, LakeRow};

/// The column that names a row's batch.
pub const BATCH: &str = "_batch";
/// The column that names a row's line in its source sheet.
pub const ROW: &str = "_row";
/// Digits of every decimal.
pub const PRECISION: u8 = 18;

/// The Arrow type of a column's kind.
#[must_use]
pub fn data_type(kind: ColumnKind) -> DataType {
    match kind {
        ColumnKind::Text | ColumnKind::ResidentId | ColumnKind::Uscc | ColumnKind::Code => DataType::Utf8View,
        ColumnKind::Integer => DataType::Int64,
        // A pack's scale is at most 9.
        ColumnKind::Decimal { scale } => DataType::Decimal128(PRECISION, i8::try_from(scale).unwrap_or(9)),
        ColumnKind::Money => DataType::Decimal128(PRECISION, 2),
        ColumnKind::Date => DataType::Date32,
        ColumnKind::Boolean => DataType::Boolean,
    }
}

/// A ledger's columns in their order, then `_batch` and `_row`.
///
/// Every column may be null: what is required is checked where rows come in, and a column that a pack adds later is
/// null in the rows before.
#[must_use]
pub fn schema_of(ledger: &Ledger) -> SchemaRef {
    let columns = ledger.columns.iter().map(|column| Field::new(&column.name, data_type(column.kind), true));
    let place = [BATCH, ROW].map(|name| Field::new(name, DataType::Int64, true));
    Arc::new(Schema::new(columns.chain(place).collect::<Vec<_>>()))
}

/// Rows as one batch of [`schema_of`].
pub fn batch_of(ledger: &Ledger, rows: &[LakeRow]) -> Result<RecordBatch, LakeError> {
    batch_in(&schema_of(ledger), ledger, rows)
}

/// Rows as one batch of a schema that may have its columns in another order, or more of them (null).
pub(super) fn batch_in(schema: &SchemaRef, ledger: &Ledger, rows: &[LakeRow]) -> Result<RecordBatch, LakeError> {
    let arrays = schema.fields().iter().map(|field| match field.name().as_str() {
        BATCH => Ok(Arc::new(rows.iter().map(|row| row.at.batch.0).collect::<Int64Array>()) as ArrayRef),
        ROW => Ok(Arc::new(rows.iter().map(|row| row.at.row).collect::<Int64Array>()) as ArrayRef),
        name => {
            let place = ledger.position(name);
            let cells = rows.iter().map(|row| place.and_then(|place| row.values.get(place)).unwrap_or(&Value::Null));
            array_of(field, cells)
        }
    });
    Ok(RecordBatch::try_new(schema.clone(), arrays.collect::<Result<_, _>>()?)?)
}

/// One column of values.
pub fn array_of<'a>(field: &Field, cells: impl Iterator<Item = &'a Value>) -> Result<ArrayRef, LakeError> {
    let unfit = |value: &Value| LakeError::ValueUnfit { column: field.name().clone(), value: value.to_string() };
    macro_rules! build {
        ($builder:expr, $cell:ident => $($pattern:pat => $value:expr),+) => {{
            let mut builder = $builder;
            for $cell in cells {
                match $cell {
                    Value::Null => builder.append_null(),
                    $($pattern => builder.append_value($value),)+
                    other => return Err(unfit(other)),
                }
            }
            Arc::new(builder.finish()) as ArrayRef
        }};
    }
    Ok(match field.data_type() {
        DataType::Utf8View => build!(StringViewBuilder::new(), cell => Value::Text(text) => text),
        DataType::Int64 => build!(Int64Builder::new(), cell => Value::Int(number) => *number),
        DataType::Date32 => build!(Date32Builder::new(), cell => Value::Day(day) => day.days_since_epoch()),
        DataType::Boolean => build!(BooleanBuilder::new(), cell => Value::Bool(yes) => *yes),
        DataType::Decimal128(precision, scale) => {
            let builder = Decimal128Builder::new().with_precision_and_scale(*precision, *scale)?;
            build!(builder, cell =>
                Value::Decimal(number) => mantissa(*number, *scale).ok_or_else(|| unfit(cell))?,
                Value::Int(number) => mantissa(Decimal::from(*number), *scale).ok_or_else(|| unfit(cell))?)
        }
        other => return Err(LakeError::broken(format!("column {} has the type {other}", field.name()))),
    })
}

/// The number in units of its last place; `None` when it has more places or too many digits.
fn mantissa(number: Decimal, scale: i8) -> Option<i128> {
    let places = u32::try_from(scale).ok()?;
    let mut number = number.normalize();
    if number.scale() > places {
        return None;
    }
    number.rescale(places);
    (number.scale() == places && number.mantissa().abs() < 10_i128.pow(PRECISION.into())).then(|| number.mantissa())
}

/// The value in one place of any array that a query over ledgers can give.
pub fn value_at(array: &dyn Array, index: usize) -> Result<Value, LakeError> {
    if array.is_null(index) {
        return Ok(Value::Null);
    }
    let int = |number: i64| Value::Int(number);
    Ok(match array.data_type() {
        DataType::Null => Value::Null,
        DataType::Utf8View => Value::Text(array.as_string_view().value(index).to_owned()),
        DataType::Utf8 => Value::Text(array.as_string::<i32>().value(index).to_owned()),
        DataType::LargeUtf8 => Value::Text(array.as_string::<i64>().value(index).to_owned()),
        DataType::Boolean => Value::Bool(array.as_boolean().value(index)),
        DataType::Int8 => int(array.as_primitive::<Int8Type>().value(index).into()),
        DataType::Int16 => int(array.as_primitive::<Int16Type>().value(index).into()),
        DataType::Int32 => int(array.as_primitive::<Int32Type>().value(index).into()),
        DataType::Int64 => int(array.as_primitive::<Int64Type>().value(index)),
        DataType::UInt8 => int(array.as_primitive::<UInt8Type>().value(index).into()),
        DataType::UInt16 => int(array.as_primitive::<UInt16Type>().value(index).into()),
        DataType::UInt32 => int(array.as_primitive::<UInt32Type>().value(index).into()),
        DataType::UInt64 => i64::try_from(array.as_primitive::<UInt64Type>().value(index))
            .map(Value::Int)
            .map_err(|_| LakeError::broken("a whole number beyond 63 bits"))?,
        DataType::Float64 => Decimal::from_f64(array.as_primitive::<Float64Type>().value(index))
            .map(Value::Decimal)
            .ok_or_else(|| LakeError::broken("a number that no decimal can hold"))?,
        DataType::Date32 => Day::from_days_since_epoch(array.as_primitive::<Date32Type>().value(index))
            .map(Value::Day)
            .ok_or_else(|| LakeError::broken("a day outside the calendar"))?,
        DataType::Decimal128(_, scale) => {
            let places = u32::try_from(*scale).map_err(|_| LakeError::broken("a decimal of negative scale"))?;
            Decimal::try_from_i128_with_scale(array.as_primitive::<Decimal128Type>().value(index), places)
                .map(Value::Decimal)
                .map_err(|_| LakeError::broken("a decimal of too many digits"))?
        }
        DataType::List(_) => {
            let refs = array.as_list::<i32>().value(index);
            let refs = refs.as_primitive_opt::<Int64Type>().ok_or_else(|| LakeError::broken("a list of no numbers"))?;
            Value::Refs(refs.values().to_vec())
        }
        other => return Err(LakeError::broken(format!("a value of the type {other}"))),
    })
}

/// The rows of a batch of [`schema_of`].
pub fn rows_of(ledger: &Ledger, batch: &RecordBatch) -> Result<Vec<LakeRow>, LakeError> {
    let column = |name: &str| {
        batch.column_by_name(name).ok_or_else(|| LakeError::broken(format!("no column {name} in the rows read")))
    };
    let columns = ledger.columns.iter().map(|each| column(&each.name)).collect::<Result<Vec<_>, _>>()?;
    let place = |name| {
        column(name)?.as_primitive_opt::<Int64Type>().ok_or_else(|| LakeError::broken(format!("{name} is no number")))
    };
    let (batches, lines) = (place(BATCH)?, place(ROW)?);
    (0..batch.num_rows())
        .map(|index| {
            let at = RowRef { batch: BatchNo(batches.value(index)), row: lines.value(index) };
            let values = columns.iter().map(|array| value_at(array.as_ref(), index)).collect::<Result<_, _>>()?;
            Ok(LakeRow { at, values })
        })
        .collect()
}
