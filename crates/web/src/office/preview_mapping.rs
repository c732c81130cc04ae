//! Which sheet, which row as header, which column as what: shown with the first values, and changed on the page.

use std::collections::BTreeSet;

use axum::response::Response;
use mingcha_access::persons::Sight;
use mingcha_intake::{ColumnsTrouble, HeadingHow, Mapped as Heading, SheetFit};
use mingcha_ledger::{Preview, Upload};
use mingcha_pack::Ledger;
use mingcha_pages::Place;
use mingcha_pages::office::{Count, Mapped, Mapping, OtherSheet, PreviewPage, SheetChoice};
use mingcha_pages::parts::{Choice, Notice};
use mingcha_words::Lang;

use super::preview_page::{column_of, crumbs, discard, shown};
use crate::shell::{Failure, Site, Visit, page};

/// Values of a column that are shown, so that a person recognises it.
const SAMPLES: usize = 3;
/// Rows that are looked at for them.
const SAMPLE_ROWS: usize = 50;
/// Characters of a value.
const SAMPLE_LONG: usize = 24;

/// A sheet as it is read now, and the others of its file.
pub(crate) struct Sheet<'a> {
    /// The ledger it is read for.
    pub ledger: &'a Ledger,
    /// The file.
    pub upload: &'a Upload,
    /// Its headings.
    pub headings: &'a [Heading],
    /// Its name; empty for a text file.
    pub name: &'a str,
    /// The row taken for its header.
    pub header_row: u32,
    /// Sheets of the file that have columns of the ledger.
    pub fits: &'a [SheetFit],
}

impl Sheet<'_> {
    fn here(&self) -> String {
        format!("/office/uploads/{}", self.upload.id)
    }
}

/// The first rows of a sheet, as they stand: bad ones too, where there are no others.
pub(crate) fn samples(looked: &Preview) -> Vec<&[String]> {
    let good = looked.added.iter().map(|row| row.raw.as_slice());
    good.chain(looked.rejects.iter().map(|row| row.raw.as_slice())).take(SAMPLE_ROWS).collect()
}

/// The mapping of all columns.
pub(crate) fn mapping(visit: &Visit, sheet: &Sheet<'_>, rows: &[&[String]]) -> Result<Mapping, Failure> {
    let remembered = sheet.upload.remembered()?;
    let columns = sheet.headings.iter().map(|heading| mapped(visit, sheet.ledger, heading, &remembered, rows));
    Ok(Mapping {
        action: format!("{}/columns", sheet.here()),
        sheet: sheet.name.to_owned(),
        header_row: sheet.header_row.to_string(),
        forget: format!("{}/forget", sheet.here()),
        columns: columns.collect(),
        open: !remembered.is_empty(),
        trouble: None,
    })
}

fn mapped(
    visit: &Visit,
    ledger: &Ledger,
    heading: &Heading,
    remembered: &BTreeSet<String>,
    rows: &[&[String]],
) -> Mapped {
    let mut choices = vec![Choice::new("", visit.say("web-mapping-leave-out"), heading.column.is_none())];
    choices.extend(ledger.columns.iter().map(|column| {
        let chosen = heading.column.as_deref() == Some(&column.name);
        let label = if column.required { format!("{} *", column.title) } else { column.title.clone() };
        Choice::new(column.name.clone(), label, chosen)
    }));
    let is_remembered = remembered.contains(&heading.heading);
    let how = match heading.how {
        _ if is_remembered => "web-mapping-remembered",
        Some(HeadingHow::Given) => "web-mapping-given",
        Some(_) => "web-mapping-by-name",
        None => "web-mapping-unknown",
    };
    let named = !heading.heading.is_empty();
    Mapped {
        name: format!("column-{}", heading.at),
        heading: if named { heading.heading.clone() } else { heading.letters.clone() },
        how: visit.say(how),
        forget: is_remembered.then(|| heading.heading.clone()),
        sample: values(visit, ledger, heading, rows),
        choices,
    }
}

/// The first different values of a column, each as far as it may be shown.
fn values(visit: &Visit, ledger: &Ledger, heading: &Heading, rows: &[&[String]]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for row in rows {
        let raw = row.get(heading.at).map_or("", String::as_str).trim();
        if !raw.is_empty() && !seen.contains(&raw) {
            seen.push(raw);
        }
        if seen.len() == SAMPLES {
            break;
        }
    }
    let told = seen.into_iter().map(|raw| {
        let told = match column_of(ledger, heading) {
            Some(column) => shown(Some(column), raw),
            None => careful(&heading.heading, raw),
        };
        let short: String = told.chars().take(SAMPLE_LONG).collect();
        if short.len() < told.len() { format!("{short}…") } else { short }
    });
    told.collect::<Vec<_>>().join(if visit.lang == Lang::En { ", " } else { "、" })
}

