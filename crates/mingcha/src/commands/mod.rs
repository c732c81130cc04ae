//! One file for each command.

mod account;
mod bulletin;
mod demo;
mod edition;
mod figures;
mod finding;
mod init;
mod ledger;
mod ledger_compact;
mod ledger_history;
mod ledger_import;
mod ledger_quality;
mod ledger_rejects;
mod model;
mod pack;
mod safety;
mod serve;
mod token;
mod unit;

use mingcha_words::Lang;

use crate::args::{
    BulletinCommand, Command, DemoCommand, EditionCommand, FindingCommand, LedgerCommand, ModelCommand, PackCommand,
    TokenCommand, UnitCommand, UserCommand,
};
use crate::output::Outcome;

/// Runs a command.
pub async fn run(command: Command, lang: Lang) -> Outcome {
    match command {
        Command::Init(args) => init::init(args, lang).await,
        Command::Serve(args) => serve::serve(args, lang).await,
        Command::Demo(DemoCommand::Generate(args)) => demo::generate(args).await,
        Command::Ledger(command) => match command {
            LedgerCommand::Import(args) => ledger_import::import(args, lang).await,
            LedgerCommand::Show(args) => ledger::show(args, lang).await,
            LedgerCommand::Template(args) => ledger::template(args, lang).await,
            LedgerCommand::Rows(args) => ledger::rows(args).await,
            LedgerCommand::Batches(args) => ledger::batches(args).await,
            LedgerCommand::Changes(args) => ledger_history::differ(args).await,
            LedgerCommand::Uploads(args) => ledger_history::list(args).await,
            LedgerCommand::Quality(args) => ledger_quality::show(args, lang).await,
            LedgerCommand::Coverage(args) => ledger_quality::supported(args, lang).await,
            LedgerCommand::Rejects(args) => ledger_rejects::list(args, lang).await,
            LedgerCommand::Marked(args) => ledger_rejects::marked(args, lang).await,
            LedgerCommand::Withdraw(args) => ledger::withdraw(args, lang).await,
            LedgerCommand::Compact(args) => ledger_compact::compact(args, lang).await,
        },
        Command::Model(ModelCommand::Run(args)) => model::run(args, lang).await,
        Command::Model(ModelCommand::Test(args)) => model::test(args, lang).await,
        Command::Finding(FindingCommand::List(args)) => finding::list(args, lang).await,
        Command::Figures(args) => figures::figures(args, lang).await,
        Command::Edition(EditionCommand::Publish(args)) => edition::publish(args, lang).await,
        Command::Edition(EditionCommand::List(args)) => edition::list(args).await,
        Command::Bulletin(BulletinCommand::Render(args)) => bulletin::render(args, lang).await,
        Command::Pack(PackCommand::Check(args)) => pack::check(args, lang).await,
        Command::User(UserCommand::Add(args)) => account::add(args).await,
        Command::User(UserCommand::List(args)) => account::list(args).await,
        Command::Token(TokenCommand::Add(args)) => token::add(args).await,
        Command::Token(TokenCommand::List(args)) => token::list(args).await,
        Command::Token(TokenCommand::Revoke(args)) => token::revoke(args).await,
        Command::Unit(UnitCommand::Import(args)) => unit::import(args, lang).await,
        Command::Verify(args) => safety::verify(args, lang).await,
        Command::Backup(args) => safety::backup(args).await,
        Command::Restore(args) => safety::restore(args).await,
    }
}
