//! `mingcha user`: accounts.

use std::str::FromStr;

use mingcha_access::accounts::{self, NewAccount};
use mingcha_access::{NoSuchRole, Role};
use serde_json::json;

use crate::args::{UserAddArgs, UserListArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Failure, Outcome};

/// Adds an account with a random password, which is shown once.
pub async fn add(args: UserAddArgs) -> Outcome {
    let role = Role::from_str(&args.role).map_err(|NoSuchRole(role)| {
        let known = Role::ALL.map(Role::name).join(" ");
        Failure::Listed(vec![format!("没有角色 {role}，可用 / no such role, use one of: {known}")])
    })?;
    let (platform, actor) = acting(&args.data).await?;
    let password = accounts::random_password(&platform.office);
    let new =
        NewAccount { login: args.login.clone(), name: args.name, role, unit: args.unit, password: password.clone() };
    accounts::add(platform.office.desk(&actor).await?, new).await?;
    if args.data.json {
        output::json(&json!({ "login": args.login, "role": role.name(), "password": password }))?;
    } else {
        output::line(format!("账号 {}，密码（只显示这一次）/ password, shown once: {password}", args.login));
    }
    Ok(Ended::Done)
}

/// Lists accounts.
pub async fn list(args: UserListArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let all = accounts::list(&mut desk).await?;
    let rows: Vec<_> = all
        .iter()
        .map(|account| {
            json!({
                "login": account.actor.login, "name": account.actor.name, "role": account.actor.role.name(), "unit": account.actor.unit,
            })
        })
        .collect();
    if args.data.json {
        output::json(&rows)?;
    } else {
        for account in &all {
            let unit = account.actor.unit.as_deref().unwrap_or("-");
            output::line(format!(
                "{}\t{}\t{}\t{unit}",
                account.actor.login,
                account.actor.role.name(),
                account.actor.name
            ));
        }
    }
    Ok(Ended::Done)
}
