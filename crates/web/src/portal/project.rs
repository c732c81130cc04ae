//! A project: what it is for, who leads it, and its figures in the newest published edition.

use axum::extract::{Path, State};
use mingcha_pages::Place;
use mingcha_pages::parts::Prose;
use mingcha_pages::portal::{FigureLine, ProjectPage};

use super::home::{counted, edition_link, project_title, unpublished};
use super::models;
use crate::shell::{Answer, Failure, Site, Visit, page};

/// A project.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(key): Path<String>) -> Answer {
    let pack = site.platform.packs.pack(&key).ok_or_else(Failure::not_found)?;
    let project = pack.project.as_ref().ok_or_else(Failure::not_found)?;
    let mut tx = site.office().store().read().await?;
    let newest = mingcha_publish::newest(&mut tx).await?;
    let (figures, section) = match &newest {
        Some(edition) => {
            let text = mingcha_publish::bulletin_of(&mut tx, edition).await?;
            (mingcha_publish::figures_of(&mut tx, edition.id).await?, text.map(|text| text.markdown))
        }
        None => (Vec::new(), None),
    };
    let own = figures.iter().filter(|known| known.figure.project == key);
    let frame = site.frame_in(&mut tx, &visit, Place::Public, project_title(&visit, project)).await?;
    page(ProjectPage {
        frame,
        title: project_title(&visit, project),
        lead: visit.say_with("web-led-by", &[("unit", project.lead_unit.clone())]),
        goal: project.goal.clone(),
        figures: own
            .map(|known| FigureLine { number: counted(&visit, known), definition: known.figure.definition.clone() })
            .collect(),
        edition: newest.as_ref().map(|edition| edition_link(&visit, edition)),
        unpublished: newest.is_none().then(|| unpublished(&visit)),
        section: section.and_then(|markdown| results_of(&markdown, &project.title)),
        models: models::lines(&visit, pack),
    })
}

/// What the bulletin says under this project's heading as its results.
fn results_of(markdown: &str, title: &str) -> Option<Prose> {
    let of_project = markdown.split("\n## ").find(|section| section.contains(title))?;
    let (_, results) = of_project.split_once("**治理成果**：")?;
    Some(Prose::markdown(results.trim()))
}

#[cfg(test)]
mod tests {
    use super::results_of;

    #[test]
    fn a_projects_section_is_its_results_and_no_others() {
        let bulletin = "# 通报\n\n## 一\n\n**治理项目**：甲\n\n**治理成果**：\n\n- 甲的成果\n\n## 二\n\n**治理项目**：乙\n\n**治理成果**：\n\n- 乙的成果\n";
        let html = results_of(bulletin, "乙").expect("a section").to_string();
        assert!(html.contains("乙的成果") && !html.contains("甲的成果"), "{html}");
        assert!(results_of(bulletin, "丙").is_none());
    }
}
