//! 成果通报: the working figures, each with its way down; publishing an edition; the bulletin as it would read now.

use axum::extract::State;
use axum::response::Response;
use mingcha_access::persons::Sight;
use mingcha_access::{Action, Subject};
use mingcha_domain::Speaks;
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Dossier};
use mingcha_pages::parts::{Align, Can, Cell, Empty, Grid, Head, Input, Line, Link, Move, Moves, Notice, Prose};
use mingcha_publish::{Edition, FigureValue, Heading, Publish, PublishedFigure, Working, bulletin, working};

use super::panels::{Panels, Retry};
use crate::shell::{Answer, Failure, Posted, Site, Visit, done, page};

const HERE: &str = "/office/results";

/// The working figures beside the published ones.
pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Answer {
    draw(&site, &visit, None).await
}

async fn draw(site: &Site, visit: &Visit, retry: Option<Retry>) -> Result<Response, Failure> {
    let mut desk = site.reading(visit).await?;
    let moment = site.platform.moment(&mut desk).await?;
    let computed = working(&desk, moment.ground(&site.platform.packs), None).await?;
    let editions = mingcha_publish::editions(desk.tx(), None, 10).await?;
    let published = match editions.first() {
        Some(newest) => mingcha_publish::figures_of(desk.tx(), newest.id).await?,
        None => Vec::new(),
    };
    let refused = desk.ask(Action::EditionPublish, Subject::house()).err();
    let refused = refused.map(|refused| mingcha_words::message(visit.lang, &refused.trouble()));
    let (today, year) = (desk.today, desk.action_year().to_owned());
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Results, visit.say("web-place-results")).await?,
        crumbs: Vec::new(),
        id: String::new(),
        heading: visit.say_with("web-results-heading", &[("year", year.clone())]),
        chips: vec![
            Chip::Text(visit.say_with("web-as-of", &[("day", today.to_string())])),
            Chip::Text(visit.say("web-results-working")),
        ],
        banner: failed(visit, &computed),
        cards: cards(site, visit, &computed, &published),
        aside: vec![draft(visit), edition_card(visit, &editions)],
        moves: Some(moves(visit, &year, refused, retry.as_ref())),
    };
    let mut response = page(dossier)?;
    if let Some(retry) = retry {
        *response.status_mut() = retry.failure.status();
    }
    Ok(response)
}

fn failed(visit: &Visit, computed: &Working) -> Option<Notice> {
    let first = computed.failed.first()?;
    let mut notice = Failure::of(&first.error).notice(visit);
    notice.text = format!("{}：{}", first.figure, notice.text);
    Some(notice)
}

fn cards(site: &Site, visit: &Visit, computed: &Working, published: &[PublishedFigure]) -> Vec<Card> {
    let of_pack = |pack: &str| computed.figures.iter().filter(|figure| figure.project == pack).collect::<Vec<_>>();
    let packs = site.platform.packs.packs.iter().filter(|pack| !of_pack(&pack.key).is_empty());
    packs
        .map(|pack| Card::new(pack.title.clone(), Body::Grid(figures(visit, &of_pack(&pack.key), published))))
        .collect()
}

