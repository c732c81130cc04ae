//! What may be done at a desk.

use mingcha_access::accounts::close;
use mingcha_access::{AccessError, Action, Record, Refused, Role, Scope, Subject};
use mingcha_domain::{Kind, Speaks};
use mingcha_store::jobs::RowsCommitted;
use mingcha_store::{Job, StoreError};
use mingcha_testkit::Town;
use serde_json::json;

use crate::{assert_sound, in_both_towns, trail};

in_both_towns!(
    a_desk_has_the_business_date_and_the_action_of_the_house,
    without_a_setting_today_is_the_day_in_china,
    a_clerk_acts_in_the_own_unit_and_nowhere_else,
    a_role_that_never_does_something_is_told_so,
    what_is_invisible_does_not_exist_for_anyone,
    whoever_did_the_work_does_not_judge_it,
    a_scope_is_what_the_policy_says,
    a_change_is_recorded_under_the_actors_login_and_its_job_queued_with_it,
    a_permit_of_another_person_records_nothing,
    a_reading_desk_changes_nothing,
    a_closed_account_gets_no_desk,
    a_change_of_role_counts_at_the_next_desk,
);

async fn a_desk_has_the_business_date_and_the_action_of_the_house(town: Town) {
    let desk = town.desk(&town.clerk().await).await;
    assert_eq!((desk.today.to_string(), desk.action_year()), ("2023-12-29".to_owned(), "2023"));
    assert_eq!(town.office.today().await, Ok(town.today()));
}

async fn without_a_setting_today_is_the_day_in_china(town: Town) {
    let mut tx = town.store().begin_unaudited().await.expect("a transaction");
    tx.run_unaudited("DELETE FROM setting", vec![], mingcha_store::Why::Bookkeeping).await.expect("no settings");
    tx.commit().await.expect("a commit");
    town.clock.pass_hours(16);
    let desk = town.desk(&town.clerk().await).await;
    assert_eq!((desk.today.to_string(), desk.action_year()), ("2023-12-30".to_owned(), "2023"));
}

async fn a_clerk_acts_in_the_own_unit_and_nowhere_else(town: Town) {
    let desk = town.reading(&town.clerk().await).await;
    let permit = desk.ask(Action::LedgerImport, Subject::of_unit("hrss")).expect("the own unit");
    assert_eq!((permit.action(), permit.unit()), (Action::LedgerImport, Some("hrss")));
    assert_eq!(permit.for_action(Action::LedgerImport), Ok(()));
    assert!(matches!(permit.for_action(Action::BatchWithdraw), Err(Refused::OtherPermit { .. })));
    let refused = Refused::OtherUnit { role: Role::Clerk, action: Action::LedgerImport };
    assert_eq!(desk.ask(Action::LedgerImport, Subject::of_unit("education")), Err(refused.clone()));
    assert_eq!(desk.ask(Action::LedgerImport, Subject::house()), Err(refused.clone()));
    assert_eq!((refused.kind(), refused.trouble().code), (Kind::Refused, "MC-ACCESS-003"));
}

async fn a_role_that_never_does_something_is_told_so(town: Town) {
    let desk = town.reading(&town.auditor().await).await;
    let refused = Refused::Role { role: Role::Auditor, action: Action::CaseDispatch };
    assert_eq!(desk.ask(Action::CaseDispatch, Subject::of_unit("hrss")), Err(refused.clone()));
    assert_eq!((refused.kind(), refused.trouble().code), (Kind::Refused, "MC-ACCESS-002"));
    assert!(desk.ask(Action::AuditSee, Subject::house()).is_ok());
}

async fn what_is_invisible_does_not_exist_for_anyone(town: Town) {
    for actor in [town.supervisor().await, town.other_clerk().await, town.operator().await] {
        let desk = town.reading(&actor).await;
        let refused = desk.ask(Action::CaseVerify, Subject::of_unit("hrss").visible_if(false));
        assert_eq!(refused, Err(Refused::Invisible), "{}", actor.login);
    }
    assert_eq!(Refused::Invisible.kind(), Kind::NotFound);
    let stranger = town.reading(&town.other_clerk().await).await;
    assert!(!stranger.sees(Action::CaseSee, Some("hrss")));
    assert!(stranger.sees(Action::CaseSee, Some("education")));
    assert!(!stranger.sees(Action::CaseSee, None));
}

