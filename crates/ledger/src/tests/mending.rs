//! Rows that were kept back: mended on the page, settled by a later sheet, set aside; and waiting again after a withdrawal.

use std::collections::BTreeMap;

use mingcha_domain::{BatchNo, RowRef, UploadId};
use mingcha_testkit::Database;

use super::scene::*;
use crate::*;

impl Scene {
    async fn mends(&self, upload: UploadId, cells: &[(u32, usize, &str)]) -> Result<Mended, MendError> {
        let sources = self.sources();
        let mut changes: BTreeMap<u32, BTreeMap<usize, String>> = BTreeMap::new();
        for (row, at, text) in cells {
            changes.entry(*row).or_default().insert(*at, (*text).to_owned());
        }
        mend(&self.town.office, &self.clerk().await, ground(self, &sources), upload, changes).await
    }

    async fn waiting(&self, upload: UploadId) -> Waiting {
        waiting_of_upload(&mut self.town.reading(&self.clerk().await).await, upload).await.expect("counted")
    }

    /// What the jobs that a taken sheet queued would do.
    async fn settles(&self, upload: UploadId) -> usize {
        let sources = self.sources();
        settle(&self.town.office, &self.clerk().await, ground(self, &sources), upload).await.expect("settled")
    }

    async fn ends(&self, upload: UploadId) -> Vec<(u32, Option<How>)> {
        let kept = kept_rows(&mut self.town.reading(&self.clerk().await).await, upload).await.expect("kept");
        kept.into_iter().map(|kept| (kept.reject.row, kept.end.map(|end| end.how))).collect()
    }
}

const GOOD: &str = "A1,100,2023-01-05";

fn open(open: u64) -> Waiting {
    Waiting { open, ..Waiting::default() }
}

#[tokio::test]
async fn a_mended_row_goes_in_as_a_batch_of_its_own_that_names_the_line_it_mends() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, &format!("{GOOD}\nA2,一百,2023-13-05\nA3,300,2023-01-07")).await;
    assert_eq!(scene.waiting(first.upload).await, open(1));

    let mended = scene.mends(first.upload, &[(3, 1, "200"), (3, 2, "2023-12-05")]).await.expect("mended");
    assert_eq!((mended.rows.as_slice(), mended.still.len(), mended.ended.len()), ([3].as_slice(), 0, 0));
    let taken = mended.taken.expect("a batch");
    assert_eq!(taken.batch, Some(BatchNo(2)));
    assert_eq!(scene.ledger(GRANTS).await, ["A1=100.00@1/2", "A2=200.00@2/2", "A3=300.00@1/4"]);
    assert_eq!(scene.waiting(first.upload).await, Waiting { mended: 1, ..Waiting::default() });
    assert_eq!(scene.batch(2).await.file_name, "补贴-第3行更正.csv");

    // From the row back to the line of the sheet that was mended, with both texts.
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let at = RowRef { batch: BatchNo(2), row: 2 };
    let line = source_line(&mut desk, ground(&scene, &sources), at).await.expect("the line");
    let mends = line.mends.expect("it mends another");
    assert_eq!((mends.upload, mends.file.as_str(), mends.row), (first.upload, "补贴.csv", 3));
    let cells: Vec<_> =
        mends.end.cells.iter().map(|cell| (cell.heading.as_str(), cell.raw.as_str(), cell.text.as_str())).collect();
    assert_eq!(cells, [("金额", "一百", "200"), ("日期", "2023-13-05", "2023-12-05")]);
    drop(desk);
    // What stood there stays on record.
    let kept = quarantine(&mut scene.town.reading(&scene.clerk().await).await, first.upload).await.expect("kept");
    assert_eq!(kept[0].raw, ["A2", "一百", "2023-13-05"]);
    assert!(scene.verbs().await.contains(&"ledger.mend".to_owned()));
    scene.is_sound().await;
}

