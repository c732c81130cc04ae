//! Units.

use mingcha_access::units::{UnitFault, UnitsImportError, UnitsImported, by_name, find, import, list};
use mingcha_domain::{Kind, Speaks};
use mingcha_testkit::Town;

use crate::{assert_sound, in_both_towns, trail};

in_both_towns!(
    a_list_adds_and_changes_and_says_how_many,
    a_list_with_faults_changes_nothing,
    the_same_list_again_leaves_no_entry,
    only_who_manages_units_brings_in_a_list,
    a_unit_is_found_by_code_and_by_name,
);

async fn a_list_adds_and_changes_and_says_how_many(town: Town) {
    let text = "代码,名称,类别,上级\nschool-1,定海一小,学校,education\nhrss,区人力社保局,部门,dinghai\njintang,金塘镇,镇街,dinghai\n";
    let done = import(town.desk(&town.operator().await).await, text).await;
    assert_eq!(done, Ok(UnitsImported { added: 1, changed: 1, unchanged: 1 }));
    assert_eq!(trail(&town, 1).await, ["xu.lei unit.import"]);
    assert_sound(&town).await;
}

async fn a_list_with_faults_changes_nothing(town: Town) {
    let operator = town.operator().await;
    let before = list(town.reading(&operator).await.tx()).await.expect("units");
    let text = "code,name,kind,parent\nnew,新单位,部门,dinghai\nbad,坏单位,部门,nowhere\n";
    let error = import(town.desk(&operator).await, text).await.expect_err("a fault");
    let fault = UnitFault::ParentUnknown { line: 3, parent: "nowhere".to_owned() };
    assert_eq!(error, UnitsImportError::Faults(vec![fault]));
    assert_eq!((error.kind(), error.trouble().code), (Kind::Invalid, "MC-ACCESS-030"));
    // A circle that is closed only together with what the store has already.
    let text = "code,name,kind,parent\ndinghai,定海区,区,hrss\n";
    let error = import(town.desk(&operator).await, text).await.expect_err("a circle");
    assert_eq!(error, UnitsImportError::Faults(vec![UnitFault::Circle { line: 2, code: "dinghai".to_owned() }]));
    assert_eq!(list(town.reading(&operator).await.tx()).await.expect("units"), before);
}

async fn the_same_list_again_leaves_no_entry(town: Town) {
    let operator = town.operator().await;
    let text = "code,name,kind,parent\nhrss,区人社保局,部门,dinghai\n";
    let before = trail(&town, 100).await.len();
    let done = import(town.desk(&operator).await, text).await;
    assert_eq!(done, Ok(UnitsImported { added: 0, changed: 0, unchanged: 1 }));
    assert_eq!(trail(&town, 100).await.len(), before);
}

async fn only_who_manages_units_brings_in_a_list(town: Town) {
    for actor in [town.supervisor().await, town.clerk().await, town.auditor().await] {
        let error = import(town.desk(&actor).await, "code,name,kind,parent\n").await;
        assert!(matches!(error, Err(UnitsImportError::Refused(_))), "{}", actor.login);
    }
}

async fn a_unit_is_found_by_code_and_by_name(town: Town) {
    let mut desk = town.reading(&town.clerk().await).await;
    let unit = find(desk.tx(), "hrss").await.expect("a query").expect("a unit");
    assert_eq!((unit.name.as_str(), unit.parent.as_deref()), ("区人社保局", Some("dinghai")));
    assert_eq!(by_name(desk.tx(), "区人社保局").await, Ok(Some(unit)));
    assert_eq!(by_name(desk.tx(), "区人社").await, Ok(None));
}
