//! `mingcha user …`, `unit …`, `verify`, `backup` and `restore`: who may, and that nothing is altered or lost.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::DataArgs;

#[derive(Subcommand)]
pub enum UserCommand {
    /// 新建账号；密码随机生成并显示一次 / add an account; its random password is shown once
    #[command(
        after_help = "例 / example:  mingcha user add --data data --login wang --name 王芳 --role clerk --unit hrss"
    )]
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
