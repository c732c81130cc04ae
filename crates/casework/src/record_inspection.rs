//! 督导检查: an inspection with one answer to each indicator of its checklist. Everything is answered, each once; what
//! does not conform says what is wrong.

use std::collections::BTreeMap;

use mingcha_access::{Action, Desk, Record, Subject};
use mingcha_domain::{Day, InspectionId, Kind, Speaks, Trouble};
use mingcha_pack::Checklist;
use serde_json::json;

use crate::hindrance::{Hindrance, hindered, needed, not_in_future, optional};
use crate::inspection_result::InspectionResult;
use crate::open_problem::given;
use crate::queries::{self, NewAnswer, NewInspection, Series};

/// The answer to one indicator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Number of the indicator.
    pub item: i64,
    /// The answer.
    pub result: InspectionResult,
    /// What was seen; must be given when it does not conform.
    pub note: String,
}

/// An inspection as it was made.
#[derive(Clone, Debug)]
pub struct RecordInspection {
    /// The identifier it is to have, when whoever hands it in can tell it from others: what comes twice under one
    /// identifier is one inspection. None makes a new one.
    pub id: Option<InspectionId>,
    /// The project (pack) it belongs to.
    pub project: String,
    /// Code or name of the project's lead unit, to which the inspection belongs.
    pub unit: String,
    /// Who was inspected.
    pub subject: String,
    /// Their code; may be empty.
    pub subject_code: String,
    /// When.
    pub inspected_on: Day,
    /// By whom.
    pub inspectors: String,
    /// Anything else; may be empty.
    pub note: String,
    /// One answer per indicator.
    pub answers: Vec<Answer>,
}

/// An inspection on record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedInspection {
    /// The inspection.
    pub inspection: InspectionId,
    /// Its number.
    pub number: String,
    /// Indicators that do not conform: each can become a problem ([`crate::open_problem_of_inspection`]).
    pub fails: Vec<i64>,
}

/// Why it was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum InspectionError {
    /// Indicators without an answer.
    #[error("items {items:?} are unanswered")]
    Unanswered {
        /// Their numbers.
        items: Vec<i64>,
    },
    /// An answer to no indicator of this checklist.
    #[error("checklist {checklist} has no item {item}")]
    NoSuchItem {
        /// The checklist's title.
        checklist: String,
        /// The number given.
        item: i64,
    },
    /// Two answers to one indicator.
    #[error("item {item} is answered twice")]
    Twice {
        /// The indicator's number.
        item: i64,
    },
    /// 不符合, and not a word on what is wrong.
    #[error("item {item} fails without a note")]
    FailsWithoutNote {
        /// The indicator's number.
        item: i64,
    },
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(InspectionError);

impl Speaks for InspectionError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Unanswered { items } => {
                let list = items.iter().map(i64::to_string).collect::<Vec<_>>().join("、");
                Trouble::new("MC-CASE-021").with("count", items.len()).with("items", list)
            }
            Self::NoSuchItem { checklist, item } => {
                Trouble::new("MC-CASE-022").with("checklist", checklist).with("item", item)
            }
            Self::Twice { item } => Trouble::new("MC-CASE-023").with("item", item),
            Self::FailsWithoutNote { item } => Trouble::new("MC-CASE-024").with("item", item),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Hindered(hindrance) => hindrance.kind(),
            _ => Kind::Invalid,
        }
    }
}

/// Records an inspection by a checklist and commits.
pub async fn record_inspection(
    mut desk: Desk,
    checklist: &Checklist,
    order: RecordInspection,
) -> Result<RecordedInspection, InspectionError> {
    let unit = queries::unit_find(desk.tx(), &order.unit).await?;
    let of = unit.as_ref().map(|unit| unit.code.as_str());
    let permit = desk.ask(Action::InspectionRecord, Subject::of(of))?;
    if let Some(id) = order.id
        && let Some((number, fails)) = queries::inspection_find(desk.tx(), id).await?
    {
        return Ok(RecordedInspection { inspection: id, number, fails });
    }
    let unit = unit.ok_or_else(|| Hindrance::NoSuchUnit { unit: order.unit.clone() })?;
    let subject = needed("subject", &order.subject)?;
    let inspectors = needed("inspectors", &order.inspectors)?;
    let subject_code = given(optional("text", &order.subject_code)?);
    let note = given(optional("note", &order.note)?);
    not_in_future("inspected_on", order.inspected_on, desk.today)?;
    let answers = examine(checklist, &order.answers)?;

    let (action, now, by) = (desk.action_year().to_owned(), desk.now, desk.actor.name.clone());
    let number = queries::number_take(desk.tx(), &permit, Series::Inspection, &action).await?;
    let id = order.id.unwrap_or_else(|| InspectionId::from_random(desk.random()));
    let name = checklist.full_name();
    let new = NewInspection {
        id,
        number: &number,
        project: &order.project,
        action: &action,
        checklist: &name,
        checklist_version: checklist.version,
        subject: &subject,
        subject_code: subject_code.as_deref(),
        unit: &unit.code,
        inspected_on: order.inspected_on,
        inspectors: &inspectors,
        note: note.as_deref(),
        sheet_digest: None,
    };
    let mut touched = vec![queries::inspection_add(desk.tx(), &permit, &new, now, &by).await?];
    for (item, (result, note)) in &answers {
        let new = NewAnswer { inspection: id, item: *item, result: *result, note: note.as_deref(), sheet_digest: None };
        touched.push(queries::answer_add(desk.tx(), &permit, &new).await?);
    }
    let fails: Vec<i64> =
        answers.iter().filter(|(_, (result, _))| *result == InspectionResult::Fails).map(|(item, _)| *item).collect();
    let facts = json!({ "number": number, "checklist": name, "version": checklist.version, "fails": fails });
    let about = format!("inspection:{id}");
    let record = Record { verb: "inspection.record", subject: &about, why: None, touched: &touched, facts };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    Ok(RecordedInspection { inspection: id, number, fails })
}

type Examined = BTreeMap<i64, (InspectionResult, Option<String>)>;

/// Holds the answers against the checklist: each item once, none missing, each failure explained.
fn examine(checklist: &Checklist, answers: &[Answer]) -> Result<Examined, InspectionError> {
    let mut examined = Examined::new();
    for answer in answers {
        let item = answer.item;
        if !checklist.items.iter().any(|known| known.no == item) {
            return Err(InspectionError::NoSuchItem { checklist: checklist.title.clone(), item });
        }
        let note = given(optional("note", &answer.note)?);
        if answer.result == InspectionResult::Fails && note.is_none() {
            return Err(InspectionError::FailsWithoutNote { item });
        }
        if examined.insert(item, (answer.result, note)).is_some() {
            return Err(InspectionError::Twice { item });
        }
    }
    let items: Vec<i64> =
        checklist.items.iter().map(|item| item.no).filter(|item| !examined.contains_key(item)).collect();
    if items.is_empty() { Ok(examined) } else { Err(InspectionError::Unanswered { items }) }
}
