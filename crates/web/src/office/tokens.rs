//! 设置 · 接口凭证: the tokens of other systems; one is given out and shown once, one is revoked with a reason.

use axum::extract::State;
use mingcha_access::tokens::{self, Added, Listed, NewToken, TokenScope};
use mingcha_access::units::{self, Unit};
use mingcha_domain::TokenId;
use mingcha_pages::Place;
use mingcha_pages::office::{Body, Card, Dossier};
use mingcha_pages::parts::{
    Align, Cell, Choice, Empty, Fact, Field, Grid, Head, Input, Light, Line, Link, Move, Notice, Tone,
};

use super::panels::{Panels, Retry, answered};
use crate::shell::{Answer, Failure, Fields, Posted, Site, Visit, done};

const HERE: &str = "/office/settings/tokens";
const GIVE: &str = "give_token";
const REVOKE: &str = "revoke_token";
/// For how many days a token is proposed.
const DAYS: &str = "365";

/// The list.
pub(crate) async fn list(State(site): State<Site>, visit: Visit) -> Answer {
    draw(&site, &visit, None, None).await
}

/// Gives a token out and shows it on the page that answers: nowhere else, never again.
pub(crate) async fn give(State(site): State<Site>, visit: Visit, Posted(form): Posted) -> Answer {
    let outcome = match order(&form) {
        Ok(new) => tokens::add(site.desk(&visit).await?, new).await.map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(added) => draw(&site, &visit, Some(&added), None).await,
        Err(failure) => draw(&site, &visit, None, Some(Retry::of(GIVE, form, failure)?)).await,
    }
}

fn order(form: &Fields) -> Result<NewToken, Failure> {
    Ok(NewToken {
        system: form.text("system").to_owned(),
        unit: form.text("acts_for").to_owned(),
        scopes: form.all("scope").filter_map(|scope| scope.parse().ok()).collect(),
        // What is no number is out of range, and the range is said.
        days: form.text("days").parse().unwrap_or(0),
    })
}

/// Revokes one.
pub(crate) async fn revoke(State(site): State<Site>, visit: Visit, Posted(form): Posted) -> Answer {
    let id: TokenId = form.ours("token")?;
    match tokens::revoke(site.desk(&visit).await?, id, form.text("why")).await {
        Ok(()) => done(HERE, "revoke-token"),
        Err(error) => draw(&site, &visit, None, Some(Retry::of(REVOKE, form, Failure::of(&error))?)).await,
    }
}

async fn draw(site: &Site, visit: &Visit, added: Option<&Added>, retry: Option<Retry>) -> Answer {
    let mut desk = site.reading(visit).await?;
    let all = tokens::list(&mut desk).await?;
    let units = units::list(desk.tx()).await?;
    let good = all.iter().filter(|token| token.good).count();
    let panels = Panels { visit, base: HERE.to_owned(), version: 0, retry: retry.as_ref() };
    let dossier = Dossier {
        frame: site.frame_in(desk.tx(), visit, Place::Settings, visit.say("web-tokens")).await?,
        crumbs: vec![Link::new("/office/settings/accounts", visit.say("web-accounts"))],
        id: String::new(),
        heading: visit.say_with("web-tokens-heading", &[("count", good.to_string())]),
        chips: Vec::new(),
        banner: added.map(|added| given(visit, added)),
        cards: [
            added.map(|added| once(visit, added)),
            Some(
                Card::new(visit.say("web-tokens"), Body::Grid(grid(visit, &units, &all)))
                    .link(Link::new("/api/v1", visit.say("web-tokens-interface"))),
            ),
            Some(Card::new(
                visit.say("web-tokens-what"),
                Body::Words { said: vec![visit.say("web-tokens-how")], quiet: Vec::new() },
            )),
        ]
        .into_iter()
        .flatten()
        .collect(),
        aside: Vec::new(),
        moves: Some(panels.bar(moves(visit, &panels, &units, &all), "web-moves-none")),
    };
    answered(visit, dossier, retry.as_ref())
}

