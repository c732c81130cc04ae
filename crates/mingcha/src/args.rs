//! The command line's grammar. What each command does is in `commands/`, one file each.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    #[command(after_help = "例 / example:  mingcha serve --data data --listen 127.0.0.1:12388")]
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

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// 导入一张表 / import a sheet
    #[command(after_help = "例 / examples:
  mingcha ledger import --data data vocational_training.training_subsidy 十一月补贴发放.xlsx --json
  mingcha ledger import --data data vocational_training.certificate 证书.csv --map 证号=certificate_no
  mingcha ledger import --data data ops.problem 问题清单.xlsx")]
    Import(LedgerImportArgs),
    /// 台账的各列 / columns of a ledger
    #[command(after_help = "例 / example:  mingcha ledger show vocational_training.certificate --json")]
    Show(LedgerShowArgs),
    /// 填报模板 / template workbook
    #[command(after_help = "例 / example:  mingcha ledger template vocational_training.certificate --out 证书模板.xlsx")]
    Template(LedgerTemplateArgs),
    /// 台账的行 / rows of a ledger
    #[command(after_help = "例 / examples:
  mingcha ledger rows --data data vocational_training.certificate --json
  mingcha ledger rows --data data vocational_training.certificate --as-of 3 --json")]
    Rows(LedgerRowsArgs),
    /// 批次 / batches
    #[command(after_help = "例 / example:  mingcha ledger batches --data data --json")]
    Batches(LedgerBatchesArgs),
    /// 撤回一批 / withdraw a batch
    #[command(after_help = "例 / example:  mingcha ledger withdraw --data data 12 --why 发错了表")]
    Withdraw(LedgerWithdrawArgs),
}

#[derive(Args)]
pub struct LedgerImportArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 台账，如 vocational_training.certificate；ops.* 是既往办理 / ledger; ops.* is past casework
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: String,
    pub file: PathBuf,
    /// 列对应：表中列名=台账列名，可多次 / column mapping, may be repeated
    #[arg(long = "map", value_name = "列=column")]
    pub mapping: Vec<String>,
    /// 只预览，不入库 / preview only, commit nothing
    #[arg(long)]
    pub preview: bool,
}

#[derive(Args)]
pub struct LedgerShowArgs {
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: String,
    #[command(flatten)]
    pub packs: PacksArgs,
    /// 数据文件夹（给出时用其中的专题包，并列出版本）/ data folder: its packs are used and versions listed
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct LedgerTemplateArgs {
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: String,
    #[arg(long, value_name = "F.xlsx")]
    pub out: PathBuf,
    #[command(flatten)]
    pub packs: PacksArgs,
}

#[derive(Args)]
pub struct LedgerRowsArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: String,
    /// 湖的版本号（不给则用现在可读的）/ lake version; the readable one when left out
    #[arg(long, value_name = "V")]
    pub as_of: Option<i64>,
    #[command(flatten)]
    pub unmask: UnmaskArgs,
}

#[derive(Args, Clone)]
pub struct UnmaskArgs {
    /// 显示完整身份证号等 / show personal identifiers in full
    #[arg(long, requires = "purpose")]
    pub unmask: bool,
    /// 用途，记入存证 / purpose, recorded in the audit
    #[arg(long, value_name = "TEXT")]
    pub purpose: Option<String>,
}

#[derive(Args)]
pub struct LedgerBatchesArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: Option<String>,
}

#[derive(Args)]
pub struct LedgerWithdrawArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 批次号 / batch number
    pub batch: i64,
    /// 原因，记入存证 / reason, recorded
    #[arg(long)]
    pub why: String,
}

#[derive(Subcommand)]
pub enum ModelCommand {
    /// 运行模型 / run models
    #[command(after_help = "例 / example:  mingcha model run --data data --full --json")]
    Run(ModelRunArgs),
    /// 运行算例 / run the worked cases
    #[command(after_help = "例 / example:  mingcha model test vocational_training.more_than_three_a_year")]
    Test(ModelTestArgs),
}

#[derive(Args)]
pub struct ModelRunArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 只运行这些 / only these
    #[arg(value_name = "PACK.MODEL")]
    pub models: Vec<String>,
    /// 全量 / in full, even where an incremental run would do
    #[arg(long)]
    pub full: bool,
    /// 有疑点时退出码为 2 / exit 2 when findings exist
    #[arg(long)]
    pub fail_on_findings: bool,
}

