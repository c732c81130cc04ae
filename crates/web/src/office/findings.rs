//! 疑点: the list, with filters that read as a sentence. The address holds them all.

use axum::extract::{RawQuery, State};
use mingcha_access::units;
use mingcha_casework::read::{CaseCounts, CaseLine, CaseQuery, case_counts, case_list};
use mingcha_pages::Place;
use mingcha_pages::office::{Filter, Filters, ListPage, Search};
use mingcha_pages::parts::{Align, Choice, Empty, Grid, Head, Line, Link, Pager};

use super::states::case_light;
use crate::shell::{Answer, Failure, Fields, Site, Visit, page, title};

const HERE: &str = "/office/findings";

/// The list.
pub(crate) async fn list(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let today = desk.today;
    let cases = case_list(&mut desk, &wanted(&asked)).await?;
    let counts = case_counts(&mut desk).await?;
    let units = units::list(desk.tx()).await?;
    let frame = site.frame_in(desk.tx(), &visit, Place::Findings, visit.say("web-place-findings")).await?;
    let heads = [
        ("web-finding", Align::Lead),
        ("web-model", Align::Plain),
        ("web-unit", Align::Short),
        ("web-state", Align::Short),
        ("web-due", Align::Day),
        ("web-number", Align::Mono),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines: Vec<Line> = cases.lines.iter().map(|case| line(&site, &visit, case, today)).collect();
    let filtered = asked.0.iter().any(|(name, value)| !value.is_empty() && name != "lang" && name != "done");
    let all = Link::new(format!("{HERE}?state=all"), visit.say("web-findings-all"));
    let empty = if filtered {
        Empty::new(visit.say("web-findings-none-such"), visit.say("web-findings-how"), Some(all.clone()))
    } else {
        Empty::new(visit.say("web-findings-none"), visit.say("web-findings-how"), None)
    };
    let next = cases.next.map(|after| Link::new(with(&asked, "after", &after), visit.say("web-next-page")));
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", lines.len().to_string())]),
        previous: asked.some("after").map(|_| Link::new(with(&asked, "after", ""), visit.say("web-first-page"))),
        next,
    };
    page(ListPage {
        frame,
        heading: heading(&visit, &counts),
        intro: visit.say("web-findings-intro"),
        action: None,
        drop: None,
        filters: Some(Filters {
            action: HERE.into(),
            filters: vec![
                unit_filter(&visit, &asked, units.iter().map(|unit| (unit.code.as_str(), unit.name.as_str()))),
                state_filter(&visit, &asked),
                model_filter(&site, &visit, &asked),
                late_filter(&visit, &asked),
            ],
            day: None,
            search: Some(search(&visit, &asked)),
            submit: visit.say("web-filter"),
            clear: filtered.then_some(all),
        }),
        tables: vec![(String::new(), Grid::list(visit.say("web-place-findings"), heads, lines, empty).pager(pager))],
    })
}

fn wanted(asked: &Fields) -> CaseQuery {
    let text = |name| asked.some(name).map(str::to_owned);
    let state = match asked.text("state") {
        "" => Some("open".to_owned()),
        "all" => None,
        one => Some(one.to_owned()),
    };
    CaseQuery {
        state,
        unit: text("unit"),
        model: text("model"),
        late: asked.text("due") == "late",
        recheck: asked.text("due") == "recheck",
        text: text("text"),
        after: text("after"),
        limit: 0,
    }
}

fn heading(visit: &Visit, counts: &CaseCounts) -> String {
    let open = counts.waiting + counts.dispatched + counts.verified;
    visit.say_with("web-findings-heading", &[("count", open.to_string())])
}

fn line(site: &Site, visit: &Visit, case: &CaseLine, today: mingcha_domain::Day) -> Line {
    let name = Link::new(format!("{HERE}/{}", case.id), case.sentence.clone());
    Line::of(vec![
        name.into(),
        model_title(site, visit, &case.model).into(),
        case.unit_name.clone().or_else(|| case.unit.clone()).unwrap_or_default().into(),
        case_light(visit, case, today).into(),
        case.due.map(|due| due.to_string()).unwrap_or_default().into(),
        case.number.clone().into(),
    ])
}

/// The title of a model by its full name.
pub(crate) fn model_title(site: &Site, visit: &Visit, name: &str) -> String {
    site.platform.packs.model(name).map_or_else(|| name.to_owned(), |model| title(visit, model))
}

/// A filter by unit; also of the problems.
pub(crate) fn unit_filter<'a>(
    visit: &Visit,
    asked: &Fields,
    units: impl Iterator<Item = (&'a str, &'a str)>,
) -> Filter {
    let mut choices = vec![Choice::new("", visit.say("web-filter-all-units"), false)];
    choices.extend(units.map(|(code, name)| Choice::new(code, name, asked.text("unit") == code)));
    Filter { name: "unit".into(), label: visit.say("web-unit"), choices }
}

fn state_filter(visit: &Visit, asked: &Fields) -> Filter {
    let mut choices = vec![
        Choice::new("", visit.say("web-filter-open"), false),
        Choice::new("all", visit.say("web-filter-any-state"), asked.text("state") == "all"),
    ];
    for state in ["waiting", "dispatched", "verified", "in_problem", "closed"] {
        choices.push(Choice::new(state, visit.say(&format!("case-state-{state}")), asked.text("state") == state));
    }
    Filter { name: "state".into(), label: visit.say("web-state"), choices }
}

fn model_filter(site: &Site, visit: &Visit, asked: &Fields) -> Filter {
    let mut choices = vec![Choice::new("", visit.say("web-filter-all-models"), false)];
    for model in site.platform.packs.models() {
        let name = model.full_name();
        let chosen = asked.text("model") == name;
        choices.push(Choice::new(name, title(visit, model), chosen));
    }
    Filter { name: "model".into(), label: visit.say("web-model"), choices }
}

/// A filter by deadline and by what must be looked at again; also of the problems.
pub(crate) fn late_filter(visit: &Visit, asked: &Fields) -> Filter {
    let choices = [("", "web-filter-any-due"), ("late", "web-filter-late"), ("recheck", "web-filter-recheck")]
        .map(|(value, key)| Choice::new(value, visit.say(key), asked.text("due") == value));
    Filter { name: "due".into(), label: visit.say("web-due"), choices: choices.to_vec() }
}

/// The field that searches; also of the problems.
pub(crate) fn search(visit: &Visit, asked: &Fields) -> Search {
    Search { name: "text".into(), label: visit.say("web-search-cases"), value: asked.text("text").to_owned() }
}

/// The address of a list with one thing changed.
pub(crate) fn with(asked: &Fields, name: &str, value: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (field, kept) in asked.0.iter().filter(|(field, kept)| field != name && field != "done" && !kept.is_empty()) {
        query.append_pair(field, kept);
    }
    if !value.is_empty() {
        query.append_pair(name, value);
    }
    format!("?{}", query.finish())
}

/// An identifier in an address; one that is none is a page that is not there.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::not_found())
}
