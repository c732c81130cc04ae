//! Parquet files, as other systems and data teams export them, read row by row. The names of the columns are row 1.
//!
//! Times are taken as the clock showed them; those that a file keeps as instants are shown in China's time.

mod field;
mod look;
mod thrift;

use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Repetition;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use crate::cell::{Cell, Row};
use crate::source::gather::{check_row, text_bytes};
use crate::source::guard::{damaged, guarded};
use crate::source::hidden::Hidden;
use crate::source::{OnRow, Sheets};
use crate::{IntakeError, Limits};

use field::Kept;

/// An opened file.
pub(crate) struct Columns {
    reader: SerializedFileReader<Bytes>,
    names: Vec<String>,
    /// The columns that are read, each with its place; those that hold records or lists are not.
    plain: Vec<(usize, Kept)>,
    /// What is asked for of each row.
    wanted: Type,
}

impl Columns {
    pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, IntakeError> {
        look::directory(bytes)?;
        guarded(|| Self::read(bytes, limits))
    }

    fn read(bytes: &[u8], limits: &Limits) -> Result<Self, IntakeError> {
        let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).map_err(|why| damaged(&why))?;
        let metadata = reader.metadata();
        let rows = metadata
            .row_groups()
            .iter()
            .try_fold(0u64, |rows, group| u64::try_from(group.num_rows()).ok().and_then(|more| rows.checked_add(more)));
        let rows = rows.ok_or_else(|| damaged(&"it does not say how many rows it has"))?;
        if rows > limits.rows {
            return Err(IntakeError::TooManyRows { rows_max: limits.rows });
        }
        let schema = metadata.file_metadata().schema();
        let fields = schema.get_fields();
        if fields.len() > limits.columns {
            return Err(IntakeError::TooManyColumns { row: 1, columns_max: limits.columns });
        }
        look::pages(bytes, metadata, limits)?;
        let is_plain =
            |field: &&Arc<Type>| field.is_primitive() && field.get_basic_info().repetition() != Repetition::REPEATED;
        let wanted: Vec<Arc<Type>> = fields.iter().filter(is_plain).cloned().collect();
        let places = fields.iter().enumerate().filter(|(_, field)| is_plain(field));
        let plain = places.map(|(at, field)| (at, Kept::of(field))).collect();
        let names = fields.iter().map(|field| field.name().to_owned()).collect();
        let wanted =
            Type::group_type_builder(schema.name()).with_fields(wanted).build().map_err(|why| damaged(&why))?;
        Ok(Self { reader, names, plain, wanted })
    }

    fn push_rows(&self, on: OnRow<'_>) -> Result<(), IntakeError> {
        let names = self.names.iter().map(|name| Cell::Text(name.clone())).collect();
        if on(Row { number: 1, cells: names, ..Row::default() })?.is_break() || self.plain.is_empty() {
            return Ok(());
        }
        let rows = RowIter::from_file(Some(self.wanted.clone()), &self.reader).map_err(|why| damaged(&why))?;
        for (number, row) in (2u32..).zip(rows.with_batch_size(look::ROWS_AT_ONCE)) {
            let values = row.map_err(|why| damaged(&why))?.into_columns();
            let mut row = Row { number, cells: vec![Cell::Empty; self.names.len()], ..Row::default() };
            let mut bytes = 0;
            for ((at, kept), (_, value)) in self.plain.iter().zip(values) {
                row.cells[*at] = kept.cell(value);
                bytes += text_bytes(&row.cells[*at]);
            }
            check_row(number, bytes)?;
            if on(row)? == ControlFlow::Break(()) {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Sheets for Columns {
    fn names(&self) -> Vec<String> {
        vec![String::new()]
    }

    fn header_row(&self) -> Option<u32> {
        Some(1)
    }

    fn nested(&self) -> Vec<usize> {
        (0..self.names.len()).filter(|at| !self.plain.iter().any(|(plain, _)| plain == at)).collect()
    }

    fn hidden(&mut self, _sheet: &str) -> Result<Hidden, IntakeError> {
        Ok(Hidden::default())
    }

    fn each_row(&mut self, _sheet: &str, _fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        guarded(|| self.push_rows(on))
    }
}
