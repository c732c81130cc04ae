//! Dependencies run one way (docs/decisions/0001). Reads the manifests and fails on any other arrow.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each crate and what it may depend on, ground floor first. Rooms (ledger, detect, casework, publish) are absent from
/// each other's lines on purpose: they meet through job rows, and `wiring` says who handles which.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("words", &["domain"]),
    ("pack", &["domain"]),
    ("engine", &["domain", "pack"]),
    ("store", &["domain"]),
    ("intake", &["domain", "pack"]),
    ("documents", &["domain"]),
    ("pages", &["domain", "words"]),
    ("access", &["domain", "store"]),
    ("ledger", &["domain", "pack", "engine", "store", "access", "intake"]),
    ("detect", &["domain", "pack", "engine", "store", "access"]),
    ("casework", &["domain", "pack", "engine", "store", "access", "intake"]),
    ("publish", &["domain", "pack", "engine", "store", "access", "documents"]),
    (
        "wiring",
        &[
            "domain",
            "words",
            "pack",
            "engine",
            "store",
            "access",
            "intake",
            "documents",
            "ledger",
            "detect",
            "casework",
            "publish",
        ],
    ),
    (
        "web",
        &[
            "domain",
            "words",
            "pack",
            "engine",
            "store",
            "access",
            "intake",
            "documents",
            "ledger",
            "detect",
            "casework",
            "publish",
            "wiring",
            "pages",
        ],
    ),
    (
        "mingcha",
        &[
            "domain",
            "words",
            "pack",
            "engine",
            "store",
            "access",
            "intake",
            "documents",
            "ledger",
            "detect",
            "casework",
            "publish",
            "wiring",
            "pages",
            "web",
        ],
    ),
    ("testkit", &["domain", "pack", "engine", "store", "access"]),
];

fn crates_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("crates/").to_path_buf()
}

/// Our own crates that a manifest's `[dependencies]` names (tests may lean on more).
fn ours(manifest: &toml::Table) -> Vec<String> {
    let Some(dependencies) = manifest.get("dependencies").and_then(toml::Value::as_table) else { return Vec::new() };
    dependencies.keys().filter_map(|name| name.strip_prefix("mingcha-")).map(ToOwned::to_owned).collect()
}

fn manifests() -> BTreeMap<String, toml::Table> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(crates_folder()).expect("crates/ can be listed") {
        let folder = entry.expect("an entry").path();
        let Ok(text) = std::fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let table: toml::Table = text.parse().expect("a manifest");
        let name = table["package"]["name"].as_str().expect("a name").to_owned();
        if let Some(name) = name.strip_prefix("mingcha-").or((name == "mingcha").then_some("mingcha")) {
            found.insert(name.to_owned(), table);
        }
    }
    found
}

#[test]
fn every_arrow_points_down() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    let manifests = manifests();
    assert!(manifests.len() >= allowed.len(), "the walk must see every crate, it saw {:?}", manifests.keys());
    let mut wrong = Vec::new();
    for (name, manifest) in &manifests {
        let Some(may) = allowed.get(name.as_str()) else {
            wrong
                .push(format!("{name}: a crate that this test does not know; say in ALLOWED which floor it stands on"));
            continue;
        };
        for other in ours(manifest) {
            if !may.contains(&other.as_str()) {
                wrong.push(format!(
                    "{name} → {other}: not allowed; rooms meet through jobs, lower floors know no higher one"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_ground_floor_knows_no_input_or_output() {
    let manifests = manifests();
    for banned in ["tokio", "serde", "serde_json", "sea-orm", "datafusion", "axum"] {
        let dependencies = manifests["domain"]["dependencies"].as_table().expect("dependencies");
        assert!(!dependencies.contains_key(banned), "domain depends on {banned}: keep it pure");
    }
    for (room, manifest) in manifests.iter().filter(|(name, _)| !["web"].contains(&name.as_str())) {
        let dependencies = manifest["dependencies"].as_table().expect("dependencies");
        assert!(!dependencies.contains_key("axum"), "{room} depends on axum: HTTP belongs to web");
    }
}
