//! `mingcha ledger …`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{DataArgs, PacksArgs};

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
    #[command(
        after_help = "例 / example:  mingcha ledger template vocational_training.certificate --out 证书模板.xlsx"
    )]
    Template(LedgerTemplateArgs),
    /// 台账的行 / rows of a ledger
    #[command(after_help = "例 / examples:
  mingcha ledger rows --data data vocational_training.certificate --json
  mingcha ledger rows --data data vocational_training.certificate --as-of 3 --json")]
    Rows(LedgerRowsArgs),
    /// 两个版本的差别 / what differs between two versions
    #[command(
        after_help = "例 / example:  mingcha ledger changes --data data vocational_training.certificate --from 3 --to 5 --json"
    )]
    Changes(LedgerChangesArgs),
    /// 上传记录 / everything that was handed in
    #[command(after_help = "例 / example:  mingcha ledger uploads --data data vocational_training.certificate --json")]
    Uploads(LedgerUploadsArgs),
    /// 数据质量 / quality of the rows
    #[command(after_help = "例 / examples:
  mingcha ledger quality --data data vocational_training.certificate --json
  mingcha ledger quality --data data vocational_training.certificate --as-of 5 --against 3 --json")]
    Quality(LedgerQualityArgs),
    /// 现有数据能支持的模型 / models that the data can support
    #[command(after_help = "例 / examples:
  mingcha ledger coverage --data data --json
  mingcha ledger coverage --data data vocational_training.certificate")]
    Coverage(LedgerCoverageArgs),
    /// 退回的行 / rows that were kept back
    #[command(after_help = "例 / examples:
  mingcha ledger rejects --data data --open --json
  mingcha ledger rejects --data data --batch 3")]
    Rejects(LedgerRejectsArgs),
    /// 标注的原表，改好再传 / the sheet with its bad cells marked
    #[command(after_help = "例 / examples:
  mingcha ledger marked --data data --batch 3 --out 标注.xlsx
  mingcha ledger marked --data data --batch 3 --only-rows --out 要改的行.xlsx")]
    Marked(LedgerMarkedArgs),
    /// 批次 / batches
    #[command(after_help = "例 / example:  mingcha ledger batches --data data --json")]
    Batches(LedgerBatchesArgs),
    /// 撤回一批 / withdraw a batch
    #[command(after_help = "例 / example:  mingcha ledger withdraw --data data 12 --why 发错了表")]
    Withdraw(LedgerWithdrawArgs),
    /// 合并小文件，行和各版本不变 / merge small files; rows and versions stay as they are
    #[command(after_help = "例 / examples:
  mingcha ledger compact --data data
  mingcha ledger compact --data data vocational_training.certificate --json")]
    Compact(LedgerCompactArgs),
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
    /// 读哪一张工作表；不写时取表头最相符的一张 / which sheet of the file; by default the one that fits best
    #[arg(long, value_name = "工作表")]
    pub sheet: Option<String>,
    /// 只预览，不入库 / preview only, commit nothing
    #[arg(long)]
    pub preview: bool,
    /// 有退回的行时，把标注的原表写到这里 / where to write the marked sheet when rows are kept back
    #[arg(long, value_name = "F.xlsx")]
    pub marked: Option<PathBuf>,
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
pub struct LedgerChangesArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: String,
    /// 从哪个版本 / from this version; 0 is before there was anything
    #[arg(long, value_name = "V")]
    pub from: i64,
    /// 到哪个版本（不给则到最新）/ to this version; the newest when left out
    #[arg(long, value_name = "V")]
    pub to: Option<i64>,
}

#[derive(Args)]
pub struct LedgerUploadsArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: Option<String>,
}

#[derive(Args)]
pub struct LedgerQualityArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: String,
    /// 看哪个版本（不给则看现在的）/ look at this version; the readable one when left out
    #[arg(long, value_name = "V")]
    pub as_of: Option<i64>,
    /// 与哪个版本比（不给则与最近一批之前比）/ compare with this version; the one before the last batch when left out
    #[arg(long, value_name = "V")]
    pub against: Option<i64>,
}

#[derive(Args)]
pub struct LedgerCoverageArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 只看用到这本台账的模型 / only models that read this ledger
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: Option<String>,
    /// 看哪个版本 / look at this version
    #[arg(long, value_name = "V")]
    pub as_of: Option<i64>,
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

#[derive(Args)]
pub struct LedgerCompactArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// 台账（不给则全部）/ ledger; all when left out
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: Option<String>,
}

#[derive(Args)]
pub struct SheetArgs {
    /// 批次号 / batch number
    #[arg(long, value_name = "N", conflicts_with = "upload")]
    pub batch: Option<i64>,
    /// 上传号 / number of the upload
    #[arg(long, value_name = "ID")]
    pub upload: Option<String>,
}

#[derive(Args)]
pub struct LedgerRejectsArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(value_name = "PACK.LEDGER")]
    pub ledger: Option<String>,
    #[command(flatten)]
    pub sheet: SheetArgs,
    /// 只列还需更正的 / only rows that still wait
    #[arg(long)]
    pub open: bool,
}

#[derive(Args)]
pub struct LedgerMarkedArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub sheet: SheetArgs,
    /// 只要需更正的行 / only the rows to be mended
    #[arg(long)]
    pub only_rows: bool,
    #[arg(long, value_name = "F.xlsx")]
    pub out: PathBuf,
}
