//! 设置: the accounts, for whoever manages them; the audit trail with its head, for whoever may see it.

use axum::extract::{RawQuery, State};
use mingcha_access::accounts::{self, Account};
use mingcha_access::policy::{Reach, reach};
use mingcha_access::units::{self, Unit};
use mingcha_access::{Action, Role, Subject};
use mingcha_pages::Place;
use mingcha_pages::office::ListPage;
use mingcha_pages::parts::{Align, Cell, Empty, Grid, Head, Light, Line, Link, Pager, Tone};
use mingcha_store::audit::{self, AuditSeq, EntryFilter, EntryRead};

use crate::shell::{Answer, Fields, Site, Visit, page, see_other};

/// Entries on one page.
const ENTRIES: u32 = 50;

/// The settings that this role has: accounts or the trail.
pub(crate) async fn show(visit: Visit) -> Answer {
    let manages = reach(visit.actor()?.role, Action::AccountManage) != Reach::Never;
    see_other(if manages { "/office/settings/accounts" } else { "/office/settings/audit" })
}

/// The accounts.
pub(crate) async fn list_accounts(State(site): State<Site>, visit: Visit) -> Answer {
    let mut desk = site.reading(&visit).await?;
    let accounts = accounts::list(&mut desk).await?;
    let units = units::list(desk.tx()).await?;
    let frame = site.frame_in(desk.tx(), &visit, Place::Settings, visit.say("web-accounts")).await?;
    let heads = [
        ("web-accounts-login", Align::Lead),
        ("web-accounts-name", Align::Short),
        ("web-accounts-role", Align::Short),
        ("web-accounts-unit", Align::Short),
        ("web-accounts-since", Align::Day),
        ("web-state", Align::Short),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let lines = accounts.iter().map(|account| account_line(&visit, &units, account)).collect();
    let empty = Empty::new(visit.say("web-accounts-none"), visit.say("web-accounts-how"), None);
    page(ListPage {
        heading: visit.say_with("web-accounts-heading", &[("count", accounts.len().to_string())]),
        intro: visit.say("web-accounts-how"),
        action: Some(Link::new("/office/settings/tokens", visit.say("web-tokens"))),
        drop: None,
        filters: None,
        tables: vec![(String::new(), Grid::list(visit.say("web-accounts"), heads, lines, empty))],
        frame,
    })
}

fn account_line(visit: &Visit, units: &[Unit], account: &Account) -> Line {
    let actor = &account.actor;
    let state = if !account.active {
        Light::new(Tone::Grey, visit.say("web-accounts-closed"))
    } else if account.has_password {
        Light::new(Tone::Green, visit.say("web-accounts-active"))
    } else if actor.role == Role::Clerk {
        Light::new(Tone::Green, visit.say("web-accounts-system"))
    } else {
        Light::new(Tone::Grey, visit.say("web-accounts-built-in"))
    };
    let code = actor.unit.clone().unwrap_or_default();
    let unit = units.iter().find(|unit| unit.code == code).map_or(code, |unit| unit.name.clone());
    Line::of(vec![
        actor.login.clone().into(),
        actor.name.clone().into(),
        visit.say(&format!("role-{}", actor.role.name())).into(),
        unit.into(),
        account.created_at.day_in_china().to_string().into(),
        state.into(),
    ])
}

/// The audit trail, newest first, and its head to be kept elsewhere.
pub(crate) async fn list_audit(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let before = query.text("before").parse().ok().map(AuditSeq);
    let mut desk = site.reading(&visit).await?;
    desk.ask(Action::AuditSee, Subject::house())?;
    let head = audit::head(desk.tx()).await?;
    let filter = EntryFilter { subject: None, actor: None, before, limit: ENTRIES };
    let entries = audit::list(desk.tx(), &filter).await?;
    let frame = site.frame_in(desk.tx(), &visit, Place::Settings, visit.say("web-audit")).await?;
    let heads = [
        ("web-audit-seq", Align::Number),
        ("web-audit-at", Align::Day),
        ("web-audit-actor", Align::Short),
        ("web-audit-verb", Align::Lead),
        ("web-audit-subject", Align::Mono),
        ("web-audit-why", Align::Plain),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let empty = Empty::new(visit.say("web-audit-none"), visit.say("web-audit-how"), None);
    let older = entries
        .last()
        .filter(|last| last.seq.0 > 1)
        .map(|last| Link::new(format!("/office/settings/audit?before={}", last.seq.0), visit.say("web-older")));
    let grid = Grid::list(
        visit.say("web-audit"),
        heads,
        entries.iter().map(|entry| entry_line(&visit, entry)).collect(),
        empty,
    )
    .pager(Pager {
        note: visit.say_with("web-audit-head", &[("size", head.size.to_string()), ("root", head.to_string())]),
        previous: before.map(|_| Link::new("/office/settings/audit", visit.say("web-newest"))),
        next: older,
    });
    page(ListPage {
        heading: visit.say_with("web-audit-heading", &[("count", head.size.to_string())]),
        intro: visit.say("web-audit-how"),
        action: None,
        drop: None,
        filters: None,
        tables: vec![(String::new(), grid)],
        frame,
    })
}

fn entry_line(visit: &Visit, entry: &EntryRead) -> Line {
    let why = entry.body.as_ref().and_then(|body| body.why.clone()).unwrap_or_default();
    let seq: Cell = entry.seq.0.to_string().into();
    Line::of(vec![
        seq,
        entry.at.for_people().into(),
        entry.actor.clone().into(),
        verb_in_words(visit, &entry.verb).into(),
        subject_in_words(visit, &entry.subject).into(),
        why.into(),
    ])
}

/// What was done, in words. Moves of cases and problems are called as in their story; a verb that a later version wrote
/// is shown as it stands.
fn verb_in_words(visit: &Visit, verb: &str) -> String {
    let key = match verb.split_once('.') {
        Some(("case" | "problem", made)) => format!("case-move-{made}"),
        _ => format!("web-audit-verb-{}", verb.replace('.', "-")),
    };
    known(visit, &key).unwrap_or_else(|| verb.to_owned())
}

/// What it was done to: the kind in words, then the identifier as the trail has it.
fn subject_in_words(visit: &Visit, subject: &str) -> String {
    let in_words = subject.split_once(':').and_then(|(kind, id)| {
        let kind = known(visit, &format!("web-audit-of-{}", kind.replace('_', "-")))?;
        Some(if id == "*" { kind } else { format!("{kind} {id}") })
    });
    in_words.unwrap_or_else(|| subject.to_owned())
}

/// The text of a key, if there is one.
fn known(visit: &Visit, key: &str) -> Option<String> {
    Some(visit.say(key)).filter(|text| text != key)
}
