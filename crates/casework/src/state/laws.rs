//! Laws of both machines, over random sequences of moves.

use mingcha_domain::{AccountId, Day, ProblemId};
use proptest::prelude::*;

use super::*;
use crate::who::Who;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn person(number: u8) -> Who {
    Who { account: Some(AccountId::from_random([number; 16])), name: format!("第{number}人") }
}

fn make_case_move(state: CaseState, attempted: CaseMove, verdict: Verdict, by: u8) -> Result<CaseState, MoveError> {
    let due = day("2023-12-01");
    Ok(match attempted {
        CaseMove::Dispatch => state.dispatch("SH01".into(), due)?,
        CaseMove::Recall => state.recall()?,
        CaseMove::Verify => state.verify(verdict, person(by))?,
        CaseMove::SendBack => state.send_back(due)?,
        CaseMove::TakeIntoProblem => state.take_into(ProblemId::from_random([7; 16]))?,
        CaseMove::Dismiss => state.dismiss(&person(by))?,
        CaseMove::CloseWithProblem => state.close_with_problem()?,
        CaseMove::ReopenWithProblem => state.reopen_with_problem()?,
        CaseMove::Reopen => state.reopen()?,
    })
}

fn make_problem_move(state: ProblemState, attempted: ProblemMove, by: u8) -> Result<ProblemState, MoveError> {
    let on = day("2023-12-01");
    Ok(match attempted {
        ProblemMove::Join => state.join()?,
        ProblemMove::Rectify => state.rectify(person(by), on)?,
        ProblemMove::Pass => state.pass(person(by), on)?,
        ProblemMove::SendBack => state.send_back(on)?,
        ProblemMove::Close => state.close(on)?,
        ProblemMove::Reopen => state.reopen(on)?,
    })
}

fn case_moves() -> impl Strategy<Value = Vec<(CaseMove, Verdict, u8)>> {
    let one = (prop::sample::select(CaseMove::ALL.to_vec()), prop::sample::select(Verdict::ALL.to_vec()), 1..3u8);
    prop::collection::vec(one, 0..60)
}

fn problem_moves() -> impl Strategy<Value = Vec<(ProblemMove, u8)>> {
    prop::collection::vec((prop::sample::select(ProblemMove::ALL.to_vec()), 1..3u8), 0..40)
}

proptest! {
    /// A move is made exactly when the state has it (or a second person is missing), and a refused one names both.
    #[test]
    fn no_sequence_of_moves_leaves_the_case_machine(moves in case_moves()) {
        let mut state = CaseState::Waiting;
        for (attempted, verdict, by) in moves {
            let before = state.clone();
            match make_case_move(state, attempted, verdict, by) {
                Ok(next) => {
                    prop_assert!(before.has(attempted));
                    prop_assert!(CaseMove::ALL.into_iter().any(|then| next.has(then)), "a dead end: {next:?}");
                    state = next;
                }
                Err(MoveError::Illegal(refusal)) => {
                    prop_assert!(!before.has(attempted));
                    prop_assert_eq!(refusal, before.refuses(attempted));
                    state = before;
                }
                Err(MoveError::SamePerson { .. }) => {
                    prop_assert!(before.has(attempted) && attempted == CaseMove::Dismiss);
                    state = before;
                }
            }
        }
    }

    /// Whatever is tried, a case ends only by its problem or by a second person's word.
    #[test]
    fn a_case_closes_only_with_its_problem_or_when_someone_else_agrees(moves in case_moves()) {
        let mut state = CaseState::Waiting;
        let mut verified_by = None;
        for (attempted, verdict, by) in moves {
            let before = state.clone();
            let Ok(next) = make_case_move(state, attempted, verdict, by) else { state = before; continue };
            if attempted == CaseMove::Verify {
                verified_by = Some(by);
            }
            match &next {
                CaseState::Closed(Closing::Dismissed { .. }) => prop_assert_ne!(verified_by, Some(by)),
                CaseState::Closed(Closing::Mended { .. }) => {
                    let was_in_problem = matches!(before, CaseState::InProblem { .. });
                    prop_assert!(was_in_problem);
                }
                _ => {}
            }
            state = next;
        }
    }

    /// The law of the loop: closed only after a re-check by someone else than who rectified it last.
    #[test]
    fn a_problem_closes_only_after_a_re_check_by_someone_else(moves in problem_moves()) {
        let mut state = ProblemState::Rectifying { due: day("2023-11-30") };
        let (mut rectified, mut passed) = (None, None);
        for (attempted, by) in moves {
            let before = state.clone();
            let next = match make_problem_move(state, attempted, by) {
                Ok(next) => next,
                Err(MoveError::Illegal(refusal)) => {
                    prop_assert!(!before.has(attempted));
                    prop_assert_eq!(refusal, before.refuses(attempted));
                    state = before;
                    continue;
                }
                Err(MoveError::SamePerson { .. }) => {
                    prop_assert_eq!(rectified, Some(by));
                    state = before;
                    continue;
                }
            };
            prop_assert!(before.has(attempted));
            match attempted {
                ProblemMove::Join => prop_assert_eq!(&next, &before),
                ProblemMove::Rectify => (rectified, passed) = (Some(by), None),
                ProblemMove::Pass => passed = Some(by),
                ProblemMove::SendBack | ProblemMove::Reopen => (rectified, passed) = (None, None),
                ProblemMove::Close => {
                    prop_assert!(passed.is_some() && rectified.is_some());
                    prop_assert_ne!(passed, rectified);
                }
            }
            state = next;
        }
    }
}

#[test]
fn the_whole_loop_can_be_walked() {
    let due = day("2023-12-08");
    let problem = ProblemId::from_random([9; 16]);
    let case = CaseState::Waiting
        .dispatch("SH01".into(), due)
        .and_then(|case| case.verify(Verdict::Founded(Truth::True), person(1)))
        .and_then(|case| case.take_into(problem))
        .and_then(CaseState::close_with_problem)
        .expect("every step is legal");
    assert_eq!(case, CaseState::Closed(Closing::Mended { unit: "SH01".into(), truth: Truth::True, problem }));

    let mended = ProblemState::Rectifying { due }.rectify(person(1), due).expect("mended");
    assert_eq!(mended.clone().pass(person(1), due), Err(MoveError::SamePerson { name: "第1人".into() }));
    let closed = mended.pass(person(2), due).expect("re-checked").close(due).expect("closed");
    assert_eq!(closed.code(), "closed");
}
