//! Home: what the programme is, its projects, and what came of them in the newest published edition.

use axum::extract::State;
use mingcha_pack::{Pack, Project};
use mingcha_pages::Place;
use mingcha_pages::portal::{Counted, HomePage, ProjectCard};
use mingcha_words::Lang;

use super::models;
use super::published::{Published, counted, unpublished};
use crate::shell::{Answer, Site, Visit, page};

/// Numbers on a card that stands among others; a project alone shows all of its own.
const NUMBERS_ON_A_CARD: usize = 3;

/// The page.
pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Answer {
    let mut tx = site.office().store().read().await?;
    let newest = Published::newest(&mut tx).await?;
    let frame = site.frame_in(&mut tx, &visit, Place::Public, visit.say("web-public-projects")).await?;
    let packs = &site.platform.packs.packs;
    let projects: Vec<(&Pack, &Project)> =
        packs.iter().filter_map(|pack| Some((pack, pack.project.as_ref()?))).collect();
    let numbers = if projects.len() == 1 { usize::MAX } else { NUMBERS_ON_A_CARD };
    let without_project = packs.iter().filter(|pack| pack.project.is_none());
    page(HomePage {
        heading: visit.say_with("web-portal-home-heading", &[("year", frame.year.clone())]),
        lede: visit.say("web-portal-home-lede"),
        programme: without_project.flat_map(|pack| figures(&visit, newest.as_ref(), &pack.key)).collect(),
        projects: projects
            .iter()
            .map(|(pack, project)| ProjectCard {
                href: format!("/projects/{}", pack.key),
                title: project_title(&visit, project),
                lead: led_by(&visit, project),
                goal: first_clauses(&project.goal),
                light: None,
                figures: figures(&visit, newest.as_ref(), &pack.key).take(numbers).collect(),
            })
            .collect(),
        edition: newest.as_ref().map(|newest| newest.link(&visit)),
        unpublished: newest.is_none().then(|| unpublished(&visit)),
        models: packs.iter().flat_map(|pack| models::lines(&visit, pack)).collect(),
        frame,
    })
}

fn figures<'a>(
    visit: &'a Visit,
    newest: Option<&'a Published>,
    project: &'a str,
) -> impl Iterator<Item = Counted> + use<'a> {
    newest.into_iter().flat_map(move |newest| newest.of(project)).map(|known| counted(visit, &known.figure))
}

/// The project's title in the visitor's language.
pub(crate) fn project_title(visit: &Visit, project: &Project) -> String {
    let english = visit.lang == Lang::En && !project.title_en.is_empty();
    if english { project.title_en.clone() } else { project.title.clone() }
}

/// Who leads it.
pub(crate) fn led_by(visit: &Visit, project: &Project) -> String {
    visit.say_with("web-portal-led-by", &[("unit", project.lead_unit.clone())])
}

/// The first clauses of a goal, which fill a card: up to the first semicolon or full stop.
fn first_clauses(goal: &str) -> String {
    let goal = goal.trim();
    match goal.split_once(['；', ';', '。', '\n']) {
        Some((first, _)) => format!("{first}。"),
        None => goal.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::first_clauses;

    #[test]
    fn a_card_has_the_first_clauses_of_a_goal() {
        assert_eq!(first_clauses("治理甲；查处乙。建立丙。"), "治理甲。");
        assert_eq!(first_clauses("治理甲。查处乙。"), "治理甲。");
        assert_eq!(first_clauses("治理甲"), "治理甲");
    }
}
