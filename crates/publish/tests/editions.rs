//! From records to an edition that the public reads: one small pack, casework in memory, a town's store.

use std::collections::BTreeMap;
use std::path::Path;

use mingcha_access::persons::{Sight, unmask};
use mingcha_access::{Refused, Subject};
use mingcha_domain::{BatchNo, Kind, RowRef, Speaks, Value};
use mingcha_engine::{LakeRow, Limits, MemLedger, OpsTable, Session, SessionPlan, Source};
use mingcha_pack::{ColumnKind, PackSet};
use mingcha_publish::*;
use mingcha_store::audit::{Head, head, verify};
use mingcha_testkit::Town;
use mingcha_words::Lang;

/// The rows of one test; each adds what it needs.
#[derive(Clone)]
struct Rows {
    closed: usize,
    calls: usize,
}

const ROWS: Rows = Rows { closed: 2, calls: 123 };

fn packs() -> PackSet {
    let loaded = PackSet::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs"));
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    loaded.set
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn day(text: &str) -> Value {
    Value::Day(text.parse().expect(text))
}

fn table(name: &str, columns: &[(&str, ColumnKind)], rows: Vec<Vec<Value>>) -> OpsTable {
    let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    OpsTable { name: name.to_owned(), columns, rows }
}

fn casework(rows: &Rows) -> Vec<OpsTable> {
    use ColumnKind::{Date, Money, Text};
    let amount = |fen: i64| Value::Decimal(rust_decimal::Decimal::new(fen, 2));
    let problem =
        |no: usize, state: &str| vec![text(&format!("2023-问-{no:04}")), day("2023-11-05"), text(state), text("2023")];
    let mut problems: Vec<_> = (1..=rows.closed).map(|no| problem(no, "closed")).collect();
    problems.push(problem(99, "rectifying"));
    vec![
        table("problem", &[("number", Text), ("closed_on", Date), ("state", Text), ("action", Text)], problems),
        table(
            "recovery",
            &[("number", Text), ("amount", Money), ("recovered_on", Date)],
            vec![
                vec![text("R1"), amount(8_000_000), day("2023-09-05")],
                vec![text("R2"), amount(690_000), day("2023-10-11")],
            ],
        ),
        table("calls", &[("number", Text)], (1..=rows.calls).map(|no| vec![text(&format!("C{no}"))]).collect()),
    ]
}

fn subsidies() -> Vec<MemLedger> {
    let row = |line: i64, grant: &str, person: &str, name: &str| LakeRow {
        at: RowRef { batch: BatchNo(1), row: line },
        values: vec![text(grant), text(person), text(name)],
    };
    let rows = vec![
        row(2, "G1", "330902199001011239", "王小明"),
        row(3, "G2", "330902199001011239", "王小明"),
        row(4, "G3", "330902197001151231", "李明"),
    ];
    vec![MemLedger { name: "training.subsidy".to_owned(), rows }]
}

/// A town with a pack and one moment's sessions.
struct House {
    town: Town,
    packs: PackSet,
    sessions: BTreeMap<String, Session>,
    audit: Head,
}

impl House {
    async fn with(rows: &Rows) -> Self {
        Self::of(packs(), rows).await
    }

    async fn of(packs: PackSet, rows: &Rows) -> Self {
        let town = Town::new().await;
        let mut house = Self { town, packs, sessions: BTreeMap::new(), audit: Head { size: 0, root: [0; 32] } };
        house.look_again(rows).await;
        house
    }

    /// Takes a new ground, as each request does.
    async fn look_again(&mut self, rows: &Rows) {
        let plan = SessionPlan {
            packs: &self.packs,
            source: Source::Tables(subsidies()),
            as_of: self.town.today(),
            action: "2023",
            ops: casework(rows),
            only: None,
            home: "training",
            limits: Limits::FIGURE,
        };
        let session = Session::new(plan).await.expect("a session");
        self.sessions = BTreeMap::from([("training".to_owned(), session)]);
        let mut tx = self.town.store().read().await.expect("a transaction");
        self.audit = head(&mut tx).await.expect("a head");
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            packs: &self.packs,
            sessions: &self.sessions,
            lake_snapshot: 7,
            audit: self.audit,
            as_of: self.town.today(),
            action: "2023",
        }
    }

    async fn publishes(&self, note: &str) -> Result<Published, PublishError> {
        let desk = self.town.desk(&self.town.supervisor().await).await;
        let order = Publish { title: "专项治理工作成果".to_owned(), note: note.to_owned(), after: None };
        publish(desk, self.ground(), order).await
    }

    async fn newest(&self) -> Option<Edition> {
        newest(&mut self.town.store().read().await.expect("a transaction")).await.expect("a read")
    }
}

