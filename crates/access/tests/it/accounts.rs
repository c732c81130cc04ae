//! Accounts, passwords and lock-out.

use mingcha_access::accounts::{
    NewAccount, WRONG_PASSWORDS_MAX, add, built_in, change_own_password, close, list, random_password, reset_password,
    sign_in,
};
use mingcha_access::{AccessError, Refused, Role, sessions};
use mingcha_domain::{Kind, Speaks};
use mingcha_testkit::{PASSWORD, Town};

use crate::{assert_sound, in_both_towns, trail};

in_both_towns!(
    whoever_knows_the_password_signs_in,
    every_refusal_to_sign_in_is_the_same,
    five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour,
    many_guesses_at_once_count_as_many,
    a_right_password_forgets_the_wrong_ones,
    only_who_manages_accounts_adds_one,
    a_new_account_is_checked,
    a_login_is_never_given_twice,
    a_new_password_ends_all_sessions,
    an_operator_resets_a_password_and_lifts_the_lock,
    the_built_in_accounts_are_made_once_and_nobody_signs_in_as_them,
    the_list_tells_who_can_act,
);

const WRONG: &str = "不是这个密码 0000";

async fn whoever_knows_the_password_signs_in(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    assert_eq!(opened.session.actor, town.clerk().await);
    assert!(sign_in(&town.office, " wang.fang ", PASSWORD).await.is_ok(), "spaces around a login are no fault");
    assert_sound(&town).await;
}

async fn every_refusal_to_sign_in_is_the_same(town: Town) {
    close(town.desk(&town.operator().await).await, "chen.jing", "调离").await.expect("closed");
    let long = "长".repeat(5000);
    for (login, password) in [
        ("wang.fang", WRONG),
        ("nobody", PASSWORD),
        ("chen.jing", PASSWORD),
        ("console", PASSWORD),
        ("console", ""),
        ("", ""),
        ("wang.fang\0", PASSWORD),
        ("wang.fang", long.as_str()),
        ("WANG.FANG", PASSWORD),
    ] {
        assert_eq!(sign_in(&town.office, login, password).await, Err(AccessError::WrongPassword), "{login}");
    }
    assert_eq!(AccessError::WrongPassword.kind(), Kind::Refused);
}

async fn five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(town: Town) {
    for _ in 0..WRONG_PASSWORDS_MAX {
        assert_eq!(sign_in(&town.office, "wang.fang", WRONG).await, Err(AccessError::WrongPassword));
    }
    assert_eq!(trail(&town, 1).await, ["wang.fang account.lock"]);
    assert_eq!(sign_in(&town.office, "wang.fang", PASSWORD).await, Err(AccessError::WrongPassword), "locked");
    town.clock.pass_seconds(14 * 60);
    assert_eq!(sign_in(&town.office, "wang.fang", PASSWORD).await, Err(AccessError::WrongPassword), "still locked");
    town.clock.pass_seconds(60);
    assert!(sign_in(&town.office, "wang.fang", PASSWORD).await.is_ok(), "the lock has ended");
    assert!(sign_in(&town.office, "chen.jing", PASSWORD).await.is_ok(), "nobody else was locked");
    assert_sound(&town).await;
}

async fn many_guesses_at_once_count_as_many(town: Town) {
    let guesses: Vec<_> = (0..8)
        .map(|_| {
            let office = town.office.clone();
            tokio::spawn(async move { sign_in(&office, "wang.fang", WRONG).await.is_ok() })
        })
        .collect();
    for guess in guesses {
        assert!(!guess.await.expect("it ends"));
    }
    assert_eq!(sign_in(&town.office, "wang.fang", PASSWORD).await, Err(AccessError::WrongPassword));
    let locks = trail(&town, 3).await.into_iter().filter(|entry| entry == "wang.fang account.lock").count();
    assert!(locks >= 1);
}

async fn a_right_password_forgets_the_wrong_ones(town: Town) {
    for _ in 0..3 {
        for _ in 0..WRONG_PASSWORDS_MAX - 1 {
            assert!(sign_in(&town.office, "wang.fang", WRONG).await.is_err());
        }
        assert!(sign_in(&town.office, "wang.fang", PASSWORD).await.is_ok());
    }
}

fn newcomer() -> NewAccount {
    NewAccount {
        login: "sun.li".to_owned(),
        name: "孙丽".to_owned(),
        role: Role::Clerk,
        unit: Some("hrss".to_owned()),
        password: "correct horse 42".to_owned(),
    }
}

async fn only_who_manages_accounts_adds_one(town: Town) {
    for actor in [town.supervisor().await, town.clerk().await, town.inspector().await, town.auditor().await] {
        let error = add(town.desk(&actor).await, newcomer()).await;
        assert!(matches!(error, Err(AccessError::Refused(Refused::Role { .. }))), "{}", actor.login);
    }
    add(town.desk(&town.operator().await).await, newcomer()).await.expect("added");
    assert_eq!(trail(&town, 1).await, ["xu.lei account.add"]);
    assert!(sign_in(&town.office, "sun.li", "correct horse 42").await.is_ok());
    assert_sound(&town).await;
}

