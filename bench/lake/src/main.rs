//! A ledger of many small batches, made and timed through the public rooms in one process: starting ten thousand
//! processes would measure the starting.
//!
//! `mingcha-bench make DATA BATCHES ROWS MERGING` sends so many sheets (every tenth also corrects a row of an earlier
//! one), merging crowds of files as the server's jobs do when MERGING is `merging`, and never when it is `plain`.
//! `mingcha-bench look DATA REPETITIONS` times reading and one more commit. Both print JSON lines. DATA was made by
//! `mingcha init`.

mod sheets;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures::TryStreamExt;
use mingcha_access::{Chance, Clock};
use mingcha_domain::Value;
use mingcha_engine::lake::{RowFilter, Which};
use mingcha_ledger::Ground;
use mingcha_wiring::Platform;
use serde_json::json;

use crate::sheets::{LEDGER, key, sheet};

struct RealClock;

impl Clock for RealClock {
    #[expect(clippy::disallowed_methods, reason = "a binary's own clock")]
    fn now(&self) -> mingcha_domain::Instant {
        mingcha_domain::Instant::from_micros(chrono::Utc::now().timestamp_micros())
    }
}

struct RealChance;

impl Chance for RealChance {
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    tokio::runtime::Runtime::new()?.block_on(async {
        match arguments.as_slice() {
            ["make", data, batches, rows, how @ ("merging" | "plain")] => {
                make(Path::new(data), batches.parse()?, rows.parse()?, *how == "merging").await
            }
            ["look", data, repetitions] => look(Path::new(data), repetitions.parse()?).await,
            _ => bail!("mingcha-bench make DATA BATCHES ROWS merging|plain, or mingcha-bench look DATA REPETITIONS"),
        }
    })
}

async fn open(data: &Path) -> Result<Platform> {
    Ok(Platform::open(data, Arc::new(RealClock), Arc::new(RealChance)).await?)
}

#[expect(clippy::print_stdout, reason = "its output is what it is for")]
fn tell(what: &str, times: &[Duration], facts: serde_json::Value) {
    let mut ms: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    ms.sort_by(f64::total_cmp);
    let median = ms.get(ms.len() / 2).copied();
    println!(
        "{}",
        json!({ "what": what, "n": ms.len(), "min": ms.first(), "median": median, "max": ms.last(), "facts": facts })
    );
}

async fn make(data: &Path, batches: u64, rows: u64, merging: bool) -> Result<()> {
    let platform = open(data).await?;
    let sources = platform.sources();
    let ground = platform.ledger_ground(&sources);
    let (mut window, mut merges) = (Vec::new(), Vec::new());
    for number in 1..=batches {
        let bytes = sheet(number, rows);
        let begun = Instant::now();
        let taken = platform.import(&platform.console, LEDGER, &format!("{number}.csv"), bytes).await?;
        window.push(begun.elapsed());
        if taken.batch.is_none() || !taken.rejects.is_empty() {
            bail!("sheet {number} did not go in whole: {:?}", taken.rejects.first());
        }
        if merging {
            let begun = Instant::now();
            if mingcha_ledger::compact(&platform.office, &platform.console, ground, LEDGER, Which::Crowds)
                .await?
                .is_some()
            {
                merges.push(begun.elapsed());
            }
        }
        if number == batches || window.len() == 1_000 {
            tell("import of one small sheet", &std::mem::take(&mut window), json!({ "up to batch": number }));
        }
    }
    if merging {
        let all: Duration = merges.iter().sum();
        tell("merge of a crowd", &merges, json!({ "all, s": all.as_secs_f64() }));
    }
    Ok(())
}

/// Times so many repetitions of the same, after one that is not counted.
async fn timed<T, F: Future<Output = Result<T>>>(
    repetitions: usize,
    mut what: impl FnMut() -> F,
) -> Result<(Vec<Duration>, T)> {
    let mut last = what().await?;
    let mut times = Vec::new();
    for _ in 0..repetitions {
        let begun = Instant::now();
        last = what().await?;
        times.push(begun.elapsed());
    }
    Ok((times, last))
}

async fn look(data: &Path, repetitions: usize) -> Result<()> {
    let (times, platform) = timed(repetitions, || open(data)).await?;
    tell("opening (crash recovery looked for)", &times, json!({}));
    let (platform, sources) = (&platform, platform.sources());
    let ground: Ground<'_> = platform.ledger_ground(&sources);
    let office = &platform.office;

    let (times, page) = timed(repetitions, || async {
        let mut desk = office.reading(&platform.console).await?;
        Ok(mingcha_ledger::batches(&mut desk, Some(LEDGER), None, 200).await?)
    })
    .await?;
    tell("a page of 200 batches", &times, json!({ "newest": page.first().map(|batch| batch.id.0) }));

    let (times, versions) = timed(repetitions, || async {
        let mut desk = office.reading(&platform.console).await?;
        Ok(mingcha_ledger::versions(&mut desk, ground, LEDGER).await?)
    })
    .await?;
    tell("all versions", &times, json!({ "versions": versions.len() }));
    let newest = versions.first().context("a version")?.batch.0;
    let middle = versions.get(versions.len() / 2).context("a version")?;

    let read = async |version: Option<i64>, which: RowFilter| -> Result<usize> {
        let mut desk = office.reading(&platform.console).await?;
        let rows = mingcha_ledger::stream(&mut desk, ground, LEDGER, version, &which).await?;
        Ok(rows.try_fold(0, async |count, rows| Ok(count + rows.len())).await?)
    };
    let one = |batch: i64| RowFilter::Keys(vec![vec![Value::Text(key(batch.unsigned_abs(), 1))]]);
    for (what, version, which) in [
        ("a row by its key, now", None, one(middle.batch.0)),
        ("a row by its key, half of the batches ago", Some(middle.snapshot), one(middle.batch.0 / 2 + 1)),
        ("every row, now", None, RowFilter::All),
    ] {
        let (times, found) = timed(repetitions, || read(version, which.clone())).await?;
        if found == 0 {
            bail!("{what}: nothing found");
        }
        tell(what, &times, json!({ "rows": found }));
    }

    let mut times = Vec::new();
    for number in 1..=u64::try_from(repetitions)? {
        let bytes = sheet(newest.unsigned_abs() + 1_000_000 + number, 10);
        let begun = Instant::now();
        platform.import(&platform.console, LEDGER, "more.csv", bytes).await?;
        times.push(begun.elapsed());
    }
    tell("one more sheet of 10 rows", &times, json!({}));
    Ok(())
}
