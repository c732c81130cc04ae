//! A town whose models have found something, and the people who act on it.

use mingcha_access::persons::Sight;
use mingcha_access::{Actor, Desk};
use mingcha_domain::{CaseId, Day, FindingId, ProblemId, Speaks, Trouble};
use mingcha_store::audit;
use mingcha_testkit::{Database, Town};
use mingcha_words::Lang;

use crate::read::{CasePage, ProblemPage, case_page, problem_page};
use crate::state::{Truth, Verdict};
use crate::*;

pub(super) const PROJECT: &str = "vocational_training";
pub(super) const TRUE: Verdict = Verdict::Founded(Truth::True);

pub(super) struct Scene {
    pub town: Town,
    pub supervisor: Actor,
    pub other_supervisor: Actor,
    pub clerk: Actor,
    pub other_clerk: Actor,
    pub inspector: Actor,
    pub auditor: Actor,
    pub console: Actor,
}

impl Scene {
    pub async fn on_sqlite() -> Self {
        Self::on(Database::Sqlite).await
    }

    pub async fn on_postgres() -> Self {
        Self::on(Database::Postgres).await
    }

    async fn on(database: Database) -> Self {
        let town = Town::on(database).await;
        Self {
            supervisor: town.supervisor().await,
            other_supervisor: town.other_supervisor().await,
            clerk: town.clerk().await,
            other_clerk: town.other_clerk().await,
            inspector: town.inspector().await,
            auditor: town.auditor().await,
            console: town.console().await,
            town,
        }
    }

    pub async fn desk(&self, actor: &Actor) -> Desk {
        self.town.desk(actor).await
    }

    pub async fn reading(&self, actor: &Actor) -> Desk {
        self.town.reading(actor).await
    }

    /// The models find these, in one run.
    pub async fn run(&self, news: &[FindingNews]) -> OpenedCases {
        open_cases(self.desk(&self.console).await, "run", news).await.expect("a run")
    }

    /// A new finding, and its case.
    pub async fn case(&self, number: u8) -> CaseId {
        self.run(&[found(number)]).await;
        self.case_of(number).await
    }

    pub async fn case_of(&self, number: u8) -> CaseId {
        let mut desk = self.reading(&self.console).await;
        let found = queries::case_find_by_finding(desk.tx(), finding(number)).await.expect("a query");
        found.expect("the finding has a case").id
    }

    pub async fn page(&self, case: CaseId) -> CasePage {
        case_page(&mut self.reading(&self.supervisor).await, case).await.expect("a page")
    }

    pub async fn problem_page(&self, problem: ProblemId) -> ProblemPage {
        problem_page(&mut self.reading(&self.supervisor).await, problem, Sight::masked()).await.expect("a page")
    }

    pub async fn seen(&self, case: CaseId) -> Seen<CaseId> {
        Seen { id: case, version: self.page(case).await.line.version }
    }

    pub async fn problem_seen(&self, problem: ProblemId) -> Seen<ProblemId> {
        Seen { id: problem, version: self.problem_page(problem).await.line.version }
    }

    pub async fn state(&self, case: CaseId) -> String {
        self.page(case).await.line.state
    }

    pub async fn order(&self, case: CaseId) -> Dispatch {
        Dispatch { case: self.seen(case).await, to: "hrss".into(), working_days: 5, note: String::new() }
    }

    /// A case that was sent to 区人社保局.
    pub async fn dispatched(&self, number: u8) -> CaseId {
        let case = self.case(number).await;
        let order = self.order(case).await;
        dispatch(self.desk(&self.supervisor).await, order).await.expect("dispatched");
        case
    }

    pub async fn answer(&self, case: CaseId, verdict: Verdict) -> Verify {
        Verify { case: self.seen(case).await, verdict, why: "查阅发放凭证，与台账一致。".into() }
    }

    /// A case that 王芳 answered.
    pub async fn verified(&self, number: u8, verdict: Verdict) -> CaseId {
        let case = self.dispatched(number).await;
        let answer = self.answer(case, verdict).await;
        verify(self.desk(&self.clerk).await, answer).await.expect("verified");
        case
    }

