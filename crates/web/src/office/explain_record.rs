//! One record of a figure, opened: its columns, the problem it belongs to, the findings below that, and of each finding
//! the lines of the sheets.

use std::collections::BTreeMap;

use mingcha_access::{Action, Desk, units};
use mingcha_casework::PastSheet;
use mingcha_detect::{Finding, FindingState};
use mingcha_domain::{FindingId, RowRef, Value};
use mingcha_pack::Ledger;
use mingcha_pages::parts::{Align, Cell, Empty, Fact, Grid, Head, Layer, Light, Line, Opening, Tone};
use mingcha_publish::ShownRecord;
use mingcha_wiring::Trace;

use super::explain::where_allowed;
use super::finding::column_title;
use super::ledgers::ledger_title;
use crate::portal::published::grouped;
use crate::shell::{Failure, Site, Visit};

/// Makes the records of one figure into lines that open.
pub(crate) struct Openings<'a> {
    /// The platform, for the titles of columns and ledgers.
    pub site: &'a Site,
    /// Who looks.
    pub visit: &'a Visit,
    /// What they may see.
    pub desk: &'a Desk,
    /// The figure.
    pub trace: &'a Trace,
    /// The titles of columns, by name.
    titles: BTreeMap<String, String>,
    /// The names of units, by code.
    units: BTreeMap<String, String>,
}

impl<'a> Openings<'a> {
    /// For one figure and whoever looks. Columns are called as the sheets of casework or the project's ledgers call
    /// them, the former first.
    pub(crate) async fn new(
        site: &'a Site,
        visit: &'a Visit,
        desk: &'a mut Desk,
        trace: &'a Trace,
    ) -> Result<Self, Failure> {
        let units = units::list(desk.tx()).await?.into_iter().map(|unit| (unit.code, unit.name)).collect();
        let sheets = PastSheet::schemas()?;
        let pack = site.platform.packs.pack(&trace.explanation.figure.project);
        let ledgers = sheets.iter().chain(pack.iter().flat_map(|pack| &pack.ledgers));
        let mut titles = BTreeMap::new();
        for column in ledgers.flat_map(|ledger: &Ledger| &ledger.columns) {
            titles.entry(column.name.clone()).or_insert_with(|| column_title(visit, column));
        }
        for (name, key) in MADE {
            titles.entry(name.to_owned()).or_insert_with(|| visit.say(key));
        }
        Ok(Self { site, visit, desk, trace, titles, units })
    }

    /// The record at this place.
    pub(crate) fn of(&self, at: usize) -> Opening {
        let visit = self.visit;
        let record = &self.trace.explanation.records[at];
        let rests = self.trace.rests_on.get(at);
        let all: Vec<FindingId> = rests.map(|rests| rests.findings.clone()).unwrap_or_default();
        let own = self.of_person(record, &all);
        let layers: Vec<Layer> = own.iter().map(|id| self.layer(*id)).collect();
        let problem = rests.and_then(|rests| Some((rests.problem?, rests.number.clone()?)));
        let said = match (layers.len(), &problem) {
            (0, Some(_)) => visit.say("web-results-unlinked"),
            (0, None) => visit.say("web-results-by-itself"),
            (count, _) if count < all.len() => {
                let words = [("count", count.to_string()), ("others", (all.len() - count).to_string())];
                visit.say_with("web-results-rests-on-own", &words)
            }
            (count, _) => visit.say_with("web-results-rests-on", &[("count", count.to_string())]),
        };
        let mut facts = Vec::new();
        if let Some((id, number)) = problem {
            let cell = where_allowed(visit, Action::CaseSee, format!("/office/problems/{id}"), number);
            facts.push(Fact::new(visit.say("web-problem"), cell));
        }
        facts.extend(self.columns(record));
        Opening {
            id: record.reference.clone(),
            about: about(record),
            day: record.day.map(|day| day.to_string()).unwrap_or_default(),
            n: record.amount.map(grouped).unwrap_or_default(),
            light: rests.and_then(|rests| rests.recheck.as_deref()).map(|cause| self.recheck(cause)),
            facts,
            links: Vec::new(),
            said,
            layers,
            open: false,
        }
    }

    /// Of a person's record, the findings about that person; of any other, or when none names the person, all.
    fn of_person(&self, record: &ShownRecord, all: &[FindingId]) -> Vec<FindingId> {
        let Some(person) = record.person.as_deref().filter(|person| !person.is_empty()) else { return all.to_vec() };
        let names = |finding: &Finding| finding.sentence.contains(person);
        let own = all.iter().copied().filter(|id| self.trace.findings.get(id).is_some_and(names));
        let own: Vec<FindingId> = own.collect();
        if own.is_empty() { all.to_vec() } else { own }
    }

    fn recheck(&self, cause: &str) -> Light {
        let cause = self.visit.say(&format!("case-recheck-{cause}"));
        Light::new(Tone::Amber, self.visit.say_with("web-results-recheck", &[("cause", cause)]))
    }

    /// The columns of the record query that have no place in the line.
    fn columns(&self, record: &ShownRecord) -> Vec<Fact> {
        let placed = |name: &str| PLACED.contains(&name) || name == about_column(record);
        let told = record.columns.iter().filter(|(name, value)| !placed(name) && *value != Value::Null);
        told.map(|(name, value)| {
            Fact::new(self.titles.get(name).unwrap_or(name).as_str(), self.column_value(name, value))
        })
        .collect()
    }