async fn whoever_did_the_work_does_not_judge_it(town: Town) {
    let (one, other) = (town.supervisor().await, town.other_supervisor().await);
    let subject = Subject::of_unit("hrss").not_by(one.account);
    let refused = Refused::SamePerson { action: Action::ProblemRecheck };
    assert_eq!(town.reading(&one).await.ask(Action::ProblemRecheck, subject), Err(refused));
    assert!(town.reading(&other).await.ask(Action::ProblemRecheck, subject).is_ok());
}

async fn a_scope_is_what_the_policy_says(town: Town) {
    let scope = town.reading(&town.supervisor().await).await.scope(Action::FindingSee);
    assert_eq!((scope.clone(), scope.unit_filter()), (Scope::All, (1, "")));
    let scope = town.reading(&town.clerk().await).await.scope(Action::FindingSee);
    assert_eq!((scope.clone(), scope.unit_filter()), (Scope::Unit("hrss".to_owned()), (0, "hrss")));
    let mut desk = town.reading(&town.operator().await).await;
    let scope = desk.scope(Action::FindingSee);
    assert_eq!(scope, Scope::Nothing);
    let (all, unit) = scope.unit_filter();
    let params = mingcha_store::params![all, unit];
    let rows = desk.tx().all("SELECT id FROM unit WHERE ($1 = 1 OR id = $2)", params).await.expect("a query");
    assert!(rows.is_empty(), "a scope of nothing finds nothing");
}

fn dispatch() -> Record<'static> {
    Record {
        verb: "case.dispatch",
        subject: "case:1",
        why: Some("疑点明确"),
        touched: &[],
        facts: json!({ "to": "hrss" }),
    }
}

async fn a_change_is_recorded_under_the_actors_login_and_its_job_queued_with_it(town: Town) {
    let mut desk = town.desk(&town.supervisor().await).await;
    let permit = desk.ask(Action::CaseDispatch, Subject::of_unit("hrss")).expect("a permit");
    let touched = [desk.tx().set_setting("dispatched", "1").await.expect("a change")];
    desk.record(&permit, Record { touched: &touched, ..dispatch() }).await.expect("an entry");
    let job = Job::of(&RowsCommitted { batch: 1, withdrawn: false }).expect("a job");
    assert_eq!(desk.enqueue(&job).await, Ok(true));
    let now = desk.now;
    desk.commit().await.expect("a commit");
    assert_eq!(trail(&town, 1).await, ["zheng.lan case.dispatch"]);
    assert!(town.store().jobs().lease(now, 60).await.expect("the queue").is_some());
    assert_sound(&town).await;
}

async fn a_permit_of_another_person_records_nothing(town: Town) {
    let theirs = town.reading(&town.other_supervisor().await).await.ask(Action::CaseDispatch, Subject::of_unit("hrss"));
    let mut desk = town.desk(&town.supervisor().await).await;
    desk.tx().set_setting("dispatched", "1").await.expect("a change");
    let recorded = desk.record(&theirs.expect("a permit"), dispatch()).await;
    assert_eq!(recorded, Err(StoreError::Unaudited));
    assert_eq!(desk.commit().await, Err(StoreError::Unaudited));
}

async fn a_reading_desk_changes_nothing(town: Town) {
    let mut desk = town.reading(&town.supervisor().await).await;
    assert!(matches!(desk.tx().set_setting("dispatched", "1").await, Err(StoreError::ReadOnly { .. })));
    let permit = desk.ask(Action::CaseDispatch, Subject::of_unit("hrss")).expect("a permit");
    assert!(matches!(desk.record(&permit, dispatch()).await, Err(StoreError::ReadOnly { .. })));
}

async fn a_closed_account_gets_no_desk(town: Town) {
    let clerk = town.clerk().await;
    close(town.desk(&town.operator().await).await, "wang.fang", "调离").await.expect("closed");
    let error = town.office.desk(&clerk).await.err();
    assert_eq!(error, Some(AccessError::AccountClosed { login: "wang.fang".to_owned() }));
    assert!(town.office.reading(&clerk).await.is_err());
    assert_sound(&town).await;
}

/// The actor that a request carries is a name, not a claim: what counts is the account as it is now.
async fn a_change_of_role_counts_at_the_next_desk(town: Town) {
    let mut forged = town.clerk().await;
    forged.role = Role::Supervisor;
    forged.unit = None;
    let desk = town.reading(&forged).await;
    assert_eq!((desk.actor.role, desk.actor.unit.as_deref()), (Role::Clerk, Some("hrss")));
    assert!(desk.ask(Action::CaseDispatch, Subject::of_unit("hrss")).is_err());
}