    pub async fn problem_order(&self, cases: &[CaseId]) -> OpenProblem {
        let mut seen = Vec::new();
        for case in cases {
            seen.push(self.seen(*case).await);
        }
        OpenProblem {
            cases: seen,
            kind: "补贴资金".into(),
            title: "多发一笔培训补贴".into(),
            basis: "补贴管理办法第九条".into(),
            measure: "追回多发的补贴".into(),
            working_days: 20,
            persons: vec![person(1)],
        }
    }

    /// A problem from the verified cases of these findings.
    pub async fn problem(&self, numbers: &[u8]) -> ProblemId {
        let mut cases = Vec::new();
        for number in numbers {
            cases.push(self.verified(*number, TRUE).await);
        }
        let order = self.problem_order(&cases).await;
        open_problem(self.desk(&self.supervisor).await, order).await.expect("opened").problem
    }

    pub async fn report(&self, problem: ProblemId) -> Rectify {
        Rectify { problem: self.problem_seen(problem).await, text: "已退回专户。".into(), evidence: vec![] }
    }

    pub async fn rectified(&self, numbers: &[u8]) -> ProblemId {
        let problem = self.problem(numbers).await;
        let report = self.report(problem).await;
        rectify(self.desk(&self.clerk).await, report).await.expect("rectified");
        problem
    }

    pub async fn passed(&self, numbers: &[u8]) -> ProblemId {
        let problem = self.rectified(numbers).await;
        let seen = self.problem_seen(problem).await;
        pass_recheck(self.desk(&self.supervisor).await, seen, "核对了回单").await.expect("passed");
        problem
    }

    pub async fn closed(&self, numbers: &[u8]) -> ProblemId {
        let problem = self.passed(numbers).await;
        let seen = self.problem_seen(problem).await;
        close_problem(self.desk(&self.supervisor).await, seen).await.expect("closed");
        problem
    }

    /// Every row of this room is as its last audit entry left it, and none came without one.
    pub async fn the_trail_is_whole(&self) {
        let mut tx = self.town.store().read().await.expect("a read");
        let altered = audit::verify(&mut tx, TRACKED, None).await.expect("verified");
        assert!(altered.is_empty(), "{altered:?}");
    }
}

pub(super) fn finding(number: u8) -> FindingId {
    FindingId::from_random([number; 16])
}

/// Finding `number`: a person paid once too often.
pub(super) fn found(number: u8) -> FindingNews {
    FindingNews {
        finding: finding(number),
        change: FindingChange::Seen,
        model: format!("{PROJECT}.more_than_three_a_year"),
        project: PROJECT.into(),
        sentence: format!("330999********{number:04} 在 2023 年享受培训补贴 4 次。"),
        effect: "核查".into(),
        subject: Some("定海技能培训学校".into()),
        subject_code: Some("91330902MA2DH12359".into()),
    }
}

pub(super) fn gone(number: u8, cause: RecheckCause) -> FindingNews {
    FindingNews { change: FindingChange::Vanished(cause), ..found(number) }
}

/// Finding `number` is still there, with one payment less.
pub(super) fn changed(number: u8, cause: RecheckCause) -> FindingNews {
    let sentence = format!("330999********{number:04} 在 2023 年享受培训补贴 3 次。");
    FindingNews { change: FindingChange::Changed(cause), sentence, ..found(number) }
}

pub(super) fn back(number: u8) -> FindingNews {
    FindingNews { change: FindingChange::Returned, ..found(number) }
}

/// Persons whose identity numbers hold.
pub(super) fn person(number: u8) -> Person {
    let first17 = format!("33099919900101{number:03}");
    let check = mingcha_domain::resident_id::check_character(&first17).expect("seventeen digits");
    Person { resident_id: format!("{first17}{check}"), name: "赵海英".into(), role: "补贴享受人".into() }
}

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The trouble of a refusal; it has words in both languages, with every variable filled.
pub(super) fn told(error: &impl Speaks) -> Trouble {
    let trouble = error.trouble();
    for lang in [Lang::Zh, Lang::En] {
        let said = mingcha_words::say(lang, &trouble);
        assert!(!said.contains("{$") && !said.contains(trouble.code), "{said}");
    }
    trouble
}

pub(super) fn code(error: &impl Speaks) -> &'static str {
    told(error).code
}
