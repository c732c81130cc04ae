//! Rows that wait, as fields of a form; with what was typed when not all of it went in.

use std::collections::BTreeSet;

use mingcha_domain::Speaks;
use mingcha_intake::{CellProblem, Mapped, RejectedRow};
use mingcha_ledger::{MendError, Mended};
use mingcha_pack::{ColumnKind, Ledger};
use mingcha_pages::office::{MendCell, MendRow, Values};
use mingcha_pages::parts::Fact;

use super::preview_page::{said, shown};
use crate::shell::{Failure, Fields, Visit};

/// The error of a row whose cells need not change: another row has its key.
const KEY_TWICE: &str = "MC-INTAKE-059";

/// What was sent and did not all go in.
#[derive(Default)]
pub(super) struct Sent {
    pub fields: Fields,
    /// Rows up to this line are on an earlier page.
    pub after: u32,
    pub mended: Mended,
    pub failure: Option<Failure>,
    /// Whether a row was set aside while others were being typed into.
    pub put_aside: bool,
    /// The row whose reason is missing.
    pub why_missing: Option<u32>,
}

impl Sent {
    /// What was typed into a field, as it was typed.
    fn typed(&self, name: &str) -> Option<&str> {
        self.fields.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn is_wrong(&self) -> bool {
        self.failure.is_some() || !self.mended.still.is_empty() || !self.mended.ended.is_empty()
    }
}

/// Draws rows as fields.
pub(super) struct Reader<'a> {
    pub visit: &'a Visit,
    pub ledger: &'a Ledger,
    pub mapping: &'a [Mapped],
    pub sent: &'a Sent,
}

impl Reader<'_> {
    pub(super) fn row(&self, kept: &RejectedRow) -> MendRow {
        let still = self.sent.mended.still.iter().find(|still| still.row == kept.row);
        let now = still.unwrap_or(kept);
        let places: BTreeSet<usize> =
            kept.problems.iter().chain(&now.problems).filter_map(|problem| problem.at).collect();
        let at = |problem: &&CellProblem| problem.at.is_none();
        let whole: Vec<String> = now.problems.iter().filter(at).map(|problem| said(self.visit, problem)).collect();
        let twice = kept.problems.iter().all(|problem| problem.trouble.code == KEY_TWICE);
        let why = format!("why-{}", kept.row);
        let missing = self.sent.why_missing == Some(kept.row);
        MendRow {
            row: kept.row,
            title: self.visit.say_with("web-mend-row", &[("row", kept.row.to_string())]),
            whole: (!whole.is_empty()).then(|| whole.join(" ")),
            cells: places.iter().map(|at| self.cell(kept, now, *at)).collect(),
            rest: self.rest(kept, &places),
            as_it_is: twice.then(|| self.visit.say("web-mend-as-it-is")),
            why: self.sent.typed(&why).unwrap_or_default().to_owned(),
            why_error: missing.then(|| mingcha_words::say(self.visit.lang, &MendError::NoReason.trouble())),
        }
    }

    fn cell(&self, kept: &RejectedRow, now: &RejectedRow, at: usize) -> MendCell {
        let name = format!("cell-{}-{at}", kept.row);
        let raw = kept.raw.get(at).map_or("", String::as_str);
        let value = self.sent.typed(&name).unwrap_or(raw).to_owned();
        let wrong: Vec<String> =
            now.problems.iter().filter(|p| p.at == Some(at)).map(|problem| said(self.visit, problem)).collect();
        let mapped = self.mapping.iter().find(|mapped| mapped.at == at);
        let column = mapped.and_then(|mapped| self.ledger.column(mapped.column.as_deref()?));
        let is_number = column.is_some_and(|column| {
            matches!(column.kind, ColumnKind::Integer | ColumnKind::Money | ColumnKind::Decimal { .. })
        });
        MendCell {
            heading: mapped.map(|mapped| mapped.heading.clone()).unwrap_or_default(),
            error: wrong.join(" "),
            was: (value != raw).then(|| raw.to_owned()).filter(|raw| !raw.is_empty()),
            keyboard: if is_number { "decimal" } else { "text" },
            list: column.filter(|column| !column.values.is_empty()).map(|column| format!("values-{}", column.name)),
            name,
            value,
        }
    }

    /// What else the row says, masked where it is personal: enough to find it in a drawer.
    fn rest(&self, kept: &RejectedRow, places: &BTreeSet<usize>) -> Vec<Fact> {
        let read = self.mapping.iter().filter(|mapped| mapped.column.is_some() && !places.contains(&mapped.at));
        let filled = read.filter_map(|mapped| {
            let raw = kept.raw.get(mapped.at).filter(|raw| !raw.trim().is_empty())?;
            let column = self.ledger.column(mapped.column.as_deref()?);
            Some(Fact::new(mapped.heading.clone(), shown(column, raw)))
        });
        filled.collect()
    }

    pub(super) fn lists(&self) -> Vec<Values> {
        let columns = self.ledger.columns.iter().filter(|column| !column.values.is_empty());
        columns.map(|column| Values { id: format!("values-{}", column.name), values: column.values.clone() }).collect()
    }
}
