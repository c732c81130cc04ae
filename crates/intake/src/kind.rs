//! What a file is, by its first bytes and, for containers, by what they hold. Names are not asked.

use std::io::Cursor;

/// What was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// An Excel or WPS workbook (.xlsx): accepted.
    Xlsx,
    /// Text, to be read as CSV or TSV: accepted.
    Text,
    /// No byte, or nothing but space.
    Empty,
    /// A workbook that needs a password.
    EncryptedWorkbook,
    /// A workbook of Excel 97–2003 or WPS (.xls, .et).
    OldWorkbook,
    /// A binary workbook (.xlsb).
    BinaryWorkbook,
    /// An OpenDocument spreadsheet (.ods).
    OpenDocument,
    /// A text document: Word, WPS, OpenDocument.
    TextDocument,
    /// Slides.
    Slides,
    /// An OFD document.
    Ofd,
    /// A PDF document.
    Pdf,
    /// A picture.
    Picture,
    /// A packed folder: ZIP, RAR, 7z, gzip.
    Archive,
    /// A web page, also one that was named .xls by a system that exports such.
    WebPage,
    /// XML, among it the XML spreadsheets of Excel 2003.
    Xml,
    /// JSON.
    Json,
    /// A Parquet file or a database.
    Database,
    /// Anything else that is not text.
    Unknown,
}

impl FileKind {
    /// The word under which the message files say what it is.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Text => "text",
            Self::Empty => "empty",
            Self::EncryptedWorkbook => "encrypted",
            Self::OldWorkbook => "xls",
            Self::BinaryWorkbook => "xlsb",
            Self::OpenDocument => "ods",
            Self::TextDocument => "document",
            Self::Slides => "slides",
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
            Self::Picture => "picture",
            Self::Archive => "archive",
            Self::WebPage => "html",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Database => "database",
            Self::Unknown => "unknown",
        }
    }

    /// Tells what these bytes are.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        const SIGNATURES: &[(&[u8], FileKind)] = &[
            (b"%PDF", FileKind::Pdf),
            (b"\x89PNG", FileKind::Picture),
            (b"\xFF\xD8\xFF", FileKind::Picture),
            (b"GIF8", FileKind::Picture),
            (b"BM\x00", FileKind::Picture),
            (b"II*\x00", FileKind::Picture),
            (b"MM\x00*", FileKind::Picture),
            (b"RIFF", FileKind::Picture),
            (b"Rar!", FileKind::Archive),
            (b"7z\xBC\xAF", FileKind::Archive),
            (b"\x1F\x8B", FileKind::Archive),
            (b"PAR1", FileKind::Database),
            (b"SQLite format 3", FileKind::Database),
            (b"{\\rtf", FileKind::TextDocument),
        ];
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return zip_kind(bytes);
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return ole_kind(bytes);
        }
        if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
            return *kind;
        }
        text_kind(bytes)
    }
}

fn zip_kind(bytes: &[u8]) -> FileKind {
    // A directory that cannot be read is told as a damaged workbook when it begins like one.
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        let like_a_workbook = contains(&bytes[..bytes.len().min(4096)], b"[Content_Types].xml");
        return if like_a_workbook { FileKind::Xlsx } else { FileKind::Archive };
    };
    let names: Vec<String> = archive.file_names_raw().map(part_name).collect();
    let has = |part: &str| names.iter().any(|name| name.starts_with(part));
    if has("xl/workbook.bin") {
        FileKind::BinaryWorkbook
    } else if has("xl/") && has("[content_types].xml") {
        FileKind::Xlsx
    } else if has("word/") {
        FileKind::TextDocument
    } else if has("ppt/") {
        FileKind::Slides
    } else if has("ofd.xml") {
        FileKind::Ofd
    } else if has("mimetype") && contains(&bytes[..bytes.len().min(256)], b"opendocument.spreadsheet") {
        FileKind::OpenDocument
    } else if has("mimetype") && has("content.xml") {
        FileKind::TextDocument
    } else {
        FileKind::Archive
    }
}

/// The name of a part in lower case. Some writers on Windows use `\` in it.
fn part_name(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).to_lowercase().replace('\\', "/")
}

/// OLE compound files name their streams in UTF-16; the names are found without walking the directory.
fn ole_kind(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &utf16)
    };
    if has("EncryptedPackage") {
        FileKind::EncryptedWorkbook
    } else if has("Workbook") || has("Book\0") {
        FileKind::OldWorkbook
    } else if has("WordDocument") {
        FileKind::TextDocument
    } else if has("PowerPoint Document") {
        FileKind::Slides
    } else {
        FileKind::Unknown
    }
}

fn text_kind(bytes: &[u8]) -> FileKind {
    let has_utf16_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if has_utf16_mark {
        return if bytes.len() > 2 { FileKind::Text } else { FileKind::Empty };
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Some(start) = bytes.iter().position(|c| !c.is_ascii_whitespace()) else { return FileKind::Empty };
    let head = bytes[start..].iter().take(4096).map(u8::to_ascii_lowercase).collect::<Vec<_>>();
    let begins = |with: &str| head.starts_with(with.as_bytes());
    if ["<!doctype html", "<html", "<table", "<head", "<meta", "<style", "<div", "<script", "mime-version:"]
        .iter()
        .any(|with| begins(with))
        || (begins("<?xml") && contains(&head, b"<html"))
    {
        return FileKind::WebPage;
    }
    if begins("<?xml") || begins("<workbook") {
        return FileKind::Xml;
    }
    if begins("{\"") || begins("[{") || begins("{\n") || begins("{\r\n") {
        return FileKind::Json;
    }
    if head.contains(&0) && crate::source::encoding::utf16_without_mark(&bytes[..bytes.len().min(4096)]).is_none() {
        return FileKind::Unknown;
    }
    FileKind::Text
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_what_a_file_is() {
        for (bytes, kind) in [
            (&b""[..], FileKind::Empty),
            (b"\xEF\xBB\xBF \r\n", FileKind::Empty),
            (b"\xFF\xFE", FileKind::Empty),
            (b"\x89PNG\r\n\x1A\n", FileKind::Picture),
            (b"%PDF-1.7", FileKind::Pdf),
            (b"  <HTML><table>", FileKind::WebPage),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                FileKind::Xml,
            ),
            (b"{\"a\": 1}", FileKind::Json),
            (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", FileKind::Archive),
            (b"Rar!\x1A\x07", FileKind::Archive),
            (b"\x00\x01\x02\x03abc\x00\x00", FileKind::Unknown),
            ("姓名,金额\n王一,1".as_bytes(), FileKind::Text),
        ] {
            assert_eq!(FileKind::of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn an_ole_file_is_told_by_its_streams() {
        let ole = |stream: &str| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        assert_eq!(FileKind::of(&ole("EncryptedPackage")), FileKind::EncryptedWorkbook);
        assert_eq!(FileKind::of(&ole("Workbook")), FileKind::OldWorkbook);
        assert_eq!(FileKind::of(&ole("WordDocument")), FileKind::TextDocument);
        assert_eq!(FileKind::of(&ole("Other")), FileKind::Unknown);
    }
}
