//! What a new data folder is told once: the district, the action, and for a demo the fixed business date.

use mingcha_access::{Action, Record, Subject};
use mingcha_domain::Day;
use mingcha_pack::Ledger;
use serde_json::json;

use crate::{Platform, WiringError};

/// Sets the business date, the year of the action and the district.
pub async fn found(platform: &Platform, as_of: Day, action: &str, district: &str) -> Result<(), WiringError> {
    let mut desk = platform.office.desk(&platform.console).await?;
    let permit = desk.ask(Action::UnitManage, Subject::house()).map_err(mingcha_access::AccessError::from)?;
    let mut touched = Vec::new();
    for (key, value) in [("business_date", as_of.to_string().as_str()), ("action", action), ("district", district)] {
        touched.push(desk.tx().set_setting(key, value).await?);
    }
    let record = Record {
        verb: "setting.found",
        subject: "setting:business_date",
        why: None,
        touched: &touched,
        facts: json!({ "business_date": as_of.to_string(), "action": action, "district": district }),
    };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    Ok(())
}

/// The schemas of the sheets of past casework.
pub fn casework_sheets() -> Result<Vec<Ledger>, WiringError> {
    let sheets = mingcha_casework::PastSheet::ALL.into_iter().map(mingcha_casework::PastSheet::schema);
    sheets.collect::<Result<_, _>>().map_err(|error| WiringError::room(&error))
}
