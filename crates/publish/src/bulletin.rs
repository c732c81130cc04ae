//! The bulletin: one section per project, in the packs' order, as the commission publishes it (标题, 治理项目, 牵头单位,
//! 治理目标, 治理成果). Markdown is what is kept; HTML is made of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use mingcha_documents::{Standalone, html, standalone};
use mingcha_domain::{Day, Kind, Speaks, Trouble};
use mingcha_pack::{Pack, PackSet};
use minijinja::value::{Enumerator, Object};
use minijinja::{Environment, UndefinedBehavior, Value, context};
use rust_decimal::prelude::ToPrimitive;

use crate::FigureValue;
use crate::quote::{self, Quote};

/// What stands above the sections.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// The title.
    pub title: String,
    /// The number of the edition; none for a draft.
    pub edition: Option<i64>,
    /// The business date.
    pub as_of: Day,
}

/// A bulletin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bulletin {
    /// Its title.
    pub title: String,
    /// Its text.
    pub markdown: String,
}

impl Bulletin {
    /// The text as an HTML fragment; HTML within it is shown as text.
    #[must_use]
    pub fn html(&self) -> String {
        html(&self.markdown)
    }

    /// A whole page that stands alone.
    #[must_use]
    pub fn page(&self) -> String {
        standalone(Standalone { lang: "zh-CN", title: &self.title, body: &self.html() })
    }

    /// The text below the title and the line of edition and date, for a page that says these itself.
    #[must_use]
    pub fn body(&self) -> &str {
        let Some(below) = self.markdown.strip_prefix(&format!("# {}\n\n", self.title)) else { return &self.markdown };
        below.split_once('\n').map_or("", |(_, body)| body.trim_start())
    }

    /// What stands under 治理成果 in a project's section.
    #[must_use]
    pub fn results_of(&self, project: &str) -> Option<&str> {
        let named = format!("**{PROJECT}**：{project}\n");
        let section = self.markdown.split("\n## ").find(|section| section.contains(&named))?;
        section.split_once(&format!("**{RESULTS}**：\n")).map(|(_, results)| results.trim())
    }
}

/// The names of the parts of a section that are looked up again.
const PROJECT: &str = "治理项目";
const RESULTS: &str = "治理成果";

/// Why the bulletin could not be written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BulletinError {
    /// A pack's template failed.
    #[error("{file}, line {line}: {detail}")]
    Template {
        /// The template's file.
        file: String,
        /// Its line, from 1; 0 when unknown.
        line: usize,
        /// The engine's words.
        detail: String,
    },
    /// No pack has a section.
    #[error("no pack has a section")]
    Empty,
}

impl Speaks for BulletinError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Template { file, line, detail } => {
                Trouble::new("MC-PUBLISH-003").with("file", file).with("line", line).with("detail", detail)
            }
            Self::Empty => Trouble::new("MC-PUBLISH-004"),
        }
    }

    fn kind(&self) -> Kind {
        Kind::Invalid
    }
}

/// Writes the bulletin from figures, working or published.
pub fn bulletin(packs: &PackSet, figures: &[FigureValue], heading: &Heading) -> Result<Bulletin, BulletinError> {
    let mut markdown = format!("# {}\n\n", heading.title);
    let stamp = match heading.edition {
        Some(no) => format!("第{no}期　{}", heading.as_of.in_documents()),
        None => format!("草稿　数据截至{}", heading.as_of.in_documents()),
    };
    markdown.push_str(&stamp);
    markdown.push('\n');
    let sections: Vec<&Pack> = packs.packs.iter().filter(|pack| pack.bulletin.is_some()).collect();
    if sections.is_empty() {
        return Err(BulletinError::Empty);
    }
    let mut number = 0;
    for pack in sections {
        let results = results(pack, figures, None)?;
        let Some(project) = &pack.project else {
            markdown.push_str(&format!("\n{}\n", results.trim()));
            continue;
        };
        number += 1;
        markdown.push_str(&format!(
            "\n## {}\n\n**{PROJECT}**：{}\n\n**牵头单位**：{}\n\n**治理目标**：\n\n{}\n\n**{RESULTS}**：\n\n{}\n",
            chinese(number),
            project.title,
            project.lead_unit,
            project.goal.trim(),
            results.trim()
        ));
    }
    Ok(Bulletin { title: heading.title.clone(), markdown })
}

