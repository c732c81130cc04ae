//! One problem: what it rests on, persons (masked), money, evidence, story, and what can be done next.

use axum::extract::{Path, State};
use axum::response::Response;
use mingcha_access::persons::Sight;
use mingcha_access::units;
use mingcha_casework::read::{CaseQuery, ProblemPage, case_list, problem_page};
use mingcha_casework::{EvidenceRoom, read_evidence};
use mingcha_domain::{Day, ProblemId};
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Dossier};
use mingcha_pages::parts::{Align, Cell, Empty, Fact, Grid, Head, Light, Line, Link, Notice, Story, Tone};

use super::findings::{id, model_title};
use super::panels::{Retry, answered};
use super::problem_panels::problem_moves;
use super::states::{ahead, problem_light, step};
use crate::shell::{Answer, Failure, Site, Visit, download};

/// The page.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(problem): Path<String>) -> Answer {
    draw(&site, &visit, id(&problem)?, None).await
}

/// The page; when a move did not go, with its panel open.
pub(crate) async fn draw(site: &Site, visit: &Visit, id: ProblemId, retry: Option<Retry>) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let problem = problem_page(&mut desk, id, Sight::masked()).await?;
    let verified =
        CaseQuery { state: Some("verified".into()), unit: Some(problem.line.unit.clone()), ..CaseQuery::default() };
    let can_join = case_list(&mut desk, &verified).await?.lines;
    let units = units::list(desk.tx()).await?;
    let name = |code: &str| {
        units.iter().find(|unit| unit.code == code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    };
    let line = &problem.line;
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Problems, line.title.clone()).await?,
        crumbs: vec![Link::new("/office/problems", visit.say("web-place-problems"))],
        id: line.number.clone(),
        heading: line.title.clone(),
        chips: chips(visit, &problem, desk.today),
        banner: line.recheck.as_ref().map(|cause| {
            let cause = visit.say(&format!("case-recheck-{cause}"));
            Notice::care(visit.say_with("web-banner-recheck", &[("cause", cause)]))
        }),
        cards: vec![
            facts(visit, &problem),
            grounds(site, visit, &problem),
            persons(visit, &problem),
            recoveries(visit, &problem),
            evidence(visit, &problem),
        ],
        aside: vec![Card::new(visit.say("web-story"), Body::Story(story(visit, &problem, &name)))],
        moves: Some(problem_moves(visit, &problem, &can_join, desk.today, retry.as_ref())),
    };
    answered(visit, dossier, retry.as_ref())
}

fn chips(visit: &Visit, problem: &ProblemPage, today: Day) -> Vec<Chip> {
    let line = &problem.line;
    vec![
        Chip::Light(problem_light(visit, line, today)),
        Chip::Text(line.unit_name.clone().unwrap_or_else(|| line.unit.clone())),
        Chip::Text(visit.say_with("web-persons-count", &[("count", line.persons.to_string())])),
        Chip::Text(visit.say_with("web-recovered-amount", &[("amount", line.recovered.to_string())])),
    ]
}

fn facts(visit: &Visit, problem: &ProblemPage) -> Card {
    let line = &problem.line;
    let mut facts = vec![
        Fact::new(visit.say("web-field-kind"), line.kind.clone()),
        Fact::new(visit.say("web-found-on"), line.found_on.to_string()),
        Fact::new(visit.say("web-problem-origin"), visit.say(&format!("problem-origin-{}", line.origin))),
    ];
    for (key, text) in [
        ("web-field-basis", &problem.basis),
        ("web-field-measure", &problem.measure),
        ("web-rectification", &problem.rectification),
        ("web-problem-subject", &line.subject),
    ] {
        if let Some(text) = text {
            facts.push(Fact::new(visit.say(key), text.clone()));
        }
    }
    Card::new(visit.say("web-problem"), Body::Facts(facts))
}

fn grid(visit: &Visit, caption: &str, heads: &[(&str, Align)], lines: Vec<Line>) -> Grid {
    let heads = heads.iter().map(|(key, align)| Head::new(visit.say(key), *align)).collect();
    let empty = Empty::new(visit.say(&format!("{caption}-none")), visit.say(&format!("{caption}-how")), None);
    Grid { walk: false, ..Grid::list(visit.say(caption), heads, lines, empty) }
}

fn counted(visit: &Visit, key: &str, count: usize) -> String {
    format!("{} · {count}", visit.say(key))
}

