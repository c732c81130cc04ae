//! `models/NAME.md`: one page with reason, law, SQL, wording and proof.

use super::fields::Toml;
use super::folder::File;
use super::names::{Scope, check_distinct, check_name};
use super::page::{Block, Page};
use super::{cases, front, page, wording};
use crate::{At, Case, Model, Section, Spanned, Text, Wording, faults};

/// The headings that every page has.
const HEADINGS: [&str; 4] = ["为什么查", "怎么核实", "查不到什么", "常见误报"];
const WORDING: &str = "表述";
const CASE: &str = "Case:";

/// Words that a finding must not use: it is a question until people have verified it.
const WORDS_OF_GUILT: [&str; 10] = ["违规", "违法", "违纪", "造假", "骗取", "套取", "贪污", "冒领", "作弊", "腐败"];

/// Reads a page. `None` when it has no front matter or no SQL: there is nothing to run then.
pub(super) fn read(scope: &Scope<'_>, file: &File) -> Option<Model> {
    check_name(&Spanned { value: file.stem().to_owned(), at: file.start() }, scope.faults);
    let Some((matter, body)) = split(&file.text) else {
        scope.faults.tell(faults::no_front_matter(file.start()));
        return None;
    };
    let (shift, text) = (matter.start, &file.text[matter]);
    let front = Toml { file: &file.path, shift, text, faults: scope.faults }.read(|fields| front::read(scope, fields));
    let page = page::read(&file.text, body);
    let sql = sql(scope, file, &page);
    let wording = sentence(scope, file, &page);
    let (sections, cases) = (prose(scope, file, &page), worked_cases(scope, file, &page));
    check_guilt(scope, &front.title, &wording);
    let sql = sql?;
    Some(Model {
        version: front.version(&sql),
        pack: scope.pack.clone(),
        name: file.stem().to_owned(),
        title: front.title.value,
        title_en: front.title_en,
        effect: front.effect,
        key: front.key,
        locality: front.locality,
        subject: front.subject,
        basis: front.basis,
        params: front.params,
        sql,
        wording,
        lead: lead(file, &page),
        sections,
        cases,
        status: front.status,
        at: file.start(),
    })
}

/// The bytes of the front matter, and where the page begins after it.
fn split(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let mut line_start = 0;
    let mut opened = None;
    for line in text.split_inclusive('\n') {
        let line_end = line_start + line.len();
        match (line.trim_end(), opened) {
            ("+++", None) => opened = Some(line_end),
            ("+++", Some(start)) => return Some((start..line_start, line_end)),
            (_, None) => return None,
            _ => {}
        }
        line_start = line_end;
    }
    None
}

fn sql(scope: &Scope<'_>, file: &File, page: &Page) -> Option<Text> {
    let blocks: Vec<_> = page
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match block {
            Block::Code { language, inner, outer } if language == "sql" => Some((inner.clone(), outer.clone())),
            _ => None,
        })
        .collect();
    if blocks.len() != 1 {
        let at = blocks.get(1).map_or(file.start(), |(_, outer)| place(file, outer.clone()));
        scope.faults.tell(faults::not_one_sql(at, blocks.len()));
    }
    let (inner, _) = blocks.into_iter().next()?;
    Some(Spanned { value: file.text[inner.clone()].to_owned(), at: place(file, inner) })
}

fn sentence(scope: &Scope<'_>, file: &File, page: &Page) -> Wording {
    match page.sections.iter().find(|section| section.heading == WORDING) {
        None => {
            scope.faults.tell(faults::missing_section(file.start(), WORDING));
            Wording::default()
        }
        Some(section) => {
            let text = &file.text[section.body.clone()];
            if text.trim().is_empty() {
                scope.faults.tell(faults::empty(place(file, section.heading_at.clone()), WORDING));
            }
            wording::read(text, &place(file, section.body.clone()), scope.faults)
        }
    }
}

/// The opening sentences, without the SQL.
fn lead(file: &File, page: &Page) -> String {
    page.sections.first().map(|section| without_sql(file, section)).unwrap_or_default()
}

fn prose(scope: &Scope<'_>, file: &File, page: &Page) -> Vec<Section> {
    let mut sections = Vec::new();
    for section in page.sections.iter().skip(1) {
        if section.heading == WORDING || section.heading.starts_with(CASE) {
            continue;
        }
        let markdown = without_sql(file, section);
        if markdown.is_empty() && HEADINGS.contains(&section.heading.as_str()) {
            scope.faults.tell(faults::empty(place(file, section.heading_at.clone()), &section.heading));
        }
        sections.push(Section { heading: section.heading.clone(), markdown });
    }
    for heading in HEADINGS {
        if !sections.iter().any(|section| section.heading == heading) {
            scope.faults.tell(faults::missing_section(file.start(), heading));
        }
    }
    // A heading that stands only for the SQL has no prose of its own.
    sections.retain(|section| !section.markdown.is_empty());
    sections
}

fn without_sql(file: &File, section: &page::Section) -> String {
    let mut markdown = String::new();
    let mut from = section.body.start;
    for block in &section.blocks {
        if let Block::Code { language, outer, .. } = block
            && language == "sql"
        {
            markdown.push_str(&file.text[from..outer.start]);
            from = outer.end;
        }
    }
    markdown.push_str(&file.text[from..section.body.end]);
    markdown.trim().to_owned()
}

fn worked_cases(scope: &Scope<'_>, file: &File, page: &Page) -> Vec<Case> {
    let mut worked = Vec::new();
    for section in &page.sections {
        let Some(title) = section.heading.strip_prefix(CASE) else { continue };
        let at = place(file, section.heading_at.clone());
        let story = cases::read(scope, file, section);
        let Some(then) = story.then else {
            scope.faults.tell(faults::no_then(at, title.trim()));
            continue;
        };
        let line = file.text[..section.heading_at.start].matches('\n').count() + 1;
        let title = title.trim().to_owned();
        worked.push(Case { title, prose: story.prose, line, at, as_of: story.as_of, given: story.given, then });
    }
    let titles: Vec<_> = worked.iter().map(|case| Spanned { value: case.title.clone(), at: case.at.clone() }).collect();
    check_distinct(titles.iter(), scope.faults);
    for (lacking, there) in [
        ("hit", worked.iter().any(|case| !case.then.rows.is_empty())),
        ("silent", worked.iter().any(|case| case.then.rows.is_empty())),
    ] {
        if !there {
            scope.faults.tell(faults::no_case(file.start(), lacking));
        }
    }
    worked
}

fn check_guilt(scope: &Scope<'_>, title: &Spanned<String>, wording: &Wording) {
    for (text, at) in [(&title.value, &title.at), (&wording.source, &wording.at)] {
        for word in WORDS_OF_GUILT {
            if let Some(start) = text.find(word) {
                scope.faults.tell(faults::word_of_guilt(at.part(start..start + word.len()), word));
            }
        }
    }
}

fn place(file: &File, range: std::ops::Range<usize>) -> At {
    At { file: file.path.clone(), start: range.start, end: range.end }
}
