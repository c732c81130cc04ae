//! 问题整改: the list of problems.

use axum::extract::{RawQuery, State};
use mingcha_access::units;
use mingcha_casework::read::{ProblemLine, ProblemQuery, problem_list};
use mingcha_domain::Day;
use mingcha_pages::Place;
use mingcha_pages::office::{Filter, Filters, ListPage};
use mingcha_pages::parts::{Align, Cell, Choice, Empty, Grid, Head, Line, Link, Pager};

use super::findings::{late_filter, search, unit_filter, with};
use super::states::problem_light;
use crate::shell::{Answer, Fields, Site, Visit, page};

const HERE: &str = "/office/problems";

/// The list.
pub(crate) async fn list(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let today = desk.today;
    let problems = problem_list(&mut desk, &wanted(&asked)).await?;
    let units = units::list(desk.tx()).await?;
    let frame = site.frame_in(desk.tx(), &visit, Place::Problems, visit.say("web-place-problems")).await?;
    let heads = [
        ("web-problem", Align::Lead),
        ("web-unit", Align::Short),
        ("web-state", Align::Short),
        ("web-found-on", Align::Day),
        ("web-persons", Align::Number),
        ("web-recovered", Align::Number),
        ("web-number", Align::Mono),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines: Vec<Line> = problems.lines.iter().map(|problem| line(&visit, problem, today)).collect();
    let filtered = asked.0.iter().any(|(name, value)| !value.is_empty() && name != "lang" && name != "done");
    let all = Link::new(HERE, visit.say("web-problems-all"));
    let why = visit.say(if filtered { "web-problems-none-such" } else { "web-problems-none" });
    let empty = Empty::new(why, visit.say("web-problems-how"), filtered.then(|| all.clone()));
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", lines.len().to_string())]),
        previous: asked.some("after").map(|_| Link::new(with(&asked, "after", ""), visit.say("web-first-page"))),
        next: problems.next.map(|after| Link::new(with(&asked, "after", &after), visit.say("web-next-page"))),
    };
    page(ListPage {
        frame,
        heading: visit.say("web-place-problems"),
        intro: visit.say("web-problems-intro"),
        action: None,
        drop: None,
        filters: Some(Filters {
            action: HERE.into(),
            filters: vec![
                unit_filter(&visit, &asked, units.iter().map(|unit| (unit.code.as_str(), unit.name.as_str()))),
                state_filter(&visit, &asked),
                late_filter(&visit, &asked),
            ],
            day: None,
            search: Some(search(&visit, &asked)),
            submit: visit.say("web-filter"),
            clear: filtered.then_some(all),
        }),
        tables: vec![(String::new(), Grid::list(visit.say("web-place-problems"), heads, lines, empty).pager(pager))],
    })
}

fn wanted(asked: &Fields) -> ProblemQuery {
    let text = |name| asked.some(name).map(str::to_owned);
    ProblemQuery {
        state: text("state"),
        unit: text("unit"),
        project: text("project"),
        late: asked.text("due") == "late",
        recheck: asked.text("due") == "recheck",
        text: text("text"),
        after: text("after"),
        limit: 0,
    }
}

fn line(visit: &Visit, problem: &ProblemLine, today: Day) -> Line {
    let mut name = Cell::from(Link::new(format!("{HERE}/{}", problem.id), problem.title.clone()));
    if problem.recheck.is_some() {
        name = name.under(visit.say("web-recheck-asked"));
    }
    Line::of(vec![
        name,
        problem.unit_name.clone().unwrap_or_else(|| problem.unit.clone()).into(),
        problem_light(visit, problem, today).into(),
        problem.found_on.to_string().into(),
        problem.persons.to_string().into(),
        problem.recovered.to_string().into(),
        problem.number.clone().into(),
    ])
}

fn state_filter(visit: &Visit, asked: &Fields) -> Filter {
    let mut choices = vec![Choice::new("", visit.say("web-filter-any-state"), false)];
    for state in ["rectifying", "rectified", "passed", "closed"] {
        choices.push(Choice::new(state, visit.say(&format!("problem-state-{state}")), asked.text("state") == state));
    }
    Filter { name: "state".into(), label: visit.say("web-state"), choices }
}
