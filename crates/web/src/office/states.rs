//! How a case or a problem stands, in words and lights; and its story.

use mingcha_casework::read::{CaseLine, ProblemLine, StoryLine};
use mingcha_domain::{Day, calendar};
use mingcha_pages::parts::{Light, Step, Tone};

use crate::shell::Visit;

/// How a case stands.
pub(crate) fn case_light(visit: &Visit, case: &CaseLine, today: Day) -> Light {
    let state = visit.say(&format!("case-state-{}", case.state));
    match case.state.as_str() {
        "dispatched" => due_light(visit, state, case.due, case.late_working_days, today),
        "verified" => match &case.verdict {
            Some(verdict) => {
                Light::new(Tone::Amber, format!("{state} · {}", visit.say(&format!("case-verdict-{verdict}"))))
            }
            None => Light::new(Tone::Amber, state),
        },
        "in_problem" => Light::new(Tone::Green, state),
        _ => Light::new(Tone::Grey, state),
    }
}

/// How a problem stands.
pub(crate) fn problem_light(visit: &Visit, problem: &ProblemLine, today: Day) -> Light {
    let state = visit.say(&format!("problem-state-{}", problem.state));
    match (problem.state.as_str(), problem.closed_on) {
        ("rectifying", _) => due_light(visit, state, problem.due, problem.late_working_days, today),
        ("closed", Some(on)) => Light::new(Tone::Green, format!("{state} {on}")),
        ("closed", None) => Light::new(Tone::Green, state),
        _ => Light::new(Tone::Amber, state),
    }
}

fn due_light(visit: &Visit, state: String, due: Option<Day>, late: Option<u32>, today: Day) -> Light {
    match (late, due) {
        (Some(days), _) => {
            Light::new(Tone::Red, format!("{state} · {}", visit.say_with("web-late-by", &[("days", days.to_string())])))
        }
        (None, Some(due)) => {
            let left = calendar::working_days_between(today, due).to_string();
            Light::new(Tone::Amber, format!("{state} · {}", visit.say_with("web-days-left", &[("days", left)])))
        }
        (None, None) => Light::new(Tone::Amber, state),
    }
}

/// The name of a unit by its code.
pub(crate) type UnitNames<'a> = &'a dyn Fn(&str) -> String;

/// A step of the story.
pub(crate) fn step(visit: &Visit, line: &StoryLine, unit_name: UnitNames<'_>) -> Step {
    let facts: serde_json::Value = serde_json::from_str(&line.facts).unwrap_or_default();
    let fact = |name: &str| facts[name].as_str();
    let mut what = visit.say(&format!("case-move-{}", line.made));
    if let Some(unit) = fact("unit") {
        what.push_str(&format!(" · {}", unit_name(unit)));
    }
    if let Some(verdict) = fact("verdict") {
        what.push_str(&format!(" · {}", visit.say(&format!("case-verdict-{verdict}"))));
    }
    if let Some(due) = fact("due") {
        what.push_str(&visit.say_with("web-story-due", &[("due", due.to_owned())]));
    }
    if let Some(cause) = fact("cause") {
        what.push_str(&format!(" · {}", visit.say(&format!("case-recheck-{cause}"))));
    }
    let when = if line.from_sheet {
        visit.say_with("web-story-from-sheet", &[("day", line.happened_on.to_string()), ("by", line.by.clone())])
    } else {
        format!("{} · {}", line.recorded_at.for_people(), line.by)
    };
    Step { what, when, said: line.why.clone(), ahead: false }
}

/// What is to come, when somebody's turn has a deadline.
pub(crate) fn ahead(visit: &Visit, what: &str, due: Option<Day>) -> Step {
    let when = due.map(|due| visit.say_with("web-story-until", &[("due", due.to_string())]));
    Step { what: visit.say(what), when: when.unwrap_or_default(), said: None, ahead: true }
}