async fn a_new_account_is_checked(town: Town) {
    let operator = town.operator().await;
    let cases = [
        (NewAccount { login: "孙丽".to_owned(), ..newcomer() }, "MC-ACCESS-017"),
        (NewAccount { login: "x".to_owned(), ..newcomer() }, "MC-ACCESS-017"),
        (NewAccount { name: " ".to_owned(), ..newcomer() }, "MC-ACCESS-019"),
        (NewAccount { password: "short".to_owned(), ..newcomer() }, "MC-ACCESS-015"),
        (NewAccount { password: "sun.li-2023".to_owned(), ..newcomer() }, "MC-ACCESS-016"),
        (NewAccount { unit: None, ..newcomer() }, "MC-ACCESS-020"),
        (NewAccount { unit: Some("nowhere".to_owned()), ..newcomer() }, "MC-ACCESS-021"),
    ];
    for (new, code) in cases {
        let error = add(town.desk(&operator).await, new).await.expect_err(code);
        assert_eq!((error.trouble().code, error.kind()), (code, Kind::Invalid));
    }
    assert!(!trail(&town, 1).await.contains(&"xu.lei account.add".to_owned()));
}

async fn a_login_is_never_given_twice(town: Town) {
    let operator = town.operator().await;
    close(town.desk(&operator).await, "wang.fang", "退休").await.expect("closed");
    let error = add(town.desk(&operator).await, NewAccount { login: "wang.fang".to_owned(), ..newcomer() }).await;
    assert_eq!(error, Err(AccessError::LoginTaken { login: "wang.fang".to_owned() }));
    let again = close(town.desk(&operator).await, "wang.fang", "退休").await;
    assert_eq!(again, Err(AccessError::NoSuchAccount { login: "wang.fang".to_owned() }));
}

async fn a_new_password_ends_all_sessions(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    let clerk = town.clerk().await;
    let changed = |old: &'static str, new: &'static str| change_own_password(&town.office, &clerk, old, new);
    assert_eq!(changed(WRONG, "correct horse 42").await, Err(AccessError::WrongPassword));
    assert_eq!(changed(PASSWORD, "aaaaaaaaaa").await, Err(AccessError::PasswordGuessable));
    assert!(sessions::find(&town.office, &opened.token).await.is_ok(), "nothing has happened yet");
    changed(PASSWORD, "correct horse 42").await.expect("changed");
    assert_eq!(sessions::find(&town.office, &opened.token).await, Err(AccessError::NoSession));
    assert!(sign_in(&town.office, "wang.fang", PASSWORD).await.is_err());
    assert!(sign_in(&town.office, "wang.fang", "correct horse 42").await.is_ok());
    assert_sound(&town).await;
}

async fn an_operator_resets_a_password_and_lifts_the_lock(town: Town) {
    for _ in 0..WRONG_PASSWORDS_MAX {
        assert!(sign_in(&town.office, "wang.fang", WRONG).await.is_err());
    }
    let password = random_password(&town.office);
    assert_eq!(password.len(), 20);
    let refused = reset_password(town.desk(&town.clerk().await).await, "wang.fang", &password).await;
    assert!(matches!(refused, Err(AccessError::Refused(_))));
    reset_password(town.desk(&town.operator().await).await, "wang.fang", &password).await.expect("reset");
    assert!(sign_in(&town.office, "wang.fang", &password).await.is_ok());
    assert_sound(&town).await;
}

async fn the_built_in_accounts_are_made_once_and_nobody_signs_in_as_them(town: Town) {
    let one = built_in(&town.office).await.expect("built-in accounts");
    assert_eq!(built_in(&town.office).await, Ok(one.clone()));
    assert_eq!((one.console.login.as_str(), one.system.login.as_str()), ("console", "system"));
    let error = close(town.desk(&town.operator().await).await, "console", "?").await;
    assert_eq!(error, Err(AccessError::NoSuchAccount { login: "console".to_owned() }));
    assert_sound(&town).await;
}

async fn the_list_tells_who_can_act(town: Town) {
    let operator = town.operator().await;
    close(town.desk(&operator).await, "chen.jing", "调离").await.expect("closed");
    let all = list(&mut town.reading(&operator).await).await.expect("a list");
    let told: Vec<String> =
        all.iter().map(|a| format!("{} {} {} {}", a.actor.login, a.actor.role, a.active, a.has_password)).collect();
    assert_eq!(told.len(), 9);
    assert_eq!(told[0], "chen.jing clerk false true");
    assert_eq!(told[1], "console console true false");
    assert!(list(&mut town.reading(&town.clerk().await).await).await.is_err());
}
