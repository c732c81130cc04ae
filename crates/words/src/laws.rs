//! Laws of the message files: both languages say the same things, and every code in the house has words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_templates::fluent_bundle::FluentResource;

use crate::bundles::ROOMS;

/// Key → the variables of its message.
type Messages = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_file_is_well_formed() {
    let mut wrong = Vec::new();
    for (room, zh, en) in ROOMS {
        for (lang, text) in [("zh-CN", zh), ("en", en)] {
            if let Err((_, faults)) = FluentResource::try_new((*text).to_owned()) {
                for fault in faults {
                    let line = text[..fault.pos.start.min(text.len())].matches('\n').count() + 1;
                    wrong.push(format!("locales/{lang}/{room}.ftl:{line}: {fault}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_message_file_is_in_the_list() {
    for lang in ["zh-CN", "en"] {
        for path in list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang)) {
            let room = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            assert!(ROOMS.iter().any(|(known, _, _)| *known == room), "add {room} to rooms! in bundles.rs");
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let mut wrong = Vec::new();
    for (room, zh, en) in ROOMS {
        let (zh, en) = (messages(zh), messages(en));
        for key in zh.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
            match (zh.get(key), en.get(key)) {
                (Some(zh), Some(en)) if zh != en => {
                    wrong.push(format!("{room}.ftl {key}: zh-CN has {zh:?}, en has {en:?}"))
                }
                (Some(_), None) => wrong.push(format!("locales/en/{room}.ftl: {key} is missing")),
                (None, Some(_)) => wrong.push(format!("locales/zh-CN/{room}.ftl: {key} is missing")),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_key_is_used_twice() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for (room, zh, _) in ROOMS {
        for key in keys_as_written(zh) {
            if let Some(other) = seen.insert(key.clone(), room) {
                twice.push(format!("{key}: in {other}.ftl and {room}.ftl"));
            }
        }
    }
    assert!(twice.is_empty(), "\n{}", twice.join("\n"));
}

#[test]
fn every_code_in_the_house_has_words_and_a_remedy_in_both_languages() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    for file in rust_files(&crates) {
        let text = std::fs::read_to_string(&file).expect("a source file is readable");
        // What stands in a file's tests, or in a comment, names no trouble of its own.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for code in text.lines().flat_map(|line| codes_in(line.split("//").next().unwrap_or_default())) {
            codes.entry(code).or_insert_with(|| file.strip_prefix(&crates).unwrap_or(&file).display().to_string());
        }
    }
    assert!(codes.len() > 5, "the walk found hardly any code: does it still see the crates? {codes:?}");
    let (zh, en): (Vec<Messages>, Vec<Messages>) = ROOMS.iter().map(|(_, zh, en)| (messages(zh), messages(en))).unzip();
    let mut missing = Vec::new();
    for (code, file) in &codes {
        let mut lacking = Vec::new();
        for key in [code.clone(), format!("{code}-remedy")] {
            for (lang, rooms) in [("zh-CN", &zh), ("en", &en)] {
                if !rooms.iter().any(|messages| messages.contains_key(&key)) {
                    lacking.push(format!("{lang} {key}"));
                }
            }
        }
        if !lacking.is_empty() {
            missing.push(format!("{file} uses {code}; missing: {}", lacking.join(", ")));
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn every_deed_of_the_audit_trail_has_words_in_both_languages() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut verbs = BTreeSet::new();
    for file in rust_files(&crates) {
        let text = std::fs::read_to_string(&file).expect("a source file is readable");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let written = text.split("verb: \"").skip(1).filter_map(|after| after.split('"').next());
        verbs.extend(written.filter(|verb| verb.contains('.')).map(str::to_owned));
    }
    assert!(verbs.len() > 5, "the walk found hardly any deed: {verbs:?}");
    for verb in verbs {
        let key = match verb.split_once('.') {
            Some(("case" | "problem", made)) => format!("case-move-{made}"),
            _ => format!("web-audit-verb-{}", verb.replace('.', "-")),
        };
        for lang in [crate::Lang::Zh, crate::Lang::En] {
            assert_ne!(crate::text(lang, &key), key, "{verb} has no words in {}", lang.tag());
        }
    }
}

#[test]
fn what_happened_and_what_to_do_are_two_sentences() {
    use mingcha_domain::Trouble;
    let open = Trouble::new("MC-LEDGER-004").with("batch", 99);
    assert_eq!(crate::say(crate::Lang::Zh, &open), "没有批次 99。在批次列表中核对批次号。");
    let closed = Trouble::new("MC-ACCESS-001");
    assert_eq!(
        crate::say(crate::Lang::Zh, &closed),
        "没有找到这项内容。核对编号或链接；如果确有其事，由有权限的人员查看。"
    );
    assert!(crate::say(crate::Lang::En, &open).contains("99. "), "{}", crate::say(crate::Lang::En, &open));
}

#[test]
fn the_walk_sees_a_code_and_nothing_else() {
    let text = r#"Trouble::new("MC-INTAKE-003"); // MC-LEDGER-01 "MC-CASE-12x" MC-WEB-014"#;
    assert_eq!(codes_in(text), ["MC-INTAKE-003", "MC-WEB-014"]);
}

fn messages(ftl: &str) -> Messages {
    let mut messages = Messages::new();
    let mut key = String::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        if let Some(started) = key_of(line) {
            key = started;
            messages.insert(key.clone(), BTreeSet::new());
        }
        for after in line.split('$').skip(1) {
            let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            messages.entry(key.clone()).or_default().insert(name);
        }
    }
    messages
}

fn keys_as_written(ftl: &str) -> Vec<String> {
    ftl.lines().filter_map(key_of).collect()
}

fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let fits = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    fits.then(|| key.to_owned())
}

/// Codes of the form `MC-ROOM-000`.
fn codes_in(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.split(|c| !is_word(c))
        .filter(|word| {
            let mut parts = word.split('-');
            parts.next() == Some("MC")
                && parts.next().is_some_and(|room| room.len() > 1 && room.chars().all(|c| c.is_ascii_uppercase()))
                && parts.next().is_some_and(|number| number.len() == 3 && number.chars().all(|c| c.is_ascii_digit()))
                && parts.next().is_none()
        })
        .map(str::to_owned)
        .collect()
}

/// Every Rust file below `crates/*/src`, but the tests' own folders.
fn rust_files(crates: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = list(crates).into_iter().map(|member| member.join("src")).collect();
    while let Some(folder) = folders.pop() {
        for path in list(&folder) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if name.ends_with(".rs") && !["tests.rs", "laws.rs"].contains(&name) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn list(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}
