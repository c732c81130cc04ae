//! In which encoding a text file is, and its text as UTF-8, block by block: decided as [`crate::source::encoding`] decides
//! it for a file in memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{CoderResult, DecoderResult, Encoding, GB18030, UTF_8};

use crate::IntakeError;
use crate::limits::ROW_BYTES_MAX;
use crate::source::encoding::{guess, utf16_without_mark};

/// Bytes that are read at once.
const BLOCK_BYTES: usize = 1 << 20;
/// Bytes at the beginning of a large file by which it is taken for UTF-8, if so many of its characters are beyond ASCII.
const SURE_BYTES: u64 = 4 << 20;
/// See [`SURE_BYTES`].
const SURE_CHARS: usize = 1_000;

/// How a file's bytes become text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coding {
    encoding: &'static Encoding,
    /// Length of the mark before the text.
    mark: u64,
}

impl Coding {
    /// Looks at the whole file, in blocks.
    pub(super) fn find(path: &Path) -> Result<Self, IntakeError> {
        let mut file = File::open(path).map_err(|why| unreadable(path, &why))?;
        let mut head = Vec::new();
        file.by_ref().take(4096).read_to_end(&mut head).map_err(|why| unreadable(path, &why))?;
        if head.starts_with(b"\xEF\xBB\xBF") {
            let coding = Self { encoding: UTF_8, mark: 3 };
            if coding.is_beyond_doubt(path)? {
                return Ok(coding);
            }
            return match coding.look(path)?.first_broken_line {
                Some(line) => Err(IntakeError::BrokenEncoding { encoding: "UTF-8", line }),
                None => Ok(coding),
            };
        }
        let marked = Encoding::for_bom(&head);
        let bare = || utf16_without_mark(&head).map(|encoding| (encoding, 0));
        if let Some((encoding, mark)) = marked.or_else(bare) {
            let coding = Self { encoding, mark: mark as u64 };
            let is_whole = coding.is_whole(path)?;
            return if is_whole {
                Ok(coding)
            } else {
                Err(IntakeError::BrokenEncoding { encoding: encoding.name(), line: 0 })
            };
        }
        let utf8 = Self { encoding: UTF_8, mark: 0 };
        if utf8.is_beyond_doubt(path)? {
            return Ok(utf8);
        }
        let look = utf8.look(path)?;
        let Some(line) = look.first_broken_line else { return Ok(utf8) };
        // GB18030 would read most files in UTF-8 with a few damaged bytes without a murmur, as nonsense.
        if look.good > 4 * look.bad {
            return Err(IntakeError::BrokenEncoding { encoding: "UTF-8", line });
        }
        let gb = Self { encoding: GB18030, mark: 0 };
        if gb.is_whole(path)? {
            return Ok(gb);
        }
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(|why| unreadable(path, &why))?;
        file.take(1 << 20).read_to_end(&mut bytes).map_err(|why| unreadable(path, &why))?;
        Err(IntakeError::UnknownEncoding { guess: guess(&bytes).name() })
    }

    /// The name of the encoding.
    pub(super) fn name(self) -> &'static str {
        self.encoding.name()
    }

    /// The file's text in UTF-8.
    pub(super) fn reader(self, path: &Path) -> Result<Box<dyn Read + Send>, IntakeError> {
        let file = self.open(path)?;
        if self.encoding == UTF_8 {
            return Ok(Box::new(file));
        }
        let decoder = self.encoding.new_decoder_without_bom_handling();
        let source = BufReader::with_capacity(BLOCK_BYTES, file);
        Ok(Box::new(Decoding { source, decoder, text: String::new(), at: 0, is_at_end: false }))
    }

    fn open(self, path: &Path) -> Result<File, IntakeError> {
        let mut file = File::open(path).map_err(|why| unreadable(path, &why))?;
        file.seek(SeekFrom::Start(self.mark)).map_err(|why| unreadable(path, &why))?;
        Ok(file)
    }

    /// Whether a file of many megabytes begins with so much UTF-8 that it can be nothing else. Whether all of it is whole
    /// shows when it is read.
    fn is_beyond_doubt(self, path: &Path) -> Result<bool, IntakeError> {
        let mut head = Vec::new();
        let read = self.open(path)?.take(SURE_BYTES).read_to_end(&mut head).map_err(|why| unreadable(path, &why))?;
        let end = memchr::memrchr(b'\n', &head).map_or(0, |end| end + 1);
        let text = std::str::from_utf8(&head[..end]);
        Ok(read as u64 == SURE_BYTES
            && text.is_ok_and(|text| text.chars().filter(|c| !c.is_ascii()).count() > SURE_CHARS))
    }

    /// The line of the first byte that is no UTF-8.
    pub(super) fn broken_line(self, path: &Path) -> Result<usize, IntakeError> {
        Ok(self.look(path)?.first_broken_line.unwrap_or(0))
    }

    /// How much of the file is UTF-8.
    fn look(self, path: &Path) -> Result<Look, IntakeError> {
        let mut look = Look::default();
        let mut lines = 0;
        each_block(self.open(path)?, path, &mut |block| {
            if look.first_broken_line.is_none() {
                match std::str::from_utf8(block) {
                    Ok(_) => lines += memchr::memchr_iter(b'\n', block).count(),
                    Err(broken) => {
                        let before = &block[..broken.valid_up_to()];
                        look.first_broken_line = Some(lines + memchr::memchr_iter(b'\n', before).count() + 1);
                    }
                }
            }
        })?;
        if look.first_broken_line.is_some() {
            // Counted only once something is broken: most files never are.
            let mut whole = Look { first_broken_line: look.first_broken_line, ..Look::default() };
            each_block(self.open(path)?, path, &mut |block| whole.count(block))?;
            return Ok(whole);
        }
        Ok(look)
    }

    /// Whether every byte belongs to the encoding.
    fn is_whole(self, path: &Path) -> Result<bool, IntakeError> {
        let mut file = self.open(path)?;
        let mut decoder = self.encoding.new_decoder_without_bom_handling();
        let (mut bytes, mut text) = (vec![0; BLOCK_BYTES], String::with_capacity(BLOCK_BYTES * 3 + 16));
        loop {
            let read = file.read(&mut bytes).map_err(|why| unreadable(path, &why))?;
            let mut from = 0;
            loop {
                text.clear();
                let (result, used) =
                    decoder.decode_to_string_without_replacement(&bytes[from..read], &mut text, read == 0);
                from += used;
                match result {
                    DecoderResult::InputEmpty => break,
                    DecoderResult::OutputFull => {}
                    DecoderResult::Malformed(..) => return Ok(false),
                }
            }
            if read == 0 {
                return Ok(true);
            }
        }
    }
}

