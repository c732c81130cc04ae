//! A piece of evidence that was altered on the disk is named. Evidence comes in through the web only, so this test does
//! what the pages do: the same use cases, as the same persons, on a copy of the demo folder.

use std::sync::Arc;

use mingcha_access::persons::Sight;
use mingcha_casework::read::{CaseQuery, case_list, case_page, problem_page};
use mingcha_casework::state::{Truth, Verdict};
use mingcha_casework::{
    Dispatch, Evidence, EvidenceRoom, OpenProblem, Person, Rectify, Seen, Verify, dispatch, keep_evidence,
    open_problem, rectify, verify,
};
use mingcha_domain::Day;
use mingcha_testkit::{SeededChance, TickingClock};
use mingcha_wiring::Platform;

use crate::house::House;
use crate::sheets::resident_id;

const RECEIPT: &[u8] = b"%PDF-1.7 receipt of the bank";

/// Takes the first waiting case to a rectified problem with one piece of evidence, and returns its SM3.
async fn a_rectified_problem(house: &House) -> String {
    let (clock, chance) = (Arc::new(TickingClock::default()), Arc::new(SeededChance::new(77)));
    let platform = Platform::open(&house.data(), clock, chance).await.expect("opened");
    let office = &platform.office;
    let supervisor = platform.actor(Some("supervisor")).await.expect("the supervisor");
    let clerk = platform.actor(Some("clerk")).await.expect("the clerk");
    let to = clerk.unit.clone().expect("the clerk's unit");

    let query = CaseQuery { state: Some("waiting".to_owned()), ..CaseQuery::default() };
    let mut desk = office.reading(&supervisor).await.expect("a desk");
    let case = case_list(&mut desk, &query).await.expect("a list").lines.remove(0).id;
    drop(desk);
    let seen = async || {
        let mut desk = office.reading(&supervisor).await.expect("a desk");
        Seen { id: case, version: case_page(&mut desk, case).await.expect("a page").line.version }
    };
    let order = Dispatch { case: seen().await, to, working_days: 5, note: String::new() };
    dispatch(office.desk(&supervisor).await.expect("a desk"), order).await.expect("dispatched");
    let verdict = Verdict::Founded(Truth::True);
    let answer = Verify { case: seen().await, verdict, why: "查阅发放凭证，与台账一致。".to_owned() };
    verify(office.desk(&clerk).await.expect("a desk"), answer).await.expect("verified");
    let order = OpenProblem {
        cases: vec![seen().await],
        kind: "补贴资金".to_owned(),
        title: "多发一笔培训补贴".to_owned(),
        basis: "补贴管理办法第九条".to_owned(),
        measure: "追回多发的补贴".to_owned(),
        working_days: 20,
        persons: vec![Person {
            resident_id: resident_id(1), name: "赵海英".to_owned(), role: "补贴享受人".to_owned()
        }],
    };
    let problem = open_problem(office.desk(&supervisor).await.expect("a desk"), order).await.expect("opened").problem;

    let room = EvidenceRoom::in_data(&house.data());
    let mut desk = office.reading(&clerk).await.expect("a desk");
    let file = keep_evidence(&mut desk, &room, problem, "收据.pdf", RECEIPT).await.expect("kept");
    let version = problem_page(&mut desk, problem, Sight::masked()).await.expect("a page").line.version;
    drop(desk);
    let sm3 = file.sm3().to_owned();
    let speaks_of = "2023-12-20".parse::<Day>().expect("a day");
    let report = Rectify {
        problem: Seen { id: problem, version },
        text: "已退回专户。".to_owned(),
        evidence: vec![Evidence { file, speaks_of }],
    };
    rectify(office.desk(&clerk).await.expect("a desk"), report).await.expect("rectified");
    sm3
}

#[test]
fn a_piece_of_evidence_that_was_changed_or_taken_away_is_named() {
    let house = House::demo();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let sm3 = runtime.block_on(a_rectified_problem(&house));
    drop(runtime);
    house.verifies();

    let file = house.data().join("evidence").join(&sm3[..2]).join(&sm3);
    assert_eq!(std::fs::read(&file).expect("the evidence lies there"), RECEIPT);
    std::fs::write(&file, b"%PDF-1.7 receipt of the bonk").expect("altered");
    let named = || {
        let told = house.run(["verify", "--json"]).ends(1).json();
        assert_eq!(told["altered"].as_array().map(Vec::len), Some(1), "{told:#}");
        told["altered"][0]["message"].as_str().expect("words").to_owned()
    };
    let message = named();
    assert!(message.contains(&sm3) || message.contains("收据.pdf"), "{message}");
    std::fs::remove_file(&file).expect("removed");
    let message = named();
    assert!(message.contains(&sm3) || message.contains("收据.pdf"), "{message}");
    std::fs::write(&file, RECEIPT).expect("put back");
    house.verifies();
}
