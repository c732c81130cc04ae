//! Rules of the house that a reader of one file cannot see broken.

use std::path::{Path, PathBuf};

use crate::house::repository;

/// A file of more lines is two files (docs: CONTRIBUTING.md).
const LINES_MAX: usize = 400;

fn files(ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for part in ["crates", "assets/src", "tests", "scripts", "packs", "docs"] {
        walk(&repository().join(part), ending, &mut found);
    }
    assert!(!found.is_empty(), "the walk must see files that end in {ending}");
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !["node_modules", "dist", "target", "anchor"].iter().any(|skipped| path.ends_with(skipped)) {
                walk(&path, ending, found);
            }
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

#[test]
fn every_file_can_be_read_in_one_sitting() {
    for path in files(".rs") {
        let lines = std::fs::read_to_string(&path).expect("text").lines().count();
        assert!(lines <= LINES_MAX, "{} has {lines} lines: which two subjects are in it?", path.display());
    }
}

#[test]
fn no_rust_knows_a_pack_by_name() {
    let packs: Vec<String> = std::fs::read_dir(repository().join("packs"))
        .expect("packs/")
        .flatten()
        .filter(|entry| entry.path().join("pack.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "common" && name != "programme")
        .collect();
    assert!(!packs.is_empty());
    for path in files(".rs") {
        let text = path.to_string_lossy().into_owned();
        // The examples of `--help` name one.
        if text.contains("/mingcha/src/args/")
            || text.contains("/tests/")
            || text.ends_with("tests.rs")
            || text.contains("_tests")
        {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("text");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for pack in &packs {
                assert!(!line.contains(pack.as_str()), "{} knows the pack {pack}: {line}", path.display());
            }
        }
    }
}

#[test]
fn nothing_unfinished_is_left_in_the_sources() {
    let marks = [concat!("to", "do!("), concat!("unimpl", "emented!("), concat!("FIX", "ME"), concat!("#[ig", "nore")];
    for path in files(".rs") {
        let source = std::fs::read_to_string(&path).expect("text");
        for mark in marks {
            assert!(!source.contains(mark), "{}: {mark}", path.display());
        }
    }
}
