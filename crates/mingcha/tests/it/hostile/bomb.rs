//! ZIP files written byte by byte, whose content is far larger than they are. Nothing large is held while they are made.

/// A part: its name, what its content is packed into, and the size that the file claims for it.
pub struct Part {
    pub name: &'static str,
    pub packed: Vec<u8>,
    pub claims: u32,
    /// The checksum that the file claims.
    pub checksum: u32,
}

impl Part {
    /// A part as it is.
    pub fn plain(name: &'static str, content: &[u8]) -> Self {
        let claims = u32::try_from(content.len()).expect("small");
        Self { name, packed: deflated(content, b"", 0, b""), claims, checksum: checksum(content) }
    }

    /// A part that is many times its size, without a right checksum: whoever comes so far has read too far.
    pub fn swollen(name: &'static str, packed: Vec<u8>, claims: u32) -> Self {
        Self { name, packed, claims, checksum: 0 }
    }
}

/// A ZIP file of these parts.
pub fn bomb(parts: &[Part]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = u32::try_from(file.len()).expect("small");
        entry(&mut directory, part, Some(at));
        entry(&mut file, part, None);
        file.extend(&part.packed);
    }
    end(file, &directory, parts.len())
}

/// A ZIP file whose directory names one packed content many times over, each time as another part.
pub fn overlapping(parts: &[Part], names: impl Iterator<Item = String>, packed: &Part) -> Vec<u8> {
    let whole = bomb(parts);
    let (mut file, mut directory) = (whole, Vec::new());
    // What `bomb` wrote as its end is in nobody's way; the directory is written anew.
    let mut at = 0;
    for part in parts {
        entry(&mut directory, part, Some(at));
        at += u32::try_from(30 + part.name.len() + part.packed.len()).expect("small");
    }
    let shared = u32::try_from(file.len()).expect("small");
    entry(&mut file, packed, None);
    file.extend(&packed.packed);
    let mut count = parts.len();
    for name in names {
        let name: &'static str = Box::leak(name.into_boxed_str());
        let again = Part::swollen(name, Vec::new(), packed.claims);
        sized(&mut directory, &again, packed.packed.len(), Some(shared));
        count += 1;
    }
    end(file, &directory, count)
}

/// Packs a beginning, so many times the same, and an end.
pub fn deflated(before: &[u8], unit: &[u8], times: u64, after: &[u8]) -> Vec<u8> {
    let mut bits = Bits::default();
    stored(&mut bits, before);
    if times > 0 {
        bits.put(2, 3);
        unit.iter().for_each(|byte| bits.literal(*byte));
        let left = unit.len() as u64 * (times - 1);
        for _ in 0..left / 258 {
            bits.repeat_258(unit.len());
        }
        for at in 0..left % 258 {
            bits.literal(unit[usize::try_from((left - left % 258 + at) % unit.len() as u64).expect("small")]);
        }
        bits.code(0, 7);
    }
    stored(&mut bits, after);
    // The last block holds nothing.
    bits.put(3, 3);
    bits.code(0, 7);
    bits.align();
    bits.out
}

fn stored(bits: &mut Bits, content: &[u8]) {
    for piece in content.chunks(60_000) {
        bits.put(0, 3);
        bits.align();
        let length = u16::try_from(piece.len()).expect("a piece");
        bits.out.extend(length.to_le_bytes());
        bits.out.extend((!length).to_le_bytes());
        bits.out.extend(piece);
    }
}

/// CRC-32 of ISO 3309.
fn checksum(content: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    !content.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Numbers go in with their lowest bit first.
    fn put(&mut self, value: u64, bits: u32) {
        self.held |= value << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.out.push(u8::try_from(self.held & 0xFF).expect("a byte"));
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Codes go in with their highest bit first.
    fn code(&mut self, code: u64, bits: u32) {
        (0..bits).rev().for_each(|at| self.put(code >> at & 1, 1));
    }

    /// A byte in the fixed code of RFC 1951, 3.2.6.
    fn literal(&mut self, byte: u8) {
        if byte < 144 { self.code(0x30 + u64::from(byte), 8) } else { self.code(0x190 + u64::from(byte) - 144, 9) }
    }

    /// The longest match, from so far back.
    fn repeat_258(&mut self, distance: usize) {
        const BASES: [usize; 30] = [
            1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
            4097, 6145, 8193, 12289, 16385, 24577,
        ];
        self.code(0b1100_0101, 8);
        let at = BASES.iter().rposition(|base| *base <= distance).expect("a distance");
        self.code(at as u64, 5);
        let extra = u32::try_from(at / 2).expect("small").saturating_sub(1);
        self.put((distance - BASES[at]) as u64, extra);
    }

    fn align(&mut self) {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
    }
}

fn entry(out: &mut Vec<u8>, part: &Part, at: Option<u32>) {
    sized(out, part, part.packed.len(), at);
}

/// The local header of a part, or, with its place, its line in the directory.
fn sized(out: &mut Vec<u8>, part: &Part, packed: usize, at: Option<u32>) {
    out.extend(if at.is_some() { b"PK\x01\x02\x14\0".as_slice() } else { b"PK\x03\x04" });
    for word in [20_u16, 0, 8, 0, 0x21] {
        out.extend(word.to_le_bytes());
    }
    for word in [part.checksum, u32::try_from(packed).expect("small"), part.claims] {
        out.extend(word.to_le_bytes());
    }
    out.extend(u16::try_from(part.name.len()).expect("short").to_le_bytes());
    out.extend([0, 0]);
    if let Some(at) = at {
        out.extend([0; 10]);
        out.extend(at.to_le_bytes());
    }
    out.extend(part.name.as_bytes());
}

fn end(mut file: Vec<u8>, directory: &[u8], count: usize) -> Vec<u8> {
    let at = u32::try_from(file.len()).expect("small");
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(count).expect("few").to_le_bytes();
    file.extend([count, count].concat());
    file.extend(u32::try_from(directory.len()).expect("small").to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}
