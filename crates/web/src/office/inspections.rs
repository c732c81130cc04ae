//! 检查: the list, one inspection, and turning what did not conform into a problem.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use mingcha_access::policy::{Reach, reach};
use mingcha_access::{Action, units};
use mingcha_casework::read::{
    AnswerLine, InspectionLine, InspectionPage, InspectionQuery, inspection_list, inspection_page,
};
use mingcha_casework::{InspectionResult, OpenOfInspection, open_problem_of_inspection};
use mingcha_domain::InspectionId;
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Dossier, ListPage};
use mingcha_pages::parts::{
    Align, Cell, Choice, Empty, Fact, Grid, Head, Input, Light, Line, Link, Moves, Pager, Tone,
};

use super::case_moves::days;
use super::findings::{id, with};
use super::panels::{Panels, Retry, answered};
use crate::shell::{Answer, Failure, Fields, Posted, Site, Visit, done, page};

const HERE: &str = "/office/inspections";

/// The list.
pub(crate) async fn list(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let mut desk = site.reading(&visit).await?;
    let query = InspectionQuery {
        fails: asked.text("fails") == "1",
        after: asked.some("after").map(str::to_owned),
        ..InspectionQuery::default()
    };
    let inspections = inspection_list(&mut desk, &query).await?;
    let frame = site.frame_in(desk.tx(), &visit, Place::Inspections, visit.say("web-place-inspections")).await?;
    let heads = [
        ("web-inspection-subject", Align::Lead),
        ("web-inspected-on", Align::Day),
        ("web-inspectors", Align::Plain),
        ("web-answers", Align::Number),
        ("web-state", Align::Short),
        ("web-number", Align::Mono),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines: Vec<Line> = inspections.lines.iter().map(|inspection| line(&visit, inspection)).collect();
    let may_record = reach(visit.actor()?.role, Action::InspectionRecord) != Reach::Never;
    let action = may_record.then(|| Link::new(format!("{HERE}/new"), visit.say("web-inspection-new")));
    let empty = Empty::new(visit.say("web-inspections-none"), visit.say("web-inspections-how"), action.clone());
    let pager = Pager {
        note: visit.say_with("web-shown", &[("count", lines.len().to_string())]),
        previous: asked.some("after").map(|_| Link::new(with(&asked, "after", ""), visit.say("web-first-page"))),
        next: inspections.next.map(|after| Link::new(with(&asked, "after", &after), visit.say("web-next-page"))),
    };
    page(ListPage {
        frame,
        heading: visit.say("web-place-inspections"),
        intro: visit.say("web-inspections-intro"),
        action,
        drop: None,
        filters: None,
        tables: vec![(String::new(), Grid::list(visit.say("web-place-inspections"), heads, lines, empty).pager(pager))],
    })
}

fn light(visit: &Visit, fails: i64) -> Light {
    if fails == 0 {
        Light::new(Tone::Green, visit.say("web-inspection-conforms"))
    } else {
        Light::new(Tone::Amber, visit.say_with("web-inspection-fails", &[("count", fails.to_string())]))
    }
}

fn line(visit: &Visit, inspection: &InspectionLine) -> Line {
    Line::of(vec![
        Link::new(format!("{HERE}/{}", inspection.id), inspection.subject.clone()).into(),
        inspection.inspected_on.to_string().into(),
        inspection.inspectors.clone().into(),
        inspection.answers.to_string().into(),
        light(visit, inspection.fails).into(),
        inspection.number.clone().into(),
    ])
}

/// One inspection.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(inspection): Path<String>) -> Answer {
    draw(&site, &visit, id(&inspection)?, None).await
}

async fn draw(site: &Site, visit: &Visit, id: InspectionId, retry: Option<Retry>) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let inspection = inspection_page(&mut desk, id).await?;
    let units = units::list(desk.tx()).await?;
    let line = &inspection.line;
    let lead = lead_unit(site, &line.project);
    let unit_choices =
        units.iter().map(|unit| Choice::new(unit.code.clone(), unit.name.clone(), lead == Some(&unit.name)));
    let unit_choices = unit_choices.collect();
    let checklist = site.platform.packs.checklist(&line.checklist);
    let title = |item: i64| {
        let found = checklist.and_then(|checklist| checklist.items.iter().find(|known| known.no == item));
        found.map_or_else(String::new, |item| item.title.clone())
    };
    let lines = inspection.answers.iter().map(|answer| answer_line(visit, answer, title(answer.item))).collect();
    let heads = [
        ("web-item-no", Align::Number),
        ("web-indicator", Align::Lead),
        ("web-answer", Align::Short),
        ("web-inspection-remark", Align::Plain),
        ("web-problem", Align::Short),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let answers = Grid { walk: false, ..Grid::list(visit.say("web-answers"), heads, lines, Empty::new("", "", None)) };
    let list_title = checklist.map_or_else(|| line.checklist.clone(), |checklist| checklist.title.clone());
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Inspections, line.subject.clone()).await?,
        crumbs: vec![Link::new(HERE, visit.say("web-place-inspections"))],
        id: line.number.clone(),
        heading: line.subject.clone(),
        chips: vec![Chip::Light(light(visit, line.fails)), Chip::Text(line.inspected_on.to_string())],
        banner: None,
        cards: vec![Card::new(list_title, Body::Grid(answers))],
        aside: vec![Card::new(visit.say("web-inspection"), Body::Facts(facts(visit, &inspection)))],
        moves: Some(moves(visit, &inspection, &title, unit_choices, retry.as_ref())),
    };
    answered(visit, dossier, retry.as_ref())
}

