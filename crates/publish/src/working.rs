//! Working figures: what the office sees now.

use mingcha_access::{Action, Desk, Refused, Subject};
use mingcha_domain::wording::{said, said_with_unit};
use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_engine::figure::{self, FigureRecord};
use mingcha_engine::{EngineError, Session};
use mingcha_pack::Figure;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Number, json};

use crate::Ground;
use crate::definition::definition_hash;

/// A figure's value.
#[derive(Clone, PartialEq, Debug)]
pub struct FigureValue {
    /// Key of the pack, which is the project's.
    pub project: String,
    /// Key of the figure.
    pub key: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Its unit.
    pub unit: String,
    /// Exact, after the definition's rounding.
    pub value: Decimal,
    /// As the bulletin words it, without the unit: `1500余`.
    pub said: String,
    /// With the unit in its place: `1500余条`.
    pub said_with_unit: String,
    /// In words.
    pub definition: String,
    /// SM3 of the definition, in hex.
    pub definition_hash: String,
    /// How many records contribute.
    pub count: usize,
}

impl FigureValue {
    pub(crate) fn of(definition: &Figure, records: &[FigureRecord]) -> Self {
        let value = figure::value(definition, records);
        Self {
            project: definition.pack.clone(),
            key: definition.key.clone(),
            title: definition.title.clone(),
            title_en: definition.title_en.clone(),
            unit: definition.unit.clone(),
            value,
            said: said(value, definition.said),
            said_with_unit: said_with_unit(value, definition.said, &definition.unit),
            definition: definition.definition.clone(),
            definition_hash: definition_hash(definition),
            count: records.len(),
        }
    }

    /// `project.key`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.project, self.key)
    }

    /// As the command line and the interface tell it: the contract of `figures --json`.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        json!({
            "project": self.project,
            "key": self.key,
            "title": self.title,
            "title_en": self.title_en,
            "value": number(self.value),
            "said": self.said,
            "said_with_unit": self.said_with_unit,
            "unit": self.unit,
            "definition": self.definition,
            "definition_hash": self.definition_hash,
            "count": self.count,
        })
    }
}

/// A decimal as a JSON number. Exact up to 15 digits, which is more than a bulletin has (8.69, 5000, 93.75).
pub(crate) fn number(value: Decimal) -> Number {
    let value = value.normalize();
    match value.scale() {
        0 => value.to_i64().map(Number::from),
        _ => value.to_f64().and_then(Number::from_f64),
    }
    .unwrap_or_else(|| Number::from(0))
}

/// All figures that could be computed, and those that could not.
#[derive(Debug, Default)]
pub struct Working {
    /// In the bulletin's order.
    pub figures: Vec<FigureValue>,
    /// What failed; the others are told all the same.
    pub failed: Vec<FailedFigure>,
}

/// A figure that could not be computed.
#[derive(Debug)]
pub struct FailedFigure {
    /// `project.key`.
    pub figure: String,
    /// Why.
    pub error: FigureError,
}

/// Why a figure could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum FigureError {
    /// Its record query failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Nobody made a session for its pack: a fault of the program.
    #[error("no session for the pack {pack}")]
    NoSession {
        /// The pack.
        pack: String,
    },
}

impl Speaks for FigureError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Engine(error) => error.trouble(),
            Self::NoSession { pack } => Trouble::new("MC-PUBLISH-001").with("pack", pack),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Engine(error) => error.kind(),
            Self::NoSession { .. } => Kind::Internal,
        }
    }
}

/// Computes every figure of every pack, or of one.
pub async fn working(desk: &Desk, ground: Ground<'_>, project: Option<&str>) -> Result<Working, Refused> {
    desk.ask(Action::FigureSee, Subject::house())?;
    let mut working = Working::default();
    for definition in ground.packs.figures().filter(|figure| project.is_none_or(|project| figure.pack == project)) {
        match records(ground, definition).await {
            Ok(records) => working.figures.push(FigureValue::of(definition, &records)),
            Err(error) => working.failed.push(FailedFigure { figure: definition.full_name(), error }),
        }
    }
    Ok(working)
}

/// The records that contribute to a figure.
pub(crate) async fn records(ground: Ground<'_>, definition: &Figure) -> Result<Vec<FigureRecord>, FigureError> {
    let session: &Session = ground
        .sessions
        .get(&definition.pack)
        .ok_or_else(|| FigureError::NoSession { pack: definition.pack.clone() })?;
    Ok(figure::records(session, definition).await?)
}