#[tokio::test]
async fn what_is_still_wrong_comes_back_and_the_other_rows_go_in() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A2,一百,2023-01-05\nA3,x,2023-01-05\nA4,y,2023-01-05").await;
    let mended = scene.mends(first.upload, &[(2, 1, "100"), (3, 1, "三百")]).await.expect("mended");
    assert_eq!(mended.rows, [2]);
    let still: Vec<_> =
        mended.still.iter().map(|row| (row.row, row.raw[1].as_str(), row.problems[0].trouble.code)).collect();
    assert_eq!(still, [(3, "三百", "MC-INTAKE-031")], "as it was typed");
    assert_eq!(scene.waiting(first.upload).await, Waiting { open: 2, mended: 1, ..Waiting::default() });
    assert_eq!(scene.ledger(GRANTS).await, ["A2=100.00@1/2"], "nothing of the first sheet had gone in");

    let nothing = scene.mends(first.upload, &[(4, 1, "z")]).await.expect("looked at");
    assert!(nothing.taken.is_none() && nothing.rows.is_empty());
    assert_eq!(scene.ledger(GRANTS).await.len(), 1);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_key_that_may_not_come_again_comes_back_with_its_own_line() {
    let scene = Scene::new().await;
    scene.sends(LOG, "A1,100,2023-01-05").await;
    let second = scene.sends(LOG, "A2,100,2023-01-05\nA3,x,2023-01-05\nA4,y,2023-01-05").await;
    let mended = scene.mends(second.upload, &[(3, 0, "A1"), (3, 1, "300"), (4, 1, "400")]).await.expect("mended");
    assert_eq!(mended.rows, [4]);
    let problem = &mended.still[0].problems[0];
    assert_eq!((mended.still[0].row, problem.trouble.code, problem.at), (3, "MC-LEDGER-007", Some(0)));
    assert!(problem.trouble.facts.contains(&("row", "3".to_owned())), "{:?}", problem.trouble);
    assert_eq!(scene.waiting(second.upload).await, Waiting { open: 1, mended: 1, ..Waiting::default() });
    scene.is_sound().await;
}

#[tokio::test]
async fn of_two_rows_with_one_key_the_right_one_is_taken_as_it_is() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\nA1,200,2023-01-05").await;
    assert_eq!(scene.waiting(first.upload).await, open(2));
    let both = scene.mends(first.upload, &[(2, 1, "100"), (3, 1, "200")]).await.expect("looked at");
    assert!(both.rows.is_empty());
    let others: Vec<_> = both
        .still
        .iter()
        .map(|row| {
            let facts = &row.problems[0].trouble.facts;
            (row.row, facts.iter().find(|(name, _)| *name == "first").expect("the other").1.clone())
        })
        .collect();
    assert_eq!(others, [(2, "3".to_owned()), (3, "2".to_owned())], "each names the other's line in the sheet");

    let one = scene.mends(first.upload, &[(3, 1, "200")]).await.expect("mended");
    assert_eq!(one.rows, [3]);
    assert_eq!(scene.ledger(GRANTS).await, ["A1=200.00@1/2"]);
    scene.settles(one.taken.expect("a batch").upload).await;
    assert_eq!(
        scene.ends(first.upload).await,
        [(2, Some(How::SentAgain)), (3, Some(How::Mended))],
        "the key is settled"
    );
    scene.is_sound().await;
}

#[tokio::test]
async fn who_is_slower_is_told_who_was_faster() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,x,2023-01-05").await;
    scene.mends(first.upload, &[(3, 1, "200")]).await.expect("mended");
    let late = scene.mends(first.upload, &[(3, 1, "900")]).await.expect("looked at");
    assert!(late.taken.is_none());
    let (row, ended) = &late.ended[0];
    assert_eq!((*row, ended.how), (3, How::Mended));
    let said = mingcha_words::say(mingcha_words::Lang::Zh, &ended.said(*row));
    assert!(said.contains("第 3 行已由") && said.contains("更正，这里填的没有保存"), "{said}");
    assert_eq!(scene.ledger(GRANTS).await, ["A1=100.00@1/2", "A2=200.00@2/2"]);
    let gone = scene.mends(first.upload, &[(9, 1, "1")]).await.expect_err("no such row");
    assert_eq!(told(&gone).0, "MC-LEDGER-044");
}

