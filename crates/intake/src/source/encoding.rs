//! Which encoding a text file is in: UTF-8 and UTF-16 with or without byte order mark, GB18030 (and so GBK, GB2312).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::IntakeError;

/// Decodes the file, or says why it cannot be; the name of the encoding comes with it.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), IntakeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return utf16(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(&bytes[..bytes.len().min(4096)]) {
        return utf16(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), "UTF-8"));
    }
    if is_broken_utf8(bytes) {
        return utf8(bytes);
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text, "GB18030")),
        None => Err(IntakeError::UnknownEncoding { guess: guess(bytes).name() }),
    }
}

/// Decodes a web page or an XML document, which may say its encoding itself; where it lies, the bytes are right.
pub(crate) fn decode_declared(bytes: &[u8]) -> Result<Cow<'_, str>, IntakeError> {
    let has_mark = bytes.starts_with(b"\xEF\xBB\xBF") || Encoding::for_bom(bytes).is_some();
    if has_mark || std::str::from_utf8(bytes).is_ok() {
        return decode(bytes).map(|(text, _)| text);
    }
    // GB2312 and GBK are what their users mean by the whole of GB18030.
    let encoding = declared(bytes).map(|encoding| if encoding == encoding_rs::GBK { GB18030 } else { encoding });
    let text = encoding.and_then(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    text.map_or_else(|| decode(bytes).map(|(text, _)| text), Ok)
}

/// The encoding that a page or document says it has: `charset=gb2312`, `encoding="GBK"`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    ["charset=", "encoding="].into_iter().find_map(|key| {
        let (_, after) = head.split_once(key)?;
        let label = after.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')?;
        Encoding::for_label(&label.as_bytes()[..end])
    })
}

fn utf8(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), IntakeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), "UTF-8")),
        Err(broken) => {
            let line = bytes[..broken.valid_up_to()].iter().filter(|c| **c == b'\n').count() + 1;
            Err(IntakeError::BrokenEncoding { encoding: "UTF-8", line })
        }
    }
}

fn utf16<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<(Cow<'a, str>, &'static str), IntakeError> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text, encoding.name())),
        None => Err(IntakeError::BrokenEncoding { encoding: encoding.name(), line: 0 }),
    }
}

/// Tells UTF-16 without a mark by the zero bytes of its digits and line ends, which all stand on one side. There are many
/// of them: a stray NUL in a text makes no UTF-16 of it.
pub(crate) fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|c| **c == 0).count();
    let all = zeros(0) + zeros(1);
    // Only letters of ASCII are UTF-8 in both, and then every second byte is zero.
    let is_utf8 = std::str::from_utf8(head).is_ok_and(|_| all * 4 < head.len());
    if all * 100 < head.len() || is_utf8 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, 1..) => Some(UTF_16LE),
        (1.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether it is UTF-8 with a few damaged bytes: GB18030 would read most such files without a murmur, as nonsense.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

pub(crate) fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(Some(b"cn"), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "姓名,金额\n王小明,800\n𠮷田,900\n";

    fn check(bytes: &[u8], encoding: &str) {
        let (text, found) = decode(bytes).expect(encoding);
        assert_eq!((text.as_ref(), found), (TEXT, encoding));
    }

    #[test]
    fn every_accepted_encoding_reads_the_same() {
        check(TEXT.as_bytes(), "UTF-8");
        check(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "UTF-8");
        check(&GB18030.encode(TEXT).0, "GB18030");
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&le, "UTF-16LE");
        check(&be, "UTF-16BE");
        check(&[b"\xFF\xFE", le.as_slice()].concat(), "UTF-16LE");
        check(&[b"\xFE\xFF", be.as_slice()].concat(), "UTF-16BE");
    }

    #[test]
    fn a_stray_zero_byte_makes_no_utf16_of_a_text() {
        let text = TEXT.replace("王小明", "王\0小明");
        assert_eq!(decode(text.as_bytes()).expect("UTF-8"), (text.as_str().into(), "UTF-8"));
        let ascii: Vec<u8> = "name,amount\nWang,800\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&ascii).expect("UTF-16").1, "UTF-16LE");
    }

    #[test]
    fn a_page_is_read_in_the_encoding_it_says_unless_it_lies() {
        let page = |label: &str| format!("<meta charset={label}><table><tr><td>王小明");
        for label in ["gb2312", "\"GBK\"", "utf-8", "nonsense"] {
            let page = page(label);
            assert_eq!(decode_declared(&GB18030.encode(&page).0).expect(label), page);
            assert_eq!(decode_declared(page.as_bytes()).expect(label), page);
        }
        let page = page("big5").replace('明', "國");
        assert_eq!(
            decode_declared(&encoding_rs::BIG5.encode(&page.replace('小', "")).0).expect("Big5"),
            page.replace('小', "")
        );
    }

    #[test]
    fn a_damaged_byte_in_utf8_is_told_and_not_read_as_another_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let at = TEXT.find('明').expect("there");
        bytes[at] = b'\xC3';
        match decode(&bytes) {
            Err(IntakeError::BrokenEncoding { encoding: "UTF-8", line: 2 }) => {}
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_in_no_accepted_encoding_is_refused_with_a_guess() {
        let bytes = b"Stra\xDFe,\xFFmaison\xE9\n";
        assert!(matches!(decode(bytes), Err(IntakeError::UnknownEncoding { .. })));
    }
}
