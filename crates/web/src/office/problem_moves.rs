//! Steps on a problem: each reads its form, calls its use case, and shows the page again.

use axum::extract::{Path, State};
use mingcha_casework::{Evidence, EvidenceRoom, Person, RecordRecovery, Rectify, Seen, keep_evidence};
use mingcha_domain::{ProblemId, Speaks};

use super::case_moves::{days, seen};
use super::panels::Retry;
use super::problem::draw;
use crate::shell::{Answer, Failure, Fields, HandedIn, Posted, Site, Upload, Visit, done};

/// 整改反馈, with pieces of evidence. Each is kept before the transaction that attaches it.
pub(crate) async fn rectify(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    upload: Upload,
) -> Answer {
    let Upload { fields: form, files } = upload;
    let problem: Seen<ProblemId> = seen(&problem, &form)?;
    let outcome = match kept(&site, &visit, problem.id, &form, files).await {
        Ok(evidence) => {
            let report = Rectify { problem, text: form.text("why").into(), evidence };
            mingcha_casework::rectify(site.desk(&visit).await?, report).await.map_err(|error| Failure::of(&error))
        }
        Err(failure) => Err(failure),
    };
    told(&site, &visit, problem.id, "rectify", form, outcome).await
}

async fn kept(
    site: &Site,
    visit: &Visit,
    problem: ProblemId,
    form: &Fields,
    files: Vec<(String, HandedIn)>,
) -> Result<Vec<Evidence>, Failure> {
    let room = EvidenceRoom::in_data(site.platform.folder.root());
    let mut evidence = Vec::new();
    for (_, handed) in files {
        let bytes = tokio::fs::read(handed.file.path()).await.map_err(|error| Failure::broken(error.to_string()))?;
        let mut desk = site.reading(visit).await?;
        let file = keep_evidence(&mut desk, &room, problem, &handed.name, &bytes).await?;
        evidence.push(Evidence { file, speaks_of: form.day("speaks_of")? });
    }
    Ok(evidence)
}

/// 复核通过.
pub(crate) async fn pass(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let outcome = mingcha_casework::pass_recheck(site.desk(&visit).await?, problem, form.text("why")).await;
    after(&site, &visit, problem.id, "pass", form, outcome).await
}

/// 退回整改.
pub(crate) async fn send_back(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let desk = site.desk(&visit).await?;
    let outcome = mingcha_casework::send_back_rectification(desk, problem, days(&form), form.text("why")).await;
    after(&site, &visit, problem.id, "send_back_rectification", form, outcome).await
}

/// 销号.
pub(crate) async fn close(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let outcome = mingcha_casework::close_problem(site.desk(&visit).await?, problem).await;
    after(&site, &visit, problem.id, "close", form, outcome).await
}

/// 重开.
pub(crate) async fn reopen(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let desk = site.desk(&visit).await?;
    let outcome = mingcha_casework::reopen_problem(desk, problem, days(&form), form.text("why")).await;
    after(&site, &visit, problem.id, "reopen_problem", form, outcome).await
}

/// 并入疑点.
pub(crate) async fn join(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem: Seen<ProblemId> = seen(&problem, &form)?;
    let chosen = form.all("case").map(|case| {
        let (id, version) = case.split_once('/').ok_or_else(|| Failure::bad_form("case"))?;
        let version = version.parse().map_err(|_| Failure::bad_form("case"))?;
        Ok(Seen { id: super::findings::id(id)?, version })
    });
    let cases = chosen.collect::<Result<Vec<_>, Failure>>()?;
    let outcome = mingcha_casework::join_problem(site.desk(&visit).await?, problem, &cases).await;
    after(&site, &visit, problem.id, "join", form, outcome).await
}

/// 登记涉及人员.
pub(crate) async fn add_persons(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let text = |name| form.text(name).to_owned();
    let person = Person { resident_id: text("resident_id"), name: text("name"), role: text("role") };
    let outcome = mingcha_casework::add_persons(site.desk(&visit).await?, problem, &[person]).await;
    after(&site, &visit, problem.id, "add_persons", form, outcome).await
}

/// 登记追回资金.
pub(crate) async fn record_recovery(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let order = recovery(problem, &form);
    let outcome = match order {
        Ok(order) => mingcha_casework::record_recovery(site.desk(&visit).await?, order)
            .await
            .map_err(|error| Failure::of(&error)),
        Err(failure) => Err(failure),
    };
    told(&site, &visit, problem.id, "record_recovery", form, outcome.map(|_| ())).await
}

fn recovery(problem: Seen<ProblemId>, form: &Fields) -> Result<RecordRecovery, Failure> {
    Ok(RecordRecovery {
        problem,
        resident_id: form.some("resident_id").map(str::to_owned),
        amount: form.money("amount")?,
        recovered_on: form.day("recovered_on")?,
        returned_to: form.text("returned_to").into(),
    })
}

/// 复查完毕.
pub(crate) async fn recheck_settled(
    State(site): State<Site>,
    visit: Visit,
    Path(problem): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let problem = seen(&problem, &form)?;
    let outcome = mingcha_casework::settle_problem_recheck(site.desk(&visit).await?, problem, form.text("why")).await;
    after(&site, &visit, problem.id, "recheck_settled", form, outcome).await
}

async fn after<T, E: Speaks>(
    site: &Site,
    visit: &Visit,
    problem: ProblemId,
    made: &'static str,
    form: Fields,
    outcome: Result<T, E>,
) -> Answer {
    told(site, visit, problem, made, form, outcome.map(|_| ()).map_err(|error| Failure::of(&error))).await
}

async fn told(
    site: &Site,
    visit: &Visit,
    problem: ProblemId,
    made: &'static str,
    form: Fields,
    outcome: Result<(), Failure>,
) -> Answer {
    match outcome {
        Ok(()) => done(&format!("/office/problems/{problem}"), &made.replace('_', "-")),
        Err(failure) => draw(site, visit, problem, Some(Retry::of(made, form, failure)?)).await,
    }
}
