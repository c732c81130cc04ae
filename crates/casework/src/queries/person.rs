//! Persons of problems, and the money that came back from them.

use mingcha_access::Permit;
use mingcha_domain::{Day, Instant, ProblemId, RecoveryId, Yuan};
use mingcha_store::{StoreError, Touched, Tx, params};

use super::problem::ProblemFile;

/// A person of a problem.
#[derive(Clone, Debug)]
pub(crate) struct NewPerson<'a> {
    pub id: String,
    pub problem: ProblemId,
    pub resident_id: &'a str,
    pub name: &'a str,
    pub role: Option<&'a str>,
    pub sheet_digest: Option<&'a str>,
}

/// Money that came back.
#[derive(Clone, Debug)]
pub(crate) struct NewRecovery<'a> {
    pub id: RecoveryId,
    pub number: &'a str,
    pub problem: &'a ProblemFile,
    pub person: Option<&'a str>,
    pub amount: Yuan,
    pub recovered_on: Day,
    pub returned_to: &'a str,
    pub sheet_digest: Option<&'a str>,
}

/// Adds a person to a problem.
pub(crate) async fn person_add(tx: &mut Tx, _: &Permit, new: &NewPerson<'_>) -> Result<Touched, StoreError> {
    tx.run(
        "INSERT INTO problem_person (id, problem, resident_id, name, role, sheet_digest) VALUES ($1, $2, $3, $4, $5, $6)",
        params![&new.id, new.problem, new.resident_id, new.name, new.role, new.sheet_digest],
    )
    .await?;
    Ok(Touched::new("problem_person", new.id.clone()))
}

/// The person's row at a problem and the digest of the sheet row that brought it.
pub(crate) async fn person_find(
    tx: &mut Tx,
    problem: ProblemId,
    resident_id: &str,
) -> Result<Option<(String, Option<String>)>, StoreError> {
    let row = tx
        .one(
            "SELECT id, sheet_digest FROM problem_person WHERE problem = $1 AND resident_id = $2",
            params![problem, resident_id],
        )
        .await?;
    row.map(|row| Ok((row.get("id")?, row.get("sheet_digest")?))).transpose()
}

/// Adds money that came back.
pub(crate) async fn recovery_add(
    tx: &mut Tx,
    _: &Permit,
    new: &NewRecovery<'_>,
    now: Instant,
    by: &str,
) -> Result<Touched, StoreError> {
    tx.run(
        "INSERT INTO recovery (id, number, problem, person, action, project, amount_fen, recovered_on, returned_to, \
         sheet_digest, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            new.id,
            new.number,
            new.problem.id,
            new.person,
            &new.problem.action,
            &new.problem.project,
            new.amount,
            new.recovered_on,
            new.returned_to,
            new.sheet_digest,
            now,
            by,
        ],
    )
    .await?;
    Ok(Touched::new("recovery", new.id.to_string()))
}
