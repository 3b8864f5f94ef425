//! PostgreSQL that goes away: a connection that is ended, a network that falls silent, a server that only reads, every
//! connection taken (F16, F17, F18, F21).

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::time::timeout;

use crate::reset::walk::{NEW, Walk, alice, opens};
use crate::support::{Node, PASSWORD, Proxy, Reply, TestApp};

/// The server gives up after two or three seconds, the driver after thirty, and forty that wait for one another after two
/// minutes. A machine that is busy otherwise may need some more.
const PATIENCE: Duration = Duration::from_secs(20);

async fn ready_to_reset(app: &TestApp) -> (regain_store::User, Walk<'_>) {
    app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
    let user = alice(app).await;
    (user, Walk::to_password(app).await)
}

async fn beside(app: &TestApp) -> PgConnection {
    PgConnection::connect(app.engine.config.database_url.expose()).await.unwrap()
}

/// Ends every connection to the database but this one, or those that wait for a lock.
async fn end_others(connection: &mut PgConnection, only: &str) -> usize {
    let ended = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND {only}"
    );
    sqlx::query(AssertSqlSafe(ended)).fetch_all(connection).await.unwrap().len()
}

#[track_caller]
fn assert_nothing_was_lost(reply: &Reply) {
    assert_eq!(reply.status, 503, "{}", reply.text());
    reply.assert_shows("Nothing was lost");
}

