//! The records of a BIFF stream (MS-XLS), and texts that run over from one into those that continue it.

use encoding_rs::Encoding;

use crate::IntakeError;
use crate::source::guard::damaged;

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;

/// One record and where the next begins.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
    /// The stream behind it, with the records that continue it.
    pub behind: &'a [u8],
}

/// Walks over a stream from record to record; records that continue another are passed over.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    /// The next record; `None` at the end, and where nothing but the filling of the last sector follows.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, IntakeError> {
        loop {
            if self.rest.iter().take(4).all(|byte| *byte == 0) {
                return Ok(None);
            }
            let record = first(self.rest)?;
            self.rest = record.behind;
            if record.kind != CONTINUE {
                return Ok(Some(record));
            }
        }
    }
}

fn first(stream: &[u8]) -> Result<Record<'_>, IntakeError> {
    let cut = || damaged(&"a record is cut off");
    let (head, rest) = stream.split_at_checked(4).ok_or_else(cut)?;
    let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
    let (data, behind) = rest.split_at_checked(length).ok_or_else(cut)?;
    Ok(Record { kind: u16::from_le_bytes([head[0], head[1]]), data, behind })
}

impl<'a> Record<'a> {
    pub(super) fn u8(&self, at: usize) -> Result<u8, IntakeError> {
        self.data.get(at).copied().ok_or_else(|| damaged(&format!("record {:04X} is too short", self.kind)))
    }

    pub(super) fn u16(&self, at: usize) -> Result<u16, IntakeError> {
        Ok(u16::from_le_bytes([self.u8(at)?, self.u8(at + 1)?]))
    }

    pub(super) fn u32(&self, at: usize) -> Result<u32, IntakeError> {
        Ok(u32::from(self.u16(at)?) | u32::from(self.u16(at + 2)?) << 16)
    }

    pub(super) fn eight(&self, at: usize) -> Result<[u8; 8], IntakeError> {
        let bytes = self.data.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| damaged(&format!("record {:04X} is too short", self.kind)))
    }

    /// What stands from a place on, running over into the records that continue it.
    pub(super) fn from(&self, at: usize) -> Run<'a> {
        Run { here: self.data.get(at..).unwrap_or_default(), behind: self.behind }
    }
}

/// Bytes that run over from record to record.
pub(super) struct Run<'a> {
    here: &'a [u8],
    behind: &'a [u8],
}

impl<'a> Run<'a> {
    /// Whether nothing is left, also not in a record that continues it.
    pub(super) fn is_empty(&mut self) -> bool {
        self.here.is_empty() && !self.go_on()
    }

    /// Goes into the next record; false when none continues this one.
    fn go_on(&mut self) -> bool {
        match first(self.behind) {
            Ok(next) if next.kind == CONTINUE => {
                (self.here, self.behind) = (next.data, next.behind);
                true
            }
            _ => false,
        }
    }

    pub(super) fn byte(&mut self) -> Result<u8, IntakeError> {
        loop {
            if let Some((byte, rest)) = self.here.split_first() {
                self.here = rest;
                return Ok(*byte);
            }
            if !self.go_on() {
                return Err(damaged(&"a text is cut off"));
            }
        }
    }

    pub(super) fn u16(&mut self) -> Result<u16, IntakeError> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Result<u32, IntakeError> {
        Ok(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Result<(), IntakeError> {
        while count > self.here.len() {
            count -= self.here.len();
            if !self.go_on() {
                return Err(damaged(&"a text is cut off"));
            }
        }
        self.here = &self.here[count..];
        Ok(())
    }

    /// A text of BIFF8: its flags, its characters, and without them what it says of fonts and of pronunciation.
    pub(super) fn unicode(&mut self, count: usize) -> Result<String, IntakeError> {
        let flags = self.byte()?;
        let fonts = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let spoken = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let (mut text, mut left, mut is_wide) = (String::new(), count, flags & 1 != 0);
        loop {
            let unit = if is_wide { 2 } else { 1 };
            let (now, rest) = self.here.split_at(self.here.len().min(left * unit) / unit * unit);
            self.here = rest;
            left -= now.len() / unit;
            if is_wide {
                let units = now.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
                text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            } else {
                text.extend(now.iter().map(|byte| char::from(*byte)));
            }
            if left == 0 {
                break;
            }
            if !self.go_on() {
                return Err(damaged(&"a text is cut off"));
            }
            // Each record tells anew how its characters are stored.
            is_wide = self.byte()? & 1 != 0;
        }
        self.skip(fonts * 4)?;
        self.skip(spoken)?;
        Ok(text)
    }

    /// A text of BIFF5 in the workbook's code page.
    pub(super) fn in_code_page(&mut self, count: usize, encoding: &'static Encoding) -> Result<String, IntakeError> {
        let mut bytes = Vec::with_capacity(count);
        for _ in 0..count {
            bytes.push(self.byte()?);
        }
        Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
    }

    #[test]
    fn a_text_runs_over_into_the_record_that_continues_it() {
        let wide: Vec<u8> = "王小".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stream =
            [record(0x00FC, &[&[1][..], &wide].concat()), record(CONTINUE, b"\0ab"), record(EOF, b"")].concat();
        let mut records = Records::new(&stream);
        let first = records.next().expect("whole").expect("a record");
        assert_eq!(first.from(0).unicode(4).expect("whole"), "王小ab");
        assert_eq!(records.next().expect("whole").map(|record| record.kind), Some(EOF));
        assert!(records.next().expect("whole").is_none());
    }

    #[test]
    fn fonts_and_pronunciation_are_passed_over() {
        let text = [&[0x0C, 1, 0, 3, 0, 0, 0][..], b"ab", b"FONT", b"xyz", b"!"].concat();
        let stream = record(0x00FC, &text);
        let mut run = first(&stream).expect("whole").from(0);
        assert_eq!(run.unicode(2).expect("whole"), "ab");
        assert_eq!(run.byte().expect("left"), b'!');
        assert!(run.is_empty());
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        for stream in [&b"\x09\x08\x10\0abc"[..], b"\x09\x08"] {
            assert!(Records::new(stream).next().is_err());
        }
        let stream = record(0x00FC, b"\0ab");
        assert!(first(&stream).expect("whole").from(0).unicode(3).is_err());
    }
}
