//! What holds only for rows that lie in files: plans over them differ from those over rows in memory.

use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_pack::{Column, ColumnKind, Param};

use super::*;
use crate::Lake;
use crate::lake::Change;
use crate::town::{day, text, town};

/// DataFusion 55 pushes the filter that a join learns while it runs through the join below it *by column name*: what
/// the parameter says of `common.civil_servant.kind` would reach `training.grant.kind`, and no row would come. Both
/// columns must be in the result for that. Fails when the setting in `session.rs` is removed.
#[tokio::test]
async fn two_ledgers_with_a_column_of_one_name_are_joined_through_a_parameter_without_losing_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::open(folder.path()).await.expect("a lake");
    let mut packs = town();
    let kind = Column { name: "kind".into(), kind: ColumnKind::Text, ..Column::default() };
    packs.packs.iter_mut().flat_map(|pack| &mut pack.ledgers).for_each(|ledger| ledger.columns.push(kind.clone()));
    let mut snapshot = 0;
    for (name, batch) in [("training.grant", 1), ("common.civil_servant", 2)] {
        let ledger = packs.ledger(name).expect("the ledger");
        let insert = (1..=200).map(|row| {
            let cell = |column: &Column| match column.name.as_str() {
                "grant_no" => text(&format!("B{row}")),
                "resident_id" => text(&format!("居民{row}")),
                "kind" if batch == 1 => text("培训补贴"),
                "kind" => text(if row % 10 == 0 { "公务员" } else { "工人" }),
                "granted_on" => Value::Day(day("2023-05-01")),
                _ => Value::Null,
            };
            LakeRow { at: RowRef { batch: BatchNo(batch), row }, values: ledger.columns.iter().map(cell).collect() }
        });
        let insert = insert.collect();
        let (author, message, tag) = ("test".to_owned(), "test".to_owned(), format!("batch:{batch}"));
        let lease = lake.lease("test").await.expect("the lease");
        let change = Change { ledger, insert, delete: Vec::new(), author, message, tag };
        snapshot = lake.commit(&lease, change).await.expect("a commit").snapshot;
    }
    let session = Session::new(SessionPlan {
        packs: &packs,
        source: Source::Lake(&lake, snapshot),
        as_of: day("2023-12-29"),
        action: "2023",
        ops: Vec::new(),
        only: None,
        home: "training",
        limits: Limits::CASE,
    })
    .await
    .expect("a session");
    let barred = |value: &str| Param { name: "barred_kind".into(), value: text(value), ..limit(&packs) };
    let sql = "SELECT g.grant_no, g.kind, max(c.kind) AS employed_as, evidence(g._ref, c._ref) AS evidence FROM grant g \
               JOIN common.civil_servant c ON c.resident_id = g.resident_id \
               JOIN param.barred_kind b ON b.value = c.kind \
               GROUP BY g.grant_no, g.kind";
    let params = [barred("公务员"), barred("参公")];
    let rows = session.ask(&Ask { sql, params: &params, ..Ask::default() }).await.expect("rows");
    assert_eq!(rows.rows.len(), 20, "{:?}", rows.rows);
}

/// The parameter of the town's model.
fn limit(packs: &PackSet) -> Param {
    packs.model("training.more_than_three").expect("the model").params[0].clone()
}
