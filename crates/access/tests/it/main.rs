//! The laws of the desk, of accounts, sessions and units, each on SQLite and on PostgreSQL.

mod accounts;
mod desk;
mod persons;
mod sessions;
mod tokens;
mod units;

/// Runs each law in a town on both databases, as two tests of one name.
macro_rules! in_both_towns {
    ($($law:ident),+ $(,)?) => {
        mod sqlite {
            use mingcha_testkit::{Database, Town};
            $(#[tokio::test] async fn $law() { super::$law(Town::on(Database::Sqlite).await).await; })+
        }
        mod postgres {
            use mingcha_testkit::{Database, Town};
            $(#[tokio::test] async fn $law() { super::$law(Town::on(Database::Postgres).await).await; })+
        }
    };
}
pub(crate) use in_both_towns;

/// The verbs and subjects of the newest audit entries, newest first.
pub async fn trail(town: &mingcha_testkit::Town, limit: u32) -> Vec<String> {
    let mut tx = town.store().read().await.expect("a transaction");
    let filter = mingcha_store::audit::EntryFilter { subject: None, actor: None, before: None, limit };
    let entries = mingcha_store::audit::list(&mut tx, &filter).await.expect("the trail");
    entries.into_iter().map(|entry| format!("{} {}", entry.actor, entry.verb)).collect()
}

/// Everything in the tracked tables is as the trail says.
pub async fn assert_sound(town: &mingcha_testkit::Town) {
    let mut tx = town.store().read().await.expect("a transaction");
    let found = mingcha_store::audit::verify(&mut tx, mingcha_store::TRACKED, None).await.expect("it runs");
    assert_eq!(found, []);
}