/// The sentence in which a figure stands, if its pack's section has one.
pub(crate) fn quote_of(
    packs: &PackSet,
    figures: &[FigureValue],
    figure: &FigureValue,
) -> Result<Option<Quote>, BulletinError> {
    let Some(pack) = packs.pack(&figure.project).filter(|pack| pack.bulletin.is_some()) else { return Ok(None) };
    Ok(quote::quote(&results(pack, figures, Some(&figure.key))?))
}

/// A pack's section with its figures put in; one of them marked.
fn results(pack: &Pack, figures: &[FigureValue], marked: Option<&str>) -> Result<String, BulletinError> {
    let Some(section) = &pack.bulletin else { return Ok(String::new()) };
    let file = section.template.at.file.clone();
    let failed = |error: minijinja::Error| BulletinError::Template {
        file: file.clone(),
        line: error.line().unwrap_or_default(),
        detail: error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
    };
    let known: BTreeMap<String, Value> = figures
        .iter()
        .filter(|figure| figure.project == pack.key)
        .map(|figure| {
            let marked = marked == Some(figure.key.as_str());
            (figure.key.clone(), Value::from_object(Said { figure: figure.clone(), marked }))
        })
        .collect();
    let project = pack.project.clone().unwrap_or_default();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let template = environment.template_from_named_str(&file, &section.template.value).map_err(failed)?;
    let context = context! {
        figure => known,
        project => context! { title => project.title, lead_unit => project.lead_unit, goal => project.goal },
    };
    template.render(context).map_err(failed)
}

/// A figure in a template: written out it is number and unit; its parts are there by name.
#[derive(Debug)]
struct Said {
    figure: FigureValue,
    marked: bool,
}

impl Object for Said {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "value" => {
                let value = self.figure.value.normalize();
                Some(
                    value
                        .to_i64()
                        .filter(|_| value.scale() == 0)
                        .map_or_else(|| Value::from(value.to_f64()), Value::from),
                )
            }
            "said" => Some(Value::from(self.figure.said.clone())),
            "unit" => Some(Value::from(self.figure.unit.clone())),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["value", "said", "unit"])
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.marked {
            write!(f, "{}{}{}", quote::OPEN, self.figure.said_with_unit, quote::CLOSE)
        } else {
            f.write_str(&self.figure.said_with_unit)
        }
    }
}

/// 一, 二, … 十二, 二十一: the number of a section.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", DIGITS[number - 10]),
        20..=99 => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_projects() -> Bulletin {
        let section = |number: &str, name: &str| {
            format!(
                "\n## {number}\n\n**治理项目**：{name}\n\n**治理目标**：\n\n目标\n\n**治理成果**：\n\n- {name}的成果\n"
            )
        };
        let markdown = format!("# 通报\n\n第1期　2023年12月29日\n{}{}", section("一", "甲"), section("二", "甲乙"));
        Bulletin { title: "通报".to_owned(), markdown }
    }

    #[test]
    fn a_page_can_leave_out_title_and_date() {
        let bulletin = two_projects();
        assert!(bulletin.body().starts_with("## 一\n"), "{}", bulletin.body());
        let foreign = Bulletin { title: "别的".to_owned(), ..bulletin };
        assert_eq!(foreign.body(), foreign.markdown);
    }

    #[test]
    fn a_projects_results_are_its_own() {
        let bulletin = two_projects();
        assert_eq!(bulletin.results_of("甲"), Some("- 甲的成果"));
        assert_eq!(bulletin.results_of("甲乙"), Some("- 甲乙的成果"));
        assert_eq!(bulletin.results_of("乙"), None);
    }

    #[test]
    fn sections_are_counted_as_documents_count() {
        assert_eq!([1, 10, 12, 20, 21].map(chinese), ["一", "十", "十二", "二十", "二十一"]);
    }
}
