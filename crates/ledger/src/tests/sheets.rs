use mingcha_domain::{BatchNo, Kind, RowRef, Speaks as _};
use mingcha_intake::{Assign, Heading, Options};

use super::scene::*;
use crate::*;

fn at(batch: i64, row: i64) -> RowRef {
    RowRef { batch: BatchNo(batch), row }
}

#[tokio::test]
async fn a_row_leads_to_file_line_and_cells() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,2023-01-05\n乙,\"1,234.50\",2023年1月6日").await;
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let found = source_line(&mut desk, ground(&scene, &sources), at(1, 3)).await.expect("a line");
    assert_eq!((found.line.ledger.as_str(), found.line.file.as_str()), (GRANTS, "补贴.csv"));
    let cells: Vec<_> = found.cells.iter().map(|cell| (cell.heading.as_str(), cell.text.as_str())).collect();
    assert_eq!(cells, [("编号", "乙"), ("金额", "1,234.50"), ("日期", "2023年1月6日")]);
    let missing = source_line(&mut desk, ground(&scene, &sources), at(1, 9)).await.expect_err("no line");
    assert_eq!(told(&missing).0, "MC-LEDGER-011");
    let lines = source_lines(&mut desk, &[at(1, 2), at(7, 2)]).await.expect("lines");
    assert_eq!(lines.keys().copied().collect::<Vec<_>>(), [at(1, 2)]);
}

#[tokio::test]
async fn headings_that_do_not_fit_are_assigned_once_and_remembered() {
    let scene = Scene::new().await;
    let (sources, clerk) = (scene.sources(), scene.clerk().await);
    let ground = ground(&scene, &sources);
    let office = &scene.town.office;
    let file = |bytes: &str| HandIn { bytes: bytes.as_bytes().to_vec(), ..hand_in(GRANTS, "") };
    let staged = stage(office, &clerk, ground, file("流水,金额\n甲,100\n")).await.expect("kept");
    let lacks = staged.sheet.expect_err("no column for 编号");
    assert_eq!(lacks.missing[0].name, "no");
    let refused = scene.takes(staged.upload.id).await.expect_err("nobody said which column it is");
    assert_eq!(refused.kind(), Kind::Invalid);

    let columns = vec![Assign { heading: Heading::Named("流水".into()), column: Some("no".into()) }];
    let options = Options { columns, ..Options::default() };
    let again = reassign(office, &clerk, ground, staged.upload.id, &options).await.expect("kept");
    assert_eq!(again.sheet.expect("it fits now").mapping[0].column.as_deref(), Some("no"));
    scene.takes(staged.upload.id).await.expect("taken");

    let next = stage(office, &clerk, ground, file("金额,流水\n250,甲\n")).await.expect("kept");
    assert_eq!(next.sheet.expect("it is remembered").mapping[1].column.as_deref(), Some("no"));
    scene.takes(next.upload.id).await.expect("taken");
    assert_eq!(scene.ledger(GRANTS).await, ["甲=250.00@2/2"]);
    let late = reassign(office, &clerk, ground, next.upload.id, &options).await.expect_err("taken already");
    assert_eq!(told(&late), ("MC-LEDGER-003", Kind::Stale));
    scene.is_sound().await;
}

#[tokio::test]
async fn the_marked_workbook_is_mended_and_sent_again_as_it_is() {
    let scene = Scene::new().await;
    let taken = scene.sends(GRANTS, "甲,100,\n乙,一百,\n丙,300,2023-02-30").await;
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let tell = |trouble: &mingcha_domain::Trouble| mingcha_words::say(mingcha_words::Lang::Zh, trouble);
    let bytes = mark(&mut desk, ground(&scene, &sources), taken.upload, &tell).await.expect("a workbook");
    drop(desk);
    let file = HandIn { bytes, file_name: "待改.xlsx", ..hand_in(GRANTS, "") };
    let clerk = scene.clerk().await;
    let staged = stage(&scene.town.office, &clerk, ground(&scene, &sources), file).await.expect("kept");
    let rejects = scene.previews(staged.upload.id).await.rejects;
    assert_eq!(rejects.iter().map(|row| row.raw[0].as_str()).collect::<Vec<_>>(), ["乙", "丙"]);
}

#[tokio::test]
async fn a_file_that_is_no_sheet_is_not_kept() {
    let scene = Scene::new().await;
    let (sources, clerk) = (scene.sources(), scene.clerk().await);
    let file = HandIn { bytes: b"\x89PNG\r\n\x1a\n0000".to_vec(), ..hand_in(GRANTS, "") };
    let refused = stage(&scene.town.office, &clerk, ground(&scene, &sources), file).await.expect_err("a picture");
    assert_eq!(told(&refused).0, "MC-INTAKE-001");
    assert_eq!(std::fs::read_dir(&sources).map_or(0, Iterator::count), 0);
    let nowhere = stage(&scene.town.office, &clerk, ground(&scene, &sources), hand_in("a.b", "")).await;
    assert_eq!(told(&nowhere.expect_err("no ledger")).0, "MC-LEDGER-001");
}
