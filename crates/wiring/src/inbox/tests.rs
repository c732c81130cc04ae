//! The watched folder, one look after the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mingcha_access::accounts;
use mingcha_ledger::{UploadState, batches};
use mingcha_store::audit::{EntryFilter, list};
use mingcha_testkit::{SeededChance, TickingClock};

use super::*;
use crate::DataFolder;
use crate::imports::{Begun, ImportError, NewImport, Outcome};

const LEDGER: &str = "vocational_training.training_subsidy";
const HEAD: &str = "补贴编号,补贴种类,身份证号,姓名,发放日期,补贴金额（元）,培训课时,培训机构代码,技能等级\n";

/// A data folder with the packs of the house, and a watched folder beside it.
struct Scene {
    scratch: tempfile::TempDir,
    platform: Arc<Platform>,
    inbox: Inbox,
}

impl Scene {
    async fn new() -> Self {
        let scratch = tempfile::tempdir().expect("a folder");
        let root = scratch.path().join("data");
        let folder = DataFolder::create(&root, None).expect("a data folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs"), &folder.packs());
        let platform = open(&root).await;
        let inbox = Inbox::open(Arc::clone(&platform), &scratch.path().join("收件夹"), Lang::Zh).await.expect("opened");
        Self { scratch, platform, inbox }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.scratch.path().join("收件夹").join(LEDGER).join(name)
    }

    fn put(&self, name: &str, rows: &[&str]) {
        std::fs::write(self.at(name), sheet(rows)).expect("written");
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name))
            .unwrap_or_else(|error| panic!("{name}: {error}, there is {:?}", self.all()))
    }

    /// Everything below the ledger's folder, by name.
    fn all(&self) -> Vec<String> {
        let mut found = Vec::new();
        let home = self.at("");
        let mut folders = vec![home.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    found.push(entry.path().strip_prefix(&home).expect("below").display().to_string());
                }
            }
        }
        found.sort();
        found
    }

    async fn looks_twice(&mut self) -> usize {
        self.inbox.look().await.expect("a look") + self.inbox.look().await.expect("a look")
    }

    /// Rows that are in, by their number.
    async fn rows(&self) -> Vec<String> {
        let mut desk = self.platform.office.reading(&self.platform.console).await.expect("a desk");
        let sources = self.platform.sources();
        let ground = self.platform.ledger_ground(&sources);
        let rows = mingcha_ledger::rows(&mut desk, ground, LEDGER, None).await.expect("rows");
        rows.iter().map(|row| row.values[0].to_string()).collect()
    }

    async fn batches(&self) -> usize {
        let mut desk = self.platform.office.reading(&self.platform.console).await.expect("a desk");
        batches(&mut desk, None, None, 100).await.expect("batches").len()
    }
}

async fn open(root: &Path) -> Arc<Platform> {
    let (clock, chance) = (Arc::new(TickingClock::default()), Arc::new(SeededChance::new(7)));
    Arc::new(Platform::open(root, clock, chance).await.expect("a platform"))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { drop(std::fs::copy(entry.path(), target)) }
    }
}

fn sheet(rows: &[&str]) -> String {
    rows.iter().fold(HEAD.to_owned(), |text, row| text + row + "\n")
}

fn row(no: &str, day: &str) -> String {
    format!("{no},培训补贴,330902199001011238,张三,{day},800,40,91330900MA2A00018M,四级")
}

#[tokio::test]
async fn an_empty_folder_gets_a_place_for_each_ledger_and_says_what_to_do() {
    let scene = Scene::new().await;
    let readme = scene.text(README);
    assert!(readme.starts_with('\u{feff}') && readme.contains("\r\n"), "an office's editor shows it right");
    for words in ["培训补贴发放", LEDGER, "补贴编号", "需更正"] {
        assert!(readme.contains(words), "{words} in {readme}");
    }
    for ledger in scene.platform.packs.ledgers() {
        assert!(scene.scratch.path().join("收件夹").join(ledger.full_name()).is_dir(), "{}", ledger.full_name());
    }
}

