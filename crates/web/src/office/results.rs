//! 成果通报: working figures beside the published ones, each opened down to its source lines; publishing an edition.

use axum::extract::State;
use mingcha_access::policy::{Reach, reach};
use mingcha_access::{Action, Desk};
use mingcha_casework::read::{ProblemQuery, problem_list};
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Chip, Dossier};
use mingcha_pages::parts::{Align, Can, Cell, Empty, Grid, Head, Line, Link, Mark, Move, Moves, Notice, Prose};
use mingcha_publish::{Edition, FailedFigure, FigureValue, PublishedFigure, Working, working};
use rust_decimal::Decimal;

use super::panels::{Panels, Retry, answered};
use crate::portal::published::{bulletin_address, figure_title, grouped};
use crate::shell::{Answer, Failure, Posted, Site, Visit, done, page};

/// Where the figures are.
pub(crate) const HERE: &str = "/office/results";
/// Editions in the list beside the figures; the public list has all.
const EDITIONS: i64 = 10;

/// The working figures beside the published ones.
pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Answer {
    draw(&site, &visit, None).await
}

/// 发布: the figures and the bulletin as they stand become an edition, which is never changed.
pub(crate) async fn publish(State(site): State<Site>, visit: Visit, Posted(form): Posted) -> Answer {
    let published = site.platform.publish_after(form.ours("version")?, visit.actor()?, form.text("why")).await;
    match published {
        Ok(published) => done(&bulletin_address(published.no), "publish"),
        Err(error) => draw(&site, &visit, Some(Retry::of("publish", form, Failure::of(&error))?)).await,
    }
}

/// The bulletin as it would read now.
pub(crate) async fn preview(State(site): State<Site>, visit: Visit) -> Answer {
    let mut desk = site.reading(&visit).await?;
    let bulletin = site.platform.bulletin(&mut desk).await?;
    page(Dossier {
        frame: site.frame_in(desk.tx(), &visit, Place::Results, visit.say("web-results-draft")).await?,
        crumbs: vec![Link::new(HERE, visit.say("web-place-results"))],
        id: String::new(),
        heading: bulletin.title.clone(),
        chips: vec![Chip::Text(visit.say("web-results-draft-chip")), as_of(&visit, &desk)],
        banner: None,
        cards: vec![Card::new(visit.say("web-results-draft"), Body::Prose(Prose::markdown(bulletin.body())))],
        aside: Vec::new(),
        moves: None,
    })
}

async fn draw(site: &Site, visit: &Visit, retry: Option<Retry>) -> Answer {
    let mut desk = site.reading(visit).await?;
    let moment = site.platform.moment(&mut desk).await?;
    let computed = working(&desk, moment.ground(&site.platform.packs), None).await?;
    let editions = mingcha_publish::editions(desk.tx(), None, EDITIONS).await?;
    let published = match editions.first() {
        Some(newest) => mingcha_publish::figures_of(desk.tx(), newest.id).await?,
        None => Vec::new(),
    };
    let newest = editions.first().map_or(0, |edition| edition.no);
    let year = [("year", desk.action_year().to_owned())];
    let mut chips = vec![as_of(visit, &desk), Chip::Text(visit.say("web-results-not-public"))];
    if let Some(edition) = editions.first() {
        let said = visit.say_with("web-results-newest", &[("no", edition.no.to_string())]);
        chips.push(Chip::Link(Link::new(bulletin_address(edition.no), said)));
    }
    let recheck = rechecks(visit, &mut desk).await?;
    chips.extend(recheck.clone().map(Chip::Link));
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Results, visit.say("web-place-results")).await?,
        crumbs: Vec::new(),
        id: String::new(),
        heading: visit.say_with("web-results-now", &year),
        chips,
        banner: recheck.map(|_| Notice::care(visit.say("web-results-recheck-problems-banner"))),
        cards: cards(site, visit, &computed, &published),
        aside: vec![draft(visit), edition_card(visit, &editions)],
        moves: moves(visit, &computed, newest, retry.as_ref())?,
    };
    answered(visit, dossier, retry.as_ref())
}

/// The problems on which figures rest and that must be looked at again, for those who see all problems.
async fn rechecks(visit: &Visit, desk: &mut Desk) -> Result<Option<Link>, Failure> {
    if reach(desk.actor.role, Action::CaseSee) != Reach::All {
        return Ok(None);
    }
    let problems = problem_list(desk, &ProblemQuery { recheck: true, ..ProblemQuery::default() }).await?;
    let more = if problems.next.is_some() { "+" } else { "" };
    let count = [("count", format!("{}{more}", problems.lines.len()))];
    let said = visit.say_with("web-results-recheck-problems", &count);
    Ok((!problems.lines.is_empty()).then(|| Link::new("/office/problems?due=recheck", said)))
}

