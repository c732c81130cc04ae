//! The town: 定海区, two bureaus and a town of it, and one person per role.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mingcha_access::accounts::{BuiltIn, NewAccount, add, built_in, by_login};
use mingcha_access::{Actor, Desk, Office, Role, units};
use mingcha_domain::Day;
use mingcha_store::{Entry, Store, StoreAddress};
use tempfile::TempDir;

use crate::{Cluster, SeededChance, TickingClock};

/// The day on which every test takes place.
pub const BUSINESS_DATE: &str = "2023-12-29";

/// The password of everyone in town.
pub const PASSWORD: &str = "test-only-海风-42";

const UNITS: &str = "code,name,kind,parent\n\
    dinghai,定海区,区,\n\
    hrss,区人社保局,部门,dinghai\n\
    education,区教育局,部门,dinghai\n\
    jintang,金塘镇,镇街,dinghai\n";

/// Which database the town's store is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Database {
    /// A file in the town's folder.
    Sqlite,
    /// A database of its own on the cluster of this test run.
    Postgres,
}

/// A town of its own for one test.
pub struct Town {
    /// Where desks are asked for.
    pub office: Office,
    /// The clock that the office reads.
    pub clock: Arc<TickingClock>,
    folder: TempDir,
    address: StoreAddress,
}

impl Town {
    /// A town on a SQLite file.
    pub async fn new() -> Self {
        Self::on(Database::Sqlite).await
    }

    /// A town on this database.
    pub async fn on(database: Database) -> Self {
        let folder = made(TempDir::with_prefix("mingcha-town-"), "a folder");
        let address = match database {
            Database::Sqlite => StoreAddress::file(&folder.path().join("mingcha.sqlite")),
            Database::Postgres => StoreAddress::Postgres(Cluster::of_this_run().make_database().await),
        };
        let store = made(Store::open(&address).await, "a store");
        let clock = Arc::new(TickingClock::default());
        let office = Office::new(store, Arc::clone(&clock) as Arc<_>, Arc::new(SeededChance::new(2023)));
        let town = Self { office, clock, folder, address };
        town.settle().await;
        town
    }

    /// The town's data folder: for sheets, a lake, a backup.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the data folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the store lives, to open it a second time.
    #[must_use]
    pub fn address(&self) -> &StoreAddress {
        &self.address
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.office.store()
    }

    /// The day on which the test takes place.
    #[must_use]
    pub fn today(&self) -> Day {
        made(BUSINESS_DATE.parse(), "a day")
    }

    /// 监督员: 郑岚.
    pub async fn supervisor(&self) -> Actor {
        self.actor("zheng.lan").await
    }

    /// 监督员 too, for what two persons must do: 林涛.
    pub async fn other_supervisor(&self) -> Actor {
        self.actor("lin.tao").await
    }

    /// 经办人 of 区人社保局 (`hrss`): 王芳.
    pub async fn clerk(&self) -> Actor {
        self.actor("wang.fang").await
    }

    /// 经办人 of 区教育局 (`education`), a stranger to the casework of `hrss`: 陈静.
    pub async fn other_clerk(&self) -> Actor {
        self.actor("chen.jing").await
    }

    /// 检查人员: 周凯.
    pub async fn inspector(&self) -> Actor {
        self.actor("zhou.kai").await
    }

    /// 审计员: 吴敏.
    pub async fn auditor(&self) -> Actor {
        self.actor("wu.min").await
    }

    /// 系统管理员: 徐磊.
    pub async fn operator(&self) -> Actor {
        self.actor("xu.lei").await
    }

    /// 命令行.
    pub async fn console(&self) -> Actor {
        self.built_in().await.console
    }

    /// The built-in accounts.
    pub async fn built_in(&self) -> BuiltIn {
        made(built_in(&self.office).await, "built-in accounts")
    }

    /// A desk to write at.
    pub async fn desk(&self, actor: &Actor) -> Desk {
        made(self.office.desk(actor).await, "a desk")
    }

    /// A desk to read at.
    pub async fn reading(&self, actor: &Actor) -> Desk {
        made(self.office.reading(actor).await, "a reading desk")
    }

    /// Sets something of the house, as the command line would.
    pub async fn set(&self, key: &str, value: &str) {
        let at = self.office.now();
        let mut tx = made(self.store().begin().await, "a transaction");
        let touched = [made(tx.set_setting(key, value).await, "a setting")];
        let entry = Entry {
            at,
            actor: "console",
            verb: "setting.set",
            subject: &format!("setting:{key}"),
            why: None,
            touched: &touched,
            facts: Default::default(),
        };
        made(tx.record(entry).await, "an entry");
        made(tx.commit().await, "a commit");
    }

    async fn actor(&self, login: &str) -> Actor {
        let mut tx = made(self.store().read().await, "a transaction");
        made(by_login(&mut tx, login).await, "an account").unwrap_or_else(|| panic!("{login} lives here"))
    }

    async fn settle(&self) {
        let console = self.built_in().await.console;
        self.set("business_date", BUSINESS_DATE).await;
        self.set("action", "2023").await;
        self.set("district", "定海区").await;
        made(units::import(self.desk(&console).await, UNITS).await, "units");
        for (login, name, role, unit) in [
            ("zheng.lan", "郑岚", Role::Supervisor, None),
            ("lin.tao", "林涛", Role::Supervisor, None),
            ("wang.fang", "王芳", Role::Clerk, Some("hrss")),
            ("chen.jing", "陈静", Role::Clerk, Some("education")),
            ("zhou.kai", "周凯", Role::Inspector, None),
            ("wu.min", "吴敏", Role::Auditor, None),
            ("xu.lei", "徐磊", Role::Operator, None),
        ] {
            let new = NewAccount {
                login: login.to_owned(),
                name: name.to_owned(),
                role,
                unit: unit.map(str::to_owned),
                password: PASSWORD.to_owned(),
            };
            made(add(self.desk(&console).await, new).await, "an account");
        }
    }
}

fn made<T, E: std::fmt::Display>(result: Result<T, E>, what: &str) -> T {
    result.unwrap_or_else(|error| panic!("setting up the town, {what}: {error}"))
}
