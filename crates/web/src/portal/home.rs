//! Home: the programme in two sentences, the projects with the figures of the last published edition.

use axum::extract::State;
use mingcha_pack::{Pack, Project};
use mingcha_pages::Place;
use mingcha_pages::parts::{Empty, Link};
use mingcha_pages::portal::{Counted, HomePage, ProjectCard};
use mingcha_publish::{Edition, PublishedFigure};
use mingcha_words::Lang;

use super::models;
use crate::shell::{Answer, Site, Visit, page};

/// The page.
pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Answer {
    let mut tx = site.office().store().read().await?;
    let newest = mingcha_publish::newest(&mut tx).await?;
    let figures = match &newest {
        Some(edition) => mingcha_publish::figures_of(&mut tx, edition.id).await?,
        None => Vec::new(),
    };
    let frame = site.frame_in(&mut tx, &visit, Place::Public, visit.say("web-public-projects")).await?;
    let packs = &site.platform.packs.packs;
    page(HomePage {
        heading: visit.say_with("web-home-heading", &[("year", frame.year.clone())]),
        lede: visit.say("web-home-lede"),
        projects: packs.iter().filter_map(|pack| Some(card(&visit, pack, pack.project.as_ref()?, &figures))).collect(),
        edition: newest.as_ref().map(|edition| edition_link(&visit, edition)),
        unpublished: newest.is_none().then(|| unpublished(&visit)),
        models: packs.iter().flat_map(|pack| models::lines(&visit, pack)).collect(),
        frame,
    })
}

fn card(visit: &Visit, pack: &Pack, project: &Project, figures: &[PublishedFigure]) -> ProjectCard {
    ProjectCard {
        href: format!("/projects/{}", pack.key),
        title: project_title(visit, project),
        lead: visit.say_with("web-led-by", &[("unit", project.lead_unit.clone())]),
        goal: first_clauses(&project.goal),
        light: None,
        figures: figures
            .iter()
            .filter(|known| known.figure.project == pack.key)
            .map(|known| counted(visit, known))
            .collect(),
    }
}

/// The project's title in the visitor's language.
pub(crate) fn project_title(visit: &Visit, project: &Project) -> String {
    let english = visit.lang == Lang::En && !project.title_en.is_empty();
    if english { project.title_en.clone() } else { project.title.clone() }
}

/// A figure as a number that can be opened.
pub(crate) fn counted(visit: &Visit, known: &PublishedFigure) -> Counted {
    let figure = &known.figure;
    let said = figure.said_with_unit.strip_suffix(&figure.unit).unwrap_or(&figure.said);
    Counted {
        href: format!("/projects/{}/{}", figure.project, figure.key),
        n: said.to_owned(),
        unit: figure.unit.clone(),
        of: crate::office::results::figure_title(visit, figure),
        exact: format!("{} {}", figure.value, figure.unit),
    }
}

/// The edition in words, with its page.
pub(crate) fn edition_link(visit: &Visit, edition: &Edition) -> Link {
    let words = [
        ("no", edition.no.to_string()),
        ("title", edition.title.clone()),
        ("day", edition.published_at.day_in_china().to_string()),
    ];
    Link::new(format!("/bulletins/{}", edition.no), visit.say_with("web-edition-link", &words))
}

/// What is said before the first edition.
pub(crate) fn unpublished(visit: &Visit) -> Empty {
    Empty::new(visit.say("web-unpublished"), visit.say("web-unpublished-how"), None)
}

/// The first clauses of a goal that fill a card: up to the first semicolon.
fn first_clauses(goal: &str) -> String {
    match goal.split_once(['；', ';']) {
        Some((first, _)) => format!("{first}。"),
        None => goal.to_owned(),
    }
}