    fn column_value(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Text(code) if name == "unit" => self.units.get(code).unwrap_or(code).clone(),
            Value::Bool(yes) => self.visit.say(if *yes { "web-results-yes" } else { "web-results-no" }),
            Value::Decimal(amount) => grouped(*amount),
            other => other.to_string(),
        }
    }

    fn layer(&self, id: FindingId) -> Layer {
        let unseen = || Layer { said: self.visit.say("web-results-beyond"), light: None, rows: None, note: None };
        let Some(finding) = self.trace.findings.get(&id) else { return unseen() };
        if !self.desk.sees(Action::FindingSee, finding.unit.as_deref()) {
            return unseen();
        }
        let kept = i64::try_from(finding.evidence.len()).unwrap_or(i64::MAX);
        let counts = [("count", finding.evidence_count.to_string()), ("shown", kept.to_string())];
        Layer {
            said: finding.sentence.clone(),
            light: self.finding_light(finding),
            rows: Some(self.lines(finding)),
            note: (finding.evidence_count > kept).then(|| self.visit.say_with("web-results-lines-capped", &counts)),
        }
    }

    fn finding_light(&self, finding: &Finding) -> Option<Light> {
        let said = match finding.state {
            FindingState::Seen => return None,
            FindingState::Returned => self.visit.say("detect-state-returned"),
            FindingState::Vanished(cause) => {
                let cause = self.visit.say(&format!("detect-vanished-{}", cause.code()));
                format!("{} · {cause}", self.visit.say("detect-state-vanished"))
            }
        };
        Some(Light::new(Tone::Amber, said))
    }

    fn lines(&self, finding: &Finding) -> Grid {
        let heads = [
            ("web-results-line-file", Align::Lead),
            ("web-results-line-sheet", Align::Short),
            ("web-results-line-row", Align::Short),
            ("web-results-line-ledger", Align::Short),
        ];
        let heads = heads.map(|(key, align)| Head::new(self.visit.say(key), align)).to_vec();
        let lines = finding.evidence.iter().map(|row| self.line(*row)).collect();
        let caption = self.visit.say("web-results-lines");
        Grid { walk: false, ..Grid::list(caption, heads, lines, Empty::new("", "", None)) }
    }

    fn line(&self, row: RowRef) -> Line {
        let visit = self.visit;
        let no = visit.say_with("web-results-line-row-no", &[("row", row.row.to_string())]);
        let address = format!("/office/batches/{}/rows/{}", row.batch, row.row);
        let place: Cell = where_allowed(visit, Action::LedgerSee, address, no);
        let Some(line) = self.trace.lines.get(&row) else {
            let unknown = visit.say_with("web-results-line-unknown", &[("batch", row.batch.to_string())]);
            return Line { gone: true, ..Line::of(vec![unknown.into(), "".into(), place, "".into()]) };
        };
        let ledger = self.site.platform.packs.ledger(&line.ledger);
        let ledger = ledger.map_or_else(|| line.ledger.clone(), |ledger| ledger_title(visit, ledger));
        let cells = vec![line.file.clone().into(), line.sheet.clone().into(), place, ledger.into()];
        Line { gone: line.withdrawn, ..Line::of(cells) }
    }
}

/// Columns that casework makes and no sheet has, with their words.
const MADE: [(&str, &str); 3] = [
    ("linked", "web-results-column-linked"),
    ("problem", "web-results-column-problem"),
    ("problems", "web-results-column-problems"),
];
/// Columns that every record has a place for in its line.
const PLACED: [&str; 5] = ["reference", "person", "amount", "day", "_ref"];
/// Columns that tell best what a record is about, the best first.
const ABOUT: [&str; 4] = ["name", "title", "subject", "kind"];

fn about_column(record: &ShownRecord) -> &'static str {
    let has = |wanted: &&str| record.columns.iter().any(|(name, value)| name == *wanted && *value != Value::Null);
    ABOUT.into_iter().find(|wanted| has(wanted)).unwrap_or_default()
}

/// What a record is about: whom, or its title.
fn about(record: &ShownRecord) -> String {
    let column = about_column(record);
    let told = record.columns.iter().find(|(name, _)| name == column).map(|(_, value)| value.to_string());
    let parts = [told, record.person.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(columns: &[(&str, &str)], person: Option<&str>) -> ShownRecord {
        let columns = columns.iter().map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned())));
        ShownRecord {
            reference: "R1".to_owned(),
            person: person.map(str::to_owned),
            amount: None,
            day: None,
            columns: columns.collect(),
            commitment: String::new(),
        }
    }

    #[test]
    fn a_record_is_about_a_person_before_anything_else() {
        let someone = record(&[("kind", "补贴资金"), ("name", "王**")], Some("330902********1239"));
        assert_eq!(about(&someone), "王** · 330902********1239");
        assert_eq!(about(&record(&[("kind", "补贴资金"), ("title", "一人四次")], None)), "一人四次");
        assert_eq!(about(&record(&[], None)), "");
    }
}
