//! What can be done about a finding, and what each step asks for.

use mingcha_access::persons::Sight;
use mingcha_access::units::Unit;
use mingcha_casework::read::CasePage;
use mingcha_casework::state::Verdict;
use mingcha_pages::parts::{Choice, Field, Input, Moves};

use super::panels::{Panels, Retry, leads_on};
use crate::shell::Visit;

/// Days proposed for an answer and for a rectification; whoever dispatches may take others.
const ANSWER_WORKING_DAYS: u32 = 5;
const RECTIFY_WORKING_DAYS: u32 = 20;

/// The bar of a case. `proposed` is the unit that leads the project.
pub(crate) fn case_moves(
    visit: &Visit,
    case: &CasePage,
    units: &[Unit],
    persons: &[(String, String)],
    proposed: Option<&str>,
    retry: Option<&Retry>,
) -> Moves {
    let base = format!("/office/findings/{}", case.line.id);
    let panels = Panels { visit, base, version: case.line.version, retry };
    let mut first = true;
    let moves = case.offers.iter().map(|offer| {
        let made = offer.made;
        let fields = match made {
            "dispatch" => vec![
                panels.field(made, "to", Input::Select(unit_choices(units, case, proposed))),
                panels.working_days(made, ANSWER_WORKING_DAYS),
                panels.field(made, "note", Input::Area).optional(),
            ],
            "verify" => vec![panels.field(made, "verdict", Input::Radios(verdicts(visit))), panels.why(made)],
            "send_back" => vec![panels.working_days(made, ANSWER_WORKING_DAYS), panels.why(made)],
            "take_into_problem" => problem_fields(&panels, made, case, persons),
            _ => vec![panels.why(made)],
        };
        let primary = first && offer.is_open() && leads_on(made);
        first = first && !primary;
        panels.offered(offer, primary, fields)
    });
    let moves = moves.collect();
    panels.bar(moves, "web-moves-none")
}

fn problem_fields(panels: &Panels<'_>, made: &str, case: &CasePage, persons: &[(String, String)]) -> Vec<Field> {
    let visit = panels.visit;
    let mut fields = vec![
        panels.field(made, "title", Input::Text).value(case.line.sentence.clone()),
        panels.field(made, "kind", Input::Text).hint(visit.say("web-hint-kind")),
        panels.field(made, "basis", Input::Area).optional(),
        panels.field(made, "measure", Input::Area).optional(),
        panels.working_days(made, RECTIFY_WORKING_DAYS),
    ];
    if !persons.is_empty() {
        let sight = Sight::masked();
        let choices = persons.iter().enumerate().map(|(at, (identifier, name))| {
            Choice::new(at.to_string(), format!("{} {}", sight.name(name), sight.identifier(identifier)), true)
        });
        fields.push(panels.field(made, "person", Input::Ticks(choices.collect())).optional());
    }
    fields
}

fn unit_choices(units: &[Unit], case: &CasePage, proposed: Option<&str>) -> Vec<Choice> {
    let chosen = case.line.unit.as_deref().or(proposed);
    units.iter().map(|unit| Choice::new(unit.code.clone(), unit.name.clone(), chosen == Some(&unit.code))).collect()
}

fn verdicts(visit: &Visit) -> Vec<Choice> {
    let choice =
        |verdict: Verdict| Choice::new(verdict.code(), visit.say(&format!("case-verdict-{}", verdict.code())), false);
    Verdict::ALL.into_iter().map(choice).collect()
}
