//! One finding, by its identifier or by its name (model and key).

use std::collections::{BTreeMap, HashMap};

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::FindingId;
use mingcha_store::{Param, params};

use super::FINDING;
use crate::limits::IN_LIST_MAX;
use crate::{DetectError, Finding};

/// The finding; an unknown one and one of another unit are answered alike.
pub async fn finding(desk: &mut Desk, id: FindingId) -> Result<Finding, DetectError> {
    let row = desk.tx().one(&format!("SELECT {FINDING} FROM finding f WHERE f.id = $1"), params![id]).await?;
    let found = row.as_ref().map(Finding::read).transpose()?;
    visible(desk, found)
}

/// The finding of a model under a key.
pub async fn finding_by_name(desk: &mut Desk, model: &str, key_text: &str) -> Result<Finding, DetectError> {
    let sql = format!("SELECT {FINDING} FROM finding f WHERE f.model = $1 AND f.key_text = $2");
    let row = desk.tx().one(&sql, params![model, key_text]).await?;
    let found = row.as_ref().map(Finding::read).transpose()?;
    visible(desk, found)
}

fn visible(desk: &Desk, found: Option<Finding>) -> Result<Finding, DetectError> {
    let unit = found.as_ref().and_then(|finding| finding.unit.as_deref());
    let seen = found.is_some() && desk.sees(Action::FindingSee, unit);
    desk.ask(Action::FindingSee, Subject::of(unit).visible_if(seen))?;
    found.ok_or_else(|| mingcha_access::Refused::Invisible.into())
}

/// The identifiers of findings by their names (model, key), as far as there are such and the actor sees them.
pub async fn findings_by_name(
    desk: &mut Desk,
    names: &[(String, String)],
) -> Result<HashMap<(String, String), FindingId>, DetectError> {
    let scope = desk.scope(Action::FindingSee);
    let (all, unit) = scope.unit_filter();
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (model, key_text) in names {
        keys.entry(model).or_default().push(key_text);
    }
    let mut found = HashMap::new();
    for (model, keys) in keys {
        for some in keys.chunks(IN_LIST_MAX) {
            let places = (4..some.len() + 4).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
            let mut values = params![all, unit, model];
            values.extend(some.iter().map(|key| Param::from(*key)));
            let sql = format!(
                "SELECT f.key_text, f.id FROM finding f WHERE ($1 = 1 OR f.unit = $2) AND f.model = $3 \
                 AND f.key_text IN ({places}) ORDER BY f.number"
            );
            for row in desk.tx().all(&sql, values).await? {
                found.insert((model.to_owned(), row.get("key_text")?), row.get("id")?);
            }
        }
    }
    Ok(found)
}
