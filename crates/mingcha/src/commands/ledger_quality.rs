//! `mingcha ledger quality | coverage`: how good the rows are and what they support, for scripts and for people.

use mingcha_domain::Trouble;
use mingcha_engine::usage::Role;
use mingcha_ledger::{Figure, Gap, Measure, Moved, Quality, coverage, model_uses, quality};
use mingcha_pack::{Ledger, PackSet};
use mingcha_words::Lang;
use serde_json::{Map, Value as Json, json};

use super::ledger::schema;
use crate::args::{LedgerCoverageArgs, LedgerQualityArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Outcome};

/// How good the rows of a ledger are.
pub async fn show(args: LedgerQualityArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let ledger = schema(&platform.packs, &args.ledger)?;
    let mut desk = platform.office.reading(&actor).await?;
    let sources = platform.sources();
    let ground = platform.ledger_ground(&sources);
    let looked = quality(&mut desk, ground, &args.ledger, args.as_of, args.against).await?;
    let told = quality_json(lang, &ledger, &looked);
    if args.data.json {
        output::json(&told)?;
        return Ok(Ended::Done);
    }
    output::line(format!("{}  {} 行（版本 {}）", ledger.title, looked.now.rows, looked.now.version));
    for (column, profile) in ledger.columns.iter().zip(&looked.now.columns) {
        output::line(format!("  {}\t已填 {} / {}", column.title, profile.filled, looked.now.rows));
    }
    for moved in looked.against.iter().flat_map(|against| &against.moved).filter(|moved| moved.far) {
        output::line(format!("  {}", moved_line(lang, &ledger, moved)));
    }
    Ok(Ended::Done)
}

fn quality_json(lang: Lang, ledger: &Ledger, looked: &Quality) -> Json {
    let required = |name: &str| ledger.column(name).is_some_and(|column| column.required);
    let columns: Vec<Json> = looked
        .now
        .columns
        .iter()
        .map(|column| {
            json!({
                "name": column.name, "required": required(&column.name), "filled": column.filled,
                "sum": column.sum.map(|sum| sum.to_string()),
                "first": column.days.map(|days| days.0.to_string()), "last": column.days.map(|days| days.1.to_string()),
                "ahead": column.ahead,
                "values": column.values.iter().map(|(value, rows)| (value.clone(), json!(rows))).collect::<Map<_, _>>(),
            })
        })
        .collect();
    let batches: Vec<Json> = looked
        .validity
        .batches
        .iter()
        .map(|batch| {
            json!({ "batch": batch.id.0, "file": batch.file_name, "accepted": batch.counts.accepted(), "rejected": batch.counts.rejected })
        })
        .collect();
    let troubles: Vec<Json> = looked
        .validity
        .troubles
        .iter()
        .map(|common| {
            json!({ "column": common.column, "rows": common.rows, "code": common.example.code, "example": mingcha_words::message(lang, &common.example) })
        })
        .collect();
    let refused = |trouble: &Trouble| json!({ "code": trouble.code, "message": mingcha_words::say(lang, trouble) });
    let twins = match &looked.twins {
        Ok(None) => Json::Null,
        Ok(Some(twins)) => json!({ "groups": twins.groups, "surplus": twins.surplus }),
        Err(trouble) => refused(trouble),
    };
    let references = match &looked.references {
        Err(trouble) => refused(trouble),
        Ok(all) => all
            .iter()
            .map(|one| json!({ "column": one.column, "ledger": one.ledger, "given": one.given, "missing": one.missing, "values": one.values }))
            .collect(),
    };
    let fresh = looked.freshness;
    json!({
        "ledger": ledger.full_name(), "version": looked.now.version, "rows": looked.now.rows, "columns": columns,
        "freshness": {
            "last_import": fresh.last_import.map(|at| at.to_string()), "days": fresh.days,
            "every": fresh.every.map(|every| every.to_string()), "late": fresh.late,
        },
        "validity": { "batches": batches, "troubles": troubles, "kept_back": looked.validity.rows },
        "duplicates": twins, "references": references,
        "drift": looked.against.as_ref().map(|against| json!({
            "version": against.version, "moved": against.moved.iter().map(moved_json).collect::<Vec<_>>(),
        })),
    })
}

/// `行数: 100 → 120`, with the words of the page.
fn moved_line(lang: Lang, ledger: &Ledger, moved: &Moved) -> String {
    let title = |name: &str| ledger.column(name).map_or_else(|| name.to_owned(), |column| column.title.clone());
    let what = match &moved.what {
        Figure::Rows => mingcha_words::text(lang, "web-quality-figure-rows"),
        Figure::Sum { column } => {
            mingcha_words::text_with(lang, "web-quality-figure-sum", &[("column", title(column))])
        }
        Figure::Empty { column } => {
            mingcha_words::text_with(lang, "web-quality-figure-empty", &[("column", title(column))])
        }
        Figure::Share { column, value } => mingcha_words::text_with(
            lang,
            "web-quality-figure-share",
            &[("column", title(column)), ("value", value.clone())],
        ),
    };
    let measure = |measure: Measure| match measure {
        Measure::Count(n) => n.to_string(),
        Measure::Amount(amount) => amount.to_string(),
        Measure::Part(part, whole) => format!("{part}/{whole}"),
    };
    format!("{what}: {} → {}", measure(moved.before), measure(moved.now))
}

