//! Tokens of other systems.

use mingcha_access::accounts::{close, sign_in};
use mingcha_access::tokens::{self, NewToken, TokenScope};
use mingcha_access::{AccessError, Action, Refused, Role, Subject};
use mingcha_domain::{Kind, Speaks};
use mingcha_testkit::{PASSWORD, Town};

use crate::{assert_sound, in_both_towns, trail};

in_both_towns!(
    a_token_acts_as_a_clerk_of_its_unit_and_never_more,
    the_store_does_not_hold_the_token_itself,
    a_token_is_for_its_scopes_only,
    a_token_ends_on_its_day,
    a_revoked_token_opens_nothing,
    closing_the_systems_account_ends_its_tokens,
    a_system_keeps_its_account_when_its_token_changes,
    a_new_token_is_checked,
    only_who_manages_accounts_gives_tokens_out,
    nobody_signs_in_as_a_system,
);

fn of_hrss() -> NewToken {
    NewToken {
        system: "人社业务系统".to_owned(),
        unit: "hrss".to_owned(),
        scopes: vec![TokenScope::LedgerImport, TokenScope::LedgerRead, TokenScope::LedgerImport],
        days: 30,
    }
}

async fn given(town: &Town, new: NewToken) -> tokens::Added {
    tokens::add(town.desk(&town.operator().await).await, new).await.expect("given out")
}

async fn a_token_acts_as_a_clerk_of_its_unit_and_never_more(town: Town) {
    let added = given(&town, of_hrss()).await;
    assert_eq!(trail(&town, 1).await, ["xu.lei token.add"]);
    let bearer = tokens::find(&town.office, &added.token).await.expect("a bearer");
    assert_eq!((bearer.actor.role, bearer.actor.unit.as_deref()), (Role::Clerk, Some("hrss")));
    assert_eq!((bearer.actor.login.as_str(), bearer.actor.name.as_str()), ("api:人社业务系统", "人社业务系统"));
    let desk = town.reading(&bearer.actor).await;
    assert!(desk.ask(Action::LedgerImport, Subject::of_unit("hrss")).is_ok());
    for (action, unit) in [(Action::LedgerImport, "education"), (Action::CaseDispatch, "hrss")] {
        assert!(desk.ask(action, Subject::of_unit(unit)).is_err(), "{action} in {unit}");
    }
    assert!(desk.ask(Action::AccountManage, Subject::house()).is_err());
    drop(desk);
    assert_sound(&town).await;
}

async fn the_store_does_not_hold_the_token_itself(town: Town) {
    let added = given(&town, of_hrss()).await;
    tokens::find(&town.office, &added.token).await.expect("a bearer");
    let mut tx = town.store().read().await.expect("a transaction");
    for table in ["api_token", "api_token_seen", "account", "audit_entry"] {
        let rows = tx.all(&format!("SELECT * FROM {table}"), vec![]).await.expect("a query");
        assert!(!rows.is_empty() && !format!("{rows:?}").contains(&added.token[4..]), "{table}");
    }
    let hash =
        tx.all("SELECT hash FROM api_token", vec![]).await.expect("a query")[0].text("hash").expect("text").to_owned();
    drop(tx);
    for forged in [hash.clone(), format!("mct_{hash}"), "mct_".to_owned(), String::new(), added.token.to_uppercase()] {
        assert_eq!(tokens::find(&town.office, &forged).await, Err(AccessError::NoToken), "{forged}");
    }
}

async fn a_token_is_for_its_scopes_only(town: Town) {
    let added = given(&town, NewToken { scopes: vec![TokenScope::LedgerRead], ..of_hrss() }).await;
    let bearer = tokens::find(&town.office, &added.token).await.expect("a bearer");
    assert_eq!(bearer.may(TokenScope::LedgerRead), Ok(()));
    let refused = bearer.may(TokenScope::LedgerImport).expect_err("not for that");
    assert_eq!((refused.trouble().code, refused.kind()), ("MC-ACCESS-043", Kind::Refused));
}

async fn a_token_ends_on_its_day(town: Town) {
    let added = given(&town, of_hrss()).await;
    town.clock.pass_hours(30 * 24 - 1);
    assert!(tokens::find(&town.office, &added.token).await.is_ok());
    town.clock.pass_hours(1);
    let ended = tokens::find(&town.office, &added.token).await.expect_err("over");
    assert_eq!(ended.trouble().code, "MC-ACCESS-041");
    let listed = tokens::list(&mut town.reading(&town.operator().await).await).await.expect("a list");
    assert!(!listed[0].good && listed[0].seen_at.is_some());
}

