//! Every fault of the SQL of all packs, each pointing into the page it stands on.
//!
//! All models, figures and demo plans are planned on empty tables: unknown tables, columns and functions, the clock,
//! keys and evidence that the result lacks, words of the sentence that no column has, locality that cannot be proved.

mod demo_plan;

use datafusion::arrow::datatypes::DataType;
use mingcha_domain::{Speaks, Trouble};
use mingcha_pack::{Aggregate, At, Fault, Figure, Locality, Model, Pack, PackSet, Piece, Spanned};

use crate::error::{EngineError, SqlFault, with_near};
use crate::figure::REFERENCE;
use crate::guard::nearest;
use crate::locality::{NotLocal, empty_session, prove};
use crate::model::EVIDENCE;
use crate::{Ask, OpsTable, Session};

/// Plans everything and collects what is wrong. `ops` are the tables of casework; their rows do not matter.
pub async fn check(packs: &PackSet, ops: &[OpsTable]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for pack in &packs.packs {
        match empty_session(packs, ops, &pack.key).await {
            Ok(session) => one_pack(packs, ops, pack, &session, &mut faults).await,
            Err(error) => {
                let file = format!("{}/pack.toml", pack.key);
                faults.push(Fault::new(At { file, start: 0, end: 0 }, error.trouble()));
            }
        }
    }
    faults
}

async fn one_pack(packs: &PackSet, ops: &[OpsTable], pack: &Pack, session: &Session, faults: &mut Vec<Fault>) {
    for model in &pack.models {
        faults.extend(model_faults(packs, ops, model, session).await);
    }
    for figure in &pack.figures {
        faults.extend(figure_faults(figure, session).await);
    }
    faults.extend(demo_plan::faults(packs, pack, session).await);
}

/// What is wrong with one model.
async fn model_faults(packs: &PackSet, ops: &[OpsTable], model: &Model, session: &Session) -> Vec<Fault> {
    let ask = Ask { sql: &model.sql.value, params: &model.params, ..Ask::default() };
    let columns = match result_columns(session, &ask, &model.sql).await {
        Ok(columns) => columns,
        Err(faults) => return faults,
    };
    let mut faults = Vec::new();
    for name in &model.key {
        faults.extend(missing("MC-ENGINE-025", name, &columns));
    }
    match columns.iter().find(|(name, _)| name == EVIDENCE) {
        None => {
            faults.push(Fault::new(model.sql.at.clone(), Trouble::new("MC-ENGINE-041").with("have", list(&columns))))
        }
        Some((_, DataType::List(_))) => {}
        Some((_, kind)) => {
            faults.push(Fault::new(model.sql.at.clone(), Trouble::new("MC-ENGINE-042").with("kind", kind)));
        }
    }
    for piece in &model.wording.pieces {
        if let Piece::Field { name, .. } = piece {
            faults.extend(missing("MC-ENGINE-043", name, &columns));
        }
    }
    for case in &model.cases {
        for name in &case.then.columns {
            faults.extend(missing("MC-ENGINE-044", name, &columns));
        }
    }
    if let Err(error) = prove(packs, ops, model).await {
        faults.push(Fault::new(locality_place(model, &error), error.trouble()));
    }
    faults
}

/// A fault of the proof points at the `local_by` entry that it is about, and else at the query.
fn locality_place(model: &Model, error: &EngineError) -> At {
    let about = match error {
        EngineError::NotLocal(
            NotLocal::LedgerNotRead { ledger, .. }
            | NotLocal::Expression { ledger, .. }
            | NotLocal::TypesDiffer { ledger, .. },
        ) => Some(ledger),
        _ => None,
    };
    match (&model.locality, about) {
        (Locality::Local { by }, Some(ledger)) => by.get(ledger).map_or_else(|| model.sql.at.clone(), |e| e.at.clone()),
        _ => model.sql.at.clone(),
    }
}

/// What is wrong with one figure.
async fn figure_faults(figure: &Figure, session: &Session) -> Vec<Fault> {
    let sql = &figure.records;
    let columns = match result_columns(session, &Ask { sql: &sql.value, ..Ask::default() }, sql).await {
        Ok(columns) => columns,
        Err(faults) => return faults,
    };
    let mut faults = Vec::new();
    let wanted = |name: &str| Spanned { value: name.to_owned(), at: sql.at.clone() };
    faults.extend(missing("MC-ENGINE-045", &wanted(REFERENCE), &columns));
    if let Some(name) = figure.aggregate.column() {
        let fault = missing("MC-ENGINE-046", &wanted(name), &columns);
        let sums = matches!(figure.aggregate, Aggregate::Sum(_) | Aggregate::Mean(_));
        let kind = columns.iter().find(|(column, _)| column == name).map(|(_, kind)| kind);
        if let (true, Some(kind)) = (sums, kind)
            && !kind.is_numeric()
        {
            let trouble = Trouble::new("MC-ENGINE-047").with("name", name).with("kind", kind);
            faults.push(Fault::new(sql.at.clone(), trouble));
        }
        faults.extend(fault);
    }
    faults
}

type ResultColumns = Vec<(String, DataType)>;

async fn result_columns(session: &Session, ask: &Ask<'_>, sql: &Spanned<String>) -> Result<ResultColumns, Vec<Fault>> {
    match session.plan(ask).await {
        Ok(planned) => {
            let fields = planned.analysed.schema().fields();
            Ok(fields.iter().map(|field| (field.name().clone(), field.data_type().clone())).collect())
        }
        Err(faults) => Err(faults.iter().map(|fault| in_page(fault, sql)).collect()),
    }
}

/// A fault of the SQL, moved to its place in the page.
fn in_page(fault: &SqlFault, sql: &Spanned<String>) -> Fault {
    let at = fault.at.as_ref().map_or_else(|| sql.at.clone(), |place| sql.at.part(place.span()));
    Fault::new(at, fault.trouble())
}

fn missing(code: &'static str, name: &Spanned<String>, columns: &ResultColumns) -> Option<Fault> {
    if columns.iter().any(|(column, _)| *column == name.value) {
        return None;
    }
    let near = nearest(&name.value, columns.iter().map(|(column, _)| column.as_str()));
    let trouble = with_near(Trouble::new(code).with("name", &name.value).with("have", list(columns)), &near);
    Some(Fault::new(name.at.clone(), trouble))
}

fn list(columns: &ResultColumns) -> String {
    columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
