//! 我的待办: what is mine today, what is late and by whom, what changed lately.

use std::collections::BTreeMap;

use axum::extract::State;
use mingcha_access::policy::{Reach, reach};
use mingcha_access::{Action, Desk};
use mingcha_casework::read::{
    CaseLine, CaseQuery, DueQuery, ProblemLine, ProblemQuery, case_list, due_board, problem_list,
};
use mingcha_domain::Day;
use mingcha_ledger::batches;
use mingcha_pages::Place;
use mingcha_pages::office::{OverviewPage, Work};
use mingcha_pages::parts::{Empty, Light, Link, Tone};

use super::findings::model_title;
use super::states::{case_light, problem_light};
use crate::shell::{Answer, Failure, Site, Visit, page, see_other};

/// Lines of each kind that are shown.
const SHOWN: usize = 7;

/// The page. Who sees no casework is led to what they do see.
pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Answer {
    let role = visit.actor()?.role;
    let may = |action| reach(role, action) != Reach::Never;
    if !may(Action::CaseSee) {
        return see_other(if may(Action::InspectionSee) { "/office/inspections" } else { "/office/settings" });
    }
    let mut desk = site.reading(&visit).await?;
    let today = desk.today;
    let mine = mine(&site, &visit, &mut desk).await?;
    let late = late(&visit, &mut desk).await?;
    let changed = changed(&site, &visit, &mut desk).await?;
    let count = mine.len();
    let words = [("day", in_words(&visit, today)), ("count", count.to_string())];
    page(OverviewPage {
        frame: site.frame_in(desk.tx(), &visit, Place::Overview, visit.say("web-place-overview")).await?,
        heading: visit.say_with(if count == 0 { "web-overview-heading-none" } else { "web-overview-heading" }, &words),
        mine: mine.into_iter().take(SHOWN).collect(),
        mine_all: (count > SHOWN).then(|| {
            Link::new("/office/findings", visit.say_with("web-overview-all", &[("count", count.to_string())]))
        }),
        mine_none: Empty::new(visit.say("web-overview-done"), visit.say("web-overview-done-how"), None),
        late,
        changed,
    })
}

fn in_words(visit: &Visit, day: Day) -> String {
    if visit.lang == mingcha_words::Lang::Zh { day.in_documents() } else { day.to_string() }
}

/// Cases and problems whose next step is this role's, those with the nearest deadline first.
async fn mine(site: &Site, visit: &Visit, desk: &mut Desk) -> Result<Vec<Work>, Failure> {
    let role = visit.actor()?.role;
    let may = |action| reach(role, action) != Reach::Never;
    let mut cases = Vec::new();
    let mut problems = Vec::new();
    if may(Action::CaseVerify) {
        cases.push("dispatched");
        problems.push("rectifying");
    }
    if may(Action::CaseDispatch) {
        cases.extend(["verified", "waiting"]);
        problems.extend(["rectified", "passed"]);
    }
    let today = desk.today;
    let mut work = Vec::new();
    for state in problems {
        let query = ProblemQuery { state: Some(state.into()), limit: 100, ..ProblemQuery::default() };
        work.extend(problem_list(desk, &query).await?.lines.iter().map(|line| problem_work(visit, line, today)));
    }
    for state in cases {
        let query = CaseQuery { state: Some(state.into()), limit: 100, ..CaseQuery::default() };
        work.extend(case_list(desk, &query).await?.lines.iter().map(|line| case_work(site, visit, line, today)));
    }
    Ok(work)
}

fn case_work(site: &Site, visit: &Visit, case: &CaseLine, today: Day) -> Work {
    Work {
        link: Link::new(format!("/office/findings/{}", case.id), case.sentence.clone()),
        under: format!("{} · {}", model_title(site, visit, &case.model), case.number),
        light: Some(case_light(visit, case, today)),
        n: None,
    }
}

fn problem_work(visit: &Visit, problem: &ProblemLine, today: Day) -> Work {
    let unit = problem.unit_name.clone().unwrap_or_else(|| problem.unit.clone());
    Work {
        link: Link::new(format!("/office/problems/{}", problem.id), problem.title.clone()),
        under: format!("{unit} · {}", problem.number),
        light: Some(problem_light(visit, problem, today)),
        n: None,
    }
}

/// What is overdue, by unit, the longest overdue unit first.
async fn late(visit: &Visit, desk: &mut Desk) -> Result<Vec<Work>, Failure> {
    let board = due_board(desk, &DueQuery { late: true, limit: 200, ..DueQuery::default() }).await?;
    let mut units: BTreeMap<String, (String, usize, Day, u32)> = BTreeMap::new();
    for line in board.lines {
        let late = line.late_working_days.unwrap_or_default();
        let name = line.unit_name.unwrap_or_else(|| line.unit.clone());
        let entry = units.entry(line.unit).or_insert((name, 0, line.due, late));
        entry.1 += 1;
        if line.due < entry.2 {
            (entry.2, entry.3) = (line.due, late);
        }
    }
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_by_key(|(_, (_, _, due, _))| *due);
    let work = units.into_iter().map(|(code, (name, count, due, days))| Work {
        link: Link::new(format!("/office/findings?unit={code}&due=late"), name),
        under: visit.say_with("web-overview-oldest", &[("due", due.to_string()), ("days", days.to_string())]),
        light: Some(Light::new(Tone::Red, visit.say_with("web-overview-late-count", &[("count", count.to_string())]))),
        n: None,
    });
    Ok(work.take(SHOWN).collect())
}

/// The newest batches and the newest edition, as far as this actor sees them.
async fn changed(site: &Site, visit: &Visit, desk: &mut Desk) -> Result<Vec<Work>, Failure> {
    let mut changed = Vec::new();
    if let Some(edition) = mingcha_publish::newest(desk.tx()).await? {
        changed.push(Work {
            link: Link::new(
                format!("/bulletins/{}", edition.no),
                visit.say_with("web-changed-edition", &[("no", edition.no.to_string())]),
            ),
            under: format!("{} · {}", edition.published_at.for_people(), edition.published_by_name),
            light: None,
            n: None,
        });
    }
    if reach(visit.actor()?.role, Action::LedgerSee) != Reach::Never {
        for batch in batches(desk, None, None, 4).await? {
            let ledger = site
                .platform
                .packs
                .ledger(&batch.ledger)
                .map_or(batch.ledger.clone(), |ledger| super::ledgers::ledger_title(visit, ledger));
            let words = [("ledger", ledger), ("no", batch.id.to_string()), ("count", batch.counts.added.to_string())];
            changed.push(Work {
                link: Link::new(format!("/office/batches/{}", batch.id), visit.say_with("web-changed-batch", &words)),
                under: format!("{} · {}", batch.committed_at.for_people(), batch.committed_by_name),
                light: None,
                n: None,
            });
        }
    }
    Ok(changed)
}
