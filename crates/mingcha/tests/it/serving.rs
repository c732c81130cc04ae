//! One server per data folder, and everything else beside it.

use crate::copies::Served;
use crate::house::House;
use crate::sheets::{SUBSIDY, Sheet};

#[test]
fn a_second_server_is_refused_and_hears_who_is_first() {
    let house = House::new();
    let first = Served::start(&house);
    let second = house.run(["serve", "--listen", "127.0.0.1:0"]);
    second.says(&["MC-WIRING-011", &first.pid().to_string(), &first.address, "kill"]);
    assert!(first.get("/").contains(" 200 "), "the first one serves on");
    assert!(first.stop());
    assert!(Served::start(&house).get("/").contains(" 200 "), "when the first has gone, the next may come");
}

#[test]
fn after_a_kill_the_next_server_starts_at_once() {
    let house = House::new();
    for _ in 0..3 {
        let served = Served::start(&house);
        assert!(served.get("/").contains(" 200 "));
        served.kill();
    }
    assert!(Served::start(&house).get("/").contains(" 200 "));
}

#[test]
fn a_command_that_writes_works_beside_a_server() {
    let house = House::new();
    let served = Served::start(&house);
    let taken = house.import(SUBSIDY, "一季度.csv", Sheet::subsidies(1, 3).csv()).ok().json();
    assert_eq!(taken["accepted"], 3, "{taken:#}");
    assert!(served.get("/").contains(" 200 "));
    house.verifies();
}
