//! What a BIFF workbook says before its sheets: their names, the shared strings, formats, the epoch.

use std::collections::BTreeMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_8};

use super::records::{BOF, EOF, Record, Records, Run};
use crate::cell::Epoch;
use crate::source::format::Shown;
use crate::source::guard::damaged;
use crate::{FileKind, IntakeError, Limits};

const FILEPASS: u16 = 0x002F;
const CODEPAGE: u16 = 0x0042;
const DATEMODE: u16 = 0x0022;
const BOUNDSHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const SST: u16 = 0x00FC;
/// Sheets of one workbook.
const SHEETS_MAX: usize = 1_000;

/// A worksheet.
pub(super) struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// Where its stream begins.
    pub at: usize,
}

/// What holds for the whole workbook.
pub(super) struct Globals {
    pub texts: Texts,
    pub epoch: Epoch,
    pub sheets: Vec<Sheet>,
    pub strings: Strings,
    /// By the number of a cell's format.
    pub formats: Vec<Shown>,
}

/// How texts are stored.
#[derive(Clone, Copy)]
pub(super) struct Texts {
    is_biff8: bool,
    encoding: &'static Encoding,
}

impl Texts {
    pub(super) fn read(self, run: &mut Run<'_>, count: usize) -> Result<String, IntakeError> {
        if self.is_biff8 { run.unicode(count) } else { run.in_code_page(count, self.encoding) }
    }
}

/// The shared strings, one behind the other.
#[derive(Default)]
pub(super) struct Strings {
    all: String,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.all.get(start..end)
    }
}

impl Globals {
    pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Self, IntakeError> {
        let mut records = Records::new(stream);
        let begin = records.next()?.filter(|record| record.kind == BOF).ok_or_else(|| damaged(&"no workbook in it"))?;
        let texts = Texts { is_biff8: begin.u16(0)? >= 0x0600, encoding: GB18030 };
        let mut globals = Self {
            texts,
            epoch: Epoch::Year1900,
            sheets: Vec::new(),
            strings: Strings::default(),
            formats: Vec::new(),
        };
        let (mut codes, mut styles) = (BTreeMap::new(), Vec::new());
        while let Some(record) = records.next()? {
            match record.kind {
                EOF => break,
                FILEPASS => return Err(IntakeError::NotASheet { kind: FileKind::EncryptedWorkbook }),
                CODEPAGE => globals.texts.encoding = code_page(record.u16(0)?),
                DATEMODE if record.u16(0)? == 1 => globals.epoch = Epoch::Year1904,
                FORMAT => {
                    let (id, code) = globals.format(&record)?;
                    codes.insert(id, Shown::of(&code));
                }
                XF => styles.push(record.u16(2)?),
                BOUNDSHEET => globals.sheet(&record)?,
                SST => globals.strings = strings(&record, limits)?,
                _ => {}
            }
        }
        let shown = |id: u16| codes.get(&id).copied().unwrap_or_else(|| Shown::builtin(id));
        globals.formats = styles.into_iter().map(shown).collect();
        Ok(globals)
    }

    fn format(&self, record: &Record<'_>) -> Result<(u16, String), IntakeError> {
        let mut run = record.from(2);
        let count = if self.texts.is_biff8 { usize::from(run.u16()?) } else { usize::from(run.byte()?) };
        Ok((record.u16(0)?, self.texts.read(&mut run, count)?))
    }

    fn sheet(&mut self, record: &Record<'_>) -> Result<(), IntakeError> {
        // Charts, macros and programs are no tables.
        if record.u8(5)? != 0 {
            return Ok(());
        }
        if self.sheets.len() == SHEETS_MAX {
            return Err(damaged(&format!("more than {SHEETS_MAX} worksheets")));
        }
        let mut run = record.from(6);
        let count = usize::from(run.byte()?);
        let name = self.texts.read(&mut run, count)?.replace('\0', "");
        self.sheets.push(Sheet { name, is_hidden: record.u8(4)? & 0x3F != 0, at: record.u32(0)? as usize });
        Ok(())
    }
}

fn strings(record: &Record<'_>, limits: &Limits) -> Result<Strings, IntakeError> {
    let mut run = record.from(8);
    let mut strings = Strings::default();
    let bytes_max = limits.shared_strings_bytes;
    while !run.is_empty() {
        let count = usize::from(run.u16()?);
        strings.all.push_str(&run.unicode(count)?);
        strings.ends.push(strings.all.len());
        // A string costs its place in the list too.
        let bytes = (strings.all.len() + strings.ends.len() * size_of::<usize>()) as u64;
        if bytes > bytes_max {
            return Err(IntakeError::UnpacksTooLarge { part: "SST".to_owned(), bytes, bytes_max });
        }
    }
    Ok(strings)
}

/// The encoding of a Windows code page; of those that are unknown the one most likely in China.
fn code_page(number: u16) -> &'static Encoding {
    match number {
        932 => SHIFT_JIS,
        949 => EUC_KR,
        950 => BIG5,
        10_000 | 32_768 => MACINTOSH,
        65_001 => UTF_8,
        874 | 1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(GB18030),
        367 | 32_769 => encoding_rs::WINDOWS_1252,
        _ => GB18030,
    }
}
