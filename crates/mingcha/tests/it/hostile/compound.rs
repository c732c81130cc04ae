//! Compound files (MS-CFB): what Excel 97 wrote, and what Excel wraps a workbook in that has a password.

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;

/// A compound file of these streams.
pub fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let lengths: Vec<usize> = streams.iter().map(|(_, content)| content.len().max(4096).div_ceil(SECTOR)).collect();
    let directory = (streams.len() + 1).div_ceil(4);
    let content: usize = lengths.iter().sum();
    // The table has an entry for each sector, itself among them.
    let table = (1..).find(|table| table * 128 >= table + directory + content).expect("a size");
    let mut entries = vec![TABLE; table];
    chain(&mut entries, directory);
    let starts: Vec<usize> = lengths
        .iter()
        .map(|length| {
            let start = entries.len();
            chain(&mut entries, *length);
            start
        })
        .collect();
    entries.resize(table * 128, FREE);

    let mut file = header(table);
    file.extend(entries.iter().flat_map(|entry| entry.to_le_bytes()));
    let mut listing = entry("Root Entry", 5, FREE, 1, END, 0);
    for (at, ((name, content), start)) in streams.iter().zip(&starts).enumerate() {
        let next = if at + 1 < streams.len() { small(at + 2) } else { FREE };
        listing.extend(entry(name, 2, next, FREE, small(*start), content.len().max(4096)));
    }
    listing.resize(directory * SECTOR, 0);
    file.extend(listing);
    for ((_, content), length) in streams.iter().zip(&lengths) {
        let end = file.len() + length * SECTOR;
        file.extend(content);
        file.resize(end, 0);
    }
    file
}

/// An encrypted workbook: the package is noise without its password.
pub fn encrypted() -> Vec<u8> {
    let noise: Vec<u8> = (0..6000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    let mut info = vec![4, 0, 4, 0, 0x40, 0, 0, 0];
    info.extend(br#"<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"/></encryption>"#);
    compound(&[("EncryptionInfo", info), ("EncryptedPackage", noise)])
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("small")
}

fn chain(entries: &mut Vec<u32>, length: usize) {
    let start = entries.len();
    entries.extend((start + 1..start + length).map(small));
    entries.push(END);
}

fn header(table: usize) -> Vec<u8> {
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(24, 0);
    for word in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        header.extend(word.to_le_bytes());
    }
    header.resize(44, 0);
    for word in [small(table), small(table), 0, 4096, END, 0, END, 0] {
        header.extend(word.to_le_bytes());
    }
    for at in 0..109 {
        header.extend(if at < table { small(at) } else { FREE }.to_le_bytes());
    }
    header
}

fn entry(name: &str, kind: u8, right: u32, child: u32, start: u32, size: usize) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).expect("short");
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    for word in [FREE, right, child] {
        entry.extend(word.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend((size as u64).to_le_bytes());
    entry
}
