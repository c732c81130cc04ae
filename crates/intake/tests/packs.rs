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

/// What stands in the template's sheet of hints as the example of a column, else something of its kind.
fn fill(ledger: &Ledger, bytes: &[u8], rows: usize) -> Vec<u8> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let hints = book.worksheet_range("填写说明").expect("the hints");
    let example = |title: &str| {
        let row = hints.rows().find(|row| row[0] == *title && row.len() > 3).expect("a hint for each column");
        row[3].to_string()
    };
    let mut examples = Vec::new();
    for column in &ledger.columns {
        let text = example(&column.title);
        let must = column.required || ledger.key.contains(&column.name);
        examples.push(if text.is_empty() && must { format!("示例{}", column.title) } else { text });
    }
    let letters = |at: usize| char::from(b'A' + u8::try_from(at).expect("few columns"));
    support::tampered(bytes, "xl/worksheets/sheet1.xml", |sheet| {
        let mut lines = String::new();
        for number in 2..2 + rows {
            lines.push_str(&format!("<row r=\"{number}\">"));
            for (at, text) in examples.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let text = text.replace('&', "&amp;").replace('<', "&lt;");
                let cell = format!("{}{number}", letters(at));
                lines.push_str(&format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
            }
            lines.push_str("</row>");
        }
        sheet.replace("</sheetData>", &format!("{lines}</sheetData>"))
    })
}

#[test]
fn every_template_filled_with_its_examples_goes_in() {
    for ledger in ledgers() {
        let bytes = fill(&ledger, &template(&ledger, &message).expect("written"), 1);
        let parsed = parse(&bytes, &ledger, &Options::default()).expect("read");
        let wrong: Vec<String> =
            parsed.rejects.iter().flat_map(|row| &row.problems).map(|problem| message(&problem.trouble)).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{}", ledger.full_name());
        assert_eq!((parsed.rows.len(), parsed.header_row), (1, 1), "{}", ledger.full_name());
        assert!(!support::notes(&parsed).iter().any(|note| note.contains("旧模板")), "{:?}", support::notes(&parsed));
    }
}

#[test]
fn a_sheet_made_from_an_older_template_is_told_what_columns_are_new() {
    let ledger = ledgers().into_iter().find(|ledger| ledger.name == "training_subsidy").expect("there");
    let mut older = ledger.clone();
    older.columns.retain(|column| column.name != "fund");
    let bytes = fill(&older, &template(&older, &message).expect("written"), 1);
    let parsed = parse(&bytes, &ledger, &Options::default()).expect("read");
    let notes = support::notes(&parsed);
    assert!(
        notes.iter().any(|note| note == "这张表是用旧模板填的，新模板多了这些列：资金渠道。要填它们的，下载新模板。"),
        "{notes:#?}"
    );
    assert_eq!(parsed.rows.len(), 1);
}