fn said(trouble: &impl Speaks) -> String {
    mingcha_words::say(Lang::Zh, &trouble.trouble())
}

#[tokio::test]
async fn value_and_wording_are_apart() {
    let house = House::with(&ROWS).await;
    let desk = house.town.reading(&house.town.clerk().await).await;
    let working = working(&desk, house.ground(), None).await.expect("figures");
    assert!(working.failed.is_empty(), "{:?}", working.failed);
    let told: Vec<_> = working.figures.iter().map(FigureValue::json).collect();
    let short: Vec<_> = told
        .iter()
        .map(|figure| {
            format!("{} {} {} {} {}", figure["key"], figure["value"], figure["said"], figure["unit"], figure["count"])
        })
        .collect();
    assert_eq!(
        short,
        [
            "\"problems\" 2 \"2\" \"个\" 2",
            "\"people\" 2 \"2\" \"人\" 3",
            "\"money_back\" 8.69 \"8.69\" \"万元\" 2",
            "\"calls\" 123 \"120余\" \"次\" 123",
        ]
    );
    assert_eq!(told[3]["said_with_unit"], "120余次");
}

#[tokio::test]
async fn a_role_without_figures_is_refused() {
    let house = House::with(&ROWS).await;
    let desk = house.town.reading(&house.town.operator().await).await;
    let refused = working(&desk, house.ground(), None).await.expect_err("the operator sees no figures");
    assert!(matches!(refused, Refused::Role { .. }));
}

#[tokio::test]
async fn an_opened_figure_lists_every_record_with_persons_masked() {
    let house = House::with(&ROWS).await;
    let desk = house.town.reading(&house.town.supervisor().await).await;
    let opened = explain(&desk, house.ground(), "training.people", Sight::masked()).await.expect("an explanation");
    assert_eq!(opened.records.iter().map(|record| record.reference.as_str()).collect::<Vec<_>>(), ["G1", "G2", "G3"]);
    let told = opened.json();
    let shown = told.to_string();
    assert!(!shown.contains("330902199001011239") && !shown.contains("王小明"), "{shown}");
    assert_eq!(told["records"][0]["person"], "330902********1239");
    assert_eq!(told["records"][0]["columns"]["person_name"], "王**");
    assert_eq!(told["lake_snapshot"], 7);
    assert_eq!(told["digest"].as_str().map(str::len), Some(64));
    assert_eq!(told["definition_hash"].as_str().map(str::len), Some(64));
    assert_eq!(told["salt"], serde_json::Value::Null, "with the salt the hidden digits could be tried out");
    assert!(opened.by_month.is_empty(), "records without days have no months");
}

#[tokio::test]
async fn persons_are_shown_in_full_for_a_purpose_that_is_on_record() {
    let house = House::with(&ROWS).await;
    let mut desk = house.town.desk(&house.town.supervisor().await).await;
    let (sight, _) =
        unmask(&mut desk, Subject::house(), "figure:training.people", "核对名单").await.expect("a permission");
    let opened = explain(&desk, house.ground(), "training.people", sight).await.expect("an explanation");
    assert_eq!(opened.records[0].person.as_deref(), Some("330902199001011239"));
    assert_eq!(opened.json()["salt"].as_str().map(str::len), Some(64));
}

