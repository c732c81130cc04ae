//! What a finding becomes when something besides its rows changes, and when its key moves.

use mingcha_testkit::Database;

use super::bed::{Bed, SUBSIDY, THREE};
use super::lifecycle::{RESIDENT, four, how};
use crate::{Change, FindingQuery, FindingState, How, Mode, RunCause, VanishedCause, finding_list, news};

#[tokio::test]
async fn a_key_that_comes_back_in_another_partition_is_the_same_finding() {
    let mut bed = Bed::new().await;
    bed.find_each_grant();
    let batch = bed.commit(SUBSIDY, vec![bed.subsidy("B1", RESIDENT, "2023-01-05")]).await.expect("a batch");
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert!(bed.withdraw(batch).await);
    bed.run(Mode::Auto, RunCause::BatchWithdrawn(batch)).await;
    let [gone] = bed.findings(THREE).await.try_into().expect("one finding");
    assert_eq!(gone.state, FindingState::Vanished(VanishedCause::BatchWithdrawn));

    let other = vec![bed.subsidy("B1", "330999199001012346", "2023-01-05")];
    let batch = bed.commit(SUBSIDY, other).await.expect("a batch");
    let run = bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert_eq!(how(&run, THREE), How::Incremental);
    let [back] = bed.findings(THREE).await.try_into().expect("the same one");
    assert_eq!((back.id, back.state), (gone.id, FindingState::Returned));
    let full = bed.run(Mode::Full, RunCause::Asked).await;
    let result = full.results.iter().find(|result| result.model == THREE).expect("the model");
    assert_eq!((result.created, result.updated, result.vanished, result.returned), (0, 0, 0, 0));
}

#[tokio::test]
async fn what_a_page_says_of_its_findings_is_said_anew_when_it_changes() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    for model in bed.packs.packs.iter_mut().flat_map(|pack| &mut pack.models).filter(|m| m.full_name() == THREE) {
        model.effect = mingcha_pack::Effect::HoldPayment;
        model.wording.source.push_str("请核实。");
        model.wording.pieces.push(mingcha_pack::Piece::Text("请核实。".into()));
    }
    bed.run(Mode::Auto, RunCause::PacksChanged).await;
    let [found] = bed.findings(THREE).await.try_into().expect("one finding");
    assert_eq!((found.effect.as_str(), found.state), ("暂停支付", FindingState::Seen));
    assert!(found.sentence.ends_with("请核实。"), "{}", found.sentence);
}

#[tokio::test]
async fn a_finding_that_stays_tells_why_its_data_are_others_and_nothing_of_mere_wording() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    let fifth = bed.commit(SUBSIDY, vec![bed.subsidy("B5", RESIDENT, "2023-05-05")]).await.expect("a batch");
    let added = bed.run(Mode::Auto, RunCause::BatchCommitted(fifth)).await;
    assert!(bed.withdraw(fifth).await);
    let withdrawn = bed.run(Mode::Auto, RunCause::BatchWithdrawn(fifth)).await;
    for model in bed.packs.packs.iter_mut().flat_map(|pack| &mut pack.models).filter(|m| m.full_name() == THREE) {
        model.effect = mingcha_pack::Effect::HoldPayment;
    }
    let reworded = bed.run(Mode::Auto, RunCause::PacksChanged).await;
    let mut desk = bed.town.reading(&bed.town.supervisor().await).await;
    for (run, cause) in [
        (added, Some(VanishedCause::DataCorrected)),
        (withdrawn, Some(VanishedCause::BatchWithdrawn)),
        (reworded, None),
    ] {
        let told = news(&mut desk, run.id).await.expect("news");
        let changes: Vec<_> = told.iter().filter(|news| news.model == THREE).map(|news| news.change).collect();
        assert_eq!(changes, [Change::Updated(cause)]);
    }
}

#[tokio::test]
async fn news_that_a_later_run_took_back_does_not_hold_any_more() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    let first = bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert!(bed.withdraw(batch).await);
    let second = bed.run(Mode::Auto, RunCause::BatchWithdrawn(batch)).await;
    let mut desk = bed.town.reading(&bed.town.supervisor().await).await;
    let holds = |news: Vec<crate::News>| news.into_iter().map(|news| news.holds).collect::<Vec<_>>();
    assert_eq!(holds(news(&mut desk, first.id).await.expect("news")), [false]);
    assert_eq!(holds(news(&mut desk, second.id).await.expect("news")), [true]);
}

#[tokio::test]
async fn a_lead_unit_that_is_known_later_gets_the_findings_that_are_there() {
    let mut bed = Bed::new().await;
    let original = bed.packs.clone();
    bed.packs.packs.iter_mut().filter_map(|pack| pack.project.as_mut()).for_each(|project| {
        project.lead_unit = "还没有的单位".into();
    });
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert_eq!(bed.findings(THREE).await[0].unit, None);
    bed.packs = original;
    bed.run(Mode::Auto, RunCause::Asked).await;
    assert_eq!(bed.findings(THREE).await[0].unit.as_deref(), Some("hrss"));
}

#[tokio::test]
async fn a_search_finds_capitals_by_small_letters_on_either_database() {
    for database in [Database::Sqlite, Database::Postgres] {
        let mut bed = Bed::on(database).await;
        bed.find_each_grant();
        let batch = bed.commit(SUBSIDY, vec![bed.subsidy("BX1", RESIDENT, "2023-01-05")]).await.expect("a batch");
        bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
        let mut desk = bed.town.reading(&bed.town.supervisor().await).await;
        for text in ["bx1", "BX1", "Bx1"] {
            let query = FindingQuery { text: Some(text.into()), ..FindingQuery::default() };
            assert_eq!(finding_list(&mut desk, &query).await.expect("findings").lines.len(), 1, "{text}");
        }
        // The hidden digits of an identity number cannot be tried one by one.
        let digits = FindingQuery { text: Some(RESIDENT[8..14].into()), ..FindingQuery::default() };
        assert_eq!(finding_list(&mut desk, &digits).await.expect("findings").lines.len(), 0);
    }
}
