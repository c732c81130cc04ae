//! What moved from one version of a ledger to another, in words: what it was, what it is, by how much.

use mingcha_domain::Yuan;
use mingcha_ledger::{Figure, Measure, Moved, PERCENT, POINTS, Quality};
use mingcha_pack::Ledger;
use mingcha_pages::parts::{Align, Cell, Empty, Grid, Head, Line, Pager};
use rust_decimal::Decimal;

use super::finding::column_title;
use super::quality::percent;
use crate::shell::Visit;

/// What moved by more than the set share.
pub(crate) fn moved_grid(visit: &Visit, ledger: &Ledger, looked: &Quality) -> Grid {
    let heads = [
        ("web-quality-figure", Align::Lead),
        ("web-quality-was", Align::Number),
        ("web-quality-is", Align::Number),
        ("web-quality-by", Align::Number),
    ];
    let heads = heads.map(|(key, align)| Head::new(visit.say(key), align)).to_vec();
    let set = [("percent", PERCENT.to_string()), ("points", POINTS.to_string())];
    let caption = visit.say("web-quality-moved");
    let Some(against) = &looked.against else {
        let empty = Empty::new(visit.say("web-quality-first"), visit.say("web-quality-first-how"), None);
        return Grid::list(caption, heads, Vec::new(), empty);
    };
    let words = [("version", against.version.to_string()), ("count", against.moved.len().to_string())];
    let far = against.moved.iter().filter(|moved| moved.far);
    let lines: Vec<Line> = far.map(|moved| line(visit, ledger, moved)).collect();
    let empty =
        Empty::new(visit.say_with("web-quality-still", &set), visit.say_with("web-quality-still-how", &words), None);
    let still = (against.moved.len() - lines.len()).to_string();
    let note = visit.say_with(
        "web-quality-moved-note",
        &[
            ("version", against.version.to_string()),
            ("still", still),
            ("percent", PERCENT.to_string()),
            ("points", POINTS.to_string()),
        ],
    );
    let grid = Grid::list(caption, heads, lines, empty).pager(Pager { note, previous: None, next: None });
    Grid { walk: false, ..grid }
}

fn line(visit: &Visit, ledger: &Ledger, moved: &Moved) -> Line {
    Line::of(vec![
        name(visit, ledger, &moved.what).into(),
        measure(visit, moved.before),
        measure(visit, moved.now),
        by(visit, moved.before, moved.now).into(),
    ])
}

fn name(visit: &Visit, ledger: &Ledger, what: &Figure) -> String {
    let title =
        |column: &str| ledger.column(column).map_or_else(|| column.to_owned(), |column| column_title(visit, column));
    match what {
        Figure::Rows => visit.say("web-quality-figure-rows"),
        Figure::Sum { column } => visit.say_with("web-quality-figure-sum", &[("column", title(column))]),
        Figure::Empty { column } => visit.say_with("web-quality-figure-empty", &[("column", title(column))]),
        Figure::Share { column, value } => {
            visit.say_with("web-quality-figure-share", &[("column", title(column)), ("value", value.clone())])
        }
    }
}

fn measure(visit: &Visit, measure: Measure) -> Cell {
    match measure {
        Measure::Count(n) => n.to_string().into(),
        Measure::Amount(amount) => {
            Yuan::from_decimal(amount).map_or_else(|_| amount.to_string(), |yuan| yuan.to_string()).into()
        }
        Measure::Part(part, whole) => Cell::from(percent(part, whole))
            .under(visit.say_with("web-quality-of", &[("part", part.to_string()), ("whole", whole.to_string())])),
    }
}

/// By how much: percent of what it was, or points of a share.
fn by(visit: &Visit, before: Measure, now: Measure) -> String {
    let signed = |number: Decimal| {
        let number = number.round_dp(1);
        let sign = if number.is_sign_negative() { "−" } else { "+" };
        format!("{sign}{}", number.abs())
    };
    let hundred = Decimal::from(100);
    let relative = |before: Decimal, now: Decimal| match ((now - before) * hundred).checked_div(before.abs()) {
        Some(percent) => format!("{}%", signed(percent)),
        None => visit.say("web-quality-from-nothing"),
    };
    match (before, now) {
        (Measure::Count(before), Measure::Count(now)) => relative(Decimal::from(before), Decimal::from(now)),
        (Measure::Amount(before), Measure::Amount(now)) => relative(before, now),
        (Measure::Part(a, b), Measure::Part(c, d)) => {
            let share = |part: usize, whole: usize| Decimal::from(part).checked_div(Decimal::from(whole));
            match share(a, b).zip(share(c, d)) {
                Some((before, now)) => {
                    visit.say_with("web-quality-points", &[("points", signed((now - before) * hundred))])
                }
                None => String::new(),
            }
        }
        _ => String::new(),
    }
}
