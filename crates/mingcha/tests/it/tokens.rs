//! Tokens on the command line: given out once, listed without their secret, revoked.

use crate::house::House;

/// The lead unit of the demo year.
const UNIT: &str = "human_resources";

#[test]
fn a_token_is_shown_when_it_is_given_out_and_never_listed() {
    let house = House::demo();
    let add = ["token", "add", "--json", "--system", "人社业务系统", "--unit", UNIT, "--scope", "ledger:import"];
    let added = house.run(add).ok().json();
    let token = added["token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("mct_") && token.len() == 68, "{added:#}");
    let listed = house.run(["token", "list", "--json"]).ok();
    assert!(!listed.stdout.contains(&token[4..]), "{}", listed.stdout);
    let listed = listed.json();
    assert_eq!((listed[0]["system"].as_str(), listed[0]["good"].as_bool()), (Some("人社业务系统"), Some(true)));
    assert_eq!(listed[0]["id"], added["id"]);

    let id = added["id"].as_str().expect("a number");
    let _ = house.run(["token", "revoke", id, "--why", "系统下线"]).ok();
    assert_eq!(house.run(["token", "list", "--json"]).ok().json()[0]["good"], false);
    house.run(["token", "revoke", id, "--why", "再来"]).says(&["MC-ACCESS-050", id]);
    house.verifies();
}

#[test]
fn a_wrong_order_for_a_token_is_refused_with_what_is_possible() {
    let house = House::demo();
    let order = |scope: &str, unit: &str, days: &str| {
        let words = ["token", "add", "--system", "某系统", "--unit", unit, "--scope", scope, "--days", days];
        house.run(words)
    };
    order("ledger:write", UNIT, "30").says(&["MC-ACCESS-048", "ledger:write", "ledger:import"]);
    order("ledger:read", "nowhere", "30").says(&["MC-ACCESS-021", "nowhere"]);
    order("ledger:read", UNIT, "0").says(&["MC-ACCESS-049", "730"]);
    let clerk = ["token", "list", "--as", "clerk"];
    house.run(clerk).says(&["MC-ACCESS-002"]);
}