#[tokio::test]
async fn f17_a_connection_that_ends_in_a_transaction_leaves_no_half_state() {
    let Some(app) = TestApp::start_on_postgres().await else { return };
    let (user, walk) = ready_to_reset(&app).await;
    let mut other = beside(&app).await;
    // The reset stops in the middle of its transaction: the verifier cannot be written while this is held.
    sqlx::query("BEGIN").execute(&mut other).await.unwrap();
    sqlx::query("LOCK TABLE passwords IN EXCLUSIVE MODE").execute(&mut other).await.unwrap();
    let mut browser = walk.browser.clone();
    let posted = tokio::spawn(async move {
        browser.post_raw("/reset/password", &[("new_password", NEW), ("confirm_password", NEW)]).await
    });
    timeout(PATIENCE, async {
        while end_others(&mut other, "wait_event_type = 'Lock'").await == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("the reset waits for the table");
    assert_nothing_was_lost(&posted.await.unwrap());
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM flows WHERE closed_at IS NOT NULL").await, 0);
    assert!(opens(&app, &user, PASSWORD).await);
    // Every connection of the pool dies while nobody looks, and nobody notices.
    end_others(&mut other, "TRUE").await;
    let mut walk = walk;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn f16_a_server_that_takes_no_writes_is_read() {
    let Some(app) = TestApp::start_on_postgres().await else { return };
    let (user, mut walk) = ready_to_reset(&app).await;
    let mut other = beside(&app).await;
    let set = |to: &str| {
        AssertSqlSafe(format!(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {to}',
                current_database()); END $$"
        ))
    };
    sqlx::query(set("on")).execute(&mut other).await.unwrap();
    end_others(&mut other, "TRUE").await;
    let fields = [("new_password", NEW), ("confirm_password", NEW)];
    assert_nothing_was_lost(&walk.browser.post_raw("/reset/password", &fields).await);
    walk.browser.get("/reset/password").await.assert_shows("Choose a new password");
    let ready = app.browser().get_raw("/readyz").await;
    assert!(ready.status == 503 && ready.body.contains("it can only be read"), "{}", ready.body);
    sqlx::query(set("off")).execute(&mut other).await.unwrap();
    end_others(&mut other, "TRUE").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    assert_eq!(app.browser().get_raw("/readyz").await.status, 200);
}

#[tokio::test]
async fn f18_a_network_that_falls_silent_is_noticed_and_forgotten() {
    let Some(app) = TestApp::start_on_postgres().await else { return };
    let (_, mut walk) = ready_to_reset(&app).await;
    let proxy = Proxy::to(&app).await;
    let node = Node::through(&app, &proxy).await;
    walk.browser = walk.browser.led_to(node.address);
    walk.browser.get("/reset/password").await.assert_shows("Choose a new password");
    assert_eq!(node.browser().get_raw("/readyz").await.status, 200);

    proxy.fall_silent();
    let answer = |status| {
        let mut browser = node.browser();
        async move { timeout(PATIENCE, async { browser.get_raw(status).await.status }).await }
    };
    assert_eq!(answer("/readyz").await, Ok(503));
    assert_eq!(answer("/livez").await, Ok(200));
    // Many at once wait no longer than one: there is no queue.
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let mut browser = walk.browser.clone();
        waiting.spawn(async move { browser.get_raw("/reset/password").await.status });
    }
    let answered = timeout(PATIENCE, waiting.join_all()).await.expect("nobody waits for somebody else");
    assert!(answered.iter().all(|status| *status == 503), "{answered:?}");

    proxy.recover();
    let back = timeout(2 * PATIENCE, async {
        while node.browser().get_raw("/readyz").await.status != 200
            || walk.browser.get_raw("/reset/password").await.status != 200
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    back.await.expect("well again without a restart");
}

#[tokio::test]
async fn f18_a_network_that_falls_silent_while_a_connection_comes_back_takes_no_place_for_good() {
    let Some(app) = TestApp::start_on_postgres().await else { return };
    let proxy = Proxy::to(&app).await;
    let node = Node::through(&app, &proxy).await;
    proxy.fall_silent_at_a_question();
    assert_eq!(node.browser().get_raw("/readyz").await.status, 200);
    timeout(PATIENCE, proxy.silence())
        .await
        .expect("the connection that health used is asked whether it lives");
    assert_eq!(node.browser().get_raw("/readyz").await.status, 503);

    proxy.recover();
    let back = timeout(PATIENCE, async {
        while node.browser().get_raw("/readyz").await.status != 200 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    back.await.expect("health has its one connection again");
}

#[tokio::test]
async fn f21_with_every_connection_taken_the_answer_is_fast_and_health_has_its_own() {
    for app in [Some(TestApp::start_on_sqlite().await), TestApp::start_on_postgres().await] {
        let Some(app) = app else { continue };
        let (_, mut walk) = ready_to_reset(&app).await;
        let mut held = Vec::new();
        while let Ok(Ok(tx)) = timeout(Duration::from_millis(200), app.engine.store.read()).await {
            held.push(tx);
        }
        assert!(held.len() >= 4);
        let (reply, ready, live) = tokio::join!(
            timeout(PATIENCE, walk.browser.get_raw("/reset/password")),
            async { app.browser().get_raw("/readyz").await.status },
            async { app.browser().get_raw("/livez").await.status },
        );
        assert_nothing_was_lost(&reply.expect("it is told that every connection is taken"));
        assert_eq!((ready, live), (200, 200));
        drop(held);
        walk.finish(NEW).await.assert_shows("Your password has been reset");
    }
}

/// A trigger that makes the next writes of a table fail as a deadlock's victim does. A sequence is not undone.
async fn collide(connection: &mut PgConnection, table: &str, times: u32, state: &str) {
    let statements = format!(
        "CREATE SEQUENCE collisions;
         CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('collisions') <= {times} THEN RAISE EXCEPTION 'collision' USING ERRCODE = '{state}'; END IF;
            RETURN NEW; END $$;
         CREATE TRIGGER collide BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION collide()"
    );
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(connection).await.unwrap();
}

#[tokio::test]
async fn f20_a_collision_is_tried_again_and_nothing_counts_twice() {
    for (table, state) in [("proofs", "40P01"), ("proofs", "40001"), ("audit", "40P01")] {
        let Some(app) = TestApp::start_on_postgres().await else { return };
        app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
        alice(&app).await;
        let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        walk.choose("email").await;
        let code = app.code_for("alice@mail.example").await;
        collide(&mut beside(&app).await, table, 2, state).await;
        let reply = walk.browser.post_raw("/reset/verify", &[("code", &code)]).await;
        assert_eq!(reply.location(), "/reset/method", "{table} {state}: {}", reply.text());
        assert_eq!(app.number("SELECT COUNT(*) FROM proofs").await, 1);
        assert_eq!(app.number("SELECT attempts FROM challenges").await, 1, "counted once: {table} {state}");
    }
}

#[tokio::test]
async fn f20_the_third_collision_is_told() {
    let Some(app) = TestApp::start_on_postgres().await else { return };
    let (user, mut walk) = ready_to_reset(&app).await;
    let mut other = beside(&app).await;
    collide(&mut other, "audit", 3, "40P01").await;
    let fields = [("new_password", NEW), ("confirm_password", NEW)];
    assert_nothing_was_lost(&walk.browser.post_raw("/reset/password", &fields).await);
    assert!(opens(&app, &user, PASSWORD).await);
    let (tried,): (i64,) =
        sqlx::query_as("SELECT last_value FROM collisions").fetch_one(&mut other).await.unwrap();
    assert_eq!(tried, 3, "three times, and no more");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
}
