//! What a batch did to its ledger, and whether a later batch stands in the way of undoing it. Keys are compared by their
//! prints, part by part, and rows are moved as they are read: a batch may have ten million.

use futures::TryStreamExt;
use mingcha_domain::{BatchNo, RowRef};
use mingcha_engine::LakeError;
use mingcha_engine::lake::{BatchStream, RowSet, Span, Staging, WrittenFile, number_column};
use mingcha_intake::{Fingers, PARTS, Print, Prints};
use mingcha_pack::Ledger;

use crate::batches::Batch;
use crate::sheet::busy;
use crate::withdraw::{WithdrawError, touched_later};
use crate::{Ground, Hindrance};

/// A batch that is to be undone.
#[derive(Clone, Copy)]
pub(crate) struct WayBack<'a> {
    pub ground: Ground<'a>,
    pub ledger: &'a Ledger,
    pub batch: &'a Batch,
    /// Later batches of the ledger that are in, with the rows they confirmed.
    pub later: &'a [(Batch, String)],
}

/// A key that is not as the batch left it, and the row that has it now.
struct Touched {
    key: u128,
    is: Option<i64>,
}

impl WayBack<'_> {
    /// What the batch did; refused when a later one touched the same keys.
    pub(crate) async fn unless_touched(&self, readable: i64) -> Result<Span, WithdrawError> {
        let lake = self.ground.lake;
        let span = lake.span(self.ledger, self.batch.lake_before, self.batch.lake_snapshot).await?;
        if self.ledger.key.is_empty() {
            return Ok(span);
        }
        let fingers = Fingers::default();
        let left = self.prints(&fingers, self.some(self.batch.lake_snapshot, &span.came).await?).await?;
        let gone = self.prints(&fingers, self.some(self.batch.lake_before, &span.gone).await?).await?;
        let now = lake.columns(self.ledger, readable, &self.key()).await?;
        let now = self.prints(&fingers, Box::pin(now.map_err(LakeError::from))).await?;
        let touched = busy(move || {
            let part = |prints: &Prints, part| prints.part(part).map_err(|error| Hindrance::source(&error));
            for at in 0..PARTS {
                let touched = first_touched(&part(&left, at)?, &part(&gone, at)?, &part(&now, at)?);
                if touched.is_some() {
                    return Ok(touched);
                }
            }
            Ok(None)
        })
        .await?;
        match touched {
            Some(touched) => Err(self.who(&fingers, &touched).await?),
            None => Ok(span),
        }
    }

    /// Writes the rows that come back, as they were.
    pub(crate) async fn bring_back(&self, staging: &Staging, gone: &RowSet) -> Result<Vec<WrittenFile>, Hindrance> {
        let mut files = Vec::new();
        if gone.is_empty() {
            return Ok(files);
        }
        let names: Vec<&str> = self.ledger.columns.iter().map(|column| column.name.as_str()).collect();
        let mut rows = self.ground.lake.some_columns(self.ledger, self.batch.lake_before, &names, gone).await?;
        let mut open = None;
        while let Some(batch) = rows.try_next().await? {
            let batch = staging.adopt(&batch)?;
            match &mut open {
                None => open = Some(staging.file(&batch)?),
                Some(file) => file.write(&batch)?,
            }
            if let Some(full) = open.take_if(|file| file.is_full()) {
                files.push(full.finish(staging)?);
            }
        }
        if let Some(last) = open {
            files.push(last.finish(staging)?);
        }
        Ok(files)
    }

    /// The later batch that changed a key: the one whose row is there now, else the first that has the key in its changes.
    async fn who(&self, fingers: &Fingers, touched: &Touched) -> Result<WithdrawError, Hindrance> {
        let is = touched.is.map(|at| RowRef::unpack(at).batch);
        if let Some((other, _)) = self.later.iter().find(|(other, _)| Some(other.id) == is) {
            return Ok(touched_later(self.batch, other));
        }
        for (other, _) in self.later {
            let span = self.ground.lake.span(self.ledger, other.lake_before, other.lake_snapshot).await?;
            for (snapshot, rows) in [(other.lake_snapshot, &span.came), (other.lake_before, &span.gone)] {
                let prints = self.prints(fingers, self.some(snapshot, rows).await?).await?;
                let same = prints.part(Prints::part_of(touched.key)).map_err(|error| Hindrance::source(&error))?;
                if same.iter().any(|print| print.key == touched.key) {
                    return Ok(touched_later(self.batch, other));
                }
            }
        }
        Err(Hindrance::broken(format!("batch:{}", self.batch.id), "its rows were changed by no batch that is known"))
    }

    fn key(&self) -> Vec<&str> {
        self.ledger.key.iter().map(String::as_str).collect()
    }

    async fn some(&self, snapshot: i64, rows: &RowSet) -> Result<BatchStream, Hindrance> {
        if rows.is_empty() {
            return Ok(Box::pin(futures::stream::empty()));
        }
        Ok(self.ground.lake.some_columns(self.ledger, snapshot, &self.key(), rows).await?)
    }

    /// Prints of rows whose columns are those of the key, then batch and line; each stands at its packed reference.
    async fn prints(&self, fingers: &Fingers, mut rows: BatchStream) -> Result<Prints, Hindrance> {
        let keys = self.ledger.key.len();
        let (mut prints, mut some) = (Prints::new(self.ground.sources), Vec::new());
        while let Some(batch) = rows.try_next().await? {
            let key = batch.columns().get(..keys).unwrap_or_default();
            let (batches, lines) = (number_column(&batch, keys)?, number_column(&batch, keys + 1)?);
            let packed = |row: usize| RowRef { batch: BatchNo(batches.value(row)), row: lines.value(row) }.packed();
            some.clear();
            fingers.of_columns(key, &[], packed, &mut some);
            prints.extend(&some).map_err(|error| Hindrance::source(&error))?;
        }
        Ok(prints)
    }
}

/// The first key that is not as it was left: its row is another one, or it has none, or it has one again.
fn first_touched(left: &[Print], gone: &[Print], now: &[Print]) -> Option<Touched> {
    let at = |prints: &[Print], key: u128| {
        let next = prints.partition_point(|print| print.key <= key);
        next.checked_sub(1).and_then(|last| prints.get(last)).filter(|print| print.key == key).map(|print| print.at)
    };
    let mut keys = left.iter().chain(gone).map(|print| print.key);
    keys.find_map(|key| {
        let is = at(now, key);
        (is != at(left, key)).then_some(Touched { key, is })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_touched_when_its_row_is_not_the_one_that_was_left() {
        let print = |key, at| Print { key, at, content: 0 };
        let touched = |left: &[Print], gone: &[Print], now: &[Print]| {
            first_touched(left, gone, now).map(|touched| (touched.key, touched.is))
        };
        let (left, gone) = ([print(1, 10), print(3, 30)], [print(3, 3), print(4, 4)]);
        assert_eq!(touched(&left, &gone, &[print(1, 10), print(2, 99), print(3, 30)]), None);
        assert_eq!(touched(&left, &gone, &[print(3, 30)]), Some((1, None)));
        assert_eq!(touched(&left, &gone, &[print(1, 10), print(3, 31)]), Some((3, Some(31))));
        assert_eq!(touched(&left, &gone, &[print(1, 10), print(3, 30), print(4, 40)]), Some((4, Some(40))));
    }
}
