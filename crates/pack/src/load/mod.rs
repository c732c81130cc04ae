//! From a folder of packs to definitions: all files are read, all faults collected, and what could be understood is
//! kept.
//!
//! Two rounds: first every `pack.toml` and every ledger, then what speaks of ledgers (models, figures, demo plans), so
//! that packs may be read in any order.

mod bulletin;
mod cases;
mod cell;
mod checklist;
mod demo;
mod fields;
mod figures;
mod folder;
mod front;
mod ledger;
mod model;
mod names;
mod pack_file;
mod page;
mod wording;

use std::cell::RefCell;
use std::path::Path;

use self::folder::Folder;
use self::names::{Names, Pending};
use crate::{At, Fault, PackSet, Sources, faults};

/// What was read from a folder of packs.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Loaded {
    /// What could be understood.
    pub set: PackSet,
    /// Everything that is wrong, by file and place.
    pub faults: Vec<Fault>,
    /// The texts that the faults point into.
    pub sources: Sources,
}

impl PackSet {
    /// Reads every pack below `dir`, one folder each. Never fails: what is wrong is told in the faults.
    #[must_use]
    pub fn load(dir: &Path) -> Loaded {
        let faults = Faults::default();
        let mut sources = Sources::default();
        let folders = folder::read_all(dir, &mut sources, &faults);
        if folders.is_empty() && faults.is_empty() {
            faults.tell(faults::no_packs(At { file: dir.display().to_string(), ..At::default() }));
        }
        let mut packs = Vec::new();
        let mut pending = Vec::new();
        for folder in &folders {
            let (pack, names) = first_round(folder, &faults);
            packs.push(pack);
            pending.push(names);
        }
        let names = Names::of(&packs);
        for ((folder, pack), pending) in folders.iter().zip(&mut packs).zip(&pending) {
            names.check(pack, pending, &faults);
            second_round(folder, pack, &names, &faults);
        }
        packs.sort_by(|a, b| (a.order, &a.key).cmp(&(b.order, &b.key)));
        Loaded { set: PackSet { packs }, faults: faults.in_order(), sources }
    }
}

fn first_round(folder: &Folder, faults: &Faults) -> (crate::Pack, Pending) {
    let mut pending = Pending::default();
    let mut pack = pack_file::read(folder, &mut pending, faults);
    pack.digest = folder.digest();
    for file in folder.below("ledgers", "toml") {
        pack.ledgers.push(ledger::read(folder, file, &mut pending, faults));
    }
    folder.refuse_strays(faults);
    (pack, pending)
}

fn second_round(folder: &Folder, pack: &mut crate::Pack, names: &Names, faults: &Faults) {
    let scope = names.scope(pack, faults);
    pack.models = folder.below("models", "md").filter_map(|file| model::read(&scope, file)).collect();
    pack.checklists = folder.below("checklists", "toml").map(|file| checklist::read(folder, file, faults)).collect();
    pack.figures = folder.file("figures.toml").map(|file| figures::read(folder, file, faults)).unwrap_or_default();
    pack.bulletin = folder.file("bulletin.md").map(|file| bulletin::read(file, &pack.figures, faults));
    let models: Vec<String> = folder.below("models", "md").map(|file| file.stem().to_owned()).collect();
    pack.demo = folder.file("demo/plan.toml").map(|file| demo::read(&scope, folder, file, &models));
}

impl crate::Ledger {
    /// Reads a sheet schema that is no pack's: the sheets of past casework, which a crate brings along.
    ///
    /// `file` is the name that faults show.
    pub fn parse(schema: &str, name: &str, file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let faults = Faults::default();
        let ledger = ledger::parse(schema, name, file, text, &faults);
        let faults = faults.in_order();
        if faults.is_empty() { Ok(ledger) } else { Err(faults) }
    }
}

/// Where faults are collected.
#[derive(Default)]
struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    fn tell(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    fn in_order(self) -> Vec<Fault> {
        let mut all = self.0.into_inner();
        all.sort_by(|a, b| (&a.at, a.trouble.code).cmp(&(&b.at, b.trouble.code)));
        all.dedup();
        all
    }
}
