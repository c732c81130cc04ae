//! The summary as a sheet's markup. It has no style of its own, so that those of the workbook stay as they are: what is
//! bold or a link says so in its text.

use std::fmt::Write;

use super::sheet::Place;
use super::xml::text;
use crate::note::letters;
use crate::write::summary::{LINKS_MAX, Summary, WIDTHS, quoted};

/// Writes the summary of a sheet; `seen` says where the content of a cell is seen.
pub(super) fn markup(summary: &Summary, sheet: &str, seen: &dyn Fn(&Place) -> Place) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cols>",
    );
    for (i, width) in WIDTHS.iter().enumerate() {
        let at = i + 1;
        let _ = write!(out, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    out.push_str("</cols><sheetData>");
    let mut links = String::new();
    let mut row = 0;
    let mut line = |cells: &[(String, Weight)], out: &mut String| {
        row += 1;
        let _ = write!(out, "<row r=\"{row}\">");
        for (i, (said, weight)) in cells.iter().enumerate().filter(|(_, (said, _))| !said.is_empty()) {
            let (cell, look) = (letters(i), weight.markup());
            let said = text(said);
            let _ = write!(
                out,
                "<c r=\"{cell}{row}\" t=\"inlineStr\"><is><r>{look}<t xml:space=\"preserve\">{said}</t></r></is></c>"
            );
        }
        out.push_str("</row>");
        row
    };
    line(&[(summary.title.clone(), Weight::Title)], &mut out);
    for (of, said) in &summary.facts {
        line(&[(of.clone(), Weight::Plain), (said.clone(), Weight::Bold)], &mut out);
    }
    line(&[(summary.how.clone(), Weight::Plain)], &mut out);
    if !summary.lines.is_empty() {
        line(&[], &mut out);
        line(&summary.heads.clone().map(|head| (head, Weight::Bold)), &mut out);
    }
    for (i, wrong) in summary.lines.iter().enumerate() {
        let place = wrong.at.and_then(|at| u32::try_from(at).ok()).map(|at| seen(&(wrong.row, at)));
        let linked = place.filter(|_| i < LINKS_MAX);
        let weight = if linked.is_some() { Weight::Link } else { Weight::Plain };
        let cells = wrong.cells();
        let mut weighed = cells.map(|said| (said, Weight::Plain));
        weighed[0].1 = weight;
        let at = line(&weighed, &mut out);
        if let Some((row, column)) = linked {
            let to = text(&format!("{}!{}{row}", quoted(sheet), letters(column as usize)));
            let _ = write!(links, "<hyperlink ref=\"A{at}\" location=\"{to}\" display=\"{to}\"/>");
        }
    }
    if let Some(more) = &summary.more {
        line(&[(more.clone(), Weight::Plain)], &mut out);
    }
    out.push_str("</sheetData>");
    if !links.is_empty() {
        let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
    }
    // Numbers stand as text, since a link's look is in its text; Excel is told not to mind.
    let last = summary.facts.len() + summary.lines.len() + 8;
    let _ = write!(out, "<ignoredErrors><ignoredError sqref=\"A1:F{last}\" numberStoredAsText=\"1\"/></ignoredErrors>");
    out.push_str("</worksheet>");
    out
}

#[derive(Clone, Copy)]
enum Weight {
    Title,
    Bold,
    Plain,
    Link,
}

impl Weight {
    fn markup(self) -> &'static str {
        match self {
            Self::Title => "<rPr><b/><sz val=\"14\"/></rPr>",
            Self::Bold => "<rPr><b/><sz val=\"11\"/></rPr>",
            Self::Plain => "<rPr><sz val=\"11\"/></rPr>",
            Self::Link => "<rPr><u/><sz val=\"11\"/><color rgb=\"FF1F4E79\"/></rPr>",
        }
    }
}
