//! What an evidence file is, by its first bytes.

/// The kinds of file that are taken as evidence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MediaType {
    /// A PDF document.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A Word document.
    Docx,
    /// An Excel workbook.
    Xlsx,
    /// An OFD document, GB/T 33190-2016.
    Ofd,
}

impl MediaType {
    /// Every kind, in the order in which they are told to people.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Webp, Self::Docx, Self::Xlsx, Self::Ofd];

    /// Recognises a file by its bytes. `None` for anything that is not taken.
    ///
    /// Word, Excel and OFD files are all ZIP archives: they are told apart by the names of their parts, which a ZIP
    /// holds uncompressed.
    #[must_use]
    pub fn recognise(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'P', b'K', 3, 4, ..] => {
                let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
                if holds(b"word/document.xml") {
                    Some(Self::Docx)
                } else if holds(b"xl/workbook.xml") {
                    Some(Self::Xlsx)
                } else if holds(b"OFD.xml") {
                    Some(Self::Ofd)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// The media type, RFC 6838.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ofd => "application/ofd",
        }
    }

    /// The endings under which such files go, lower case.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Ofd => &["ofd"],
        }
    }

    /// Whether a file name has an ending of this kind.
    #[must_use]
    pub fn fits(self, name: &str) -> bool {
        name.rsplit_once('.').is_some_and(|(_, ending)| self.endings().contains(&ending.to_lowercase().as_str()))
    }

    /// All endings that are taken, for messages: `pdf jpg …`.
    #[must_use]
    pub fn endings_taken() -> String {
        Self::ALL.into_iter().filter_map(|kind| kind.endings().first().copied()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(MediaType::recognise(b"%PDF-1.7 ..."), Some(MediaType::Pdf));
        assert_eq!(MediaType::recognise(&[0xFF, 0xD8, 0xFF, 0xE0, 0]), Some(MediaType::Jpeg));
        assert_eq!(MediaType::recognise(b"\x89PNG\r\n\x1a\n...."), Some(MediaType::Png));
        assert_eq!(MediaType::recognise(b"PK\x03\x04....xl/workbook.xml..."), Some(MediaType::Xlsx));
        assert_eq!(MediaType::recognise(b"PK\x03\x04....META-INF/x.class"), None);
        assert_eq!(MediaType::recognise(b"MZ\x90\x00"), None);
        assert_eq!(MediaType::recognise(b"<html><script>"), None);
        assert_eq!(MediaType::recognise(b""), None);
    }

    #[test]
    fn a_name_must_agree_with_the_bytes() {
        assert!(MediaType::Jpeg.fits("现场 照片.JPG"));
        assert!(!MediaType::Png.fits("收据.pdf"));
        assert!(!MediaType::Pdf.fits("收据"));
    }
}
