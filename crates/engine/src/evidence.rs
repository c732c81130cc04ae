//! `evidence(a._ref, b._ref, …)`: the ledger rows that a finding rests on, as one distinct sorted list of references.
//!
//! A groups accumulator over two flat vectors. The same as a plain `Accumulator` took 9.4 s over 10 M rows and 1.7 M
//! groups, where the query without evidence took 0.7 s: millions of small vectors are what costs.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Int64Array, ListArray};
use datafusion::arrow::buffer::{OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::cast::{as_int64_array, as_list_array};
use datafusion::common::{Result, ScalarValue, exec_err, not_impl_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, TypeSignature, Volatility,
};

/// Most references that one call may collect from each row.
const ARGUMENTS_MAX: usize = 4;

/// The aggregate function `evidence`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Evidence {
    signature: Signature,
}

impl Evidence {
    pub(crate) fn new() -> Self {
        let forms = (1..=ARGUMENTS_MAX).map(|n| TypeSignature::Exact(vec![DataType::Int64; n])).collect();
        Self { signature: Signature::one_of(forms, Volatility::Immutable) }
    }
}

fn item() -> FieldRef {
    Arc::new(Field::new_list_field(DataType::Int64, true))
}

impl AggregateUDFImpl for Evidence {
    fn name(&self) -> &str {
        "evidence"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(item()))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new(format!("{}[refs]", args.name), DataType::List(item()), true))])
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        if args.is_distinct {
            return not_impl_err!("evidence() is distinct already: leave DISTINCT out");
        }
        Ok(Box::new(OneGroup::default()))
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs) -> bool {
        !args.is_distinct
    }

    fn create_groups_accumulator(&self, _args: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(ManyGroups::default()))
    }
}

/// Without GROUP BY there is one group.
#[derive(Debug, Default)]
struct OneGroup {
    refs: Vec<i64>,
}

impl Accumulator for OneGroup {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        for column in values {
            self.refs.extend(as_int64_array(column)?.iter().flatten());
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let [lists] = states else { return exec_err!("evidence() has one state column") };
        for list in as_list_array(lists)?.iter().flatten() {
            self.refs.extend(as_int64_array(&list)?.iter().flatten());
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.refs.sort_unstable();
        self.refs.dedup();
        let list = ListArray::try_new(
            item(),
            OffsetBuffer::from_lengths([self.refs.len()]),
            Arc::new(Int64Array::from(self.refs.clone())),
            None,
        )?;
        Ok(ScalarValue::List(Arc::new(list)))
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.refs.capacity() * size_of::<i64>()
    }
}

/// All groups in two parallel vectors; sorted by group only when they are read.
#[derive(Debug, Default)]
struct ManyGroups {
    groups: Vec<usize>,
    refs: Vec<i64>,
    /// One more than the largest group seen, so that a group without references still gets its (empty) list.
    group_count: usize,
}

impl ManyGroups {
    fn push(&mut self, group: usize, reference: i64) {
        self.groups.push(group);
        self.refs.push(reference);
    }

    /// Takes the first `n` groups out as lists, in group order; the others move down by `n`.
    fn take(&mut self, emit: EmitTo) -> Result<ListArray> {
        let n = match emit {
            EmitTo::All => self.group_count,
            EmitTo::First(n) => n.min(self.group_count),
        };
        // A counting sort by group: where each group's references start.
        let mut starts = vec![0_usize; n + 1];
        for group in &self.groups {
            if *group < n {
                starts[group + 1] += 1;
            }
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut gathered = vec![0_i64; starts[n]];
        let mut kept_groups = Vec::new();
        let mut kept_refs = Vec::new();
        for (group, reference) in self.groups.iter().zip(&self.refs) {
            if *group < n {
                gathered[next[*group]] = *reference;
                next[*group] += 1;
            } else {
                kept_groups.push(group - n);
                kept_refs.push(*reference);
            }
        }
        self.groups = kept_groups;
        self.refs = kept_refs;
        self.group_count -= n;
        lists(starts, gathered)
    }
}

/// Makes one list a group: sorts each slice and drops what repeats, in place.
fn lists(starts: Vec<usize>, mut gathered: Vec<i64>) -> Result<ListArray> {
    let mut offsets = Vec::with_capacity(starts.len());
    let mut written = 0_usize;
    let offset =
        |at: usize| i32::try_from(at).map_err(|_| datafusion::common::exec_datafusion_err!("too much evidence"));
    offsets.push(0_i32);
    for bounds in starts.windows(2) {
        let (from, to) = (bounds[0], bounds[1]);
        gathered[from..to].sort_unstable();
        let first = written;
        for i in from..to {
            let reference = gathered[i];
            if written == first || gathered[written - 1] != reference {
                gathered[written] = reference;
                written += 1;
            }
        }
        offsets.push(offset(written)?);
    }
    gathered.truncate(written);
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    Ok(ListArray::try_new(item(), offsets, Arc::new(Int64Array::from(gathered)), None)?)
}

impl GroupsAccumulator for ManyGroups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.group_count = self.group_count.max(total_num_groups);
        for column in values {
            let column = as_int64_array(column)?;
            for (row, group) in group_indices.iter().enumerate() {
                if column.is_valid(row) && passes(filter, row) {
                    self.push(*group, column.value(row));
                }
            }
        }
        Ok(())
    }

