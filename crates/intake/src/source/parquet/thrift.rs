//! The little of Thrift's compact protocol that is needed to look over a Parquet file before a library reads it.

use crate::IntakeError;
use crate::source::guard::damaged;

const STOP: u8 = 0;
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
/// Structures within each other; those of Parquet are never deeper.
const DEPTH_MAX: u32 = 32;

/// Reads on from a place in some bytes.
#[derive(Clone, Copy)]
pub(super) struct Compact<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

/// A field of a structure.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub id: i16,
    kind: u8,
}

impl Field {
    pub(super) fn is_true(self) -> bool {
        self.kind == TRUE
    }
}

impl<'a> Compact<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn byte(&mut self) -> Result<u8, IntakeError> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| damaged(&"its directory is cut off"))?;
        self.at += 1;
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u64, IntakeError> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(damaged(&"a number in its directory has no end"))
    }

    pub(super) fn integer(&mut self) -> Result<i64, IntakeError> {
        let number = self.varint()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The next field of a structure whose last was `last`; `None` at its end.
    pub(super) fn field(&mut self, last: &mut i16) -> Result<Option<Field>, IntakeError> {
        let head = self.byte()?;
        let kind = head & 0x0F;
        if kind == STOP {
            return Ok(None);
        }
        let id = match i16::from(head >> 4) {
            0 => i16::try_from(self.integer()?).map_err(|_| damaged(&"a field has no place"))?,
            step => last.checked_add(step).ok_or_else(|| damaged(&"a field has no place"))?,
        };
        *last = id;
        Ok(Some(Field { id, kind }))
    }

    /// The length of a list, whose elements follow.
    pub(super) fn list(&mut self) -> Result<(u64, u8), IntakeError> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.varint()?,
            few => u64::from(few),
        };
        Ok((count, head & 0x0F))
    }

    pub(super) fn skip(&mut self, field: Field) -> Result<(), IntakeError> {
        // True and false stand in the head of the field itself.
        if matches!(field.kind, TRUE | FALSE) { Ok(()) } else { self.skip_kind(field.kind, 0) }
    }

    fn skip_kind(&mut self, kind: u8, depth: u32) -> Result<(), IntakeError> {
        if depth > DEPTH_MAX {
            return Err(damaged(&"its directory is nested too deeply"));
        }
        match kind {
            TRUE | FALSE | BYTE => self.forward(1),
            4..=6 => self.varint().map(|_| ()),
            DOUBLE => self.forward(8),
            BINARY => {
                let length = self.varint()?;
                self.forward(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| self.skip_kind(kind, depth + 1))
            }
            MAP => {
                let count = self.varint()?;
                if count == 0 {
                    return Ok(());
                }
                let kinds = self.byte()?;
                (0..count).try_for_each(|_| {
                    self.skip_kind(kinds >> 4, depth + 1)?;
                    self.skip_kind(kinds & 0x0F, depth + 1)
                })
            }
            STRUCT => {
                let mut last = 0;
                while let Some(field) = self.field(&mut last)? {
                    if !matches!(field.kind, TRUE | FALSE) {
                        self.skip_kind(field.kind, depth + 1)?;
                    }
                }
                Ok(())
            }
            _ => Err(damaged(&"its directory holds something unknown")),
        }
    }

    fn forward(&mut self, count: u64) -> Result<(), IntakeError> {
        let left = (self.bytes.len() - self.at) as u64;
        if count > left {
            return Err(damaged(&"its directory is cut off"));
        }
        self.at += count as usize;
        Ok(())
    }
}
