//! The command line's grammar. What each command does is in `commands/`, one file each.

mod findings;
mod keeping;
mod ledger;
mod publishing;
mod token;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use findings::{FindingCommand, FindingListArgs, ModelCommand, ModelRunArgs, ModelTestArgs};
pub use keeping::{
    BackupArgs, RestoreArgs, UnitCommand, UnitImportArgs, UserAddArgs, UserCommand, UserListArgs, VerifyArgs,
};
pub use ledger::{
    LedgerBatchesArgs, LedgerChangesArgs, LedgerCommand, LedgerCompactArgs, LedgerCoverageArgs, LedgerImportArgs,
    LedgerMarkedArgs, LedgerQualityArgs, LedgerRejectsArgs, LedgerRowsArgs, LedgerShowArgs, LedgerTemplateArgs,
    LedgerUploadsArgs, LedgerWithdrawArgs, SheetArgs, UnmaskArgs,
};
pub use publishing::{
    BulletinCommand, BulletinFormat, BulletinRenderArgs, EditionCommand, EditionListArgs, EditionPublishArgs,
    FiguresArgs, PackCheckArgs, PackCommand,
};
pub use token::{TokenAddArgs, TokenCommand, TokenListArgs, TokenRevokeArgs};

/// 明察：专项治理的开放平台 / the open platform for special governance.
#[derive(Parser)]
#[command(name = "mingcha", version, max_term_width = 110, after_help = EXIT_CODES)]
pub struct Cli {
    /// 消息语言 / language of messages
    #[arg(long, global = true, env = "MINGCHA_LANG", value_enum, default_value = "zh")]
    pub lang: LangArg,
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "退出码 / exit codes: 0 完成 done · 1 失败 failed · 2 完成但有行被退回 done, some rows were rejected (或 or --fail-on-findings)";

#[derive(Clone, Copy, ValueEnum)]
pub enum LangArg {
    Zh,
    En,
}

#[derive(Subcommand)]
pub enum Command {
    /// 新建数据文件夹 / make a data folder
    #[command(after_help = "例 / example:  mingcha init --data data --demo 2023")]
    Init(InitArgs),
    /// 启动网站 / serve the pages
    #[command(after_help = "例 / examples:
  mingcha serve --data data --listen 127.0.0.1:12388
  mingcha serve --data data --watch /srv/收件夹")]
    Serve(ServeArgs),
    /// 示例数据 / demo sheets
    #[command(subcommand)]
    Demo(DemoCommand),
    /// 台账：导入、查看、撤回 / ledgers: import, read, withdraw
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// 监督模型：运行、测试 / supervision models: run, test
    #[command(subcommand)]
    Model(ModelCommand),
    /// 疑点 / findings
    #[command(subcommand)]
    Finding(FindingCommand),
    /// 成果数据及其由来 / figures, and what each is computed from
    #[command(after_help = "例 / examples:
  mingcha figures --data data --json
  mingcha figures --data data --explain vocational_training.funds_recovered --json")]
    Figures(FiguresArgs),
    /// 成果发布 / published editions
    #[command(subcommand)]
    Edition(EditionCommand),
    /// 成果通报 / the bulletin
    #[command(subcommand)]
    Bulletin(BulletinCommand),
    /// 专题包 / packs
    #[command(subcommand)]
    Pack(PackCommand),
    /// 账号 / accounts
    #[command(subcommand)]
    User(UserCommand),
    /// 业务系统的接口凭证 / tokens of other systems
    #[command(subcommand)]
    Token(TokenCommand),
    /// 单位 / units
    #[command(subcommand)]
    Unit(UnitCommand),
    /// 核对有没有被改过 / check that nothing was altered
    #[command(after_help = "例 / examples:
  mingcha verify --data data
  mingcha verify --data data --write-head head.json      (把 head.json 存到别处 / keep it elsewhere)
  mingcha verify --data data --head head.json")]
    Verify(VerifyArgs),
    /// 备份（可在运行中进行）/ back up, also while serving
    #[command(after_help = "例 / example:  mingcha backup --data data --out mingcha-2023-12-29.tar.zst")]
    Backup(BackupArgs),
    /// 恢复到新文件夹 / restore into a new folder
    #[command(after_help = "例 / example:  mingcha restore mingcha-2023-12-29.tar.zst --data restored")]
    Restore(RestoreArgs),
}

/// Where the data lies, and as whom the command acts.
#[derive(Args, Clone)]
pub struct DataArgs {
    /// 数据文件夹 / data folder
    #[arg(long, env = "MINGCHA_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// 以哪个账号行事（默认：命令行账号）/ the account that acts; the command line's own when left out
    #[arg(long = "as", value_name = "LOGIN")]
    pub acting: Option<String>,
    /// 以 JSON 输出 / print JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// Where packs are read when no data folder is involved.
#[derive(Args, Clone)]
pub struct PacksArgs {
    /// 专题包文件夹（默认 ./packs，没有则用程序内置的）/ packs folder; ./packs or the built-in ones when left out
    #[arg(long, env = "MINGCHA_PACKS", value_name = "DIR")]
    pub packs: Option<PathBuf>,
}

#[derive(Args)]
pub struct InitArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub packs: PacksArgs,
    /// 装入示例年度 / fill in a demo year
    #[arg(long, value_name = "YEAR")]
    pub demo: Option<String>,
    /// PostgreSQL 地址；不给则用文件夹里的 SQLite / store address; SQLite in the folder when left out
    #[arg(long, env = "MINGCHA_STORE", value_name = "postgres://…")]
    pub store: Option<String>,
    /// 示例台账的行数 / rows of the largest demo ledger
    #[arg(long, value_name = "N")]
    pub rows: Option<i64>,
    /// 示例数据的种子 / seed of the demo data
    #[arg(long, default_value_t = 2023)]
    pub seed: i64,
}

#[derive(Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 监听地址 / address to listen on
    #[arg(long, env = "MINGCHA_LISTEN", default_value = "127.0.0.1:12388")]
    pub listen: std::net::SocketAddr,
    /// 只经 HTTPS 发送会话 / cookies over HTTPS only (behind a TLS proxy)
    #[arg(long)]
    pub secure_cookies: bool,
    /// 收件夹：放进其中“台账名”文件夹的表自动收下 / watched folder: sheets put into its PACK.LEDGER folders are taken in
    #[arg(long, env = "MINGCHA_WATCH", value_name = "DIR")]
    pub watch: Option<PathBuf>,
    /// 每隔几秒看一次收件夹 / look into the watched folder every so many seconds
    #[arg(long, env = "MINGCHA_WATCH_EVERY", value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub watch_every: u64,
}

#[derive(Subcommand)]
pub enum DemoCommand {
    /// 把示例年度写成 Excel 与 CSV / write the demo year as Excel and CSV files
    #[command(after_help = "例 / example:  mingcha demo generate --out demo --rows 4000 --seed 2023")]
    Generate(DemoGenerateArgs),
}

#[derive(Args)]
pub struct DemoGenerateArgs {
    /// 输出文件夹 / output folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// 最大台账的行数 / rows of the largest ledger
    #[arg(long, value_name = "N")]
    pub rows: Option<i64>,
    /// 种子 / seed
    #[arg(long, default_value_t = 2023)]
    pub seed: i64,
    #[command(flatten)]
    pub packs: PacksArgs,
    #[arg(long)]
    pub json: bool,
}
