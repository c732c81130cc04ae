//! Steps on a finding's case: each reads its form, calls its use case, and shows the page again.

use axum::extract::{Path, State};
use mingcha_casework::state::Verdict;
use mingcha_casework::{Dispatch, OpenProblem, Person, Seen, SendBack, Verify};
use mingcha_domain::{CaseId, Speaks};

use super::finding::{draw, persons_of};
use super::findings::id;
use super::panels::Retry;
use crate::shell::{Answer, Failure, Fields, Posted, Site, Visit, done};

/// 派发.
pub(crate) async fn dispatch(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let order =
        Dispatch { case, to: form.text("to").into(), working_days: days(&form), note: form.text("note").into() };
    let outcome = mingcha_casework::dispatch(site.desk(&visit).await?, order).await;
    after(&site, &visit, case.id, "dispatch", form, outcome).await
}

/// 撤回派发.
pub(crate) async fn recall(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let outcome = mingcha_casework::recall(site.desk(&visit).await?, case, form.text("why")).await;
    after(&site, &visit, case.id, "recall", form, outcome).await
}

/// 核查反馈.
pub(crate) async fn verify(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let verdict = Verdict::from_code(form.text("verdict")).ok_or_else(|| Failure::bad_form("verdict"))?;
    let answer = Verify { case, verdict, why: form.text("why").into() };
    let outcome = mingcha_casework::verify(site.desk(&visit).await?, answer).await;
    after(&site, &visit, case.id, "verify", form, outcome).await
}

/// 退回补充.
pub(crate) async fn send_back(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let order = SendBack { case, working_days: days(&form), why: form.text("why").into() };
    let outcome = mingcha_casework::send_back(site.desk(&visit).await?, order).await;
    after(&site, &visit, case.id, "send_back", form, outcome).await
}

/// 列入问题: opens a problem and leads to it.
pub(crate) async fn take_into_problem(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let order = OpenProblem {
        cases: vec![case],
        kind: form.text("kind").into(),
        title: form.text("title").into(),
        basis: form.text("basis").into(),
        measure: form.text("measure").into(),
        working_days: days(&form),
        persons: chosen_persons(&site, &visit, case.id, &form).await?,
    };
    match mingcha_casework::open_problem(site.desk(&visit).await?, order).await {
        Ok(opened) => done(&format!("/office/problems/{}", opened.problem), "take-into-problem"),
        Err(error) => again(&site, &visit, case.id, "take_into_problem", form, Failure::of(&error)).await,
    }
}

/// 同意不属实, 结案.
pub(crate) async fn dismiss(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let outcome = mingcha_casework::dismiss(site.desk(&visit).await?, case, form.text("why")).await;
    after(&site, &visit, case.id, "dismiss", form, outcome).await
}

/// 重开.
pub(crate) async fn reopen(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let outcome = mingcha_casework::reopen(site.desk(&visit).await?, case, form.text("why")).await;
    after(&site, &visit, case.id, "reopen", form, outcome).await
}

/// 复查完毕.
pub(crate) async fn recheck_settled(
    State(site): State<Site>,
    visit: Visit,
    Path(case): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let case = seen(&case, &form)?;
    let outcome = mingcha_casework::settle_case_recheck(site.desk(&visit).await?, case, form.text("why")).await;
    after(&site, &visit, case.id, "recheck_settled", form, outcome).await
}

/// The version that the page showed, of the thing in the address.
pub(crate) fn seen<Id: std::str::FromStr>(address: &str, form: &Fields) -> Result<Seen<Id>, Failure> {
    Ok(Seen { id: id(address)?, version: form.ours("version")? })
}

/// A term in working days; what is no number is no term, and the use case says so.
pub(crate) fn days(form: &Fields) -> u32 {
    form.text("working_days").parse().unwrap_or(0)
}

async fn chosen_persons(site: &Site, visit: &Visit, case: CaseId, form: &Fields) -> Result<Vec<Person>, Failure> {
    let mut desk = site.reading(visit).await?;
    let known = persons_of(site, &mut desk, case).await?;
    let chosen = form.all("person").filter_map(|at| known.get(at.parse::<usize>().ok()?));
    Ok(chosen
        .map(|(identifier, name)| Person { resident_id: identifier.clone(), name: name.clone(), role: String::new() })
        .collect())
}

async fn after<T, E: Speaks>(
    site: &Site,
    visit: &Visit,
    case: CaseId,
    made: &'static str,
    form: Fields,
    outcome: Result<T, E>,
) -> Answer {
    match outcome {
        Ok(_) => done(&format!("/office/findings/{case}"), &made.replace('_', "-")),
        Err(error) => again(site, visit, case, made, form, Failure::of(&error)).await,
    }
}

async fn again(site: &Site, visit: &Visit, case: CaseId, made: &'static str, form: Fields, failure: Failure) -> Answer {
    draw(site, visit, case, Some(Retry::of(made, form, failure)?)).await
}
