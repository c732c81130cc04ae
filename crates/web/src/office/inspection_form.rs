//! 登记检查: the form with every indicator of a checklist, and its recording. What was typed is kept.

use axum::extract::{RawQuery, State};
use mingcha_access::units::{self, Unit};
use mingcha_casework::{Answer as Answered, InspectionResult, RecordInspection, record_inspection};
use mingcha_domain::{Day, InspectionId};
use mingcha_pack::Checklist;
use mingcha_pages::Place;
use mingcha_pages::office::{Indicator, InspectionFormPage};
use mingcha_pages::parts::{Choice, Field, Input, Link};
use mingcha_words::Lang;
use sm3::{Digest, Sm3};

use super::inspections::lead_unit;
use crate::shell::{Answer, Failure, Fields, Posted, Site, Visit, done, page};

const FORM: &str = "inspection";

/// The empty form of the checklist that the address names, or of the first one.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let mut asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let today = site.office().today().await?;
    asked.0.push(("inspected_on".into(), today.to_string()));
    asked.0.push(("inspectors".into(), visit.actor()?.name.clone()));
    draw(&site, &visit, &asked, None).await
}

/// Records an inspection and leads to its page.
pub(crate) async fn record(State(site): State<Site>, visit: Visit, Posted(form): Posted) -> Answer {
    let checklist = checklist(&site, &form)?;
    let outcome = match order(checklist, &form) {
        Ok(order) => {
            let desk = site.desk(&visit).await?;
            record_inspection(desk, checklist, order).await.map_err(|error| Failure::of(&error))
        }
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(recorded) => done(&format!("/office/inspections/{}", recorded.inspection), "inspection"),
        Err(failure) if failure.can_be_mended() => draw(&site, &visit, &form, Some(failure)).await,
        Err(failure) => Err(failure),
    }
}

fn checklist<'a>(site: &'a Site, form: &Fields) -> Result<&'a Checklist, Failure> {
    let packs = &site.platform.packs;
    match form.some("checklist") {
        Some(name) => packs.checklist(name).ok_or_else(Failure::not_found),
        None => packs.packs.iter().flat_map(|pack| &pack.checklists).next().ok_or_else(Failure::not_found),
    }
}

/// The same form with the same words is the same inspection, however often it is sent; a form that is taken up again
/// and says something else is another one.
fn identifier(form: &Fields) -> InspectionId {
    let mut digest = Sm3::new();
    for (name, value) in &form.0 {
        digest.update(name.len().to_be_bytes());
        digest.update(name);
        digest.update(value.len().to_be_bytes());
        digest.update(value);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    InspectionId::from_random(bytes)
}

fn order(checklist: &Checklist, form: &Fields) -> Result<RecordInspection, Failure> {
    let answered = checklist.items.iter().filter_map(|item| {
        let result = InspectionResult::from_word(form.text(&format!("answer-{}", item.no)))?;
        Some(Answered { item: item.no, result, note: form.text(&format!("remark-{}", item.no)).to_owned() })
    });
    let text = |name| form.text(name).to_owned();
    Ok(RecordInspection {
        id: Some(identifier(form)),
        project: checklist.pack.clone(),
        unit: text("unit"),
        subject: text("subject"),
        subject_code: text("subject_code"),
        inspected_on: form.day("inspected_on")?,
        inspectors: text("inspectors"),
        note: text("note"),
        answers: answered.collect(),
    })
}

async fn draw(site: &Site, visit: &Visit, form: &Fields, failed: Option<Failure>) -> Answer {
    let checklist = checklist(site, form)?;
    let mut desk = site.reading(visit).await?;
    let units = units::list(desk.tx()).await?;
    let today = desk.today;
    let again = failed.is_some();
    let indicators = checklist.items.iter().map(|item| {
        let given = form.text(&format!("answer-{}", item.no));
        let english = visit.lang == Lang::En && !item.title_en.is_empty();
        Indicator {
            no: item.no,
            title: if english { item.title_en.clone() } else { item.title.clone() },
            how: item.how.clone(),
            answers: answers(visit, given),
            remark: form.text(&format!("remark-{}", item.no)).to_owned(),
            error: (again && given.is_empty()).then(|| visit.say("web-inspection-unanswered")),
        }
    });
    let count = checklist.items.len().to_string();
    let title = if visit.lang == Lang::En { checklist.title_en.clone() } else { checklist.title.clone() };
    let heading = [("title", title), ("version", checklist.version.to_string()), ("count", count)];
    let mut response = page(InspectionFormPage {
        frame: site.frame_in(desk.tx(), visit, Place::Inspections, visit.say("web-inspection-new")).await?,
        crumbs: vec![Link::new("/office/inspections", visit.say("web-place-inspections"))],
        checklist: visit.say_with("web-checklist", &heading),
        action: "/office/inspections".into(),
        failed: failed.as_ref().map(|failure| failure.notice(visit)),
        fields: fields(visit, form, &units, lead_unit(site, &checklist.pack), today),
        hidden: vec![
            Field::new(FORM, "checklist", "", Input::Hidden).value(checklist.full_name()),
            Field::new(FORM, "form", "", Input::Hidden).value(form.some("form").unwrap_or(&visit.request)),
        ],
        indicators: indicators.collect(),
    })?;
    if let Some(failure) = failed {
        *response.status_mut() = failure.status();
    }
    Ok(response)
}

fn answers(visit: &Visit, given: &str) -> Vec<Choice> {
    let word = |result: InspectionResult| super::inspections::result_word(visit, result.word());
    InspectionResult::ALL
        .into_iter()
        .map(|result| Choice::new(result.word(), word(result), given == result.word()))
        .collect()
}

fn fields(visit: &Visit, form: &Fields, units: &[Unit], lead: Option<&String>, today: Day) -> Vec<Field> {
    let field = |name: &str, input: Input| {
        let label = visit.say(&format!("web-inspection-field-{}", name.replace('_', "-")));
        Field::new(FORM, name, label, input).value(form.text(name))
    };
    let choices = units.iter().map(|unit| Choice::new(unit.code.clone(), unit.name.clone(), false)).collect();
    let unit = field("unit", Input::Select(choices));
    let proposed = units.iter().find(|unit| form.text("unit").is_empty() && lead == Some(&unit.name));
    let unit = match proposed {
        Some(lead) => unit.value(lead.code.clone()),
        None => unit,
    };
    let on = field("inspected_on", Input::Day);
    let on = if form.text("inspected_on").is_empty() { on.value(today.to_string()) } else { on };
    vec![
        field("subject", Input::Text).hint(visit.say("web-inspection-hint-subject")),
        field("subject_code", Input::Text).hint(visit.say("web-inspection-hint-subject-code")).optional(),
        unit.hint(visit.say("web-inspection-hint-unit")),
        on,
        field("inspectors", Input::Text).hint(visit.say("web-inspection-hint-inspectors")),
        field("note", Input::Area).optional(),
    ]
}