/// The business date, as a chip.
fn as_of(visit: &Visit, desk: &Desk) -> Chip {
    Chip::Text(visit.say_with("web-results-as-of", &[("day", desk.today.to_string())]))
}

/// One table for each pack, in the packs' order.
fn cards(site: &Site, visit: &Visit, computed: &Working, published: &[PublishedFigure]) -> Vec<Card> {
    let none = || Empty::new(visit.say("web-results-none"), visit.say("web-results-none-how"), None);
    let mut cards = Vec::new();
    for pack in &site.platform.packs.packs {
        let mut lines: Vec<Line> = computed
            .figures
            .iter()
            .filter(|one| one.project == pack.key)
            .map(|one| line(visit, one, published))
            .collect();
        let failed = computed.failed.iter().filter(|failed| belongs(failed, &pack.key));
        lines.extend(failed.map(|failed| failed_line(site, visit, failed, published)));
        lines.extend(
            published.iter().filter(|was| was.figure.project == pack.key).filter_map(|was| gone(visit, computed, was)),
        );
        if !lines.is_empty() {
            let caption = visit.say_with("web-results-caption", &[("project", pack.title.clone())]);
            cards.push(Card::new(pack.title.clone(), Body::Grid(Grid::list(caption, heads(visit), lines, none()))));
        }
    }
    if cards.is_empty() {
        let title = visit.say("web-place-results");
        cards.push(Card::new(title.clone(), Body::Grid(Grid::list(title, heads(visit), Vec::new(), none()))));
    }
    cards
}

fn belongs(failed: &FailedFigure, pack: &str) -> bool {
    failed.figure.split_once('.').is_some_and(|(of, _)| of == pack)
}

fn heads(visit: &Visit) -> Vec<Head> {
    let heads = [
        ("web-results-figure", Align::Lead),
        ("web-results-value-now", Align::Number),
        ("web-results-value-published", Align::Number),
        ("web-results-change", Align::Number),
        ("web-results-records", Align::Number),
    ];
    heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec()
}

fn was<'a>(published: &'a [PublishedFigure], full_name: &str) -> Option<&'a FigureValue> {
    published.iter().map(|known| &known.figure).find(|figure| figure.full_name() == full_name)
}

fn line(visit: &Visit, figure: &FigureValue, published: &[PublishedFigure]) -> Line {
    let was = was(published, &figure.full_name());
    let link = Link::new(figure_address(&figure.full_name()), figure_title(visit, figure));
    Line::of(vec![
        Cell::from(link).under(figure.definition.clone()),
        figure.said_with_unit.clone().into(),
        was.map(|was| was.said_with_unit.clone()).unwrap_or_default().into(),
        change(visit, figure, was).into(),
        grouped(Decimal::from(figure.count)).into(),
    ])
}

fn change(visit: &Visit, figure: &FigureValue, was: Option<&FigureValue>) -> String {
    let Some(was) = was else { return visit.say("web-results-never") };
    if figure.definition_hash != was.definition_hash {
        return visit.say("web-results-redefined");
    }
    let more = figure.value - was.value;
    match more.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Equal => visit.say("web-results-same"),
        std::cmp::Ordering::Greater => format!("+{}", grouped(more)),
        std::cmp::Ordering::Less => format!("−{}", grouped(-more)),
    }
}

fn failed_line(site: &Site, visit: &Visit, failed: &FailedFigure, published: &[PublishedFigure]) -> Line {
    let definition = site.platform.packs.figure(&failed.figure);
    let title = definition.map_or_else(|| failed.figure.clone(), |figure| figure.title.clone());
    let why = Failure::of(&failed.error).sentence(visit);
    Line::of(vec![
        Cell::from(title).mark(Mark::Bad(why)),
        visit.say("web-results-failed").into(),
        was(published, &failed.figure).map(|was| was.said_with_unit.clone()).unwrap_or_default().into(),
        "".into(),
        "".into(),
    ])
}

/// A published figure that the packs no longer have.
fn gone(visit: &Visit, computed: &Working, was: &PublishedFigure) -> Option<Line> {
    let name = was.figure.full_name();
    let known = computed.figures.iter().any(|figure| figure.full_name() == name)
        || computed.failed.iter().any(|failed| failed.figure == name);
    let title = Cell::from(figure_title(visit, &was.figure)).under(visit.say("web-results-gone"));
    let cells = vec![title, "".into(), was.figure.said_with_unit.clone().into(), "".into(), "".into()];
    (!known).then(|| Line { gone: true, ..Line::of(cells) })
}

