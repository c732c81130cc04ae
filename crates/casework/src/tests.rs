//! Laws of the use cases, each through its public function, on SQLite and on PostgreSQL.

mod board;
mod evidence;
mod exports;
mod gate;
mod inspections;
mod past;
mod past_rows;
mod rechecks;
mod scene;
mod walk;

/// Runs each law on both databases. A law takes a scene, and its name is the sentence that it holds.
macro_rules! laws {
    ($($(#[$doc:meta])* async fn $law:ident($scene:ident: Scene) $body:block)+) => {
        $($(#[$doc])* async fn $law($scene: Scene) $body)+

        mod on_sqlite {
            use super::super::scene::Scene;
            $(#[tokio::test] async fn $law() { super::$law(Scene::on_sqlite().await).await })+
        }

        mod on_postgres {
            use super::super::scene::Scene;
            $(#[tokio::test] async fn $law() { super::$law(Scene::on_postgres().await).await })+
        }
    };
}
use laws;
