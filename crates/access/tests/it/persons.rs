//! Personal identifiers.

use mingcha_access::persons::{Sight, unmask};
use mingcha_access::{AccessError, Subject};
use mingcha_testkit::Town;

use crate::{in_both_towns, trail};

in_both_towns!(
    identifiers_are_hidden_until_a_purpose_is_on_record,
    nobody_sees_clear_identifiers_outside_the_own_reach,
);

async fn identifiers_are_hidden_until_a_purpose_is_on_record(town: Town) {
    assert_eq!(Sight::masked().identifier("330902197001151231"), "330902********1231");
    assert_eq!(Sight::default().name("王小明"), "王**");
    let clerk = town.clerk().await;
    let mut desk = town.desk(&clerk).await;
    let refused = unmask(&mut desk, Subject::of_unit("hrss"), "case:1", "  ").await;
    assert_eq!(refused, Err(AccessError::PurposeMissing));
    let (sight, _) = unmask(&mut desk, Subject::of_unit("hrss"), "case:1", "上门核查").await.expect("permitted");
    desk.commit().await.expect("a commit");
    assert_eq!(sight.identifier("330902197001151231"), "330902197001151231");
    assert_eq!(trail(&town, 1).await, ["wang.fang person.unmask"]);
}

async fn nobody_sees_clear_identifiers_outside_the_own_reach(town: Town) {
    for actor in [town.other_clerk().await, town.operator().await, town.inspector().await] {
        let mut desk = town.desk(&actor).await;
        let refused = unmask(&mut desk, Subject::of_unit("hrss"), "case:1", "好奇").await;
        assert!(matches!(refused, Err(AccessError::Refused(_))), "{}", actor.login);
    }
}
