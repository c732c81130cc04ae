//! Which files of a ledger are merged, and with which others. Pure.
//!
//! Every sheet that goes in leaves a file, and a reader opens every live file: ten thousand sheets of ten rows are slow
//! to read, though they are small. So small files are merged when they are many. Files are merged with files of their
//! own size class, so that a row is written again once per class and not with every merge.

/// A file below this is small.
pub const SMALL_BYTES: u64 = 8 << 20;
/// More small files of one size class than this are a crowd.
pub const CROWD: usize = 64;

/// Upper bounds of the size classes of small files.
const CLASSES: [u64; 3] = [64 << 10, 1 << 20, SMALL_BYTES];
/// Live bytes that go into one merged file; a merge reads no more than this at once.
const MERGED_BYTES: u64 = 64 << 20;

/// Which files are to be merged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// Crowds of small files, and large files of which less than half is left: what is done by itself.
    Crowds,
    /// Every small file besides: what is done when a person asks for it.
    AllSmall,
}

/// A live file, as the catalog tells of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FileFacts {
    pub id: i64,
    pub bytes: u64,
    pub rows: u64,
    /// Rows that are gone from it.
    pub gone: u64,
}

impl FileFacts {
    fn is_hollow(&self) -> bool {
        self.gone * 2 > self.rows
    }

    fn live_bytes(&self) -> u64 {
        self.bytes - self.bytes / self.rows.max(1) * self.gone.min(self.rows)
    }

    fn class(&self) -> Option<usize> {
        CLASSES.iter().position(|bound| self.bytes < *bound)
    }
}

/// Files that become one file each group. A group of one is a large file of which little is left.
pub(super) fn plan(files: &[FileFacts], which: Which) -> Vec<Vec<i64>> {
    let mut chosen: Vec<Vec<&FileFacts>> = vec![Vec::new(); CLASSES.len()];
    let mut groups: Vec<Vec<i64>> = Vec::new();
    for file in files {
        match file.class() {
            Some(class) => chosen[class].push(file),
            None if file.is_hollow() => groups.push(vec![file.id]),
            None => {}
        }
    }
    match which {
        Which::Crowds => chosen.retain(|class| class.len() > CROWD),
        Which::AllSmall => chosen = vec![chosen.concat()],
    }
    for mut class in chosen {
        // In the order in which they came: rows of one time stay together.
        class.sort_by_key(|file| file.id);
        let mut group = Vec::new();
        let mut bytes = 0;
        for file in class {
            if bytes + file.live_bytes() > MERGED_BYTES && group.len() > 1 {
                groups.push(std::mem::take(&mut group));
                bytes = 0;
            }
            group.push(file.id);
            bytes += file.live_bytes();
        }
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(id: i64, bytes: u64) -> FileFacts {
        FileFacts { id, bytes, rows: 100, gone: 0 }
    }

    fn files(bytes: u64, count: usize) -> Vec<FileFacts> {
        (1..).take(count).map(|id| file(id, bytes)).collect()
    }

    #[test]
    fn so_many_small_files_are_no_crowd_and_one_more_is() {
        assert_eq!(plan(&files(4_000, CROWD), Which::Crowds), Vec::<Vec<i64>>::new());
        assert_eq!(plan(&files(4_000, CROWD + 1), Which::Crowds).concat().len(), CROWD + 1);
        assert_eq!(plan(&files(4_000, 2), Which::AllSmall), [[1, 2]]);
        assert_eq!(plan(&files(4_000, 1), Which::AllSmall), Vec::<Vec<i64>>::new());
    }

    #[test]
    fn a_crowd_takes_no_file_of_another_size_along_and_no_large_one() {
        let mut mixed = files(4_000, CROWD + 1);
        mixed.extend([file(1_000, 500 << 10), file(1_001, SMALL_BYTES), file(1_002, 900 << 20)]);
        assert!(plan(&mixed, Which::Crowds).concat().iter().all(|id| *id < 1_000));
        let all = plan(&mixed, Which::AllSmall).concat();
        assert!(all.contains(&1_000) && !all.contains(&1_001) && !all.contains(&1_002));
    }

    #[test]
    fn a_large_file_of_which_less_than_half_is_left_is_written_again() {
        let large = |gone| FileFacts { id: 7, bytes: 900 << 20, rows: 100, gone };
        assert_eq!(plan(&[large(50)], Which::Crowds), Vec::<Vec<i64>>::new());
        assert_eq!(plan(&[large(51)], Which::Crowds), [[7]]);
    }

    proptest! {
        #[test]
        fn every_file_is_in_one_group_at_most_and_no_group_is_larger_than_it_may_be(
            sizes in proptest::collection::vec((1..40_u64 << 20, 0..100_u64), 0..300)
        ) {
            let files: Vec<_> = (1..).zip(&sizes).map(|(id, (bytes, gone))| FileFacts { id, bytes: *bytes, rows: 100, gone: *gone }).collect();
            for which in [Which::Crowds, Which::AllSmall] {
                let groups = plan(&files, which);
                let mut all = groups.concat();
                let count = all.len();
                all.sort_unstable();
                all.dedup();
                prop_assert_eq!(all.len(), count);
                for group in groups.iter().filter(|group| group.len() > 1) {
                    let bytes: u64 = group.iter().map(|id| files[usize::try_from(*id).expect("small") - 1].live_bytes()).sum();
                    prop_assert!(bytes <= MERGED_BYTES + SMALL_BYTES);
                }
            }
        }

        #[test]
        fn after_merges_until_there_is_no_crowd_few_files_are_live(sizes in proptest::collection::vec(1_000..50_000_u64, 0..900)) {
            let mut live: Vec<FileFacts> = Vec::new();
            for (id, bytes) in (1..).zip(sizes) {
                live.push(file(id, bytes));
                for group in plan(&live, Which::Crowds) {
                    let bytes = live.iter().filter(|file| group.contains(&file.id)).map(|file| file.bytes).sum();
                    live.retain(|file| !group.contains(&file.id));
                    live.push(file(-id, bytes));
                }
                prop_assert!(live.iter().filter(|file| file.bytes < SMALL_BYTES).count() <= CROWD * CLASSES.len());
            }
        }
    }
}
