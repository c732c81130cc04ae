//! What a file is, by its first bytes and, for containers, by what they hold. Names are not asked.

use std::io::Cursor;

/// What was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// An Excel or WPS workbook (.xlsx): accepted.
    Xlsx,
    /// Text, to be read as CSV or TSV: accepted.
    Text,
    /// A workbook of Excel 97–2003 or WPS (.xls, .et): accepted.
    OldWorkbook,
    /// A binary workbook (.xlsb): accepted.
    BinaryWorkbook,
    /// An OpenDocument spreadsheet (.ods): accepted.
    OpenDocument,
    /// A web page, also one that was named .xls by a system that exports such: accepted when it has a table.
    WebPage,
    /// An XML spreadsheet of Excel 2003: accepted.
    XmlSpreadsheet,
    /// A Parquet file: accepted.
    Parquet,
    /// No byte, or nothing but space.
    Empty,
    /// A workbook that needs a password.
    EncryptedWorkbook,
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
    /// A web page with its pictures in one file (.mht).
    WebArchive,
    /// XML of another kind.
    Xml,
    /// JSON.
    Json,
    /// A database.
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
            Self::OldWorkbook => "xls",
            Self::BinaryWorkbook => "xlsb",
            Self::OpenDocument => "ods",
            Self::WebPage => "html",
            Self::XmlSpreadsheet => "xml-spreadsheet",
            Self::Parquet => "parquet",
            Self::Empty => "empty",
            Self::EncryptedWorkbook => "encrypted",
            Self::TextDocument => "document",
            Self::Slides => "slides",
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
            Self::Picture => "picture",
            Self::Archive => "archive",
            Self::WebArchive => "mht",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Database => "database",
            Self::Unknown => "unknown",
        }
    }

    /// Tells what these bytes are: a whole file, or its beginning as far as its kind shows in that.
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
            (b"PAR1", FileKind::Parquet),
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
        let head = &bytes[..bytes.len().min(4096)];
        return if contains(head, b"[Content_Types].xml") {
            FileKind::Xlsx
        } else if contains(head, b"opendocument.spreadsheet") {
            FileKind::OpenDocument
        } else {
            FileKind::Archive
        };
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

/// OLE compound files are told by the names of their streams. Of one that is damaged, or of which only the beginning is
/// there, these are looked for as they are written, in UTF-16.
fn ole_kind(bytes: &[u8]) -> FileKind {
    let streams: Option<Vec<String>> = cfb::CompoundFile::open(Cursor::new(bytes))
        .ok()
        .map(|file| file.read_root_storage().map(|entry| entry.name().to_lowercase()).collect());
    let has = |name: &str| match &streams {
        Some(streams) => streams.iter().any(|stream| *stream == name.to_lowercase()),
        None => {
            let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            contains(bytes, &utf16)
        }
    };
    if has("EncryptedPackage") {
        FileKind::EncryptedWorkbook
    } else if has("Workbook") || has("Book") {
        FileKind::OldWorkbook
    } else if has("WordDocument") {
        FileKind::TextDocument
    } else if has("PowerPoint Document") {
        FileKind::Slides
    } else {
        FileKind::Unknown
    }
}

/// Bytes in which it shows whether a text is a page, XML or JSON.
const TEXT_HEAD_BYTES: usize = 16 << 10;
/// What a page, or the table a system writes without a page around it, begins with.
const PAGE_BEGINS: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<meta",
    "<title",
    "<style",
    "<link",
    "<script",
    "<body",
    "<table",
    "<div",
    "<center",
    "<p>",
    "<span",
    "<form",
    "<tr",
    "<font",
];

fn text_kind(bytes: &[u8]) -> FileKind {
    let head = &bytes[..bytes.len().min(TEXT_HEAD_BYTES)];
    let by_mark = encoding_rs::Encoding::for_bom(head);
    let utf16 = by_mark.map(|(encoding, _)| encoding).filter(|it| *it != encoding_rs::UTF_8);
    let utf16 = utf16.or_else(|| crate::source::encoding::utf16_without_mark(&head[..head.len().min(4096)]));
    let text = match utf16 {
        Some(encoding) => encoding.decode_with_bom_removal(head).0,
        // Whatever the encoding: what tells a kind is written in ASCII.
        None => String::from_utf8_lossy(head),
    };
    let text = text.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    if text.is_empty() {
        return if head.len() < bytes.len() { FileKind::Text } else { FileKind::Empty };
    }
    let begins = |with: &[&str]| with.iter().any(|with| text.starts_with(with));
    let is_markup = begins(&["<?xml", "<!--"]);
    if begins(&["mime-version:"]) {
        return FileKind::WebArchive;
    }
    if begins(&["<workbook", "<ss:workbook"])
        || is_markup && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
    {
        return FileKind::XmlSpreadsheet;
    }
    if begins(&PAGE_BEGINS) || is_markup && (text.contains("<html") || text.contains("<table")) {
        return FileKind::WebPage;
    }
    if begins(&["<?xml"]) {
        return FileKind::Xml;
    }
    if begins(&["{\"", "[{", "{\n", "{\r\n"]) {
        return FileKind::Json;
    }
    // A stray zero byte spoils one cell, whose row is given back; a file full of them is no text.
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    if utf16.is_none() && zeros * 100 > head.len() {
        return FileKind::Unknown;
    }
    FileKind::Text
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(haystack, needle).is_some()
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
                FileKind::XmlSpreadsheet,
            ),
            (b"<?xml version=\"1.0\"?><feed/>", FileKind::Xml),
            (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", FileKind::WebArchive),
            (b"\xFF\xFE<\0t\0a\0b\0l\0e\0>\0", FileKind::WebPage),
            (b"PAR1\x15\x04", FileKind::Parquet),
            ("\u{FEFF}\r\n<!-- 导出 --><table>".as_bytes(), FileKind::WebPage),
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
