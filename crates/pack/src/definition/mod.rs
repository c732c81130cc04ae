//! What a pack says, as plain data: public fields, no behaviour beyond look-ups by name.

mod bulletin;
mod checklist;
mod demo;
mod figure;
mod ledger;
mod model;
mod wording;

pub use bulletin::Bulletin;
pub use checklist::{Checklist, Item};
pub use demo::{Demo, DemoSheet, NearMiss, PlantedFindings, SheetFormat};
pub use figure::{Aggregate, Figure};
pub use ledger::{Column, ColumnKind, Ledger, Load, Privacy, Rhythm};
pub use model::{
    Case, CaseColumn, CaseRow, CaseTable, Effect, Expected, ExpectedRow, Locality, Model, Param, Section, Status,
};
pub use wording::{Filter, Piece, Unmasked, Wording};

use crate::Spanned;

/// Every pack that is installed, in their order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PackSet {
    /// The packs, by `order` and then by key.
    pub packs: Vec<Pack>,
}

/// One pack: a folder below `packs/`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Pack {
    /// The folder's name, and the schema of its ledgers in SQL.
    pub key: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Place among the packs, ascending; the bulletin follows it.
    pub order: i64,
    /// The governance project, for packs that are one (`common` is none).
    pub project: Option<Project>,
    /// Keys of the packs whose ledgers this one reads.
    pub depends: Vec<String>,
    /// Ledgers by name.
    pub ledgers: Vec<Ledger>,
    /// Models by name.
    pub models: Vec<Model>,
    /// Checklists by key.
    pub checklists: Vec<Checklist>,
    /// Figures in the order of `figures.toml`.
    pub figures: Vec<Figure>,
    /// The section of the bulletin.
    pub bulletin: Option<Bulletin>,
    /// How to make the demo year.
    pub demo: Option<Demo>,
    /// SM3 in hex over the names and contents of all files that were read.
    pub digest: String,
}

/// A governance project (治理项目) of the programme.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Project {
    /// As the bulletin names it.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// 牵头单位, by its full name.
    pub lead_unit: String,
    /// 治理目标, as the bulletin states it.
    pub goal: String,
}

impl PackSet {
    /// The pack of that key.
    #[must_use]
    pub fn pack(&self, key: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.key == key)
    }

    /// The ledger of that full name, `pack.ledger`.
    #[must_use]
    pub fn ledger(&self, full_name: &str) -> Option<&Ledger> {
        let (pack, name) = full_name.split_once('.')?;
        self.pack(pack)?.ledgers.iter().find(|ledger| ledger.name == name)
    }

    /// The model of that full name, `pack.model`.
    #[must_use]
    pub fn model(&self, full_name: &str) -> Option<&Model> {
        let (pack, name) = full_name.split_once('.')?;
        self.pack(pack)?.models.iter().find(|model| model.name == name)
    }

    /// The figure of that full name, `pack.figure`.
    #[must_use]
    pub fn figure(&self, full_name: &str) -> Option<&Figure> {
        let (pack, key) = full_name.split_once('.')?;
        self.pack(pack)?.figures.iter().find(|figure| figure.key == key)
    }

    /// The checklist of that full name, `pack.checklist`.
    #[must_use]
    pub fn checklist(&self, full_name: &str) -> Option<&Checklist> {
        let (pack, key) = full_name.split_once('.')?;
        self.pack(pack)?.checklists.iter().find(|checklist| checklist.key == key)
    }

    /// Every ledger of every pack.
    pub fn ledgers(&self) -> impl Iterator<Item = &Ledger> {
        self.packs.iter().flat_map(|pack| &pack.ledgers)
    }

    /// Every model of every pack.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.packs.iter().flat_map(|pack| &pack.models)
    }

    /// Every figure of every pack, in the bulletin's order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.packs.iter().flat_map(|pack| &pack.figures)
    }
}

/// A template or SQL text with its place.
pub type Text = Spanned<String>;
