//! Sessions.

use mingcha_access::accounts::{close, sign_in};
use mingcha_access::sessions::{self, HOURS_MAX, IDLE_HOURS_MAX};
use mingcha_access::{AccessError, Refused};
use mingcha_testkit::{PASSWORD, Town};

use crate::{in_both_towns, trail};

in_both_towns!(
    a_session_is_found_by_its_token_and_by_nothing_else,
    the_store_does_not_hold_the_token,
    a_session_ends_when_nobody_uses_it,
    a_session_ends_after_half_a_day_in_any_case,
    signing_out_ends_it,
    closing_an_account_ends_its_sessions,
    sessions_of_others_are_listed_and_revoked_by_who_manages_accounts,
    a_form_carries_the_token_of_its_own_session,
);

async fn a_session_is_found_by_its_token_and_by_nothing_else(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    let session = sessions::find(&town.office, &opened.token).await.expect("a session");
    assert_eq!((&session.actor, &session.csrf), (&town.clerk().await, &opened.session.csrf));
    let mut near = opened.token.clone();
    near.replace_range(..1, if near.starts_with('0') { "1" } else { "0" });
    for forged in ["", "x", &near, &opened.session.csrf, "' OR 1=1 --", &"f".repeat(64), &format!("{}0", opened.token)]
    {
        assert_eq!(sessions::find(&town.office, forged).await, Err(AccessError::NoSession), "{forged}");
    }
}

async fn the_store_does_not_hold_the_token(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    let mut tx = town.store().read().await.expect("a transaction");
    let rows = tx.all("SELECT * FROM session", vec![]).await.expect("a query");
    assert_eq!(rows.len(), 1);
    assert!(!format!("{rows:?}").contains(&opened.token));
    let id = rows[0].text("id_hash").expect("text").to_owned();
    assert_eq!(sessions::find(&town.office, &id).await, Err(AccessError::NoSession), "its hash opens nothing");
}

async fn a_session_ends_when_nobody_uses_it(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    for _ in 0..3 {
        town.clock.pass_seconds(IDLE_HOURS_MAX * 3600 - 60);
        assert!(sessions::find(&town.office, &opened.token).await.is_ok(), "used in time");
    }
    town.clock.pass_hours(IDLE_HOURS_MAX);
    assert_eq!(sessions::find(&town.office, &opened.token).await, Err(AccessError::NoSession));
}

async fn a_session_ends_after_half_a_day_in_any_case(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    for _ in 0..HOURS_MAX - 1 {
        town.clock.pass_hours(1);
        assert!(sessions::find(&town.office, &opened.token).await.is_ok());
    }
    town.clock.pass_hours(1);
    assert_eq!(sessions::find(&town.office, &opened.token).await, Err(AccessError::NoSession));
}

async fn signing_out_ends_it(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    let other = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in elsewhere");
    sessions::close(&town.office, &opened.token).await.expect("closed");
    sessions::close(&town.office, &opened.token).await.expect("twice is no fault");
    assert_eq!(sessions::find(&town.office, &opened.token).await, Err(AccessError::NoSession));
    assert!(sessions::find(&town.office, &other.token).await.is_ok());
}

async fn closing_an_account_ends_its_sessions(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    close(town.desk(&town.operator().await).await, "wang.fang", "调离").await.expect("closed");
    assert_eq!(sessions::find(&town.office, &opened.token).await, Err(AccessError::NoSession));
}

async fn sessions_of_others_are_listed_and_revoked_by_who_manages_accounts(town: Town) {
    let opened = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in");
    let (clerk, other, operator) = (town.clerk().await, town.other_clerk().await, town.operator().await);
    assert_eq!(sessions::list(&mut town.reading(&clerk).await, clerk.account).await.expect("one's own").len(), 1);
    let refused = sessions::list(&mut town.reading(&other).await, clerk.account).await;
    assert!(matches!(refused, Err(AccessError::Refused(Refused::Role { .. }))));
    let refused = sessions::revoke(town.desk(&other).await, clerk.account, "?").await;
    assert!(matches!(refused, Err(AccessError::Refused(Refused::Role { .. }))));
    assert!(sessions::find(&town.office, &opened.token).await.is_ok());

    assert_eq!(sessions::revoke(town.desk(&operator).await, clerk.account, "电脑遗失").await, Ok(1));
    assert_eq!(sessions::find(&town.office, &opened.token).await, Err(AccessError::NoSession));
    assert_eq!(trail(&town, 1).await, ["xu.lei session.revoke"]);
    assert!(sessions::list(&mut town.reading(&operator).await, clerk.account).await.expect("a list").is_empty());
}

async fn a_form_carries_the_token_of_its_own_session(town: Town) {
    let one = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in").session;
    let other = sign_in(&town.office, "wang.fang", PASSWORD).await.expect("signed in").session;
    assert_eq!(one.check_form(&one.csrf), Ok(()));
    for forged in ["", "x", &other.csrf, &one.csrf[1..]] {
        assert_eq!(one.check_form(forged), Err(AccessError::ForgedForm));
    }
}
