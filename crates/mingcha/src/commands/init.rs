//! `mingcha init`: a new data folder, with the demo year if asked for, and one account per role.

use std::path::Path;

use mingcha_access::accounts::{self, NewAccount};
use mingcha_access::{Role, units};
use mingcha_domain::Speaks;
use mingcha_wiring::{DataFolder, Platform, Size, found, generate, load_year};
use mingcha_words::Lang;
use serde_json::{Value as Json, json};

use crate::args::InitArgs;
use crate::commands::demo::business_date;
use crate::opening::platform;
use crate::output::{self, Ended, Failure, Outcome, Progress};
use crate::packs;

/// The year that the demo plans describe.
const DEMO_YEAR: &str = "2023";
/// The district of the demo year.
const DEMO_DISTRICT: &str = "定海区";

/// Makes the folder.
pub async fn init(args: InitArgs, lang: Lang) -> Outcome {
    if let Some(year) = args.demo.as_deref().filter(|year| *year != DEMO_YEAR) {
        return Err(Failure::Listed(vec![format!(
            "没有 {year} 示例年度，只有 {DEMO_YEAR} / there is no demo year {year}, only {DEMO_YEAR}"
        )]));
    }
    let progress = Progress::start("新建数据文件夹 / making the data folder");
    let packs = packs::find(args.packs.packs.as_deref()).map_err(Failure::plain)?;
    mingcha_wiring::load_packs(packs.path()).await?;
    let folder = DataFolder::create(&args.data.data, args.store.as_deref())?;
    packs::copy(packs.path(), &folder.packs()).map_err(Failure::plain)?;
    let platform = platform(&args.data.data).await?;
    let mut told = json!({ "data": args.data.data });
    if args.demo.is_some() {
        let made = demo_year(&platform, &args, &progress, lang).await;
        let (accounts, sheets) = made?;
        told["accounts"] = json!(accounts);
        told["sheets"] = sheets;
    }
    drop(progress);
    if args.data.json {
        output::json(&told)?;
    } else {
        output::line(format!("数据文件夹 / data folder: {}", args.data.data.display()));
        for account in told["accounts"].as_array().into_iter().flatten() {
            let text = |key: &str| account[key].as_str().unwrap_or_default().to_owned();
            output::line(format!("  {}\t{}\t密码 / password: {}", text("login"), text("name"), text("password")));
        }
        if told["accounts"].is_array() {
            output::line("密码只显示这一次 / the passwords are shown this once");
        }
    }
    Ok(Ended::Done)
}

async fn demo_year(
    platform: &Platform,
    args: &InitArgs,
    progress: &Progress,
    lang: Lang,
) -> Result<(Vec<Json>, Json), Failure> {
    let as_of = business_date()?;
    found(platform, as_of, DEMO_YEAR, DEMO_DISTRICT).await?;
    import_units(platform, lang).await?;
    let accounts = demo_accounts(platform).await?;
    let sheets = tempfile::tempdir().map_err(Failure::plain)?;
    let casework = mingcha_wiring::casework_sheets()?;
    let size = Size { rows: args.rows, seed: args.seed, as_of };
    let made = generate(&platform.packs, &casework, sheets.path(), size, |sheet| progress.now(sheet)).await?;
    let loaded = load_year(platform, &made, |what| progress.now(what)).await?;
    if let Some((sheet, reject)) = loaded.rejects.first() {
        let words = mingcha_words::say(lang, reject);
        return Err(Failure::Listed(vec![format!("{sheet}: {words}（共 {} 行）", loaded.rejects.len())]));
    }
    let supervisor = platform.actor(Some("supervisor")).await?;
    platform.publish(&supervisor, "2023 年度成果").await?;
    Ok((accounts, json!(loaded.sheets)))
}

/// `units.csv` of any pack's demo folder.
async fn import_units(platform: &Platform, lang: Lang) -> Result<(), Failure> {
    for pack in &platform.packs.packs {
        let file = platform.folder.packs().join(&pack.key).join("demo").join("units.csv");
        if !Path::new(&file).exists() {
            continue;
        }
        let text = std::fs::read_to_string(&file).map_err(Failure::plain)?;
        let desk = platform.office.desk(&platform.console).await?;
        units::import(desk, &text)
            .await
            .map_err(|error| Failure::Listed(vec![mingcha_words::say(lang, &error.trouble())]))?;
    }
    Ok(())
}

/// One account for each role that a person can have. The clerk belongs to the first project's lead unit.
async fn demo_accounts(platform: &Platform) -> Result<Vec<Json>, Failure> {
    let lead = platform.packs.packs.iter().find_map(|pack| pack.project.as_ref()).map(|project| &project.lead_unit);
    let mut tx = platform.office.store().read().await?;
    let unit = match lead {
        Some(name) => units::by_name(&mut tx, name).await?.map(|unit| unit.code),
        None => None,
    };
    drop(tx);
    let people = [
        ("supervisor", "监督员", Role::Supervisor, None),
        ("clerk", "经办人", Role::Clerk, unit),
        ("inspector", "检查人员", Role::Inspector, None),
        ("auditor", "审计员", Role::Auditor, None),
        ("operator", "系统管理员", Role::Operator, None),
    ];
    let mut made = Vec::new();
    for (login, name, role, unit) in people {
        let password = accounts::random_password(&platform.office);
        let new = NewAccount {
            login: login.to_owned(),
            name: name.to_owned(),
            role,
            unit: unit.clone(),
            password: password.clone(),
        };
        accounts::add(platform.office.desk(&platform.console).await?, new).await?;
        made.push(json!({ "login": login, "name": name, "role": role.name(), "unit": unit, "password": password }));
    }
    Ok(made)
}
