//! 发布: a supervisor publishes an edition, figures and bulletin as they stand, with a note. What is published stays.

use mingcha_access::{Action, Desk, Record, Refused, Subject};
use mingcha_domain::{EditionId, Kind, Speaks, Trouble};
use mingcha_store::audit::head;
use mingcha_store::{StoreError, Touched};
use serde_json::json;

use crate::bulletin::{BulletinError, Heading, bulletin, quote_of};
use crate::commitment::{Salt, commit};
use crate::month::by_month;
use crate::working::{FigureError, FigureValue, records};
use crate::{Edition, Ground, PublishedFigure, queries};

/// The longest note, in characters.
pub(crate) const NOTE_CHARACTERS_MAX: usize = 500;

/// What to publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Publish {
    /// The bulletin's title.
    pub title: String,
    /// Why now, what changed: shown with the edition.
    pub note: String,
    /// The newest edition's number as whoever publishes has seen it, 0 for none: a form that is sent twice publishes
    /// once. A command that shows nothing before it publishes has none.
    pub after: Option<i64>,
}

/// What was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    /// The edition.
    pub edition: EditionId,
    /// Its number, counted from 1.
    pub no: i64,
    /// How many figures it has.
    pub figures: usize,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The answer was no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No note, no title, or too long a one.
    #[error("{field}: 1 to {max} characters")]
    Text {
        /// `note` or `title`.
        field: &'static str,
        /// The longest.
        max: usize,
    },
    /// Some figures cannot be computed; an edition with holes is none.
    #[error("{figure}: {error}")]
    Figure {
        /// The first of them.
        figure: String,
        /// Why it failed.
        error: Box<FigureError>,
        /// How many failed.
        failed: usize,
    },
    /// The bulletin cannot be written.
    #[error(transparent)]
    Bulletin(#[from] BulletinError),
    /// Another edition was published since whoever publishes looked.
    #[error("edition {newest} was published meanwhile, edition {seen} was seen")]
    Overtaken {
        /// The newest edition that was seen.
        seen: i64,
        /// The newest one.
        newest: i64,
    },
    /// Since the figures were computed, something was recorded that they may not count.
    #[error("the trail grew from {then} to {now} entries meanwhile")]
    Stale {
        /// Entries when the ground was made.
        then: i64,
        /// Entries now.
        now: i64,
    },
}

impl PublishError {
    /// Why the figure that is named failed: to be told below the error itself.
    #[must_use]
    pub fn cause(&self) -> Option<Trouble> {
        match self {
            Self::Figure { error, .. } => Some(error.trouble()),
            _ => None,
        }
    }
}

impl Speaks for PublishError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Refused(refused) => refused.trouble(),
            Self::Store(error) => error.trouble(),
            Self::Text { field, max } => Trouble::new("MC-PUBLISH-005").with("field", field).with("max", max),
            Self::Figure { figure, failed, .. } => {
                Trouble::new("MC-PUBLISH-006").with("figure", figure).with("failed", failed)
            }
            Self::Bulletin(error) => error.trouble(),
            Self::Stale { then, now } => Trouble::new("MC-PUBLISH-007").with("then", then).with("now", now),
            Self::Overtaken { newest, .. } => Trouble::new("MC-PUBLISH-008").with("newest", newest),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refused) => refused.kind(),
            Self::Store(error) => error.kind(),
            Self::Text { .. } | Self::Figure { .. } => Kind::Invalid,
            Self::Bulletin(error) => error.kind(),
            Self::Overtaken { .. } | Self::Stale { .. } => Kind::Stale,
        }
    }
}

/// Publishes and commits.
pub async fn publish(mut desk: Desk, ground: Ground<'_>, order: Publish) -> Result<Published, PublishError> {
    let permit = desk.ask(Action::EditionPublish, Subject::house())?;
    let title = text("title", &order.title)?;
    let note = text("note", &order.note)?;
    let no = queries::edition_no_next(desk.tx()).await?;
    if let Some(seen) = order.after.filter(|seen| *seen != no - 1) {
        return Err(PublishError::Overtaken { seen, newest: no - 1 });
    }
    let now = head(desk.tx()).await?;
    if now.size != ground.audit.size {
        return Err(PublishError::Stale { then: ground.audit.size, now: now.size });
    }
    let edition = Edition {
        id: EditionId::from_random(desk.random()),
        no,
        action: ground.action.to_owned(),
        as_of: ground.as_of,
        title,
        note,
        published_at: desk.now,
        published_by: desk.actor.account,
        published_by_name: desk.actor.name.clone(),
        lake_snapshot: ground.lake_snapshot,
        audit: ground.audit,
    };
    let figures = computed(&desk, ground, &edition).await?;
    let values: Vec<FigureValue> = figures.iter().map(|(figure, _)| figure.figure.clone()).collect();
    let heading = Heading { title: edition.title.clone(), edition: Some(edition.no), as_of: edition.as_of };
    let bulletin = bulletin(ground.packs, &values, &heading)?;

    let mut touched = vec![Touched::new("edition", edition.id)];
    queries::edition_add(desk.tx(), &permit, &edition).await?;
    for (position, (mut figure, salt)) in (0_i64..).zip(figures) {
        figure.quote = quote_of(ground.packs, &values, &figure.figure)?;
        let id = queries::figure_add(desk.tx(), &permit, edition.id, position, &figure, salt).await?;
        touched.push(Touched::new("edition_figure", id));
    }
    let id = queries::text_add(desk.tx(), &permit, edition.id, "bulletin", &bulletin.markdown).await?;
    touched.push(Touched::new("edition_text", id));
    let said: Vec<_> = values.iter().map(|figure| json!([figure.full_name(), figure.said_with_unit])).collect();
    let record = Record {
        verb: "edition.publish",
        subject: &format!("edition:{}", edition.id),
        why: Some(&edition.note),
        touched: &touched,
        facts: json!({
            "no": edition.no,
            "lake_snapshot": edition.lake_snapshot,
            "audit_head": edition.audit.to_string(),
            "figures": said,
        }),
    };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    tracing::info!(no = edition.no, figures = values.len(), "edition published");
    Ok(Published { edition: edition.id, no: edition.no, figures: values.len() })
}

/// Every figure, or the first that fails with the number of those that do.
async fn computed(
    desk: &Desk,
    ground: Ground<'_>,
    edition: &Edition,
) -> Result<Vec<(PublishedFigure, Salt)>, PublishError> {
    let mut figures = Vec::new();
    let mut failures = Vec::new();
    for definition in ground.packs.figures() {
        let records = match records(ground, definition).await {
            Ok(records) => records,
            Err(error) => {
                failures.push((definition.full_name(), error));
                continue;
            }
        };
        let mut salt = [0; 32];
        desk.fill(&mut salt);
        let (root, _) = commit(Salt(salt), &records);
        let figure = PublishedFigure {
            edition: edition.id,
            figure: FigureValue::of(definition, &records),
            records_sql: definition.records.value.trim().to_owned(),
            root,
            by_month: by_month(definition, &records),
            quote: None,
        };
        figures.push((figure, Salt(salt)));
    }
    let failed = failures.len();
    match failures.into_iter().next() {
        Some((figure, error)) => Err(PublishError::Figure { figure, error: Box::new(error), failed }),
        None => Ok(figures),
    }
}

fn text(field: &'static str, written: &str) -> Result<String, PublishError> {
    let text = written.trim();
    match text.chars().count() {
        1..=NOTE_CHARACTERS_MAX => Ok(text.to_owned()),
        _ => Err(PublishError::Text { field, max: NOTE_CHARACTERS_MAX }),
    }
}
