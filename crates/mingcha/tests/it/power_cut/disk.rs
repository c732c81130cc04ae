//! What a disk still has when the power goes.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::trace::Call;

/// What a cut takes. The name of a file is safe when its folder was synced, its content when it was.
#[derive(Clone, Copy, Debug)]
pub enum Lost {
    /// Everything that was not synced.
    NamesAndContent,
    /// Names are there as they were given, as with a journal of names alone; content is as it was synced.
    Content,
}

/// A file, whatever it is called.
#[derive(Clone, Default)]
struct Content {
    written: Vec<u8>,
    safe: Vec<u8>,
}

/// What a number of an open file stands for.
enum Open {
    File { content: usize, at: usize },
    Folder(PathBuf),
}

/// The files below a folder, as written and as safe. Folders are there when something safe is in them, as on file
/// systems with a journal.
pub struct Disk {
    root: PathBuf,
    contents: Vec<Content>,
    names: BTreeMap<PathBuf, usize>,
    safe_names: BTreeMap<PathBuf, usize>,
    open: HashMap<i64, Open>,
}

impl Disk {
    /// A disk on which everything in `kept` is safe, under the names that it has below `root`.
    pub fn of(kept: &Path, root: &Path) -> Self {
        let mut disk = Self {
            root: root.to_owned(),
            contents: Vec::new(),
            names: BTreeMap::new(),
            safe_names: BTreeMap::new(),
            open: HashMap::new(),
        };
        for path in files(kept) {
            let name = root.join(path.strip_prefix(kept).expect("below"));
            let safe = std::fs::read(&path).expect("a file");
            disk.names.insert(name, disk.contents.len());
            disk.contents.push(Content { written: safe.clone(), safe });
        }
        disk.safe_names = disk.names.clone();
        disk
    }

    /// Does what a command asked for; says whether that was a sync of something here.
    pub fn does(&mut self, call: Call) -> bool {
        match call {
            Call::Open { path, number, creates, truncates } => self.opens(path, number, creates, truncates),
            Call::Write { number, at, bytes } => self.writes(number, at, &bytes),
            Call::Seek { number, to } => {
                if let Some(Open::File { at, .. }) = self.open.get_mut(&number) {
                    *at = to;
                }
            }
            Call::Cut { number, length } => {
                if let Some(Open::File { content, .. }) = self.open.get(&number) {
                    self.contents[*content].written.resize(length, 0);
                }
            }
            Call::Rename { from, to } => {
                if let Some(content) = self.names.remove(&from) {
                    self.names.insert(to, content);
                }
            }
            Call::Remove { path } => {
                self.names.remove(&path);
            }
            Call::Close { number } => {
                self.open.remove(&number);
            }
            Call::Strange { number, name } => {
                assert!(!self.open.contains_key(&number), "the disk does not know {name} of a file yet");
            }
            Call::Sync { number } => return self.syncs(number),
        }
        false
    }

    fn opens(&mut self, path: PathBuf, number: i64, creates: bool, truncates: bool) {
        if !path.starts_with(&self.root) {
            self.open.remove(&number);
            return;
        }
        let content = match self.names.get(&path) {
            Some(content) => *content,
            None if creates => {
                self.contents.push(Content::default());
                self.names.insert(path, self.contents.len() - 1);
                self.contents.len() - 1
            }
            None => {
                self.open.insert(number, Open::Folder(path));
                return;
            }
        };
        if truncates {
            self.contents[content].written.clear();
        }
        self.open.insert(number, Open::File { content, at: 0 });
    }

    fn writes(&mut self, number: i64, place: Option<usize>, bytes: &[u8]) {
        let Some(Open::File { content, at }) = self.open.get_mut(&number) else { return };
        let start = place.unwrap_or(*at);
        if place.is_none() {
            *at += bytes.len();
        }
        let written = &mut self.contents[*content].written;
        written.resize(written.len().max(start + bytes.len()), 0);
        written[start..start + bytes.len()].copy_from_slice(bytes);
    }

    fn syncs(&mut self, number: i64) -> bool {
        match self.open.get(&number) {
            Some(Open::File { content, .. }) => {
                let content = &mut self.contents[*content];
                content.safe.clone_from(&content.written);
                true
            }
            Some(Open::Folder(folder)) => {
                let is_in = |name: &PathBuf| name.parent() == Some(folder.as_path());
                self.safe_names.retain(|name, _| !is_in(name));
                self.safe_names.extend(self.names.iter().filter(|(name, _)| is_in(name)).map(|(n, c)| (n.clone(), *c)));
                true
            }
            None => false,
        }
    }

    fn files(&self, lost: Lost) -> impl Iterator<Item = (&PathBuf, &Vec<u8>)> {
        let names = match lost {
            Lost::NamesAndContent => &self.safe_names,
            Lost::Content => &self.names,
        };
        // The index of a write-ahead log is memory that is shared, and made anew.
        let lasting = names.iter().filter(|(name, _)| !name.to_string_lossy().ends_with("-shm"));
        lasting.map(|(name, content)| (name, &self.contents[*content].safe))
    }

    /// Tells two states apart.
    pub fn fingerprint(&self, lost: Lost) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.files(lost).for_each(|file| file.hash(&mut hasher));
        hasher.finish()
    }

    /// Writes what is left into a folder, with all the folders that `like` has.
    pub fn write_to(&self, target: &Path, lost: Lost, like: &Path) {
        let place = |path: &Path, root: &Path| target.join(path.strip_prefix(root).expect("below"));
        for folder in folders(like) {
            std::fs::create_dir_all(place(&folder, like)).expect("a folder");
        }
        for (name, content) in self.files(lost) {
            let path = place(name, &self.root);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, content).expect("written");
        }
    }
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).expect("a folder").map(|entry| entry.expect("an entry").path());
    let below = entries.filter(|path| path.is_dir()).flat_map(|path| folders(&path));
    std::iter::once(root.to_owned()).chain(below).collect()
}

fn files(root: &Path) -> Vec<PathBuf> {
    let entries =
        |folder: PathBuf| std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    folders(root).into_iter().flat_map(entries).filter(|path| path.is_file()).collect()
}
