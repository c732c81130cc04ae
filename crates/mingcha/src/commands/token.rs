//! `mingcha token`: what other systems call with.

use mingcha_access::AccessError;
use mingcha_access::tokens::{self, Listed, NewToken, NoSuchScope, TokenScope};
use mingcha_domain::TokenId;
use serde_json::{Value as Json, json};

use crate::args::{TokenAddArgs, TokenListArgs, TokenRevokeArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Outcome};

/// Makes a token and shows it, once.
pub async fn add(args: TokenAddArgs) -> Outcome {
    let scopes = args.scopes.iter().flat_map(|given| given.split([',', ' '])).filter(|scope| !scope.is_empty());
    let scopes = scopes
        .map(|scope| scope.parse::<TokenScope>().map_err(|NoSuchScope(scope)| AccessError::NoSuchScope { scope }));
    let scopes = scopes.collect::<Result<Vec<_>, _>>()?;
    let (platform, actor) = acting(&args.data).await?;
    let new = NewToken { system: args.system.clone(), unit: args.unit, scopes, days: args.days };
    let added = tokens::add(platform.office.desk(&actor).await?, new).await?;
    if args.data.json {
        let expires_at = added.expires_at.to_string();
        output::json(&json!({ "id": added.id.to_string(), "token": added.token, "expires_at": expires_at }))?;
    } else {
        output::line(format!("接口凭证（只显示这一次）/ token, shown once: {}", added.token));
        output::line(format!("编号 / number: {}，有效期至 / good until {}", added.id, added.expires_at.for_people()));
    }
    Ok(Ended::Done)
}

/// Lists tokens.
pub async fn list(args: TokenListArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let all = tokens::list(&mut desk).await?;
    if args.data.json {
        output::json(&all.iter().map(listed).collect::<Vec<_>>())?;
        return Ok(Ended::Done);
    }
    for token in &all {
        let scopes = token.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ");
        let until =
            if token.revoked_at.is_some() { "已撤销 revoked".to_owned() } else { token.expires_at.for_people() };
        let unit = token.unit.as_deref().unwrap_or("-");
        output::line(format!("{}\t{}\t{unit}\t{scopes}\t{until}", token.id, token.system));
    }
    Ok(Ended::Done)
}

fn listed(token: &Listed) -> Json {
    json!({
        "id": token.id.to_string(), "system": token.system, "unit": token.unit, "good": token.good,
        "scopes": token.scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>(),
        "created_at": token.created_at.to_string(), "created_by": token.created_by_name,
        "expires_at": token.expires_at.to_string(),
        "seen_at": token.seen_at.map(|at| at.to_string()), "revoked_at": token.revoked_at.map(|at| at.to_string()),
    })
}

/// Revokes a token.
pub async fn revoke(args: TokenRevokeArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let id: TokenId = args.token.parse().map_err(|_| AccessError::NoSuchToken { token: args.token.clone() })?;
    tokens::revoke(platform.office.desk(&actor).await?, id, &args.why).await?;
    if args.data.json {
        output::json(&json!({ "id": id.to_string(), "revoked": true }))?;
    } else {
        output::line(format!("已撤销 / revoked: {id}"));
    }
    Ok(Ended::Done)
}