/// That it was given out, and what to do at once.
fn given(visit: &Visit, added: &Added) -> Notice {
    let mut notice = Notice::good(visit.say("web-tokens-given"));
    notice.remedy = visit.say_with("web-tokens-given-once", &[("until", added.expires_at.for_people())]);
    notice
}

/// The token, this once.
fn once(visit: &Visit, added: &Added) -> Card {
    Card::new(
        visit.say("web-tokens-once"),
        Body::Facts(vec![Fact::new(visit.say("web-tokens-one"), added.token.clone())]),
    )
}

fn grid(visit: &Visit, units: &[Unit], all: &[Listed]) -> Grid {
    let heads = [
        ("web-tokens-system", Align::Lead),
        ("web-accounts-unit", Align::Short),
        ("web-tokens-scopes", Align::Plain),
        ("web-tokens-until", Align::Day),
        ("web-tokens-seen", Align::Day),
        ("web-tokens-by", Align::Short),
        ("web-state", Align::Short),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = all.iter().map(|token| Line { gone: !token.good, ..line(visit, units, token) }).collect();
    let empty = Empty::new(visit.say("web-tokens-none"), visit.say("web-tokens-none-how"), None);
    Grid { walk: false, ..Grid::list(visit.say("web-tokens"), heads, lines, empty) }
}

fn line(visit: &Visit, units: &[Unit], token: &Listed) -> Line {
    let code = token.unit.clone().unwrap_or_default();
    let unit = units.iter().find(|unit| unit.code == code).map_or(code, |unit| unit.name.clone());
    let scopes: Vec<String> = token.scopes.iter().map(|scope| scope_word(visit, *scope)).collect();
    let state = match (token.good, token.revoked_at) {
        (true, _) => Light::new(Tone::Green, visit.say("web-tokens-good")),
        (false, Some(_)) => Light::new(Tone::Grey, visit.say("web-tokens-revoked")),
        (false, None) => Light::new(Tone::Grey, visit.say("web-tokens-over")),
    };
    Line::of(vec![
        Cell::from(token.system.clone()).under(token.id.to_string()),
        unit.into(),
        scopes.join("、").into(),
        token.expires_at.for_people().into(),
        token.seen_at.map(mingcha_domain::Instant::for_people).unwrap_or_default().into(),
        token.created_by_name.clone().into(),
        state.into(),
    ])
}

fn scope_word(visit: &Visit, scope: TokenScope) -> String {
    visit.say(match scope {
        TokenScope::LedgerRead => "web-tokens-scope-read",
        TokenScope::LedgerImport => "web-tokens-scope-import",
    })
}

fn moves(visit: &Visit, panels: &Panels<'_>, units: &[Unit], all: &[Listed]) -> Vec<Move> {
    let unit = units.iter().map(|unit| Choice::new(unit.code.clone(), unit.name.clone(), false)).collect();
    let scopes = TokenScope::ALL
        .map(|scope| Choice::new(scope.name(), format!("{}（{scope}）", scope_word(visit, scope)), false));
    let give: Vec<Field> = vec![
        panels.field(GIVE, "system", Input::Text).hint(visit.say("web-tokens-system-hint")),
        panels.field(GIVE, "acts_for", Input::Select(unit)).hint(visit.say("web-tokens-unit-hint")),
        panels.field(GIVE, "scope", Input::Ticks(scopes.to_vec())),
        panels.field(GIVE, "days", Input::Number).value(DAYS),
    ];
    let mut moves = vec![panels.panel(GIVE, true, false, give)];
    let good: Vec<Choice> = all
        .iter()
        .filter(|token| token.good)
        .map(|token| Choice::new(token.id.to_string(), format!("{} {}", token.system, token.id), false))
        .collect();
    if !good.is_empty() {
        let fields = vec![panels.field(REVOKE, "token", Input::Select(good)), panels.why(REVOKE)];
        moves.push(panels.panel(REVOKE, false, false, fields));
    }
    moves
}
