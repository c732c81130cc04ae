//! All SQL of this room, noun first. Writing queries take the permit that the gate gave: no permit, no call.

mod case_file;
mod case_row;
mod evidence_file;
mod inspection;
mod number;
mod person;
mod problem;
mod problem_row;
mod story;
mod unit;

pub(crate) use case_file::{CaseFile, NewCase, case_add, case_find, case_find_by_finding, case_save, cases_of_problem};
pub(crate) use evidence_file::{evidence_add, evidence_find};
pub(crate) use inspection::{
    NewAnswer, NewInspection, answer_add, answer_find, answer_ground, answer_link, inspection_add, inspection_find,
    inspection_find_by_number,
};
pub(crate) use number::{Series, number_take};
pub(crate) use person::{NewPerson, NewRecovery, person_add, person_find, recovery_add};
pub(crate) use problem::{ProblemFile, finding_link, problem_add, problem_find, problem_find_by_number, problem_save};
pub(crate) use story::{About, Step, story_add};
pub(crate) use unit::{UnitName, unit_find};
