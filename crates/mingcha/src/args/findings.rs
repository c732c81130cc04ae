//! `mingcha model …` and `mingcha finding …`

use clap::{Args, Subcommand};

use super::{DataArgs, PacksArgs, UnmaskArgs};

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
    #[command(
        after_help = "例 / example:  mingcha finding list --data data vocational_training.more_than_three_a_year --json"
    )]
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