#[derive(Default)]
struct Look {
    first_broken_line: Option<usize>,
    /// Characters beyond ASCII that are whole.
    good: usize,
    /// Places that are broken.
    bad: usize,
}

impl Look {
    fn count(&mut self, block: &[u8]) {
        for chunk in block.utf8_chunks() {
            self.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            self.bad += usize::from(!chunk.invalid().is_empty());
        }
    }
}

/// Blocks that end with a line, so that no character is cut in two.
fn each_block(file: File, path: &Path, on: &mut dyn FnMut(&[u8])) -> Result<(), IntakeError> {
    let mut reader = BufReader::with_capacity(BLOCK_BYTES, file);
    let mut held: Vec<u8> = Vec::new();
    loop {
        let block = reader.fill_buf().map_err(|why| unreadable(path, &why))?;
        let length = block.len();
        if length == 0 {
            break;
        }
        match memchr::memrchr(b'\n', block) {
            Some(last) if held.is_empty() => {
                on(&block[..=last]);
                held.extend_from_slice(&block[last + 1..]);
            }
            Some(last) => {
                held.extend_from_slice(&block[..=last]);
                on(&held);
                held.clear();
                held.extend_from_slice(&block[last + 1..]);
            }
            None => held.extend_from_slice(block),
        }
        if held.len() > ROW_BYTES_MAX {
            return Err(IntakeError::RowTooLong { row: 1, bytes_max: ROW_BYTES_MAX });
        }
        reader.consume(length);
    }
    if !held.is_empty() {
        on(&held);
    }
    Ok(())
}

/// Bytes of another encoding as UTF-8. What is malformed was found before.
struct Decoding {
    source: BufReader<File>,
    decoder: encoding_rs::Decoder,
    text: String,
    at: usize,
    is_at_end: bool,
}

impl Read for Decoding {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.text.len() && !self.is_at_end {
            self.text.clear();
            self.at = 0;
            let block = self.source.fill_buf()?;
            self.is_at_end = block.is_empty();
            self.text.reserve(self.decoder.max_utf8_buffer_length(block.len()).unwrap_or(BLOCK_BYTES * 4));
            let (result, used, _) = self.decoder.decode_to_string(block, &mut self.text, self.is_at_end);
            self.source.consume(used);
            // The room was asked for; were it too small, the rest comes with the next block.
            self.is_at_end &= result == CoderResult::InputEmpty;
        }
        let some = (self.text.len() - self.at).min(to.len());
        to[..some].copy_from_slice(&self.text.as_bytes()[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

pub(super) fn unreadable(path: &Path, why: &std::io::Error) -> IntakeError {
    IntakeError::Unreadable { path: path.display().to_string(), why: why.to_string() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::encoding::decode;

    /// The text of a file as blocks give it, or how it is refused.
    fn in_blocks(bytes: &[u8]) -> Result<String, IntakeError> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("written");
        let mut text = String::new();
        Coding::find(file.path())?.reader(file.path())?.read_to_string(&mut text).expect("UTF-8");
        Ok(text)
    }

    fn whole(bytes: &[u8]) -> Result<String, IntakeError> {
        decode(bytes).map(|(text, _)| text.into_owned())
    }

    proptest! {
        #[test]
        fn blocks_are_decoded_as_the_whole_file(text in "[a-c,\n王明𠮷]{1,30}", encoding in 0..6_usize, broken in proptest::option::of(0..40_usize)) {
            let utf16 = |little: bool| -> Vec<u8> {
                text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
            };
            let mut bytes = match encoding {
                0 => text.clone().into_bytes(),
                1 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
                2 => GB18030.encode(&text).0.into_owned(),
                3 => utf16(true),
                4 => [b"\xFF\xFE".to_vec(), utf16(true)].concat(),
                _ => [b"\xFE\xFF".to_vec(), utf16(false)].concat(),
            };
            if let Some(at) = broken && at < bytes.len() {
                bytes[at] = 0xC3;
            }
            prop_assert_eq!(in_blocks(&bytes), whole(&bytes));
        }
    }
}