#[tokio::test]
async fn a_figure_goes_month_by_month() {
    let house = House::with(&ROWS).await;
    let desk = house.town.reading(&house.town.supervisor().await).await;
    let opened = explain(&desk, house.ground(), "training.money_back", Sight::masked()).await.expect("an explanation");
    let months: Vec<_> = opened.by_month.iter().map(|(month, value)| format!("{month} {value}")).collect();
    assert_eq!(months, ["2023-09 8.00", "2023-10 0.69"]);
}

#[tokio::test]
async fn an_unknown_figure_is_told_with_the_nearest_name() {
    let house = House::with(&ROWS).await;
    let desk = house.town.reading(&house.town.supervisor().await).await;
    let error =
        explain(&desk, house.ground(), "training.mony_back", Sight::masked()).await.expect_err("no such figure");
    assert_eq!(error.kind(), Kind::NotFound);
    assert_eq!(said(&error), "没有名为“training.mony_back”的成果数据。是否应为“training.money_back”？");
}

#[tokio::test]
async fn an_edition_is_what_was_published_whatever_happens_after() {
    let mut house = House::with(&ROWS).await;
    assert_eq!(house.newest().await, None);
    let first = house.publishes("年度通报").await.expect("published");
    assert_eq!((first.no, first.figures), (1, 4));

    house.look_again(&Rows { closed: 3, ..ROWS }).await;
    let mut tx = house.town.store().read().await.expect("a transaction");
    let edition = newest(&mut tx).await.expect("a read").expect("an edition");
    assert_eq!((edition.no, edition.note.as_str(), edition.published_by_name.as_str()), (1, "年度通报", "郑岚"));
    let figures = figures_of(&mut tx, edition.id).await.expect("figures");
    assert_eq!(figures[0].figure.value, 2.into());
    assert_eq!(figures[2].by_month.len(), 2);
    assert_eq!(
        figures[1].quote,
        Some(Quote {
            before: "共整改问题2个，涉及人数".to_owned(),
            number: "2人".to_owned(),
            after: "，追回资金8.69万元。".to_owned()
        })
    );
    drop(tx);

    let second = house.publishes("又有一个问题销号").await.expect("published");
    let mut tx = house.town.store().read().await.expect("a transaction");
    let all = editions(&mut tx, None, 10).await.expect("a list");
    assert_eq!(all.iter().map(|edition| edition.no).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(figures_of(&mut tx, second.edition).await.expect("figures")[0].figure.value, 3.into());
    assert_eq!(edition_no(&mut tx, 1).await.id, first.edition);
    assert!(mingcha_publish::edition(&mut tx, 3).await.expect("a read").is_none());
    assert_eq!(verify(&mut tx, TRACKED, None).await.expect("verified").first(), None);
}

async fn edition_no(tx: &mut mingcha_store::Tx, no: i64) -> Edition {
    mingcha_publish::edition(tx, no).await.expect("a read").expect("an edition")
}

#[tokio::test]
async fn the_bulletin_has_the_order_of_the_published_one() {
    let house = House::with(&ROWS).await;
    house.publishes("年度通报").await.expect("published");
    let mut tx = house.town.store().read().await.expect("a transaction");
    let edition = newest(&mut tx).await.expect("a read").expect("an edition");
    let bulletin = bulletin_of(&mut tx, &edition).await.expect("a read").expect("a bulletin");
    insta::assert_snapshot!("bulletin_markdown", bulletin.markdown);
    insta::assert_snapshot!("bulletin_html", bulletin.html());
    assert!(bulletin.page().starts_with("<!doctype html>"));
}

#[tokio::test]
async fn a_failing_figure_is_named_and_nothing_is_published() {
    let mut packs = packs();
    packs.packs[0].figures[2].records.value = "SELECT r.numbr AS reference FROM ops.recovery r".to_owned();
    let house = House::of(packs, &ROWS).await;
    let error = house.publishes("年度通报").await.expect_err("a figure fails");
    assert!(
        matches!(&error, PublishError::Figure { figure, failed: 1, .. } if figure == "training.money_back"),
        "{error:?}"
    );
    assert!(said(&error).contains("“training.money_back”"), "{}", said(&error));
    let cause = error.cause().expect("a cause");
    assert!(mingcha_words::say(Lang::Zh, &cause).contains("numbr"), "{cause:?}");
    assert_eq!(house.newest().await, None);

    let desk = house.town.reading(&house.town.supervisor().await).await;
    let working = working(&desk, house.ground(), Some("training")).await.expect("figures");
    assert_eq!((working.figures.len(), working.failed.len()), (3, 1), "the others are told all the same");
}

#[tokio::test]
async fn a_failing_template_names_its_file_and_line() {
    let mut packs = packs();
    let bulletin = packs.packs[0].bulletin.as_mut().expect("a bulletin");
    bulletin.template.value = "- 一\n- {{ figure.nothing }}\n".to_owned();
    let house = House::of(packs, &ROWS).await;
    let error = house.publishes("年度通报").await.expect_err("a template fails");
    let PublishError::Bulletin(BulletinError::Template { file, line, .. }) = &error else { panic!("{error:?}") };
    assert_eq!((file.as_str(), *line), ("training/bulletin.md", 2));
    assert_eq!(house.newest().await, None);
}

#[tokio::test]
async fn only_a_supervisor_publishes_and_says_why() {
    let house = House::with(&ROWS).await;
    let order = Publish { title: "成果".to_owned(), note: "年度通报".to_owned(), after: None };
    let desk = house.town.desk(&house.town.clerk().await).await;
    let refused = publish(desk, house.ground(), order).await.expect_err("a clerk does not publish");
    assert_eq!(refused.kind(), Kind::Refused);

    let error = house.publishes("  ").await.expect_err("no note");
    assert!(matches!(error, PublishError::Text { field: "note", .. }), "{error:?}");
    assert!(matches!(house.publishes(&"长".repeat(501)).await, Err(PublishError::Text { .. })));
    assert_eq!(house.newest().await, None);
}

#[tokio::test]
async fn what_was_recorded_meanwhile_stops_the_publishing() {
    let house = House::with(&ROWS).await;
    house.town.set("district", "普陀区").await;
    let error = house.publishes("年度通报").await.expect_err("the ground is old");
    assert_eq!(error.kind(), Kind::Stale);
    assert_eq!(house.newest().await, None);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_publishes_once() {
    let mut house = House::with(&ROWS).await;
    let order = || Publish { title: "成果".to_owned(), note: "年度通报".to_owned(), after: Some(0) };
    let supervisor = house.town.supervisor().await;
    house.look_again(&ROWS).await;
    publish(house.town.desk(&supervisor).await, house.ground(), order()).await.expect("published");
    house.look_again(&ROWS).await;
    let again = publish(house.town.desk(&supervisor).await, house.ground(), order()).await.expect_err("sent again");
    assert!(matches!(again, PublishError::Overtaken { seen: 0, newest: 1 }), "{again:?}");
    assert!(said(&again).contains("第 1 期"), "{}", said(&again));
    assert_eq!(house.newest().await.map(|edition| edition.no), Some(1));
}

#[tokio::test]
async fn an_altered_edition_is_found() {
    let house = House::with(&ROWS).await;
    let published = house.publishes("年度通报").await.expect("published");
    let mut tx = house.town.store().begin().await.expect("a transaction");
    tx.run_unaudited(
        "UPDATE edition_figure SET value = '20' WHERE id = $1",
        mingcha_store::params![format!("{}/training.problems", published.edition)],
        mingcha_store::Why::Bookkeeping,
    )
    .await
    .expect("altered");
    tx.commit().await.expect("committed");
    let mut tx = house.town.store().read().await.expect("a transaction");
    let altered = verify(&mut tx, TRACKED, None).await.expect("verified");
    assert_eq!(altered.iter().map(|altered| altered.table.as_str()).collect::<Vec<_>>(), ["edition_figure"]);
}

#[tokio::test]
async fn use_cases_can_run_in_any_task() {
    fn is_send(_: &impl Send) {}
    let house = House::with(&ROWS).await;
    let desk = house.town.reading(&house.town.supervisor().await).await;
    is_send(&working(&desk, house.ground(), None));
    is_send(&explain(&desk, house.ground(), "training.people", Sight::masked()));
    is_send(&house.publishes("年度通报"));
}
