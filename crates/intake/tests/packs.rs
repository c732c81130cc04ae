//! The packs of this repository: their templates can be handed out, and their examples would be taken.

mod support;

use std::path::Path;

use mingcha_intake::{Limits, Options, parse, recognise, template};
use mingcha_pack::{Ledger, PackSet};
use support::message;

fn ledgers() -> Vec<Ledger> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let ledgers: Vec<Ledger> = PackSet::load(&folder).set.ledgers().cloned().collect();
    assert!(ledgers.len() >= 4, "the packs were not found");
    ledgers
}

#[test]
fn every_template_is_recognised_as_its_own_ledger() {
    let ledgers = ledgers();
    for ledger in &ledgers {
        let bytes = template(ledger, &message).expect("written");
        let found = recognise(&bytes, ledgers.iter(), &Limits::default()).expect("read");
        assert_eq!(found[0].ledger, ledger.full_name());
        assert_eq!(
            found[0].recognised,
            ledger.columns.len(),
            "a heading of {} is not its column's",
            ledger.full_name()
        );
        let refused = parse(&bytes, ledger, &Options::default()).expect_err("nothing is filled in");
        assert!(matches!(refused, mingcha_intake::IntakeError::NoRows { header_row: 1 }), "{refused:?}");
    }
}

#[test]
fn every_example_would_be_taken() {
    for ledger in ledgers() {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let headings: Vec<String> = ledger.columns.iter().map(|column| quoted(&column.title)).collect();
        let examples: Vec<String> = ledger.columns.iter().map(|column| quoted(&column.example)).collect();
        let text = format!("{}\n{}\n", headings.join(","), examples.join(","));
        let parsed = parse(text.as_bytes(), &ledger, &Options::default()).expect("a sheet of one row");
        for problem in parsed.rejects.iter().flat_map(|row| &row.problems) {
            let column = ledger.column(&problem.column).expect("a column of the ledger");
            assert!(column.example.is_empty(), "{}: {}", ledger.full_name(), message(&problem.trouble));
        }
    }
}