fn figures(visit: &Visit, figures: &[&FigureValue], published: &[PublishedFigure]) -> Grid {
    let heads = [
        ("web-figure", Align::Lead),
        ("web-figure-said", Align::Number),
        ("web-figure-value", Align::Number),
        ("web-figure-records", Align::Number),
        ("web-figure-published", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = figures.iter().map(|figure| {
        let was = published.iter().find(|known| known.figure.full_name() == figure.full_name());
        let link = Link::new(format!("{HERE}/figures/{}", figure.full_name()), figure_title(visit, figure));
        Line::of(vec![
            Cell::from(link).under(figure.definition.clone()),
            figure.said_with_unit.clone().into(),
            figure.value.to_string().into(),
            figure.count.to_string().into(),
            was.map(|known| known.figure.said_with_unit.clone()).unwrap_or_default().into(),
        ])
    });
    Grid::list(visit.say("web-place-results"), heads, lines.collect(), Empty::new("", "", None))
}

/// The title of a figure in the visitor's language.
pub(crate) fn figure_title(visit: &Visit, figure: &FigureValue) -> String {
    let english = visit.lang == mingcha_words::Lang::En && !figure.title_en.is_empty();
    if english { figure.title_en.clone() } else { figure.title.clone() }
}

fn draft(visit: &Visit) -> Card {
    let said = vec![visit.say("web-bulletin-draft-what")];
    Card::new(visit.say("web-bulletin-draft"), Body::Words { said, quiet: Vec::new() })
        .link(Link::new(format!("{HERE}/bulletin"), visit.say("web-bulletin-draft-show")))
}

fn edition_card(visit: &Visit, editions: &[Edition]) -> Card {
    let heads = vec![
        Head::new(visit.say("web-edition"), Align::Lead),
        Head::new(visit.say("web-edition-published"), Align::Day),
    ];
    let lines = editions.iter().map(|edition| {
        let title = visit.say_with("web-edition-no", &[("no", edition.no.to_string())]);
        let link = Link::new(format!("/bulletins/{}", edition.no), title);
        Line::of(vec![
            Cell::from(link).under(edition.note.clone()),
            edition.published_at.day_in_china().to_string().into(),
        ])
    });
    let empty = Empty::new(visit.say("web-editions-none"), visit.say("web-editions-how"), None);
    let grid = Grid { walk: false, ..Grid::list(visit.say("web-editions"), heads, lines.collect(), empty) };
    Card::new(visit.say("web-editions"), Body::Grid(grid))
}

fn moves(visit: &Visit, year: &str, refused: Option<String>, retry: Option<&Retry>) -> Moves {
    let panels = Panels { visit, base: HERE.to_owned(), version: 0, retry };
    let title = visit.say_with("web-edition-title", &[("year", year.to_owned())]);
    let fields = vec![panels.field("publish", "title", Input::Text).value(title), panels.why("publish")];
    let offered = match refused {
        None => panels.panel("publish", true, false, fields),
        Some(reason) => {
            let label = visit.say("web-move-publish");
            Move { key: "publish".into(), label, primary: false, can: Can::Not(reason) }
        }
    };
    panels.bar(vec![offered], "web-moves-none")
}

/// 发布: the figures and the bulletin as they stand become an edition, which is never changed.
pub(crate) async fn publish(State(site): State<Site>, visit: Visit, Posted(form): Posted) -> Answer {
    let mut desk = site.desk(&visit).await?;
    let moment = site.platform.moment(&mut desk).await?;
    let order = Publish { title: form.text("title").into(), note: form.text("why").into() };
    match mingcha_publish::publish(desk, moment.ground(&site.platform.packs), order).await {
        Ok(published) => done(&format!("/bulletins/{}", published.no), "publish"),
        Err(error) => draw(&site, &visit, Some(Retry::of("publish", form, Failure::of(&error))?)).await,
    }
}

/// The bulletin as it would read now.
pub(crate) async fn preview(State(site): State<Site>, visit: Visit) -> Answer {
    let mut desk = site.reading(&visit).await?;
    let moment = site.platform.moment(&mut desk).await?;
    let packs = &site.platform.packs;
    let computed = working(&desk, moment.ground(packs), None).await?;
    let title = visit.say_with("web-edition-title", &[("year", desk.action_year().to_owned())]);
    let heading = Heading { title, edition: None, as_of: desk.today };
    let text = bulletin(packs, &computed.figures, &heading)?;
    page(Dossier {
        frame: site.frame_in(desk.tx(), &visit, Place::Results, text.title.clone()).await?,
        crumbs: vec![Link::new(HERE, visit.say("web-place-results"))],
        id: String::new(),
        heading: text.title.clone(),
        chips: vec![Chip::Text(visit.say("web-bulletin-is-draft"))],
        banner: failed(&visit, &computed),
        cards: vec![Card::new(visit.say("web-bulletin-draft"), Body::Prose(Prose::markdown(body_of(&text.markdown))))],
        aside: Vec::new(),
        moves: None,
    })
}

/// A bulletin's text without its own first heading, which the page has already.
pub(crate) fn body_of(markdown: &str) -> &str {
    markdown.strip_prefix("# ").and_then(|rest| rest.split_once('\n')).map_or(markdown, |(_, body)| body.trim_start())
}

/// Persons stay masked on these pages.
pub(crate) fn sight() -> Sight {
    Sight::masked()
}