    fn merge_batch(&mut self, values: &[ArrayRef], group_indices: &[usize], total_num_groups: usize) -> Result<()> {
        let [state] = values else { return exec_err!("evidence() has one state column") };
        self.group_count = self.group_count.max(total_num_groups);
        let state = as_list_array(state)?;
        let items = as_int64_array(state.values())?;
        let offsets = state.value_offsets();
        for (row, group) in group_indices.iter().enumerate() {
            if state.is_null(row) {
                continue;
            }
            for i in offsets[row]..offsets[row + 1] {
                let i = usize::try_from(i).map_err(|_| datafusion::common::exec_datafusion_err!("negative offset"))?;
                if items.is_valid(i) {
                    self.push(*group, items.value(i));
                }
            }
        }
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        Ok(Arc::new(self.take(emit_to)?))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![Arc::new(self.take(emit_to)?)])
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let columns = values.iter().map(|column| as_int64_array(column)).collect::<Result<Vec<_>>>()?;
        let rows = columns.first().map_or(0, |column| column.len());
        let mut each = Self { group_count: rows, ..Self::default() };
        for row in 0..rows {
            for column in &columns {
                if column.is_valid(row) && passes(filter, row) {
                    each.push(row, column.value(row));
                }
            }
        }
        Ok(vec![Arc::new(each.take(EmitTo::All)?)])
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.groups.capacity() * size_of::<usize>() + self.refs.capacity() * size_of::<i64>()
    }
}

fn passes(filter: Option<&BooleanArray>, row: usize) -> bool {
    filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: Vec<Option<i64>>) -> ArrayRef {
        Arc::new(Int64Array::from(cells))
    }

    fn read(array: &ArrayRef) -> Vec<Vec<i64>> {
        let lists = as_list_array(array).expect("lists");
        lists
            .iter()
            .map(|list| as_int64_array(&list.expect("not null")).expect("numbers").iter().flatten().collect())
            .collect()
    }

    #[test]
    fn evidence_is_distinct_sorted_and_leaves_nulls_out() {
        let mut groups = ManyGroups::default();
        let a = column(vec![Some(9), Some(3), None, Some(9)]);
        let b = column(vec![Some(1), None, None, Some(1)]);
        groups.update_batch(&[a, b], &[0, 1, 2, 0], None, 3).expect("fits");
        assert_eq!(read(&groups.evaluate(EmitTo::All).expect("lists")), vec![vec![1, 9], vec![3], vec![]]);
    }

    #[test]
    fn groups_that_were_emitted_are_gone_and_the_others_move_down() {
        let mut groups = ManyGroups::default();
        groups.update_batch(&[column(vec![Some(1), Some(2), Some(3)])], &[0, 1, 2], None, 3).expect("fits");
        assert_eq!(read(&groups.evaluate(EmitTo::First(2)).expect("lists")), vec![vec![1], vec![2]]);
        groups.update_batch(&[column(vec![Some(4)])], &[0], None, 1).expect("fits");
        assert_eq!(read(&groups.evaluate(EmitTo::All).expect("lists")), vec![vec![3, 4]]);
    }

    #[test]
    fn two_halves_merged_equal_the_whole() {
        let mut whole = ManyGroups::default();
        let (left, right) = (column(vec![Some(5), Some(6)]), column(vec![Some(6), Some(2)]));
        whole.update_batch(std::slice::from_ref(&left), &[0, 1], None, 2).expect("fits");
        whole.update_batch(std::slice::from_ref(&right), &[1, 0], None, 2).expect("fits");
        let mut merged = ManyGroups::default();
        let half = merged.convert_to_state(&[left], None).expect("state");
        merged.merge_batch(&half, &[0, 1], 2).expect("fits");
        let half = merged.convert_to_state(&[right], None).expect("state");
        merged.merge_batch(&half, &[1, 0], 2).expect("fits");
        let all = read(&merged.evaluate(EmitTo::All).expect("lists"));
        assert_eq!(all, read(&whole.evaluate(EmitTo::All).expect("lists")));
        assert_eq!(all, vec![vec![2, 5], vec![6]]);
    }
}
