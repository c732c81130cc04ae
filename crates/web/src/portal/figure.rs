//! A published figure: the number, its sentence, how it is computed, month by month, and where its proof stands.

use axum::extract::{Path, State};
use mingcha_pages::Place;
use mingcha_pages::chart::{Bar, bars};
use mingcha_pages::parts::{Align, Empty, Grid, Head, Line, Link};
use mingcha_pages::portal::{FigurePage, Quote, Trend};
use mingcha_publish::PublishedFigure;
use rust_decimal::prelude::ToPrimitive;

use super::home::{counted, edition_link, project_title};
use crate::shell::{Answer, Failure, Site, Visit, page};

/// A figure.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path((pack, key)): Path<(String, String)>) -> Answer {
    let project =
        site.platform.packs.pack(&pack).and_then(|pack| pack.project.as_ref()).ok_or_else(Failure::not_found)?;
    let mut tx = site.office().store().read().await?;
    let edition = mingcha_publish::newest(&mut tx).await?.ok_or_else(Failure::not_found)?;
    let figures = mingcha_publish::figures_of(&mut tx, edition.id).await?;
    let known = figures.iter().find(|known| known.figure.project == pack && known.figure.key == key);
    let known = known.ok_or_else(Failure::not_found)?;
    let number = counted(&visit, known);
    let exact = [("value", number.exact.clone()), ("count", known.figure.count.to_string())];
    let days = [("published", edition.published_at.day_in_china().to_string()), ("as_of", edition.as_of.to_string())];
    page(FigurePage {
        frame: site.frame_in(&mut tx, &visit, Place::Public, number.of.clone()).await?,
        project: Link::new(format!("/projects/{pack}"), project_title(&visit, project)),
        title: number.of,
        n: number.n,
        unit: number.unit,
        quote: known.quote.clone().map(|quote| Quote {
            before: quote.before,
            number: quote.number,
            after: quote.after,
        }),
        edition: edition_link(&visit, &edition),
        definition: known.figure.definition.clone(),
        counted: visit.say_with("web-figure-counted", &exact),
        trend: trend(&visit, known),
        stamp: visit.say_with("web-figure-stamp", &days),
        digest: known.root.clone(),
        position: visit.say_with("web-figure-position", &[("size", edition.audit.size.to_string())]),
    })
}

fn trend(visit: &Visit, known: &PublishedFigure) -> Option<Trend> {
    let month = |text: &str| {
        text.split_once('-').map_or_else(
            || text.to_owned(),
            |(_, month)| visit.say_with("web-month", &[("month", month.trim_start_matches('0').to_owned())]),
        )
    };
    let unit = known.figure.unit.clone();
    let heights: Vec<Bar> = known
        .by_month
        .iter()
        .map(|(name, value)| Bar {
            label: month(name),
            value: value.to_f64().unwrap_or_default(),
            said: format!("{value} {unit}"),
        })
        .collect();
    let chart = bars(&visit.say("web-figure-monthly"), &heights)?;
    let heads = vec![Head::new(visit.say("web-month-head"), Align::Lead), Head::new(unit.clone(), Align::Number)];
    let lines =
        known.by_month.iter().map(|(name, value)| Line::of(vec![name.clone().into(), value.to_string().into()]));
    let table = Grid {
        walk: false,
        ..Grid::list(visit.say("web-figure-monthly"), heads, lines.collect(), Empty::new("", "", None))
    };
    Some(Trend { chart, note: visit.say_with("web-figure-unit", &[("unit", unit)]), table })
}
