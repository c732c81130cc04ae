//! `bulletin.md`: the template of the pack's section. Its syntax is checked here, and that it names figures that exist.

use minijinja::Environment;

use super::Faults;
use super::folder::File;
use crate::{At, Bulletin, Figure, Spanned, faults};

/// What a template sees besides its own variables.
const ROOTS: [&str; 2] = ["figure", "project"];
const PROJECT: [&str; 3] = ["title", "lead_unit", "goal"];

/// Reads the template.
pub(super) fn read(file: &File, figures: &[Figure], faults: &Faults) -> Bulletin {
    let whole = At { file: file.path.clone(), start: 0, end: file.text.len() };
    let environment = Environment::new();
    match environment.template_from_named_str(&file.path, &file.text) {
        Err(error) => {
            let at = error.range().map_or(whole.clone(), |range| whole.part(range));
            faults.tell(faults::bad_template(at, error.detail().unwrap_or("syntax")));
        }
        Ok(template) => {
            for name in template.undeclared_variables(true) {
                check(&name, &file.text, &whole, figures, faults);
            }
        }
    }
    Bulletin { template: Spanned { value: file.text.clone(), at: whole } }
}

fn check(name: &str, text: &str, whole: &At, figures: &[Figure], faults: &Faults) {
    let mut parts = name.split('.');
    let (root, field) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let at = place_of(name, text, whole);
    match root {
        // Figures that could not be read are told where they stand.
        "figure" if figures.is_empty() => {}
        "figure" if !figures.iter().any(|figure| figure.key == field) => {
            let known = figures.iter().map(|figure| figure.key.as_str());
            faults.tell(faults::unknown_figure(at, field, known));
        }
        "project" if !PROJECT.contains(&field) => {
            faults.tell(faults::unknown_variable(at, field, PROJECT.into_iter()));
        }
        "figure" | "project" => {}
        _ => faults.tell(faults::unknown_variable(at, root, ROOTS.into_iter())),
    }
}

/// Where a name first stands as a whole word; the whole template when it is built up from parts.
fn place_of(name: &str, text: &str, whole: &At) -> At {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name)
        .find(|(start, _)| !text[..*start].ends_with(is_part) && !text[*start + name.len()..].starts_with(is_part))
        .map_or(whole.clone(), |(start, _)| whole.part(start..start + name.len()))
}
