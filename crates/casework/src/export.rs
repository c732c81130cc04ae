//! People's work as tables for pack SQL: `ops.problem`, `ops.recovery` … read from one transaction.
//!
//! The tables hold every action and every unit: a figure is computed once, under the programme's scope; what an actor
//! sees of the records behind it is cut at the face. Personal identifiers are clear here, since figures count by them.
//! Columns are listed in `docs/casework.md`; only ever add to them.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{Day, Value, Yuan};
use mingcha_engine::OpsTable;
use mingcha_pack::ColumnKind::{self, Boolean, Date, Decimal, Integer, Text};
use mingcha_store::{Row, StoreError, Tx, params};

use crate::hindrance::Hindrance;

/// One exported table: its columns with their kinds, and the query whose columns have the same names. `_ref` is made of
/// the table's name and `id`, which the query must give.
struct Export {
    name: &'static str,
    columns: &'static [(&'static str, ColumnKind)],
    sql: &'static str,
}

const MONEY: ColumnKind = Decimal { scale: 2 };

const EXPORTS: [Export; 6] = [
    Export {
        name: "problem",
        columns: &[
            ("_ref", Text),
            ("id", Text),
            ("number", Text),
            ("action", Text),
            ("project", Text),
            ("kind", Text),
            ("title", Text),
            ("state", Text),
            ("unit", Text),
            ("subject", Text),
            ("found_on", Date),
            ("closed_on", Date),
            ("linked", Boolean),
            ("findings", Integer),
            ("recheck", Boolean),
        ],
        sql: "SELECT id, number, action, project, kind, title, state, unit, subject, found_on, closed_on, findings, \
              CASE WHEN findings > 0 THEN 1 ELSE 0 END AS linked, CASE WHEN recheck IS NULL THEN 0 ELSE 1 END AS recheck \
              FROM (SELECT p.*, (SELECT COUNT(*) FROM problem_finding f WHERE f.problem = p.id) AS findings \
                    FROM problem p) p ORDER BY number",
    },
    Export {
        name: "problem_person",
        columns: &[
            ("_ref", Text),
            ("problem", Text),
            ("problem_number", Text),
            ("action", Text),
            ("project", Text),
            ("person", Text),
            ("name", Text),
        ],
        sql: "SELECT n.id, n.problem, p.number AS problem_number, p.action, p.project, n.resident_id AS person, n.name \
              FROM problem_person n JOIN problem p ON p.id = n.problem ORDER BY p.number, n.id",
    },
    Export {
        name: "recovery",
        columns: &[
            ("_ref", Text),
            ("id", Text),
            ("number", Text),
            ("problem", Text),
            ("problem_number", Text),
            ("action", Text),
            ("project", Text),
            ("person", Text),
            ("amount", MONEY),
            ("recovered_on", Date),
        ],
        sql: "SELECT r.id, r.number, r.problem, p.number AS problem_number, r.action, r.project, \
              n.resident_id AS person, r.amount_fen AS amount, r.recovered_on \
              FROM recovery r JOIN problem p ON p.id = r.problem LEFT JOIN problem_person n ON n.id = r.person \
              ORDER BY r.number",
    },
    Export {
        name: "inspection",
        columns: &[
            ("_ref", Text),
            ("id", Text),
            ("number", Text),
            ("action", Text),
            ("project", Text),
            ("checklist", Text),
            ("subject", Text),
            ("subject_code", Text),
            ("unit", Text),
            ("inspected_on", Date),
            ("problems", Integer),
        ],
        sql: "SELECT i.id, i.number, i.action, i.project, i.checklist, i.subject, i.subject_code, i.unit, i.inspected_on, \
              (SELECT COUNT(*) FROM inspection_answer a WHERE a.inspection = i.id AND a.result = '不符合') AS problems \
              FROM inspection i ORDER BY i.number",
    },
    Export {
        name: "inspection_answer",
        columns: &[("_ref", Text), ("inspection", Text), ("item", Integer), ("result", Text)],
        sql: "SELECT id, inspection, item, result FROM inspection_answer ORDER BY inspection, item",
    },
    Export {
        name: "case_file",
        columns: &[
            ("_ref", Text),
            ("id", Text),
            ("finding", Text),
            ("model", Text),
            ("project", Text),
            ("state", Text),
            ("unit", Text),
            ("action", Text),
        ],
        sql: "SELECT id, finding, model, project, state, unit, action FROM case_file ORDER BY number",
    },
];

/// The tables without rows: what a pack's SQL is checked against.
#[must_use]
pub fn ops_tables() -> Vec<OpsTable> {
    EXPORTS.iter().map(|export| table(export, Vec::new())).collect()
}

/// The tables with all rows, as of this desk's transaction.
pub async fn export_ops(desk: &mut Desk) -> Result<Vec<OpsTable>, Hindrance> {
    desk.ask(Action::FigureSee, Subject::house())?;
    let mut tables = Vec::with_capacity(EXPORTS.len());
    for export in &EXPORTS {
        tables.push(table(export, rows(desk.tx(), export).await?));
    }
    Ok(tables)
}

fn table(export: &Export, rows: Vec<Vec<Value>>) -> OpsTable {
    let columns = export.columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    OpsTable { name: export.name.to_owned(), columns, rows }
}

async fn rows(tx: &mut Tx, export: &Export) -> Result<Vec<Vec<Value>>, StoreError> {
    let read = |row: &Row| {
        let cell = |(name, kind): &(&str, ColumnKind)| match *name {
            "_ref" => Ok(Value::Text(format!("{}:{}", export.name, row.text("id")?))),
            name => value(row, name, *kind),
        };
        export.columns.iter().map(cell).collect::<Result<Vec<_>, StoreError>>()
    };
    tx.all(export.sql, params![]).await?.iter().map(read).collect()
}

fn value(row: &Row, name: &str, kind: ColumnKind) -> Result<Value, StoreError> {
    Ok(match kind {
        Boolean => row.get::<Option<bool>>(name)?.map_or(Value::Null, Value::Bool),
        Date => row.get::<Option<Day>>(name)?.map_or(Value::Null, Value::Day),
        Integer => row.opt_int(name)?.map_or(Value::Null, Value::Int),
        Decimal { .. } => row.get::<Option<Yuan>>(name)?.map_or(Value::Null, |amount| Value::Decimal(amount.decimal())),
        _ => row.get::<Option<String>>(name)?.map_or(Value::Null, Value::Text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PastSheet;

    const DOCS: &str = include_str!("../../../docs/casework.md");

    /// When this fails, change the table in `docs/casework.md` with the columns: authors write SQL by it.
    #[test]
    fn the_docs_list_every_column_of_every_table_and_sheet() {
        for table in ops_tables() {
            let columns: Vec<_> = table.columns.iter().map(|(name, kind)| format!("`{name}` {kind}")).collect();
            let line = format!("| `ops.{}` | {} |", table.name, columns.join(", "));
            assert!(DOCS.contains(&line), "docs/casework.md lacks:\n{line}");
        }
        for sheet in PastSheet::schemas().expect("schemas without faults") {
            let star = |required| if required { "*" } else { "" };
            let columns: Vec<_> =
                sheet.columns.iter().map(|column| format!("`{}`{}", column.name, star(column.required))).collect();
            let line = format!("| `{}` {} | {} |", sheet.full_name(), sheet.title, columns.join(", "));
            assert!(DOCS.contains(&line), "docs/casework.md lacks:\n{line}");
        }
    }
}