async fn a_revoked_token_opens_nothing(town: Town) {
    let (first, second) = (given(&town, of_hrss()).await, given(&town, of_hrss()).await);
    let operator = town.operator().await;
    assert_eq!(tokens::revoke(town.desk(&operator).await, first.id, " ").await, Err(AccessError::WhyMissing));
    tokens::revoke(town.desk(&operator).await, first.id, "换新").await.expect("revoked");
    assert_eq!(trail(&town, 1).await, ["xu.lei token.revoke"]);
    let ended = tokens::find(&town.office, &first.token).await.expect_err("revoked");
    assert_eq!(ended.trouble().code, "MC-ACCESS-042");
    assert!(tokens::find(&town.office, &second.token).await.is_ok(), "the other one stays");
    let again = tokens::revoke(town.desk(&operator).await, first.id, "再撤").await.expect_err("gone");
    assert_eq!(again.kind(), Kind::NotFound);
    assert_sound(&town).await;
}

async fn closing_the_systems_account_ends_its_tokens(town: Town) {
    let added = given(&town, of_hrss()).await;
    close(town.desk(&town.operator().await).await, "api:人社业务系统", "停用").await.expect("closed");
    assert_eq!(tokens::find(&town.office, &added.token).await, Err(AccessError::NoToken));
    let again = tokens::add(town.desk(&town.operator().await).await, of_hrss()).await;
    assert!(matches!(again, Err(AccessError::LoginTaken { .. })), "a name is never given to another one: {again:?}");
}

async fn a_system_keeps_its_account_when_its_token_changes(town: Town) {
    let (first, second) = (given(&town, of_hrss()).await, given(&town, of_hrss()).await);
    let account = async |token: &str| tokens::find(&town.office, token).await.expect("a bearer").actor.account;
    assert_eq!(account(&first.token).await, account(&second.token).await);
    assert_ne!(first.token, second.token);
    let other = NewToken { unit: "education".to_owned(), ..of_hrss() };
    let refused = tokens::add(town.desk(&town.operator().await).await, other).await;
    assert_eq!(refused, Err(AccessError::SystemOfOther { system: "人社业务系统".to_owned() }));
}

async fn a_new_token_is_checked(town: Town) {
    let operator = town.operator().await;
    let cases = [
        (NewToken { system: "  ".to_owned(), ..of_hrss() }, "MC-ACCESS-045"),
        (NewToken { system: "长".repeat(41), ..of_hrss() }, "MC-ACCESS-045"),
        (NewToken { system: "a\nb".to_owned(), ..of_hrss() }, "MC-ACCESS-045"),
        (NewToken { scopes: Vec::new(), ..of_hrss() }, "MC-ACCESS-047"),
        (NewToken { days: 0, ..of_hrss() }, "MC-ACCESS-049"),
        (NewToken { days: i64::MAX, ..of_hrss() }, "MC-ACCESS-049"),
        (NewToken { unit: "nowhere".to_owned(), ..of_hrss() }, "MC-ACCESS-021"),
    ];
    for (new, code) in cases {
        let error = tokens::add(town.desk(&operator).await, new).await.expect_err(code);
        assert_eq!((error.trouble().code, error.kind()), (code, Kind::Invalid));
    }
    assert_eq!(tokens::list(&mut town.reading(&operator).await).await.expect("a list"), []);
}

async fn only_who_manages_accounts_gives_tokens_out(town: Town) {
    let added = given(&town, of_hrss()).await;
    for actor in [town.supervisor().await, town.clerk().await, town.inspector().await, town.auditor().await] {
        let refused = tokens::add(town.desk(&actor).await, of_hrss()).await;
        assert!(matches!(refused, Err(AccessError::Refused(Refused::Role { .. }))), "{}", actor.login);
        assert!(tokens::list(&mut town.reading(&actor).await).await.is_err(), "{}", actor.login);
        assert!(tokens::revoke(town.desk(&actor).await, added.id, "不要了").await.is_err(), "{}", actor.login);
    }
    assert!(tokens::find(&town.office, &added.token).await.is_ok());
}

async fn nobody_signs_in_as_a_system(town: Town) {
    let added = given(&town, of_hrss()).await;
    for password in [PASSWORD, "", &added.token] {
        let refused = sign_in(&town.office, "api:人社业务系统", password).await;
        assert_eq!(refused, Err(AccessError::WrongPassword));
    }
    let operator = town.operator().await;
    let reset =
        mingcha_access::accounts::reset_password(town.desk(&operator).await, "api:人社业务系统", "correct horse 42");
    assert!(matches!(reset.await, Err(AccessError::NoSuchAccount { .. })));
}
