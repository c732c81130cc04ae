//! The page of one problem: its grounds, persons, money, evidence and story. Persons are masked unless the actor's
//! sight was cleared for a purpose, which is on record ([`mingcha_access::persons::unmask`]).

use mingcha_access::persons::Sight;
use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{CaseId, Day, FindingId, Instant, ProblemId, RecoveryId, Yuan};
use mingcha_store::{StoreError, Tx, params};

use super::offer::{Offer, problem_offers};
use super::problem_list::{self, ProblemLine};
use super::story::{StoryLine, story};
use crate::hindrance::{Broken, Hindrance};
use crate::queries::{self, About};

/// Everything on the page of a problem.
#[derive(Clone, PartialEq, Debug)]
pub struct ProblemPage {
    /// The problem as in the list.
    pub line: ProblemLine,
    /// The law or rule it offends.
    pub basis: Option<String>,
    /// How it is to be mended.
    pub measure: Option<String>,
    /// How it was mended, in words.
    pub rectification: Option<String>,
    /// When it was last changed.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: String,
    /// Findings it rests on.
    pub grounds: Vec<GroundLine>,
    /// Persons concerned.
    pub persons: Vec<PersonLine>,
    /// Money that came back.
    pub recoveries: Vec<RecoveryLine>,
    /// Files that show the rectification.
    pub evidence: Vec<EvidenceLine>,
    /// What people did.
    pub story: Vec<StoryLine>,
    /// What can be done next.
    pub offers: Vec<Offer>,
}

/// A finding that a problem rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroundLine {
    /// Its case.
    pub case: CaseId,
    /// The case's number.
    pub number: String,
    /// The finding.
    pub finding: FindingId,
    /// Full name of the model.
    pub model: String,
    /// The finding in one sentence, masked.
    pub sentence: String,
    /// Why it must be looked at again, as a code.
    pub recheck: Option<String>,
}

/// A person concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonLine {
    /// The entry; names no person.
    pub id: String,
    /// Identity number, masked or clear.
    pub resident_id: String,
    /// Name, masked or clear.
    pub name: String,
    /// In what role.
    pub role: Option<String>,
}

/// Money that came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecoveryLine {
    /// The recovery.
    pub id: RecoveryId,
    /// Its number.
    pub number: String,
    /// Name of who paid, masked or clear.
    pub person: Option<String>,
    /// How much.
    pub amount: Yuan,
    /// When.
    pub recovered_on: Day,
    /// To which account it went.
    pub returned_to: String,
}

/// A file that shows something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceLine {
    /// SM3 of the bytes, by which the file is read.
    pub sm3: String,
    /// The name under which it was handed in.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size.
    pub bytes: i64,
    /// The day that it speaks of.
    pub speaks_of: Day,
    /// When it was handed in.
    pub uploaded_at: Instant,
    /// By whom.
    pub uploaded_by: String,
}

/// The page of a problem.
pub async fn problem_page(desk: &mut Desk, id: ProblemId, sight: Sight) -> Result<ProblemPage, Hindrance> {
    let (scope, today) = (desk.scope(Action::CaseSee), desk.today);
    let found = queries::problem_find(desk.tx(), &scope, id).await?;
    let unit = found.as_ref().map(|problem| problem.unit.as_str());
    desk.ask(Action::CaseSee, Subject::of(unit).visible_if(found.is_some()))?;
    let gone = || Broken { record: format!("problem:{id}"), reason: "it was there a moment ago" };
    let problem = found.ok_or_else(gone)?;
    let sql = format!("{} WHERE p.id = $1", problem_list::SELECT);
    let row = desk.tx().one(&sql, params![id]).await?.ok_or_else(gone)?;
    let tx = desk.tx();
    let (grounds, persons) = (grounds(tx, id).await?, persons(tx, id, sight).await?);
    let (recoveries, evidence) = (recoveries(tx, id, sight).await?, evidence(tx, id).await?);
    let story = story(tx, About::Problem(id)).await?;
    let offers = problem_offers(desk, &problem);
    Ok(ProblemPage {
        line: problem_list::read(&row, today)?,
        basis: problem.basis,
        measure: problem.measure,
        rectification: problem.rectification,
        changed_at: problem.changed_at,
        changed_by: problem.changed_by,
        grounds,
        persons,
        recoveries,
        evidence,
        story,
        offers,
    })
}

async fn grounds(tx: &mut Tx, problem: ProblemId) -> Result<Vec<GroundLine>, StoreError> {
    let sql = "SELECT c.id, c.number, c.finding, c.model, c.sentence, c.recheck FROM problem_finding f \
               JOIN case_file c ON c.id = f.case_file WHERE f.problem = $1 ORDER BY c.number";
    let rows = tx.all(sql, params![problem]).await?;
    rows.iter()
        .map(|row| {
            Ok(GroundLine {
                case: row.get("id")?,
                number: row.get("number")?,
                finding: row.get("finding")?,
                model: row.get("model")?,
                sentence: row.get("sentence")?,
                recheck: row.get("recheck")?,
            })
        })
        .collect()
}

async fn persons(tx: &mut Tx, problem: ProblemId, sight: Sight) -> Result<Vec<PersonLine>, StoreError> {
    let sql = "SELECT id, resident_id, name, role FROM problem_person WHERE problem = $1 ORDER BY name, id";
    let rows = tx.all(sql, params![problem]).await?;
    rows.iter()
        .map(|row| {
            Ok(PersonLine {
                id: row.get("id")?,
                resident_id: sight.identifier(row.text("resident_id")?),
                name: sight.name(row.text("name")?),
                role: row.get("role")?,
            })
        })
        .collect()
}

async fn recoveries(tx: &mut Tx, problem: ProblemId, sight: Sight) -> Result<Vec<RecoveryLine>, StoreError> {
    let sql = "SELECT r.id, r.number, n.name, r.amount_fen, r.recovered_on, r.returned_to FROM recovery r \
               LEFT JOIN problem_person n ON n.id = r.person WHERE r.problem = $1 ORDER BY r.recovered_on, r.id";
    let rows = tx.all(sql, params![problem]).await?;
    rows.iter()
        .map(|row| {
            Ok(RecoveryLine {
                id: row.get("id")?,
                number: row.get("number")?,
                person: row.opt_text("name")?.map(|name| sight.name(name)),
                amount: row.get("amount_fen")?,
                recovered_on: row.get("recovered_on")?,
                returned_to: row.get("returned_to")?,
            })
        })
        .collect()
}

async fn evidence(tx: &mut Tx, problem: ProblemId) -> Result<Vec<EvidenceLine>, StoreError> {
    let sql = "SELECT sm3, name, media_type, bytes, speaks_of, uploaded_at, uploaded_by FROM evidence_file \
               WHERE about_id = $1 ORDER BY uploaded_at, sm3";
    let rows = tx.all(sql, params![problem]).await?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceLine {
                sm3: row.get("sm3")?,
                name: row.get("name")?,
                media_type: row.get("media_type")?,
                bytes: row.get("bytes")?,
                speaks_of: row.get("speaks_of")?,
                uploaded_at: row.get("uploaded_at")?,
                uploaded_by: row.get("uploaded_by")?,
            })
        })
        .collect()
}
