//! `mingcha token …`: what other systems call with.

use clap::{Args, Subcommand};

use super::DataArgs;

#[derive(Subcommand)]
pub enum TokenCommand {
    /// 给业务系统签发接口凭证；凭证只显示一次 / give a system a token; it is shown once
    #[command(after_help = "例 / example:
  mingcha token add --data data --system 人社业务系统 --unit human_resources --scope ledger:import --scope ledger:read --days 365")]
    Add(TokenAddArgs),
    /// 列出凭证 / list tokens
    #[command(after_help = "例 / example:  mingcha token list --data data --json")]
    List(TokenListArgs),
    /// 撤销凭证 / revoke a token
    #[command(
        after_help = "例 / example:  mingcha token revoke --data data 5f0c4b1e-3d1c-4b7e-9a51-0d7a3c1b2e4f --why 系统下线"
    )]
    Revoke(TokenRevokeArgs),
}

#[derive(Args)]
pub struct TokenAddArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 系统名称，存证里显示 / the system's name, as the audit shows it
    #[arg(long, value_name = "NAME")]
    pub system: String,
    /// 单位代码 / unit code
    #[arg(long)]
    pub unit: String,
    /// 用途，可多次：ledger:read ledger:import / scope, may be repeated
    #[arg(long = "scope", value_name = "SCOPE", required = true)]
    pub scopes: Vec<String>,
    /// 有效天数 / good for so many days
    #[arg(long, default_value_t = 365)]
    pub days: i64,
}

#[derive(Args)]
pub struct TokenListArgs {
    #[command(flatten)]
    pub data: DataArgs,
}

#[derive(Args)]
pub struct TokenRevokeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 凭证编号 / number of the token
    pub token: String,
    /// 原因，记入存证 / reason, recorded
    #[arg(long)]
    pub why: String,
}