/// The name of the unit that leads a project: the likeliest to be asked to mend what was found.
pub(crate) fn lead_unit<'a>(site: &'a Site, project: &str) -> Option<&'a String> {
    site.platform.packs.pack(project)?.project.as_ref().map(|project| &project.lead_unit)
}

fn facts(visit: &Visit, inspection: &InspectionPage) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(visit.say("web-inspected-on"), inspection.line.inspected_on.to_string()),
        Fact::new(visit.say("web-inspectors"), inspection.line.inspectors.clone()),
        Fact::new(
            visit.say("web-inspection-recorded"),
            format!("{} · {}", inspection.recorded_at.for_people(), inspection.recorded_by),
        ),
    ];
    if let Some(note) = &inspection.note {
        facts.push(Fact::new(visit.say("web-field-note"), note.clone()));
    }
    facts
}

fn answer_line(visit: &Visit, answer: &AnswerLine, title: String) -> Line {
    let tone = match InspectionResult::from_word(&answer.result) {
        Some(InspectionResult::Conforms) => Tone::Green,
        Some(InspectionResult::Fails) => Tone::Amber,
        _ => Tone::Grey,
    };
    let problem: Cell = match &answer.problem {
        Some((problem, number)) => Link::new(format!("/office/problems/{problem}"), number.clone()).into(),
        None => "".into(),
    };
    Line::of(vec![
        answer.item.to_string().into(),
        title.into(),
        Light::new(tone, result_word(visit, &answer.result)).into(),
        answer.note.clone().unwrap_or_default().into(),
        problem,
    ])
}

/// The word of an answer in the visitor's language.
pub(crate) fn result_word(visit: &Visit, result: &str) -> String {
    let key = match InspectionResult::from_word(result) {
        Some(InspectionResult::Conforms) => "web-answer-conforms",
        Some(InspectionResult::Fails) => "web-answer-fails",
        Some(InspectionResult::NotApplicable) => "web-answer-not-applicable",
        None => return result.to_owned(),
    };
    visit.say(key)
}

fn moves(
    visit: &Visit,
    inspection: &InspectionPage,
    title: &dyn Fn(i64) -> String,
    units: Vec<Choice>,
    retry: Option<&Retry>,
) -> Moves {
    let panels = Panels { visit, base: format!("{HERE}/{}", inspection.line.id), version: 0, retry };
    let fails = |answer: &&AnswerLine| {
        InspectionResult::from_word(&answer.result) == Some(InspectionResult::Fails) && answer.problem.is_none()
    };
    let items: Vec<Choice> = inspection
        .answers
        .iter()
        .filter(fails)
        .map(|answer| Choice::new(answer.item.to_string(), format!("{}. {}", answer.item, title(answer.item)), false))
        .collect();
    let made = "open_problem";
    let mut all = Vec::new();
    if inspection.may_open_problem && !items.is_empty() {
        all.push(panels.panel(
            made,
            true,
            false,
            vec![
                panels.field(made, "item", Input::Radios(items)),
                panels.field(made, "unit", Input::Select(units)),
                panels.field(made, "title", Input::Text),
                panels.field(made, "kind", Input::Text).hint(visit.say("web-hint-kind")),
                panels.field(made, "measure", Input::Area).optional(),
                panels.working_days(made, 20),
            ],
        ));
    }
    panels.bar(all, "web-inspection-moves-none")
}

/// 检查发现立为问题.
pub(crate) async fn open_problem(
    State(site): State<Site>,
    visit: Visit,
    Path(inspection): Path<String>,
    Posted(form): Posted,
) -> Answer {
    let inspection = id(&inspection)?;
    let order = OpenOfInspection {
        inspection,
        item: form.ours("item")?,
        unit: form.text("unit").into(),
        kind: form.text("kind").into(),
        title: form.text("title").into(),
        measure: form.text("measure").into(),
        working_days: days(&form),
    };
    match open_problem_of_inspection(site.desk(&visit).await?, order).await {
        Ok(opened) => done(&format!("/office/problems/{}", opened.problem), "take-into-problem"),
        Err(error) => {
            draw(&site, &visit, inspection, Some(Retry::of("open_problem", form, Failure::of(&error))?)).await
        }
    }
}
