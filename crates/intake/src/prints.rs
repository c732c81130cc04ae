//! Prints of the rows of a sheet, however many: in memory while they are few, else in a file without a name, in parts
//! by their hash, so that those of one key always lie in one part.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::keys::{KeysTwice, Print};

/// How many parts there are; sixteen million prints make parts of some megabytes.
pub const PARTS: usize = 64;
/// Prints that are held in memory before they are put into a file.
const HELD_MAX: usize = 1 << 19;
/// A print in the file.
const BYTES: usize = 32;

/// A store of prints.
#[derive(Debug)]
pub struct Prints {
    held: Vec<Vec<Print>>,
    count: usize,
    in_memory: usize,
    held_max: usize,
    folder: PathBuf,
    /// Several threads read it, one at a time.
    file: Mutex<Option<File>>,
    /// By part: where in the file its prints are, and how many.
    segments: Vec<Vec<(u64, usize)>>,
    end: u64,
}

impl Prints {
    /// An empty store; `folder` is where its file lies if it needs one.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            held: vec![Vec::new(); PARTS],
            count: 0,
            in_memory: 0,
            held_max: HELD_MAX,
            folder: folder.to_owned(),
            file: Mutex::default(),
            segments: vec![Vec::new(); PARTS],
            end: 0,
        }
    }

    /// Where its file lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many prints.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds prints, in any order.
    pub fn extend(&mut self, prints: &[Print]) -> io::Result<()> {
        for print in prints {
            self.held[Self::part_of(print.key)].push(*print);
        }
        self.count += prints.len();
        self.in_memory += prints.len();
        if self.in_memory >= self.held_max { self.put_away() } else { Ok(()) }
    }

    /// The part in which the prints of a key lie.
    #[must_use]
    pub fn part_of(key: u128) -> usize {
        (key >> 122) as usize % PARTS
    }

    /// The prints of one part, sorted by key and place.
    pub fn part(&self, part: usize) -> io::Result<Vec<Print>> {
        let mut prints = self.held[part].clone();
        if let Some(file) = &*self.file.lock().unwrap_or_else(PoisonError::into_inner) {
            prints.reserve(self.segments[part].iter().map(|(_, count)| count).sum());
            for (start, count) in &self.segments[part] {
                let mut file = file;
                file.seek(SeekFrom::Start(*start))?;
                let mut reader = BufReader::with_capacity(1 << 18, file.take((count * BYTES) as u64));
                for _ in 0..*count {
                    let mut bytes = [0; BYTES];
                    reader.read_exact(&mut bytes)?;
                    prints.push(from_bytes(&bytes));
                }
            }
        }
        prints.sort_unstable();
        Ok(prints)
    }

    /// Rows of a sheet whose keys were met twice.
    pub fn twice(&self) -> io::Result<KeysTwice> {
        let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(8));
        let mut twice = KeysTwice::default();
        std::thread::scope(|scope| {
            let look = move |first: usize| {
                let mut twice = KeysTwice::default();
                for part in (first..PARTS).step_by(threads) {
                    twice.look(&mut self.part(part)?);
                }
                Ok::<_, io::Error>(twice)
            };
            let looks: Vec<_> = (0..threads).map(|first| scope.spawn(move || look(first))).collect();
            for look in looks {
                match look.join() {
                    Ok(found) => twice.add(found?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok::<_, io::Error>(())
        })?;
        twice.sort();
        Ok(twice)
    }

    fn put_away(&mut self) -> io::Result<()> {
        let own = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        let file = match own {
            Some(file) => file,
            None => own.insert(tempfile::tempfile_in(&self.folder)?),
        };
        file.seek(SeekFrom::Start(self.end))?;
        let mut bytes = Vec::new();
        for (held, segments) in self.held.iter_mut().zip(&mut self.segments) {
            bytes.clear();
            held.iter().for_each(|print| bytes.extend(to_bytes(print)));
            file.write_all(&bytes)?;
            segments.push((self.end, held.len()));
            self.end += bytes.len() as u64;
            held.clear();
        }
        self.in_memory = 0;
        Ok(())
    }
}

fn to_bytes(print: &Print) -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    bytes[..16].copy_from_slice(&print.key.to_le_bytes());
    bytes[16..24].copy_from_slice(&print.at.to_le_bytes());
    bytes[24..].copy_from_slice(&print.content.to_le_bytes());
    bytes
}

fn from_bytes(bytes: &[u8; BYTES]) -> Print {
    let (mut key, mut at, mut content) = ([0; 16], [0; 8], [0; 8]);
    key.copy_from_slice(&bytes[..16]);
    at.copy_from_slice(&bytes[16..24]);
    content.copy_from_slice(&bytes[24..]);
    Print { key: u128::from_le_bytes(key), at: i64::from_le_bytes(at), content: u64::from_le_bytes(content) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_put_away_comes_back_in_its_part(
            keys in proptest::collection::vec((0..20_u128, 0..3_u64), 0..60), held_max in 1..20_usize
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let mut prints = Prints { held_max, ..Prints::new(folder.path()) };
            let mut all = Vec::new();
            for (at, (key, content)) in (0..).zip(keys) {
                all.push(Print { key: key << 120, at, content });
            }
            for some in all.chunks(7) {
                prints.extend(some).expect("kept");
            }
            let mut back = Vec::new();
            for part in 0..PARTS {
                let part = prints.part(part).expect("read");
                prop_assert!(part.is_sorted());
                back.extend(part);
            }
            all.sort_unstable();
            back.sort_unstable();
            prop_assert_eq!(&back, &all);
            let mut twice = KeysTwice::default();
            twice.look(&mut all);
            twice.sort();
            prop_assert_eq!(prints.twice().expect("read"), twice);
        }
    }
}