/// Where a figure is opened.
fn figure_address(full_name: &str) -> String {
    format!("{HERE}/figures/{full_name}")
}

fn draft(visit: &Visit) -> Card {
    let said = vec![visit.say("web-results-draft-what")];
    Card::new(visit.say("web-results-draft"), Body::Words { said, quiet: Vec::new() })
        .link(Link::new(format!("{HERE}/bulletin"), visit.say("web-results-draft-show")))
}

fn edition_card(visit: &Visit, editions: &[Edition]) -> Card {
    let heads = vec![
        Head::new(visit.say("web-results-edition"), Align::Lead),
        Head::new(visit.say("web-results-edition-day"), Align::Day),
    ];
    let lines = editions.iter().map(|edition| {
        let title = visit.say_with("web-results-edition-no", &[("no", edition.no.to_string())]);
        let by = [("by", edition.published_by_name.clone()), ("note", edition.note.clone())];
        Line::of(vec![
            Cell::from(Link::new(bulletin_address(edition.no), title))
                .under(visit.say_with("web-results-edition-by", &by)),
            edition.published_at.day_in_china().to_string().into(),
        ])
    });
    let empty = Empty::new(visit.say("web-results-editions-none"), visit.say("web-results-editions-none-how"), None);
    let title = visit.say("web-results-editions");
    let grid = Grid { walk: false, ..Grid::list(title.clone(), heads, lines.collect(), empty) };
    Card::new(title, Body::Grid(grid))
}

/// The bar: publishing, for those who may. `newest` is the edition that the page shows as the newest.
fn moves(visit: &Visit, computed: &Working, newest: i64, retry: Option<&Retry>) -> Result<Option<Moves>, Failure> {
    let barred = |reason: &str| Move {
        key: "publish".to_owned(),
        label: visit.say("web-results-publish"),
        primary: false,
        can: Can::Not(visit.say(reason)),
    };
    let may = reach(visit.actor()?.role, Action::EditionPublish) != Reach::Never;
    let panels = Panels { visit, base: HERE.to_owned(), version: newest, retry };
    let offered = if !may {
        barred("web-results-publish-not-yours")
    } else if computed.failed.is_empty() {
        let why = panels.why("publish").hint(visit.say("web-results-publish-note-hint"));
        let mut publish =
            Move { label: visit.say("web-results-publish"), ..panels.panel("publish", true, false, vec![why]) };
        if let Can::Form(panel) = &mut publish.can {
            panel.submit.clone_from(&publish.label);
            let facts = [("count", computed.figures.len().to_string()), ("no", (newest + 1).to_string())];
            panel.effect = visit.say_with("web-results-publish-effect", &facts);
        }
        publish
    } else {
        barred("web-results-publish-failed")
    };
    Ok(Some(panels.bar(vec![offered], "web-results-moves-none")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::published::tests::figure;

    fn visit() -> Visit {
        Visit {
            lang: mingcha_words::Lang::Zh,
            here: HERE.into(),
            request: String::new(),
            session: None,
            door: String::new(),
        }
    }

    #[test]
    fn a_change_is_a_difference_only_between_numbers_that_mean_the_same() {
        let (now, mut before) = (figure("22", "22个", "个"), figure("21", "21个", "个"));
        assert_eq!(change(&visit(), &now, None), "没有发布过");
        assert_eq!(change(&visit(), &now, Some(&now)), "没有变化");
        before.value = Decimal::from(21);
        assert_eq!(change(&visit(), &now, Some(&before)), "+1");
        assert_eq!(change(&visit(), &before, Some(&now)), "−1");
        before.definition_hash = "cd".repeat(32);
        assert_eq!(change(&visit(), &now, Some(&before)), "口径改了");
    }

    #[test]
    fn what_a_pack_says_is_shown_as_text() {
        let mut strange = figure("22", "22<个>", "<个>");
        strange.title = "<img src=x>".to_owned();
        strange.definition = "<script>".to_owned();
        let lines = vec![line(&visit(), &strange, &[])];
        let html = Grid::list("", heads(&visit()), lines, Empty::new("", "", None)).to_string();
        assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("<个>"), "{html}");
        assert!(html.contains("href=\"/office/results/figures/training.problems\""), "{html}");
    }
}
