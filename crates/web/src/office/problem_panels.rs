//! What can be done about a problem, and what each step asks for.

use mingcha_casework::read::{CaseLine, ProblemPage};
use mingcha_domain::Day;
use mingcha_pages::parts::{Can, Choice, Input, Moves};

use super::panels::{Panels, Retry, leads_on};
use crate::shell::Visit;

/// Days proposed for a rectification that is sent back or begun again.
const RECTIFY_WORKING_DAYS: u32 = 10;

/// The bar of a problem. `can_join` are verified cases of the same unit.
pub(crate) fn problem_moves(
    visit: &Visit,
    problem: &ProblemPage,
    can_join: &[CaseLine],
    today: Day,
    retry: Option<&Retry>,
) -> Moves {
    let base = format!("/office/problems/{}", problem.line.id);
    let panels = Panels { visit, base, version: problem.line.version, retry };
    let mut first = true;
    let mut moves = Vec::new();
    for offer in &problem.offers {
        let made = offer.made;
        let day = today.to_string();
        let fields = match made {
            "rectify" => vec![
                panels.why(made),
                panels.field(made, "evidence", Input::File).hint(visit.say("web-hint-evidence")).optional(),
                panels.field(made, "speaks_of", Input::Day).value(day),
            ],
            "send_back_rectification" | "reopen_problem" => {
                vec![panels.working_days(made, RECTIFY_WORKING_DAYS), panels.why(made)]
            }
            "close" => Vec::new(),
            "join" if can_join.is_empty() => continue,
            "join" => vec![panels.field(made, "case", Input::Ticks(case_choices(can_join)))],
            "add_persons" => vec![
                panels.field(made, "resident_id", Input::Text),
                panels.field(made, "name", Input::Text),
                panels.field(made, "role", Input::Text).optional(),
            ],
            "record_recovery" => vec![
                panels.field(made, "amount", Input::Number),
                panels.field(made, "recovered_on", Input::Day).value(day),
                panels.field(made, "resident_id", Input::Text).hint(visit.say("web-hint-recovered-from")).optional(),
                panels.field(made, "returned_to", Input::Text),
            ],
            _ => vec![panels.why(made)],
        };
        let primary = first && offer.is_open() && leads_on(made);
        first = first && !primary;
        let mut offered = panels.offered(offer, primary, fields);
        if let Can::Form(panel) = &mut offered.can {
            panel.files = made == "rectify";
        }
        moves.push(offered);
    }
    panels.bar(moves, "web-moves-none")
}

fn case_choices(cases: &[CaseLine]) -> Vec<Choice> {
    cases
        .iter()
        .map(|case| Choice::new(format!("{}/{}", case.id, case.version), case.sentence.clone(), false))
        .collect()
}
