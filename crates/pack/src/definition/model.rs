//! Supervision models: one page with reason, law, SQL, wording and proof.

use std::collections::BTreeMap;

use mingcha_domain::{Day, Value};

use super::{Text, Wording};
use crate::{At, Spanned};

/// A supervision model (监督模型). It finds doubtful data (疑点), never guilt.
#[derive(Clone, PartialEq, Debug)]
pub struct Model {
    /// The pack it belongs to.
    pub pack: String,
    /// Name in the pack, the file's name without `.md`.
    pub name: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// What a finding asks for.
    pub effect: Effect,
    /// Columns of the result that identify a finding.
    pub key: Vec<Spanned<String>>,
    /// What alone decides a finding.
    pub locality: Locality,
    /// What a finding is about: `person`, `organisation`, `certificate` …
    pub subject: String,
    /// Regulations and articles.
    pub basis: Vec<String>,
    /// Parameters; a name may stand several times, with other dates or keys.
    pub params: Vec<Param>,
    /// The query.
    pub sql: Text,
    /// The sentence of a finding.
    pub wording: Wording,
    /// The page's opening: the condition in a sentence.
    pub lead: String,
    /// The page's prose, in order, without SQL, wording and cases.
    pub sections: Vec<Section>,
    /// Worked cases.
    pub cases: Vec<Case>,
    /// Its life.
    pub status: Status,
    /// SM3 in hex over what decides the outcome: SQL, parameters, key, locality.
    pub version: String,
    /// The page's file.
    pub at: At,
}

impl Model {
    /// `pack.model`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.pack, self.name)
    }
}

/// What a finding asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Effect {
    /// 提示: look at it.
    Hint,
    /// 核查: verify it.
    #[default]
    Verify,
    /// 暂停支付: hold the payment until verified.
    HoldPayment,
}

/// What alone decides a finding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Locality {
    /// Rows with the same value of these columns or row-local expressions, per ledger (full names).
    Local {
        /// Ledger → column or expression.
        by: BTreeMap<String, Spanned<String>>,
    },
    /// Any row may change any finding.
    #[default]
    WholeLedger,
}

/// Draft → trial → live → retired.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Status {
    /// Being written; never run on real ledgers.
    Draft,
    /// Run, and its findings are only looked at.
    Trial,
    /// Run.
    #[default]
    Live,
    /// Kept for its past findings; not run.
    Retired,
}

impl Status {
    /// Whether runs include it.
    #[must_use]
    pub fn runs(self) -> bool {
        matches!(self, Self::Trial | Self::Live)
    }
}

/// One row of a parameter: a legal figure with its source and the dates between which it holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Param {
    /// Name: `param.NAME` as a table, `$NAME` where only one row holds.
    pub name: String,
    /// The figure: a whole number, a decimal, a text or a day.
    pub value: Value,
    /// Further columns of `param.NAME` on which rows differ (sex, kind …); the same ones in every row of a name.
    pub keys: Vec<(String, Value)>,
    /// Regulation and article.
    pub source: String,
    /// Who set it: 国家, 省, 市, 区.
    pub level: String,
    /// First day.
    pub valid_from: Option<Day>,
    /// Last day, included.
    pub valid_to: Option<Day>,
    /// Where it stands.
    pub at: At,
}

/// A section of the page's prose.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Markdown below it.
    pub markdown: String,
}

/// A worked case: small tables, and the findings they must give.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The heading after `Case:`, its name.
    pub title: String,
    /// Prose before the tables.
    pub prose: String,
    /// Line of the heading, from 1.
    pub line: usize,
    /// Where the heading stands.
    pub at: At,
    /// The business date; the engine's default when absent.
    pub as_of: Option<Day>,
    /// The rows that are there; ledgers that are not named are empty.
    pub given: Vec<CaseTable>,
    /// The findings. No rows: it must not fire.
    pub then: Expected,
}

/// Rows of one ledger, typed by its columns.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CaseTable {
    /// Full name of the ledger.
    pub ledger: String,
    /// The ledger's columns that are given; the others are null.
    pub columns: Vec<CaseColumn>,
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// Where the table stands.
    pub at: At,
}

/// A column of a case table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CaseColumn {
    /// Name in the ledger.
    pub name: String,
    /// Its place among the ledger's columns.
    pub position: usize,
}

/// A row of a case table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CaseRow {
    /// The role of the row (`fires`, `near_miss`), from the optional first column `row`.
    pub label: Option<String>,
    /// One value per column of the table.
    pub cells: Vec<Value>,
    /// Line in the page, from 1.
    pub line: usize,
    /// Where the row stands.
    pub at: At,
}

/// The findings that a case must give.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Expected {
    /// Result columns that are compared.
    pub columns: Vec<Spanned<String>>,
    /// One row per finding, in any order.
    pub rows: Vec<ExpectedRow>,
    /// Where the table stands, or the word `then`.
    pub at: At,
}

/// One expected finding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExpectedRow {
    /// One text per column, compared with the result's canonical text; numbers by value.
    pub cells: Vec<String>,
    /// Labels of the given rows that must be its evidence, from the optional column `evidence`.
    pub evidence: Option<Vec<String>>,
    /// Line in the page, from 1.
    pub line: usize,
    /// Where the row stands.
    pub at: At,
}