/// A value of a column that nobody has named yet: what may name a person keeps its ends only.
fn careful(heading: &str, raw: &str) -> String {
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    let plain = raw.chars().all(|c| c.is_ascii_alphanumeric());
    let person = ["姓名", "名字", "联系人", "代表", "申请人", "name"].iter().any(|word| heading.contains(word));
    if plain && digits >= 11 {
        Sight::masked().identifier(raw)
    } else if person {
        Sight::masked().name(raw)
    } else {
        raw.to_owned()
    }
}

/// Which sheet is read and which could be; nothing for a text file whose header is where it should be.
pub(crate) fn choice(visit: &Visit, sheet: &Sheet<'_>) -> Option<SheetChoice> {
    let mut sheets = Vec::new();
    let mut others = Vec::new();
    // A sheet whose columns are called like those of this one can go in as this one does.
    let own = sheet.fits.iter().find(|fit| fit.sheet == sheet.name).map_or(usize::MAX, |fit| fit.recognised);
    for fit in sheet.fits {
        let words = [
            ("sheet", fit.sheet.clone()),
            ("row", fit.header_row.to_string()),
            ("recognised", fit.recognised.to_string()),
            ("columns", fit.columns.to_string()),
        ];
        let chosen = fit.sheet == sheet.name;
        sheets.push(Choice::new(fit.sheet.clone(), visit.say_with("web-sheet-fit", &words), chosen));
        if !chosen && (fit.fits || fit.recognised >= own) {
            others.push(OtherSheet {
                name: fit.sheet.clone(),
                label: visit.say_with("web-sheet-also", &[("sheet", fit.sheet.clone())]),
            });
        }
    }
    if sheets.iter().all(|choice| choice.value != sheet.name) {
        let words = [("sheet", sheet.name.to_owned())];
        sheets.insert(0, Choice::new(sheet.name, visit.say_with("web-sheet-other", &words), true));
    }
    Some(SheetChoice {
        action: format!("{}/sheet", sheet.here()),
        sheets: if sheet.name.is_empty() { Vec::new() } else { sheets },
        heading: visit.say(if sheet.name.is_empty() { "web-sheet-header-choice" } else { "web-sheet-heading-choice" }),
        shown: sheet.name.to_owned(),
        header_row: sheet.header_row.to_string(),
        also: format!("{}/other-sheet", sheet.here()),
        others,
    })
}

/// A sheet whose header does not say which column is which: the mapping first, nothing else.
pub(crate) async fn columns(
    site: &Site,
    visit: &Visit,
    upload: &Upload,
    trouble: &ColumnsTrouble,
    fits: &[SheetFit],
    failed: Option<Failure>,
) -> Result<Response, Failure> {
    let ledger = site.platform.packs.ledger(&upload.ledger).ok_or_else(Failure::not_found)?;
    let wrong = Failure::of(&mingcha_intake::IntakeError::Columns(Box::new(trouble.clone())));
    let here = format!("/office/uploads/{}", upload.id);
    let notice: Notice = wrong.notice(visit);
    let sheet = Sheet {
        ledger,
        upload,
        headings: &trouble.mapping,
        name: &trouble.sheet,
        header_row: trouble.header_row,
        fits,
    };
    let rows: Vec<&[String]> = trouble.sample.iter().map(Vec::as_slice).collect();
    let mapping = Mapping { open: true, trouble: Some(notice), ..mapping(visit, &sheet, &rows)? };
    let mut frame = site.frame(visit, Place::Ledgers, visit.say("web-preview")).await?;
    frame.notice = failed.as_ref().map(|failure| failure.notice(visit)).or(frame.notice);
    let words = [("file", upload.file_name.clone()), ("row", trouble.header_row.to_string())];
    let mut response = page(PreviewPage {
        frame,
        crumbs: crumbs(visit, ledger),
        heading: visit.say_with("web-preview-heading-columns", &words),
        counts: vec![Count {
            n: (trouble.missing.len() + trouble.twice.len()).to_string(),
            of: visit.say("web-count-columns"),
            class: "bad",
        }],
        note: visit.say_with("web-preview-header-row", &words),
        cautions: Vec::new(),
        commit: None,
        marked: Vec::new(),
        sheet: None,
        changes: None,
        after: visit.say("web-preview-nothing-yet"),
        mapping: Some(mapping),
        reading: choice(visit, &sheet),
        discard: discard(visit, &here),
    })?;
    *response.status_mut() = wrong.status();
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::careful;

    #[test]
    fn what_may_name_a_person_keeps_its_ends_and_other_values_are_shown() {
        assert_eq!(careful("证件", "330902198701014321"), "330902********4321");
        assert_ne!(careful("学员姓名", "闻人知微"), "闻人知微");
        assert_eq!([careful("工种", "电工"), careful("备注", "2023-11-05")], ["电工", "2023-11-05"]);
    }
}
