//! What every page keeps to, whatever it shows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mingcha_words::{Lang, text};

use crate::examples;

/// Words of guilt. What nobody has verified is 疑点 and 待核; the names that law and bulletins use stay as they are.
const GUILT: &[&str] = &["造假", "作弊", "骗取", "贪污", "罪"];

#[test]
fn the_gallery_is_written_where_it_is_asked_for() {
    let Some(folder) = std::env::var_os("MINGCHA_GALLERY") else { return };
    let folder = PathBuf::from(folder);
    let assets = folder.join("assets");
    std::fs::create_dir_all(&assets).expect("the gallery's folder");
    for name in ["mingcha.css", "office.js", "mark.svg"] {
        std::fs::write(assets.join(name), mingcha_pages::assets::get(name).expect("an asset").bytes).expect("written");
    }
    for example in examples::all() {
        let html = example.html.replace("\"/assets/", "\"assets/");
        std::fs::write(folder.join(format!("{}.html", example.name)), html).expect("written");
    }
}

#[test]
fn every_page_has_one_heading_a_title_and_its_language() {
    for example in examples::all() {
        let name = &example.name;
        assert_eq!(example.html.matches("<h1").count(), 1, "{name} has not exactly one h1");
        assert!(example.html.contains("<title>") && !example.html.contains("<title> ·"), "{name} has no title");
        let tag = if name.ends_with("-zh") { "zh-CN" } else { "en" };
        assert!(example.html.contains(&format!("<html lang=\"{tag}\">")), "{name} does not say its language");
    }
}

#[test]
fn no_page_has_script_or_style_of_its_own() {
    for example in examples::all() {
        for inline in ["<style", " style=", " onclick", " onload", "javascript:"] {
            assert!(!example.html.contains(inline), "{} has {inline}: the content policy would drop it", example.name);
        }
        let scripts = example.html.matches("<script").count();
        let served = example.html.matches("<script type=\"module\" src=\"/assets/office.js").count();
        assert_eq!(scripts, served, "{} has a script that is not ours", example.name);
        assert!(!example.public || scripts == 0, "{} is public and must do without a script", example.name);
    }
}

#[test]
fn every_posted_form_carries_the_token() {
    for example in examples::all() {
        for form in example.html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            if form.contains("method=\"post\"") {
                assert!(
                    form.contains("name=\"csrf\" value=\"forms-token\""),
                    "{}: a form without its token: {form}",
                    example.name
                );
            }
        }
    }
}

#[test]
fn a_first_view_of_a_public_page_stays_under_100_kb() {
    let css = mingcha_pages::assets::get("mingcha.css").expect("the style sheet").bytes.len();
    let mark = mingcha_pages::assets::get("mark.svg").expect("the mark").bytes.len();
    for example in examples::all().into_iter().filter(|example| example.public) {
        let bytes = css + mark + example.html.len();
        assert!(bytes < 100_000, "{} weighs {bytes} bytes", example.name);
    }
}

#[test]
fn what_comes_from_sheets_is_shown_as_text() {
    let pages: Vec<_> = examples::all().into_iter().filter(|example| example.html.contains("&#60;img")).collect();
    assert!(pages.len() >= 4, "the examples plant markup in names and cells; only {} pages show it", pages.len());
    for example in examples::all() {
        assert!(!example.html.contains("<img src=x"), "{} lets markup through", example.name);
    }
}

#[test]
fn every_key_that_a_page_uses_has_words_in_both_languages() {
    let keys = keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .into_iter()
        .chain(keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")))
        .chain(keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src")))
        .collect::<BTreeSet<_>>();
    assert!(keys.contains("web-sign-in") && keys.contains("web-place-findings"), "the walk sees no keys: {keys:?}");
    let missing: Vec<_> =
        keys.iter().filter(|key| [Lang::Zh, Lang::En].iter().any(|lang| text(*lang, key) == **key)).collect();
    assert!(missing.is_empty(), "keys without words: {missing:?}");
}

#[test]
fn our_own_words_never_speak_of_guilt() {
    for room in ["web", "results"] {
        let words = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../words/locales/zh-CN/{room}.ftl"));
        let words = std::fs::read_to_string(words).expect("the words of the pages");
        for word in GUILT.iter().chain(&["违规", "违纪", "违法"]) {
            assert!(!words.contains(word), "{room}.ftl says {word}: a finding is a question, say 疑点 or 待核");
        }
    }
    for template in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")) {
        let text = std::fs::read_to_string(&template).expect("a template");
        assert!(GUILT.iter().all(|word| !text.contains(word)), "{} speaks of guilt", template.display());
    }
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for template in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")) {
        let text = std::fs::read_to_string(&template).expect("a template");
        assert!(!text.contains(han), "{} has words that the message files should have", template.display());
    }
}

fn keys_in(folder: &Path) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in files(folder) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for part in text.split('"').filter(|part| part.starts_with("web-")) {
            let whole = part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if whole && !part.ends_with('-') {
                keys.insert(part.to_owned());
            }
        }
    }
    keys
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