#[derive(Args)]
pub struct ModelTestArgs {
    #[arg(value_name = "PACK[.MODEL]")]
    pub which: Vec<String>,
    #[command(flatten)]
    pub packs: PacksArgs,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum FindingCommand {
    /// 列出疑点 / list findings
    #[command(after_help = "例 / example:  mingcha finding list --data data vocational_training.more_than_three_a_year --json")]
    List(FindingListArgs),
}

#[derive(Args)]
pub struct FindingListArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.MODEL")]
    pub model: Option<String>,
    #[command(flatten)]
    pub unmask: UnmaskArgs,
}

#[derive(Args)]
pub struct FiguresArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 说明一个数的由来 / explain one figure
    #[arg(long, value_name = "PROJECT.KEY")]
    pub explain: Option<String>,
    /// 已发布的而不是现在的 / of the last published edition instead of now
    #[arg(long, conflicts_with = "explain")]
    pub published: bool,
}

#[derive(Subcommand)]
pub enum EditionCommand {
    /// 发布 / publish
    #[command(after_help = "例 / example:  mingcha edition publish --data data --note 年度通报")]
    Publish(EditionPublishArgs),
    /// 列出各期 / list editions
    #[command(after_help = "例 / example:  mingcha edition list --data data --json")]
    List(EditionListArgs),
}

#[derive(Args)]
pub struct EditionPublishArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long)]
    pub note: String,
}

#[derive(Args)]
pub struct EditionListArgs {
    #[command(flatten)]
    pub data: DataArgs,
}

#[derive(Subcommand)]
pub enum BulletinCommand {
    /// 写出通报 / write the bulletin
    #[command(after_help = "例 / example:  mingcha bulletin render --data data --format html --out bulletin.html")]
    Render(BulletinRenderArgs),
}

#[derive(Args)]
pub struct BulletinRenderArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long, value_enum, default_value = "md")]
    pub format: BulletinFormat,
    #[arg(long, value_name = "F")]
    pub out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum BulletinFormat {
    Md,
    Html,
}

#[derive(Subcommand)]
pub enum PackCommand {
    /// 检查专题包，一次列出全部问题 / check packs, listing every fault at once
    #[command(after_help = "例 / example:  mingcha pack check packs")]
    Check(PackCheckArgs),
}

#[derive(Args)]
pub struct PackCheckArgs {
    /// 专题包文件夹 / packs folder
    pub folder: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum UserCommand {
    /// 新建账号；密码随机生成并显示一次 / add an account; its random password is shown once
    #[command(after_help = "例 / example:  mingcha user add --data data --login wang --name 王芳 --role clerk --unit hrss")]
    Add(UserAddArgs),
    /// 列出账号 / list accounts
    #[command(after_help = "例 / example:  mingcha user list --data data --json")]
    List(UserListArgs),
}

#[derive(Args)]
pub struct UserAddArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long)]
    pub login: String,
    #[arg(long)]
    pub name: String,
    /// supervisor clerk inspector auditor operator
    #[arg(long)]
    pub role: String,
    /// 单位代码 / unit code
    #[arg(long)]
    pub unit: Option<String>,
}

#[derive(Args)]
pub struct UserListArgs {
    #[command(flatten)]
    pub data: DataArgs,
}

#[derive(Subcommand)]
pub enum UnitCommand {
    /// 导入单位（CSV：code,name,kind,parent）/ import units
    #[command(after_help = "例 / example:  mingcha unit import --data data units.csv")]
    Import(UnitImportArgs),
}

#[derive(Args)]
pub struct UnitImportArgs {
    #[command(flatten)]
    pub data: DataArgs,
    pub file: PathBuf,
}

#[derive(Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 与保存在别处的树头比较 / compare with a head kept elsewhere
    #[arg(long, value_name = "FILE")]
    pub head: Option<PathBuf>,
    /// 把现在的树头写到文件 / write the present head to a file
    #[arg(long, value_name = "FILE")]
    pub write_head: Option<PathBuf>,
}

#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long, value_name = "F.tar.zst")]
    pub out: PathBuf,
}

#[derive(Args)]
pub struct RestoreArgs {
    pub archive: PathBuf,
    /// 新的数据文件夹（必须还不存在）/ the new data folder, which must not exist yet
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    #[arg(long)]
    pub json: bool,
}
