//! Persons of a problem: added with it or later, shown masked, and unmasked only for a purpose, on record.

use std::collections::BTreeSet;

use mingcha_access::{Action, Desk, Permit};
use mingcha_domain::{ProblemId, ResidentId};
use mingcha_store::{StoreError, Touched};
use serde_json::json;

use crate::deed::{Deed, Seen, problem_done, problem_for};
use crate::hindrance::{needed, optional};
use crate::open_problem::{OpenProblemError, given};
use crate::queries::{self, NewPerson};

/// A person concerned by a problem.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Person {
    /// Identity number as typed.
    pub resident_id: String,
    /// Name.
    pub name: String,
    /// In what role; may be empty.
    pub role: String,
}

/// Adds persons to a problem that is already open, and commits.
pub async fn add_persons(mut desk: Desk, problem: Seen<ProblemId>, persons: &[Person]) -> Result<(), OpenProblemError> {
    let (problem, permit) = problem_for(&mut desk, Action::RecoveryRecord, problem).await?;
    let touched = persons_add(&mut desk, &permit, problem.id, persons).await?;
    let deed =
        Deed::new("add_persons", problem.state.code()).telling(json!({ "persons": persons.len() })).touching(touched);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(())
}

/// Checks and writes persons; each once per problem.
pub(crate) async fn persons_add(
    desk: &mut Desk,
    permit: &Permit,
    problem: ProblemId,
    persons: &[Person],
) -> Result<Vec<Touched>, OpenProblemError> {
    let mut seen = BTreeSet::new();
    let mut touched = Vec::with_capacity(persons.len());
    for person in persons {
        let name = needed("name", &person.name)?;
        let resident_id = ResidentId::parse(&person.resident_id)
            .map_err(|fault| OpenProblemError::ResidentId { name: name.clone(), fault })?;
        if !seen.insert(resident_id.as_str().to_owned()) {
            return Err(OpenProblemError::PersonTwice { name });
        }
        let role = given(optional("role", &person.role)?);
        let id = person_id(desk);
        let new = NewPerson {
            id,
            problem,
            resident_id: resident_id.as_str(),
            name: &name,
            role: role.as_deref(),
            sheet_digest: None,
        };
        match queries::person_add(desk.tx(), permit, &new).await {
            Ok(row) => touched.push(row),
            Err(StoreError::Duplicate { .. }) => return Err(OpenProblemError::PersonTwice { name }),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(touched)
}

/// A random identifier: one made of the identity number would give it away in the audit trail and in `_ref`s.
pub(crate) fn person_id(desk: &Desk) -> String {
    ProblemId::from_random(desk.random()).to_string()
}
