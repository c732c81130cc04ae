//! What a run changed, for the rooms that act on findings.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{FindingId, RunId};
use mingcha_store::{Row, params};

use crate::{DetectError, VanishedCause};

/// What happened to one finding in a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// The finding.
    pub finding: FindingId,
    /// What happened to it.
    pub change: Change,
    /// Whether it still is as the change left it, there or not there. A later run may have said otherwise meanwhile, and
    /// been told of first: this one was tried again.
    pub holds: bool,
    /// Full name of the model.
    pub model: String,
    /// The pack, which is the project.
    pub pack: String,
    /// Code of the project's lead unit.
    pub unit: Option<String>,
    /// The sentence as it is now, masked.
    pub sentence: String,
    /// 提示, 核查 or 暂停支付.
    pub effect: String,
    /// Whom or what it is about, masked.
    pub subject_text: Option<String>,
    /// Code of the organisation it is about.
    pub subject_code: Option<String>,
}

/// What happened to a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// It is there for the first time.
    Created,
    /// It is there with another content. The cause, when what the data say is another; none, when only its wording, its
    /// effect, the model's version or the lead unit is.
    Updated(Option<VanishedCause>),
    /// It is no longer there.
    Vanished(VanishedCause),
    /// It is there again.
    Returned,
}

/// Reads what a run changed, in the order in which the findings appeared. For whoever may run models: the handler of a
/// run's job.
pub async fn news(desk: &mut Desk, run: RunId) -> Result<Vec<News>, DetectError> {
    desk.ask(Action::ModelRun, Subject::house())?;
    let rows = desk
        .tx()
        .all(
            "SELECT c.change, c.cause, f.state, f.id, f.model, f.pack, f.unit, f.sentence, f.effect, f.subject_text, \
             f.subject_code FROM finding_change c JOIN finding f ON f.id = c.finding WHERE c.run = $1 ORDER BY f.number",
            params![run],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<News, DetectError> {
    let change = match (row.text("change")?, row.opt_text("cause")?.and_then(VanishedCause::from_code)) {
        ("created", None) => Change::Created,
        ("updated", cause) => Change::Updated(cause),
        ("returned", None) => Change::Returned,
        ("vanished", Some(cause)) => Change::Vanished(cause),
        (other, _) => {
            return Err(DetectError::Unreadable { what: "finding_change.change", detail: other.to_owned() });
        }
    };
    Ok(News {
        finding: row.get("id")?,
        holds: matches!(change, Change::Vanished(_)) == (row.text("state")? == "vanished"),
        change,
        model: row.get("model")?,
        pack: row.get("pack")?,
        unit: row.get("unit")?,
        sentence: row.get("sentence")?,
        effect: row.get("effect")?,
        subject_text: row.get("subject_text")?,
        subject_code: row.get("subject_code")?,
    })
}