fn grounds(site: &Site, visit: &Visit, problem: &ProblemPage) -> Card {
    let lines = problem.grounds.iter().map(|ground| {
        let state = match &ground.recheck {
            Some(cause) => Light::new(Tone::Amber, visit.say(&format!("case-recheck-{cause}"))),
            None => Light::new(Tone::Green, visit.say("detect-state-seen")),
        };
        let link = Link::new(format!("/office/findings/{}", ground.case), ground.sentence.clone());
        Line::of(vec![link.into(), model_title(site, visit, &ground.model).into(), state.into()])
    });
    let heads = [("web-finding", Align::Lead), ("web-model", Align::Plain), ("web-in-the-data", Align::Short)];
    let grid = grid(visit, "web-grounds", &heads, lines.collect());
    Card::new(counted(visit, "web-grounds", problem.grounds.len()), Body::Grid(grid))
}

fn persons(visit: &Visit, problem: &ProblemPage) -> Card {
    let lines = problem.persons.iter().map(|person| {
        let role = person.role.clone().unwrap_or_default();
        Line::of(vec![person.name.clone().into(), person.resident_id.clone().into(), role.into()])
    });
    let heads = [("web-person", Align::Lead), ("web-resident-id", Align::Mono), ("web-person-role", Align::Short)];
    let grid = grid(visit, "web-problem-persons", &heads, lines.collect());
    Card::new(counted(visit, "web-problem-persons", problem.persons.len()), Body::Grid(grid))
}

fn recoveries(visit: &Visit, problem: &ProblemPage) -> Card {
    let lines = problem.recoveries.iter().map(|recovery| {
        Line::of(vec![
            recovery.number.clone().into(),
            recovery.recovered_on.to_string().into(),
            recovery.person.clone().unwrap_or_default().into(),
            recovery.returned_to.clone().into(),
            recovery.amount.to_string().into(),
        ])
    });
    let heads = [
        ("web-number", Align::Mono),
        ("web-recovered-on", Align::Day),
        ("web-recovered-from", Align::Lead),
        ("web-returned-to", Align::Plain),
        ("web-amount", Align::Number),
    ];
    Card::new(visit.say("web-recoveries"), Body::Grid(grid(visit, "web-recoveries", &heads, lines.collect())))
}

fn evidence(visit: &Visit, problem: &ProblemPage) -> Card {
    let lines = problem.evidence.iter().map(|file| {
        let link = Link::new(format!("/office/problems/{}/evidence/{}", problem.line.id, file.sm3), file.name.clone());
        let digest: String = file.sm3.chars().take(12).collect();
        let uploaded = format!("{} · {}", file.uploaded_at.for_people(), file.uploaded_by);
        Line::of(vec![Cell::from(link).under(uploaded), file.speaks_of.to_string().into(), digest.into()])
    });
    let heads = [("web-evidence-file", Align::Lead), ("web-field-speaks-of", Align::Day), ("web-digest", Align::Mono)];
    Card::new(visit.say("web-evidence-files"), Body::Grid(grid(visit, "web-evidence-files", &heads, lines.collect())))
}

fn story(visit: &Visit, problem: &ProblemPage, unit_name: &dyn Fn(&str) -> String) -> Story {
    let mut steps: Vec<_> = problem.story.iter().map(|line| step(visit, line, unit_name)).collect();
    match problem.line.state.as_str() {
        "rectifying" => steps.push(ahead(visit, "case-move-rectify", problem.line.due)),
        "rectified" => steps.push(ahead(visit, "case-move-pass", None)),
        "passed" => steps.push(ahead(visit, "case-move-close", None)),
        _ => {}
    }
    Story { steps }
}

/// A piece of evidence to take away, held against its hash.
pub(crate) async fn evidence_file(
    State(site): State<Site>,
    visit: Visit,
    Path((problem, sm3)): Path<(String, String)>,
) -> Answer {
    let problem: ProblemId = id(&problem)?;
    let mut desk = site.reading(&visit).await?;
    let room = EvidenceRoom::in_data(site.platform.folder.root());
    let bytes = read_evidence(&mut desk, &room, problem, &sm3).await?;
    let known = problem_page(&mut desk, problem, Sight::masked()).await?.evidence;
    let name = known.into_iter().find(|file| file.sm3 == sm3).map_or_else(|| sm3.clone(), |file| file.name);
    download(&name, "application/octet-stream", bytes)
}