fn moved_json(moved: &Moved) -> Json {
    let (what, column, value) = match &moved.what {
        Figure::Rows => ("rows", None, None),
        Figure::Sum { column } => ("sum", Some(column), None),
        Figure::Empty { column } => ("empty", Some(column), None),
        Figure::Share { column, value } => ("share", Some(column), Some(value)),
    };
    let measure = |measure: Measure| match measure {
        Measure::Count(n) => json!(n),
        Measure::Amount(amount) => json!(amount.to_string()),
        Measure::Part(part, whole) => json!({ "part": part, "whole": whole }),
    };
    json!({
        "what": what, "column": column, "value": value, "before": measure(moved.before), "now": measure(moved.now),
        "far": moved.far,
    })
}

/// Which models the data can support, and what is missing for the others.
pub async fn supported(args: LedgerCoverageArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let uses = model_uses(&platform.packs, &mingcha_casework::ops_tables()).await;
    let mut desk = platform.office.reading(&actor).await?;
    let sources = platform.sources();
    let ground = platform.ledger_ground(&sources);
    let models = coverage(&mut desk, ground, &uses, args.ledger.as_deref(), args.as_of).await?;
    if args.data.json {
        let told: Vec<Json> = models
            .iter()
            .map(|model| {
                let reads: Vec<Json> = model
                    .reads
                    .iter()
                    .map(|used| {
                        let columns: Map<String, Json> =
                            used.columns.iter().map(|c| (c.name.clone(), json!(role_word(c.role)))).collect();
                        json!({ "ledger": used.ledger, "needed": used.needed, "columns": columns })
                    })
                    .collect();
                let gaps: Vec<Json> = model.gaps.iter().map(|gap| gap_json(lang, gap)).collect();
                json!({ "model": model.model, "support": model.support.name(), "reads": reads, "missing": gaps })
            })
            .collect();
        output::json(&told)?;
    } else {
        for model in &models {
            output::line(format!("{}\t{}", model.model, model.support.name()));
            for gap in &model.gaps {
                output::line(format!("  {}", gap_line(lang, &platform.packs, gap)));
            }
        }
    }
    Ok(Ended::Done)
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Needed => "needed",
        Role::Used => "used",
        Role::Shown => "shown",
    }
}

/// What is missing, in the words of the page.
fn gap_line(lang: Lang, packs: &PackSet, gap: &Gap) -> String {
    let title = |name: &str| packs.ledger(name).map_or_else(|| name.to_owned(), |ledger| ledger.title.clone());
    match gap {
        Gap::Query { trouble } => mingcha_words::say(lang, trouble),
        Gap::Empty { ledger, needed } => {
            let key = if *needed { "web-gap-ledger-needed" } else { "web-gap-ledger" };
            mingcha_words::text_with(lang, key, &[("ledger", title(ledger))])
        }
        Gap::Column { ledger, column, role, wholly, counts } => {
            let known = packs.ledger(ledger).and_then(|ledger| ledger.column(column));
            let column = known.map_or_else(|| column.clone(), |column| column.title.clone());
            let mut words = vec![("ledger", title(ledger)), ("column", column)];
            words.extend(
                counts.iter().flat_map(|(empty, rows)| [("empty", empty.to_string()), ("rows", rows.to_string())]),
            );
            let key = match (role, wholly, counts) {
                (Role::Needed, true, _) => "web-gap-column-needed",
                (Role::Needed, false, Some(_)) => "web-gap-column-partly",
                (Role::Needed, false, None) => "web-gap-column-partly-unseen",
                (Role::Used, ..) => "web-gap-column-used",
                (Role::Shown, ..) => "web-gap-column-shown",
            };
            mingcha_words::text_with(lang, key, &words)
        }
    }
}

fn gap_json(lang: Lang, gap: &Gap) -> Json {
    match gap {
        Gap::Empty { ledger, needed } => json!({ "ledger": ledger, "column": null, "needed": needed, "rows": 0 }),
        Gap::Column { ledger, column, role, wholly, counts } => json!({
            "ledger": ledger, "column": column, "role": role_word(*role), "wholly": wholly,
            "empty": counts.map(|(empty, _)| empty), "rows": counts.map(|(_, rows)| rows),
        }),
        Gap::Query { trouble } => json!({ "code": trouble.code, "message": mingcha_words::say(lang, trouble) }),
    }
}
