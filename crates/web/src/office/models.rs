//! 模型: what is checked, each as an article with its findings.

use axum::extract::{Path, State};
use mingcha_access::Action;
use mingcha_access::policy::{Reach, reach};
use mingcha_detect::{FindingCounts, ModelState, finding_counts, model_states};
use mingcha_pack::Model;
use mingcha_pages::Place;
use mingcha_pages::office::{ArticlePage, Body, Card, Count, ListPage};
use mingcha_pages::parts::{Align, Cell, Empty, Fact, Grid, Head, Line, Link};

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
    let worked = site.worked(model).await;
    let mut desk = site.reading(&visit).await?;
    let counts = finding_counts(&mut desk).await?.into_iter().find(|counts| counts.model == name);
    let last = model_states(&mut desk).await?.into_iter().find(|state| state.model == name);
    page(ArticlePage {
        frame: site.frame_in(desk.tx(), &visit, Place::Models, title(&visit, model)).await?,
        crumbs: vec![Link::new("/office/models", visit.say("web-place-models"))],
        article: article(&visit, model, &worked),
        aside: vec![findings(&visit, &name, counts.unwrap_or_default()), run(&visit, last.as_ref())],
    })
}

fn findings(visit: &Visit, model: &str, counts: FindingCounts) -> Card {
    let counts = vec![
        Count::plain((counts.seen + counts.returned).to_string(), visit.say("web-model-seen")),
        Count::plain(counts.vanished.to_string(), visit.say("web-model-vanished")),
    ];
    let card = Card::new(visit.say("web-model-findings"), Body::Counts(counts));
    let sees_findings =
        visit.session.as_ref().is_some_and(|session| reach(session.actor.role, Action::CaseSee) != Reach::Never);
    if !sees_findings {
        return card;
    }
    card.link(Link::new(format!("/office/findings?model={model}"), visit.say("web-model-show-findings")))
}

fn run(visit: &Visit, last: Option<&ModelState>) -> Card {
    let facts = match last {
        Some(last) => vec![
            Fact::new(visit.say("web-run-ended"), last.ended_at.for_people()),
            Fact::new(visit.say("web-run-how"), visit.say(&format!("detect-how-{}", last.how))),
            Fact::new(visit.say("web-fact-as-of"), last.as_of.to_string()),
            Fact::new(visit.say("web-fact-snapshot"), last.snapshot.to_string()),
            Fact::new(visit.say("web-run-hits"), last.hits.to_string()),
        ],
        None => vec![Fact::new(visit.say("web-run-how"), visit.say("web-run-never"))],
    };
    Card::new(visit.say("web-run-last"), Body::Facts(facts))
}
