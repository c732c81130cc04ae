//! A project: what it is for, who leads it, and its figures in the newest published edition.

use axum::extract::{Path, State};
use mingcha_pages::Place;
use mingcha_pages::parts::Prose;
use mingcha_pages::portal::{FigureLine, ProjectPage};
use mingcha_publish::bulletin_of;

use super::home::{led_by, project_title};
use super::models;
use super::published::{Published, counted, unpublished};
use crate::shell::{Answer, Failure, Site, Visit, page};

/// A project.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(key): Path<String>) -> Answer {
    let pack = site.platform.packs.pack(&key).ok_or_else(Failure::not_found)?;
    let project = pack.project.as_ref().ok_or_else(Failure::not_found)?;
    let mut tx = site.office().store().read().await?;
    let newest = Published::newest(&mut tx).await?;
    let bulletin = match &newest {
        Some(newest) => bulletin_of(&mut tx, &newest.edition).await?,
        None => None,
    };
    let section = bulletin.as_ref().and_then(|bulletin| bulletin.results_of(&project.title));
    let figures = newest.iter().flat_map(|newest| newest.of(&key)).map(|known| FigureLine {
        number: counted(&visit, &known.figure),
        definition: known.figure.definition.clone(),
    });
    page(ProjectPage {
        frame: site.frame_in(&mut tx, &visit, Place::Public, project_title(&visit, project)).await?,
        title: project_title(&visit, project),
        lead: led_by(&visit, project),
        goal: project.goal.clone(),
        figures: figures.collect(),
        edition: newest.as_ref().map(|newest| newest.link(&visit)),
        unpublished: newest.is_none().then(|| unpublished(&visit)),
        section: section.map(Prose::markdown),
        models: models::lines(&visit, pack),
    })
}
