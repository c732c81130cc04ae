//! `mingcha figures`, `edition …`, `bulletin …` and `pack …`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::DataArgs;

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
