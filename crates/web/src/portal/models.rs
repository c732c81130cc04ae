//! Open models: those that run, as articles.

use axum::extract::{Path, State};
use mingcha_pack::{Model, Pack};
use mingcha_pages::Place;
use mingcha_pages::parts::{Empty, Link};
use mingcha_pages::portal::{ModelLine, PublicModelPage, PublicModelsPage};

use crate::shell::{Answer, Failure, Site, Visit, article, page, title};

/// The list, by project.
pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Answer {
    let projects = site.platform.packs.packs.iter().map(|pack| (pack.title.clone(), lines(&visit, pack)));
    page(PublicModelsPage {
        frame: site.frame(&visit, Place::Public, visit.say("web-public-models")).await?,
        projects: projects.filter(|(_, models)| !models.is_empty()).collect(),
        empty: Empty::new(visit.say("web-models-none"), visit.say("web-models-how"), None),
    })
}

/// The models of a pack that run, each in a line.
pub(crate) fn lines(visit: &Visit, pack: &Pack) -> Vec<ModelLine> {
    pack.models.iter().filter(|model| model.status.runs()).map(|model| line(visit, model)).collect()
}

fn line(visit: &Visit, model: &Model) -> ModelLine {
    let link = Link::new(format!("/models/{}", model.full_name()), title(visit, model));
    ModelLine { link, lead: model.lead.clone() }
}

/// One of them; a draft is nobody's business yet.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Answer {
    let model = site.platform.packs.model(&name).filter(|model| model.status.runs()).ok_or_else(Failure::not_found)?;
    let worked = site.worked(model).await;
    page(PublicModelPage {
        frame: site.frame(&visit, Place::Public, title(&visit, model)).await?,
        article: article(&visit, model, &worked),
    })
}
