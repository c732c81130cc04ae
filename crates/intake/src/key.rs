//! The key of a row that did not go in, as far as its own cells were understood.

use mingcha_domain::Value;
use mingcha_pack::Ledger;

use crate::cell::{Cell, Epoch};
use crate::read::read;
use crate::{Mapped, RejectedRow};

/// The values of the ledger's key in a row that must be mended; `None` when the ledger has no key, or a cell of it is
/// what must be mended.
#[must_use]
pub fn key_of(ledger: &Ledger, mapping: &[Mapped], reject: &RejectedRow) -> Option<Vec<Value>> {
    let values = ledger.key.iter().map(|name| {
        let column = ledger.column(name)?;
        let mut filled = mapping
            .iter()
            .filter(|mapped| mapped.column.as_deref() == Some(name))
            .filter_map(|mapped| reject.raw.get(mapped.at).filter(|raw| !raw.trim().is_empty()));
        let value = read(&Cell::Text(filled.next()?.clone()), column, Epoch::default()).ok()?.value;
        (!value.is_null()).then_some(value)
    });
    let values: Option<Vec<Value>> = values.collect();
    values.filter(|values| !values.is_empty())
}