#[tokio::test]
async fn a_file_is_taken_when_it_lies_still() {
    let mut scene = Scene::new().await;
    scene.put("十一月.csv", &[&row("A1", "2023-11-01")]);
    assert_eq!(scene.inbox.look().await.expect("a look"), 0, "it may still be copied");
    scene.put("十一月.csv", &[&row("A1", "2023-11-01"), &row("A2", "2023-11-02")]);
    assert_eq!(scene.inbox.look().await.expect("a look"), 0, "it has grown");
    assert_eq!(scene.inbox.look().await.expect("a look"), 1);
    assert_eq!(scene.rows().await, ["A1", "A2"]);
    assert_eq!(scene.all(), ["已导入/十一月.csv", "已导入/十一月.csv.txt", README]);
    let told = scene.text("已导入/十一月.csv.txt");
    for words in ["十一月.csv", "培训补贴发放", "收下 2 行", "第 1 批"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let mut tx = scene.platform.office.store().read().await.expect("a transaction");
    let filter = EntryFilter { subject: None, actor: Some("收件夹".to_owned()), before: None, limit: 9 };
    let verbs: Vec<String> =
        list(&mut tx, &filter).await.expect("the trail").into_iter().map(|entry| entry.verb).collect();
    assert_eq!(verbs, ["ledger.commit", "ledger.stage"]);
    assert_eq!(scene.looks_twice().await, 0, "what lies in the folders below is not taken again");
}

#[tokio::test]
async fn what_must_be_mended_comes_back_marked_and_goes_in_when_it_is() {
    let mut scene = Scene::new().await;
    scene.put("十一月.csv", &[&row("A1", "2023-11-01"), &row("A2", "不详")]);
    assert_eq!(scene.looks_twice().await, 1);
    assert_eq!(scene.all(), [README, "需更正/十一月-标注.xlsx", "需更正/十一月.csv", "需更正/十一月.csv.txt"]);
    let told = scene.text("需更正/十一月.csv.txt");
    for words in ["收下 1 行", "退回 1 行", "第 3 行", "发放日期", "十一月-标注.xlsx"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    scene.put("十一月.csv", &[&row("A1", "2023-11-01"), &row("A2", "2023-11-02")]);
    assert_eq!(scene.looks_twice().await, 1);
    assert_eq!(scene.rows().await, ["A1", "A2"]);
    assert!(scene.text("已导入/十一月.csv.txt").contains("新增 1"), "only the new row");
    scene.put("十一月.csv", &[&row("A1", "2023-11-01"), &row("A2", "2023-11-02")]);
    assert_eq!(scene.looks_twice().await, 1);
    assert_eq!((scene.rows().await.len(), scene.batches().await), (2, 2), "the same file twice changes nothing");
    assert!(scene.text("已导入/十一月-2.csv.txt").contains("没有新的内容"));
}

#[tokio::test]
async fn a_file_that_is_no_sheet_comes_back_with_words() {
    let mut scene = Scene::new().await;
    std::fs::write(scene.at("照片.xlsx"), b"\x89PNG\r\n\x1a\nxxxx").expect("written");
    std::fs::write(scene.at("空.csv"), b"").expect("written");
    assert_eq!(scene.looks_twice().await, 2);
    for name in ["照片.xlsx", "空.csv"] {
        let told = scene.text(&format!("需更正/{name}.txt"));
        assert!(told.contains("没有收下") && told.contains("放回上一级"), "{told}");
        assert!(scene.at(&format!("需更正/{name}")).exists());
    }
    assert_eq!(scene.batches().await, 0);
}

#[tokio::test]
async fn links_and_what_programs_make_for_a_while_stay_where_they_are() {
    let mut scene = Scene::new().await;
    let secret = scene.scratch.path().join("elsewhere.csv");
    std::fs::write(&secret, sheet(&[&row("X1", "2023-11-01")])).expect("written");
    std::os::unix::fs::symlink(&secret, scene.at("link.csv")).expect("a link");
    let other = scene.scratch.path().join("收件夹/vocational_training.certificate");
    std::fs::remove_dir_all(&other).expect("removed");
    std::os::unix::fs::symlink(scene.at(""), &other).expect("a link");
    for name in ["~$十一月.xlsx", "十一月.xlsx.part", ".hidden.csv", "a.tmp"] {
        scene.put(name, &[&row("X2", "2023-11-01")]);
    }
    std::fs::create_dir(scene.at("子文件夹")).expect("a folder");
    std::fs::write(scene.at("子文件夹/b.csv"), sheet(&[&row("X3", "2023-11-01")])).expect("written");
    assert_eq!(scene.looks_twice().await, 0);
    assert_eq!((scene.batches().await, scene.at("link.csv").exists()), (0, true));
}

#[tokio::test]
async fn a_folder_of_no_ledger_is_told_so() {
    let mut scene = Scene::new().await;
    let folder = scene.scratch.path().join("收件夹/vocational_training.training_subsidi");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("a.csv"), sheet(&[&row("A1", "2023-11-01")])).expect("written");
    assert_eq!(scene.looks_twice().await, 0);
    let told = std::fs::read_to_string(folder.join(README)).expect("told");
    assert!(told.contains("不是任何台账的名称") && told.contains(LEDGER), "{told}");
    assert!(folder.join("a.csv").exists());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told() {
    let mut scene = Scene::new().await;
    // What was a file when it was looked at is a folder of links when it is opened.
    scene.put("十一月.csv", &[&row("A1", "2023-11-01")]);
    scene.inbox.look().await.expect("a look");
    let aside = scene.at("处理中");
    std::fs::create_dir_all(&aside).expect("a folder");
    std::fs::rename(scene.at("十一月.csv"), aside.join("十一月.csv")).expect("moved");
    let unreadable = std::os::unix::fs::PermissionsExt::from_mode(0o000);
    std::fs::set_permissions(aside.join("十一月.csv"), unreadable).expect("locked");
    if std::fs::File::open(aside.join("十一月.csv")).is_ok() {
        return; // Whoever runs as root reads everything.
    }
    scene.inbox.look().await.expect("a look");
    assert!(scene.text("需更正/十一月.csv.txt").contains("读不了"));
}

#[tokio::test]
async fn what_a_killed_process_left_behind_is_finished_without_doubling() {
    let mut scene = Scene::new().await;
    let text = sheet(&[&row("A1", "2023-11-01"), &row("A2", "不详")]);
    let aside = scene.at("处理中");
    std::fs::create_dir_all(&aside).expect("a folder");
    let file = aside.join("十一月.csv");
    std::fs::write(&file, &text).expect("written");
    // Killed after its rows went in and before the file was put away.
    let actor = accounts::inbox(&scene.platform.office).await.expect("an account");
    let hashed = crate::backup::hash(&file).expect("hashed");
    let new =
        NewImport { ledger: LEDGER, file_name: "十一月.csv", bytes: hashed.bytes, sm3: &hashed.sm3, key: None };
    let Begun::Run(import) = scene.platform.begin_import(&actor, new).await.expect("begun") else {
        panic!("it is new")
    };
    std::fs::write(take::note(&file), import.id.to_string()).expect("noted");
    let ended = scene.platform.run_import(&actor, &import, &file).await.expect("run");
    assert!(matches!(ended.outcome, Some(Outcome::Taken(_))), "{ended:?}");

    scene.inbox.look().await.expect("a look");
    assert_eq!((scene.rows().await, scene.batches().await), (vec!["A1".to_owned()], 1));
    assert_eq!(scene.all(), [README, "需更正/十一月-标注.xlsx", "需更正/十一月.csv", "需更正/十一月.csv.txt"]);
    assert!(scene.text("需更正/十一月.csv.txt").contains("收下 1 行"));

    // Killed before anything was begun: it is taken in as if it had just come.
    std::fs::write(&file, sheet(&[&row("A3", "2023-11-03")])).expect("written");
    scene.inbox.look().await.expect("a look");
    assert_eq!((scene.rows().await.len(), scene.batches().await), (2, 2));
}

#[tokio::test]
async fn an_import_that_a_killed_process_left_is_resolved_by_what_went_in() {
    let scene = Scene::new().await;
    let actor = accounts::inbox(&scene.platform.office).await.expect("an account");
    let file = scene.scratch.path().join("a.csv");
    std::fs::write(&file, sheet(&[&row("A1", "2023-11-01")])).expect("written");
    let hashed = crate::backup::hash(&file).expect("hashed");
    let new = NewImport { ledger: LEDGER, file_name: "a.csv", bytes: hashed.bytes, sm3: &hashed.sm3, key: Some("k") };
    let Begun::Run(import) = scene.platform.begin_import(&actor, new.clone()).await.expect("begun") else {
        panic!("it is new")
    };
    let busy = scene.platform.begin_import(&actor, new.clone()).await;
    assert!(matches!(busy, Err(ImportError::UnderWay { .. })), "{busy:?}");
    let ended = scene.platform.run_import(&actor, &import, &file).await.expect("run");
    let mut desk = scene.platform.office.reading(&actor).await.expect("a desk");
    let kept = mingcha_ledger::upload(&mut desk, ended.upload.expect("kept")).await.expect("an upload");
    assert_eq!(kept.state, UploadState::Taken);
    drop(desk);
    // As if the process had ended between the commit and the outcome.
    let mut tx = scene.platform.office.store().begin_unaudited().await.expect("a transaction");
    let sql = "UPDATE import_request SET state = 'running', outcome = NULL";
    tx.run_unaudited(sql, vec![], mingcha_store::Why::Job).await.expect("written");
    tx.commit().await.expect("committed");
    assert_eq!(scene.platform.resolve_imports().await.expect("resolved"), 1);
    let Begun::Known(known) = scene.platform.begin_import(&actor, new).await.expect("known") else {
        panic!("it is known")
    };
    let Some(Outcome::Taken(taken)) = known.outcome else { panic!("it went in: {known:?}") };
    assert_eq!((taken.batch, taken.added), (Some(1), 1));
}

#[tokio::test]
async fn the_watched_folder_may_not_lie_in_the_data_folder() {
    let scene = Scene::new().await;
    let inside = scene.platform.folder.root().join("收件夹");
    let refused = Inbox::open(Arc::clone(&scene.platform), &inside, Lang::Zh).await;
    assert!(matches!(refused.err(), Some(WiringError::InboxInData { .. })));
    let around = Inbox::open(Arc::clone(&scene.platform), scene.scratch.path(), Lang::Zh).await;
    assert!(matches!(around.err(), Some(WiringError::InboxInData { .. })));
}
