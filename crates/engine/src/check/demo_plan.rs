//! The SQL of a demo plan: sheets whose columns are the ledger's, and the lists of what was planted.

use mingcha_domain::{Trouble, Value};
use mingcha_pack::{Fault, Pack, PackSet};

use super::{list, result_columns};
use crate::error::with_near;
use crate::guard::nearest;
use crate::{Ask, Session};

/// What is wrong with a pack's demo plan.
pub(super) async fn faults(packs: &PackSet, pack: &Pack, session: &Session) -> Vec<Fault> {
    let Some(demo) = &pack.demo else { return Vec::new() };
    let mut faults = Vec::new();
    let scalars = || vec![("rows", Value::Int(1)), ("seed", Value::Int(1))];
    for sheet in &demo.sheets {
        let ask = Ask { sql: &sheet.sql.value, scalars: scalars(), series: true, ..Ask::default() };
        let columns = match result_columns(session, &ask, &sheet.sql).await {
            Ok(columns) => columns,
            Err(wrong) => {
                faults.extend(wrong);
                continue;
            }
        };
        // Sheets of casework are no ledgers of a pack: intake checks their columns when they come in.
        let Some(ledger) = packs.ledger(&sheet.ledger) else { continue };
        for (name, _) in columns.iter().filter(|(name, _)| ledger.column(name).is_none()) {
            let near = nearest(name, ledger.columns.iter().map(|column| column.name.as_str()));
            let trouble = Trouble::new("MC-ENGINE-048").with("name", name).with("ledger", &sheet.ledger);
            let trouble = with_near(trouble, &near);
            faults.push(Fault::new(sheet.sql.at.clone(), trouble));
        }
    }
    for planted in &demo.expected {
        let ask = Ask { sql: &planted.sql.value, scalars: scalars(), series: true, ..Ask::default() };
        match (result_columns(session, &ask, &planted.sql).await, packs.model(&planted.model)) {
            (Err(wrong), _) => faults.extend(wrong),
            (Ok(columns), Some(model)) => {
                for key in model.key.iter().filter(|key| !columns.iter().any(|(name, _)| *name == key.value)) {
                    let near = nearest(&key.value, columns.iter().map(|(name, _)| name.as_str()));
                    let trouble = Trouble::new("MC-ENGINE-025").with("name", &key.value).with("have", list(&columns));
                    let trouble = with_near(trouble, &near);
                    faults.push(Fault::new(planted.sql.at.clone(), trouble));
                }
            }
            (Ok(_), None) => {}
        }
    }
    faults
}
