//! A set of row references as ranges: ten million rows of one batch are one range, not ten million references.

use mingcha_domain::{BatchNo, RowRef};

/// Row references, by batch and line, each once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowSet {
    /// First packed reference and one past the last; sorted, never touching each other.
    ranges: Vec<(i64, i64)>,
    count: usize,
}

impl RowSet {
    /// A set of packed references, in any order, repetitions allowed. Sorts them where they are.
    #[must_use]
    pub fn of_packed(mut packed: Vec<i64>) -> Self {
        packed.sort_unstable();
        let mut set = Self::default();
        packed.into_iter().for_each(|at| set.push(at, at + 1));
        set
    }

    /// Every row that a batch could have brought.
    #[must_use]
    pub fn of_batch(batch: BatchNo) -> Self {
        let first = RowRef { batch, row: 0 }.packed();
        let mut set = Self::default();
        set.push(first, first + RowRef::ROWS_MAX);
        set
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a packed reference is in it.
    #[must_use]
    pub fn contains(&self, packed: i64) -> bool {
        self.range_after(packed).is_some_and(|(start, _)| *start <= packed)
    }

    /// Whether one of the references from `first` to before `end` is in it.
    #[must_use]
    pub fn touches(&self, first: i64, end: i64) -> bool {
        self.range_after(first).is_some_and(|(start, _)| *start < end)
    }

    /// First packed reference and length of each range, in their order.
    pub fn ranges(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.ranges.iter().map(|(start, end)| (*start, end - start))
    }

    /// Every packed reference, in their order.
    pub fn packed(&self) -> impl Iterator<Item = i64> + '_ {
        self.ranges.iter().flat_map(|(start, end)| *start..*end)
    }

    /// The batches that it has rows of, in their order.
    #[must_use]
    pub fn batches(&self) -> Vec<BatchNo> {
        let mut batches = Vec::new();
        for (start, end) in &self.ranges {
            let (first, last) = (RowRef::unpack(*start).batch.0, RowRef::unpack(end - 1).batch.0);
            batches.extend((first..=last).map(BatchNo));
        }
        batches.dedup();
        batches
    }

    /// The references of this set that are not in another.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Self::default();
        for (start, end) in &self.ranges {
            let mut at = *start;
            let mut next = other.ranges.partition_point(|(_, end)| end <= start);
            while let Some((hole, behind)) = other.ranges.get(next).filter(|(hole, _)| hole < end) {
                if *hole > at {
                    left.push(at, *hole);
                }
                at = at.max(*behind);
                next += 1;
            }
            if at < *end {
                left.push(at, *end);
            }
        }
        left
    }

    /// Adds the references from `start` to before `end`, which lie behind all that are there, or repeat the last.
    fn push(&mut self, start: i64, end: i64) {
        match self.ranges.last_mut() {
            Some((_, last)) if end <= *last => return,
            Some((_, last)) if *last == start => *last = end,
            _ => self.ranges.push((start, end)),
        }
        self.count += usize::try_from(end - start).unwrap_or(0);
    }

    /// The first range that ends behind a packed reference.
    fn range_after(&self, packed: i64) -> Option<&(i64, i64)> {
        self.ranges.get(self.ranges.partition_point(|(_, end)| *end <= packed))
    }
}

impl FromIterator<RowRef> for RowSet {
    fn from_iter<T: IntoIterator<Item = RowRef>>(refs: T) -> Self {
        Self::of_packed(refs.into_iter().map(RowRef::packed).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_set_of_ranges_is_the_set_of_its_references(
            packed in proptest::collection::vec(0..60_i64, 0..40), (first, length) in (0..60_i64, 1..10_i64)
        ) {
            let set = RowSet::of_packed(packed.clone());
            let plain: BTreeSet<i64> = packed.into_iter().collect();
            prop_assert_eq!(set.len(), plain.len());
            prop_assert!((0..61).all(|at| set.contains(at) == plain.contains(&at)));
            prop_assert_eq!(set.touches(first, first + length), plain.range(first..first + length).next().is_some());
            let other = RowSet::of_packed((first..first + 3 * length).filter(|at| at % 3 != 0).collect());
            let left: Vec<i64> = set.without(&other).packed().collect();
            prop_assert_eq!(left, plain.iter().copied().filter(|at| !other.contains(*at)).collect::<Vec<_>>());
            let back: Vec<i64> = set.packed().collect();
            prop_assert_eq!(back, plain.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn neighbours_are_one_range_and_batches_are_named_once() {
        let at = |batch, row| RowRef { batch: BatchNo(batch), row };
        let set: RowSet = [at(3, 4), at(1, 2), at(1, 3), at(1, 4), at(3, 9)].into_iter().collect();
        assert_eq!((set.ranges().count(), set.len()), (3, 5));
        assert_eq!(set.batches(), [BatchNo(1), BatchNo(3)]);
        assert_eq!(RowSet::of_batch(BatchNo(3)).batches(), [BatchNo(3)]);
    }
}
