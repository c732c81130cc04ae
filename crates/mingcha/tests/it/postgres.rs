//! The same year with the relational store on PostgreSQL: the same figures, and the same proof.

use mingcha_testkit::Cluster;

use crate::demo_year::{REFERENCE, figures};
use crate::house::House;
use crate::sheets::{CERTIFICATE, Sheet};

fn database() -> String {
    // Fails with the way out when there is no cluster: a test that was left out has not passed.
    let cluster = Cluster::of_this_run();
    tokio::runtime::Runtime::new().expect("a runtime").block_on(cluster.make_database())
}

#[test]
fn the_demo_year_on_postgresql_gives_the_same_figures_and_verifies() {
    let house = House::bare();
    let told = house.run(["init", "--demo", "2023", "--store", &database(), "--json"]).ok().json();
    assert_eq!(told["accounts"].as_array().map(Vec::len), Some(5), "{told:#}");
    assert!(!house.data().join("mingcha.sqlite").exists(), "nothing of the store lies in the folder");
    let figures = figures(&house);
    for (key, value, said) in REFERENCE {
        let figure = figures.iter().find(|figure| figure["key"] == *key).expect(key);
        assert_eq!((figure["value"].as_f64(), figure["said"].as_str()), (Some(*value), Some(*said)), "{key}");
    }
    house.verifies();

    // The loop of a clerk on it: bad row, good rows, the same again, withdrawn.
    let wrong = Sheet::certificates(3).with(3, "发证日期", "无");
    let taken = house.import(CERTIFICATE, "证书.csv", wrong.csv()).ends(2).json();
    assert_eq!((&taken["accepted"], &taken["rejected"]), (&2.into(), &1.into()), "{taken:#}");
    let again = house.import(CERTIFICATE, "证书.csv", wrong.csv()).json();
    assert_eq!((&again["accepted"], &again["unchanged"]), (&0.into(), &2.into()), "{again:#}");
    let _ = house.run(["ledger", "withdraw", &taken["batch"].to_string(), "--why", "发错了表"]).ok();
    house.verifies();
    house.run(["backup", "--out", "copy.tar.zst"]).says(&["MC-STORE-014", "pg_dump"]);
}

#[test]
fn a_database_that_is_not_there_is_named_without_its_password() {
    let house = House::bare();
    let ran = house.run(["init", "--store", "postgres://mingcha:top-secret@127.0.0.1:1/nowhere"]);
    ran.says(&["MC-STORE-003", "127.0.0.1"]);
    assert!(!ran.stderr.contains("top-secret"), "{}", ran.stderr);
}