#[tokio::test]
async fn a_withdrawn_mending_lets_the_row_wait_again() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,x,2023-01-05").await;
    scene.mends(first.upload, &[(3, 1, "200")]).await.expect("mended");
    scene.withdraws(2).await.expect("withdrawn");
    assert_eq!(scene.waiting(first.upload).await, open(1));
    scene.mends(first.upload, &[(3, 1, "250")]).await.expect("mended again");
    assert_eq!(scene.ledger(GRANTS).await, ["A1=100.00@1/2", "A2=250.00@3/2"]);
    scene.is_sound().await;

    scene.withdraws(3).await.expect("withdrawn");
    scene.withdraws(1).await.expect("withdrawn");
    assert_eq!(scene.waiting(first.upload).await, open(0), "what a withdrawn sheet kept back does not wait");
    let refused = scene.mends(first.upload, &[(3, 1, "1")]).await.expect_err("withdrawn");
    assert_eq!(told(&refused).0, "MC-LEDGER-043");
}

async fn a_later_sheet_settles(database: Database) {
    let scene = Scene::on(database).await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,x,2023-01-05\nA3,y,2023-01-05").await;
    let second = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,200,2023-01-05\nA3,y,2023-01-05").await;
    assert!(scene.jobs().await.iter().any(|job| job == &format!("ledger.sheet_taken:{}", second.upload)));
    assert_eq!(scene.settles(second.upload).await, 2);
    assert_eq!(scene.settles(second.upload).await, 0, "twice is once");
    assert_eq!(scene.ends(first.upload).await, [(3, Some(How::SentAgain)), (4, Some(How::KeptAgain))]);
    assert_eq!(scene.waiting(second.upload).await, open(1));
    let of_ledger =
        waiting_of_ledger(&mut scene.town.reading(&scene.clerk().await).await, GRANTS).await.expect("counted");
    assert_eq!(of_ledger, Waiting { open: 1, mended: 1, kept_again: 1, set_aside: 0 });
    let sheets = waiting_sheets(&mut scene.town.reading(&scene.clerk().await).await, None).await.expect("listed");
    assert_eq!(sheets.iter().map(|sheet| (sheet.upload, sheet.open)).collect::<Vec<_>>(), [(second.upload, 1)]);

    // The row went into the second batch: without it, all of them wait in the first sheet again.
    scene.withdraws(2).await.expect("withdrawn");
    assert_eq!(scene.waiting(first.upload).await, open(2));
    assert_eq!(scene.waiting(second.upload).await, open(0));
    scene.is_sound().await;
}

#[tokio::test]
async fn a_later_sheet_settles_what_it_brings() {
    a_later_sheet_settles(Database::Sqlite).await;
}

#[tokio::test]
async fn a_later_sheet_settles_what_it_brings_on_postgres() {
    a_later_sheet_settles(Database::Postgres).await;
}

/// The ledger had the right row all along; the sheet that brings it again changes nothing and makes no batch.
#[tokio::test]
async fn a_sheet_that_changes_nothing_settles_as_well() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,100,2023-01-05\nA2,200,2023-01-05").await;
    let second = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,2oo,2023-01-05").await;
    assert_eq!((second.batch, scene.waiting(second.upload).await), (None, open(1)));
    let third = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,200,2023-01-05 ").await;
    assert_eq!(third.batch, None);
    assert_eq!(scene.settles(third.upload).await, 1);
    assert_eq!(scene.waiting(second.upload).await, Waiting { mended: 1, ..Waiting::default() });
    scene.is_sound().await;
}

#[tokio::test]
async fn a_row_whose_key_was_wrong_is_known_again_by_its_place() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\n,200,2023-01-06\n,300,2023-01-07").await;
    let second = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,200,2023-01-06\nA9,999,2023-01-09").await;
    assert_eq!(scene.settles(second.upload).await, 1);
    assert_eq!(scene.ends(first.upload).await, [(3, Some(How::SentAgain)), (4, None)], "the other is another row");
}

