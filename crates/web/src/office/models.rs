//! 模型: what is checked, each as an article with its findings.

use axum::extract::{Path, State};
use mingcha_pack::Model;
use mingcha_pages::Place;
use mingcha_pages::office::{ArticlePage, ListPage};
use mingcha_pages::parts::{Align, Cell, Empty, Grid, Head, Line, Link};

use crate::shell::{Answer, Failure, Site, Visit, article, page, title};

/// The list.
pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Answer {
    let heads = [("web-model", Align::Lead), ("web-model-pack", Align::Short), ("web-model-finds", Align::Plain)];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines: Vec<Line> = site.platform.packs.models().map(|model| line(&site, &visit, model)).collect();
    let empty = Empty::new(visit.say("web-models-none"), visit.say("web-models-how"), None);
    page(ListPage {
        frame: site.frame(&visit, Place::Models, visit.say("web-place-models")).await?,
        heading: visit.say_with("web-models-heading", &[("count", lines.len().to_string())]),
        intro: visit.say("web-models-intro"),
        action: None,
        drop: None,
        filters: None,
        tables: vec![(String::new(), Grid::list(visit.say("web-place-models"), heads, lines, empty))],
    })
}

fn line(site: &Site, visit: &Visit, model: &Model) -> Line {
    let pack = site.platform.packs.pack(&model.pack).map_or(model.pack.as_str(), |pack| pack.title.as_str());
    let name: Cell = Link::new(format!("/office/models/{}", model.full_name()), title(visit, model)).into();
    Line::of(vec![name, pack.into(), model.lead.as_str().into()])
}

/// One of them.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Answer {
    let model = site.platform.packs.model(&name).ok_or_else(Failure::not_found)?;
    page(ArticlePage {
        frame: site.frame(&visit, Place::Models, title(&visit, model)).await?,
        crumbs: vec![Link::new("/office/models", visit.say("web-place-models"))],
        article: article(&visit, model, |_| None),
        aside: Vec::new(),
    })
}
