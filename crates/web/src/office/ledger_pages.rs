//! What the pages about a ledger share: the way through them, and which ledger it is.

use mingcha_access::{Action, Desk};
use mingcha_ledger::VersionLine;
use mingcha_pack::Ledger;
use mingcha_pages::office::{LedgerPage, Tab};
use mingcha_pages::parts::{Choice, Link};
use mingcha_pages::{Frame, Place};

use super::ledgers::{ledger_title, reaches};
use crate::shell::{Failure, Site, Visit};

/// The pages about one ledger, in their order: the end of the address and the key of the name.
const TABS: [(&str, &str); 6] = [
    ("", "web-tab-ledger"),
    ("/uploads", "web-tab-uploads"),
    ("/rows", "web-tab-rows"),
    ("/versions", "web-tab-versions"),
    ("/quality", "web-tab-quality"),
    ("/coverage", "web-tab-coverage"),
];

/// The pages about all ledgers.
const TABS_OF_ALL: [(&str, &str); 3] = [
    ("/office/ledgers", "web-ledgers-all"),
    ("/office/uploads", "web-tab-uploads"),
    ("/office/coverage", "web-tab-coverage"),
];

/// The tabs of a ledger's pages; `here` ends the address of this one.
pub(crate) fn tabs(visit: &Visit, ledger: &str, here: &str) -> Vec<Tab> {
    let tab = |(end, key): &(&str, &str)| Tab {
        link: Link::new(format!("/office/ledgers/{ledger}{end}"), visit.say(key)),
        here: *end == here,
    };
    TABS.iter().map(tab).collect()
}

/// The tabs of the pages about all ledgers; `here` is the address of this one.
pub(crate) fn tabs_of_all(visit: &Visit, here: &str) -> Vec<Tab> {
    let tab = |(href, key): &(&str, &str)| Tab { link: Link::new(*href, visit.say(key)), here: *href == here };
    TABS_OF_ALL.iter().map(tab).collect()
}

/// The ledger of an address, for those who may see it.
pub(crate) async fn ledger_of<'a>(site: &'a Site, desk: &mut Desk, name: &str) -> Result<&'a Ledger, Failure> {
    let ledger = site.platform.packs.ledger(name).ok_or_else(Failure::not_found)?;
    if reaches(site, desk, ledger, Action::LedgerSee).await? { Ok(ledger) } else { Err(Failure::not_found()) }
}

/// A page about a ledger, with nothing on it yet.
pub(crate) async fn page_of(
    site: &Site,
    desk: &mut Desk,
    visit: &Visit,
    ledger: &Ledger,
    here: &str,
) -> Result<LedgerPage, Failure> {
    let (name, title) = (ledger.full_name(), ledger_title(visit, ledger));
    let frame: Frame = site.frame_in(desk.tx(), visit, Place::Ledgers, title.clone()).await?;
    let crumbs = vec![
        Link::new("/office/ledgers", visit.say("web-place-ledgers")),
        Link::new(format!("/office/ledgers/{name}"), title.clone()),
    ];
    Ok(LedgerPage {
        frame,
        crumbs,
        heading: title,
        intro: String::new(),
        tabs: tabs(visit, &name, here),
        banner: None,
        drop: None,
        filters: None,
        cards: Vec::new(),
        tables: Vec::new(),
    })
}

/// A page about all ledgers, with nothing on it yet; `words` are the keys of heading and introduction, `here` its address.
pub(crate) async fn page_of_all(
    site: &Site,
    desk: &mut Desk,
    visit: &Visit,
    words: (&str, &str),
    here: &str,
) -> Result<LedgerPage, Failure> {
    let heading = visit.say(words.0);
    Ok(LedgerPage {
        frame: site.frame_in(desk.tx(), visit, Place::Ledgers, heading.clone()).await?,
        crumbs: vec![Link::new("/office/ledgers", visit.say("web-place-ledgers"))],
        heading,
        intro: visit.say(words.1),
        tabs: tabs_of_all(visit, here),
        banner: None,
        drop: None,
        filters: None,
        cards: Vec::new(),
        tables: Vec::new(),
    })
}

/// A version in one line: number, moment, what led to it.
pub(crate) fn version_in_words(visit: &Visit, line: &VersionLine) -> String {
    let key = if line.version.withdrawn { "web-version-went" } else { "web-version-came" };
    visit.say_with(
        key,
        &[
            ("version", line.version.snapshot.to_string()),
            ("at", line.version.at.for_people()),
            ("batch", line.version.batch.to_string()),
        ],
    )
}

/// Versions to choose from. One that is chosen and is not among them is added, so that a choice is never lost.
pub(crate) fn version_choices(visit: &Visit, lines: &[VersionLine], chosen: Option<i64>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = lines
        .iter()
        .map(|line| {
            let is_it = chosen == Some(line.version.snapshot);
            Choice::new(line.version.snapshot.to_string(), version_in_words(visit, line), is_it)
        })
        .collect();
    if let Some(version) = chosen.filter(|version| lines.iter().all(|line| line.version.snapshot != *version)) {
        let words = visit.say_with("web-version", &[("version", version.to_string())]);
        choices.push(Choice::new(version.to_string(), words, true));
    }
    choices
}