#[tokio::test]
async fn a_row_is_set_aside_with_a_reason_and_may_be_taken_back() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,x,2023-01-05").await;
    let (office, clerk) = (&scene.town.office, scene.clerk().await);
    let refused = set_aside(office, &clerk, first.upload, 3, "  ").await.expect_err("no reason");
    assert_eq!(told(&refused).0, "MC-LEDGER-045");
    set_aside(office, &clerk, first.upload, 3, "与第 2 行重复").await.expect("set aside");
    assert_eq!(scene.waiting(first.upload).await, Waiting { set_aside: 1, ..Waiting::default() });
    let twice = set_aside(office, &clerk, first.upload, 3, "再来").await.expect_err("it does not wait");
    assert_eq!(told(&twice).0, "MC-LEDGER-041");
    take_back(office, &clerk, first.upload, 3).await.expect("taken back");
    take_back(office, &clerk, first.upload, 3).await.expect("twice is once");
    assert_eq!(scene.waiting(first.upload).await, open(1));
    scene.is_sound().await;
}

#[tokio::test]
async fn only_those_who_hand_in_the_units_sheets_mend_them() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "A1,100,2023-01-05\nA2,x,2023-01-05").await;
    let sources = scene.sources();
    let changes = || [(3, [(1, "200".to_owned())].into())].into();
    for actor in [scene.town.supervisor().await, scene.town.auditor().await] {
        let refused = mend(&scene.town.office, &actor, ground(&scene, &sources), first.upload, changes()).await;
        assert_eq!(told(&refused.expect_err("refused")).1, mingcha_domain::Kind::Refused);
        let refused = set_aside(&scene.town.office, &actor, first.upload, 3, "why").await;
        assert_eq!(told(&refused.expect_err("refused")).1, mingcha_domain::Kind::Refused);
    }
    assert_eq!(scene.ledger(GRANTS).await.len(), 1);
}

/// A column that the sheet does not have keeps what the ledger has there, also when the row is mended.
#[tokio::test]
async fn a_mended_row_says_nothing_of_columns_that_its_sheet_lacks() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,100,2023-01-05").await;
    let staged = scene.stages_under(GRANTS, "编号,金额", "A1,x").await;
    let second = scene.takes(staged.upload.id).await.expect("taken");
    scene.mends(second.upload, &[(2, 1, "150")]).await.expect("mended");
    assert_eq!(scene.cells(GRANTS).await["A1"], ["150.00", "2023-01-05"]);
}

/// A clerk sends the same sheet each month, with the cells in it that she mended on the page or set aside long ago.
#[tokio::test]
async fn nobody_is_asked_twice_about_a_row_that_comes_again_as_it_was() {
    let scene = Scene::new().await;
    let rows = "A1,100,2023-01-05\nA2,x,2023-01-05\nA3,y,2023-01-05\nA4,z,2023-01-05";
    let first = scene.sends(GRANTS, rows).await;
    scene.mends(first.upload, &[(3, 1, "200")]).await.expect("mended");
    set_aside(&scene.town.office, &scene.clerk().await, first.upload, 4, "重复").await.expect("set aside");
    let second = scene.sends(GRANTS, &format!("{rows}\nA5,500,2023-02-05")).await;
    scene.settles(second.upload).await;
    assert_eq!(scene.settles(second.upload).await, 0, "twice is once");
    let ends = [(3, Some(How::Mended)), (4, Some(How::SetAside)), (5, None)];
    assert_eq!(scene.ends(second.upload).await, ends);
    let of_ledger =
        waiting_of_ledger(&mut scene.town.reading(&scene.clerk().await).await, GRANTS).await.expect("counted");
    assert_eq!(of_ledger.open, 1, "the one that nobody dealt with waits in the later sheet");
    scene.withdraws(2).await.expect("the mending is withdrawn");
    assert_eq!(scene.ends(second.upload).await[0], (3, None), "and the row waits again");
    scene.is_sound().await;
}
