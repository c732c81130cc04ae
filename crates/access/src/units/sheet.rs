//! Reading a list of units from CSV text, with every fault in one go.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_domain::Trouble;

use super::Unit;

/// What is wrong with one line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnitFault {
    /// The text is no CSV.
    Unreadable {
        /// The line, 1-based.
        line: u64,
        /// The reader's words.
        detail: String,
    },
    /// A column is missing.
    ColumnMissing {
        /// Its name.
        column: &'static str,
        /// The columns that are there.
        found: String,
    },
    /// A cell is empty that must not be.
    Empty {
        /// The line, 1-based.
        line: u64,
        /// The column.
        column: &'static str,
    },
    /// A code stands there twice.
    Twice {
        /// The line, 1-based.
        line: u64,
        /// The code.
        code: String,
        /// Where it stands first.
        first: u64,
    },
    /// The unit above is neither in the list nor known.
    ParentUnknown {
        /// The line, 1-based.
        line: u64,
        /// The code given.
        parent: String,
    },
    /// A unit stands above itself.
    Circle {
        /// The line, 1-based.
        line: u64,
        /// The code.
        code: String,
    },
}

impl UnitFault {
    /// What to tell a person.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Unreadable { line, detail } => {
                Trouble::new("MC-ACCESS-031").with("line", line).with("detail", detail)
            }
            Self::ColumnMissing { column, found } => {
                Trouble::new("MC-ACCESS-032").with("column", column).with("found", found)
            }
            Self::Empty { line, column } => Trouble::new("MC-ACCESS-033").with("line", line).with("column", column),
            Self::Twice { line, code, first } => {
                Trouble::new("MC-ACCESS-034").with("line", line).with("code", code).with("first", first)
            }
            Self::ParentUnknown { line, parent } => {
                Trouble::new("MC-ACCESS-035").with("line", line).with("parent", parent)
            }
            Self::Circle { line, code } => Trouble::new("MC-ACCESS-036").with("line", line).with("code", code),
        }
    }
}

/// The columns, as programs and as people write them.
const COLUMNS: [(&str, &str); 4] = [("code", "代码"), ("name", "名称"), ("kind", "类别"), ("parent", "上级")];

/// Reads the list; `known` are the codes that the store has already, with the unit above each.
pub(super) fn read(text: &str, known: &BTreeMap<String, Option<String>>) -> Result<Vec<Unit>, Vec<UnitFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(vec![UnitFault::Unreadable { line: 1, detail: error.to_string() }]),
    };
    let places = places(&header)?;
    let (mut units, mut faults) = (Vec::new(), Vec::new());
    let mut first_lines: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.push(UnitFault::Unreadable { line, detail: error.to_string() });
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| record.get(places[column]).unwrap_or_default().to_owned();
        let (code, name, kind, parent) = (cell(0), cell(1), cell(2), cell(3));
        for (text, (column, _)) in [&code, &name, &kind].into_iter().zip(COLUMNS) {
            if text.is_empty() {
                faults.push(UnitFault::Empty { line, column });
            }
        }
        if let Some(first) = first_lines.get(&code).filter(|_| !code.is_empty()) {
            faults.push(UnitFault::Twice { line, code: code.clone(), first: *first });
        } else {
            first_lines.insert(code.clone(), line);
            units.push((line, Unit { code, name, kind, parent: Some(parent).filter(|parent| !parent.is_empty()) }));
        }
    }
    check_parents(&units, known, &mut faults);
    if faults.is_empty() { Ok(parents_first(units)) } else { Err(faults) }
}

fn places(header: &csv::StringRecord) -> Result<[usize; 4], Vec<UnitFault>> {
    let found = header.iter().collect::<Vec<_>>().join(", ");
    let mut places = [0; 4];
    let mut faults = Vec::new();
    for (at, (column, in_chinese)) in COLUMNS.into_iter().enumerate() {
        match header.iter().position(|name| name.eq_ignore_ascii_case(column) || name == in_chinese) {
            Some(place) => places[at] = place,
            None => faults.push(UnitFault::ColumnMissing { column, found: found.clone() }),
        }
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

fn check_parents(units: &[(u64, Unit)], known: &BTreeMap<String, Option<String>>, faults: &mut Vec<UnitFault>) {
    let mut above: BTreeMap<&str, Option<&str>> =
        known.iter().map(|(code, parent)| (code.as_str(), parent.as_deref())).collect();
    above.extend(units.iter().map(|(_, unit)| (unit.code.as_str(), unit.parent.as_deref())));
    for (line, unit) in units {
        let Some(parent) = &unit.parent else { continue };
        if !above.contains_key(parent.as_str()) {
            faults.push(UnitFault::ParentUnknown { line: *line, parent: parent.clone() });
            continue;
        }
        let mut passed = BTreeSet::new();
        let mut at = Some(unit.code.as_str());
        while let Some(code) = at {
            if !passed.insert(code) {
                if code == unit.code {
                    faults.push(UnitFault::Circle { line: *line, code: unit.code.clone() });
                }
                break;
            }
            at = above.get(code).copied().flatten();
        }
    }
}

/// In an order in which each can be saved: a unit after the one above it.
fn parents_first(units: Vec<(u64, Unit)>) -> Vec<Unit> {
    let mut waiting: Vec<Unit> = units.into_iter().map(|(_, unit)| unit).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let codes: BTreeSet<String> = waiting.iter().map(|unit| unit.code.clone()).collect();
        let (later, ready): (Vec<Unit>, Vec<Unit>) =
            waiting.into_iter().partition(|unit| unit.parent.as_ref().is_some_and(|parent| codes.contains(parent)));
        if ready.is_empty() {
            // A circle, which `check_parents` has reported.
            ordered.extend(later);
            break;
        }
        ordered.extend(ready);
        waiting = later;
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_new(text: &str) -> Result<Vec<Unit>, Vec<UnitFault>> {
        read(text, &BTreeMap::new())
    }

    #[test]
    fn a_list_may_name_a_unit_before_the_one_above_it() {
        let units = read_new("\u{feff}代码,名称,类别,上级\nrsj,区人社保局,部门,dh\ndh,定海区,区,\n").expect("units");
        let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(codes, ["dh", "rsj"]);
    }

    #[test]
    fn all_faults_are_told_in_one_go() {
        let text = "code,name,kind,parent\na,甲,部门,\na,乙,部门,\nb,,部门,zz\nc,丙,部门,d\nd,丁,部门,c\n";
        let faults = read_new(text).expect_err("faults");
        assert_eq!(
            faults,
            [
                UnitFault::Twice { line: 3, code: "a".to_owned(), first: 2 },
                UnitFault::Empty { line: 4, column: "name" },
                UnitFault::ParentUnknown { line: 4, parent: "zz".to_owned() },
                UnitFault::Circle { line: 5, code: "c".to_owned() },
                UnitFault::Circle { line: 6, code: "d".to_owned() },
            ]
        );
    }

    #[test]
    fn a_missing_column_is_named_with_those_that_are_there() {
        let faults = read_new("code,title,kind,parent\n").expect_err("faults");
        assert_eq!(
            faults,
            [UnitFault::ColumnMissing { column: "name", found: "code, title, kind, parent".to_owned() }]
        );
    }
}
