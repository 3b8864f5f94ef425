//! Who may open and post what (T32): every address of the router, as everybody.

mod matrix;
pub mod routes;

use std::collections::BTreeSet;

use hyper::Method;
use regain_core::role::{Role, allows};
use regain_server::http;

use crate::support::{Browser, Reply, TestApp};
use matrix::{MATRIX, Who};
use routes::{Route, routes};

/// Somebody who calls everything.
struct Caller {
    name: &'static str,
    signed_in: bool,
    roles: Vec<Role>,
    browser: Browser,
}

/// A server with somebody of every kind, and somebody and a group to act on.
struct House {
    app: TestApp,
    callers: Vec<Caller>,
    person: String,
    group: String,
}

impl House {
    async fn build() -> Self {
        let app = TestApp::start().await;
        let person = app.add_user("target").await;
        let group = app.add_group("Everybody", &[&person]).await.to_string();
        let mut callers =
            vec![Caller { name: "nobody", signed_in: false, roles: Vec::new(), browser: app.browser() }];
        app.add_user("person").await;
        let mut browser = app.browser();
        browser.sign_in("person").await;
        callers.push(Caller { name: "person", signed_in: true, roles: Vec::new(), browser });
        for role in Role::ALL {
            let user = app.add_user(role.as_str()).await;
            app.grant(&user, role.as_str()).await;
            let mut browser = app.browser();
            browser.sign_in(role.as_str()).await;
            callers.push(Caller { name: role.as_str(), signed_in: true, roles: vec![*role], browser });
        }
        Self { app, callers, person: person.id.to_string(), group }
    }

    /// An address with something in the place of each name in braces.
    fn address(&self, path: &str) -> String {
        let id = if path.starts_with("/admin/groups/") { &self.group } else { &self.person };
        path.replace("{id}", id)
            .replace("{method}", "email")
            .replace("{kind}", "code-reset")
            .replace("{seq}", "1")
            .replace("{file}", "none")
            .replace("{token}", "guessed")
            .replace("{message}", &self.person)
            .replace("{key}", "guessed")
    }

    async fn call(&self, browser: &mut Browser, method: &str, path: &str) -> Reply {
        let path = self.address(path);
        let id = if path.starts_with("/admin/groups/") { &self.group } else { &self.person };
        let body = (method == "POST").then(|| format!("id={id}").into_bytes());
        browser.send(method.parse().unwrap(), &path, body, &[]).await
    }

    /// What an administrator decides on.
    async fn decided(&self) -> Vec<(String, String)> {
        let mut content = self.app.content().await;
        content.retain(|(table, _)| {
            [
                "users",
                "groups",
                "group_members",
                "roles",
                "policies",
                "settings",
                "passwords",
                "methods",
                "gateways",
            ]
            .contains(&table.as_str())
        });
        content
    }
}

impl Who {
    fn lets_in(self, caller: &Caller) -> bool {
        match self {
            Who::Anyone => true,
            Who::Person => caller.signed_in,
            Who::Portal => !caller.roles.is_empty(),
            Who::May(rights) => rights.iter().any(|right| allows(&caller.roles, *right)),
            Who::Device | Who::Gateway | Who::Quiet => false,
        }
    }

    /// Whether the answer refuses as it should.
    fn refuses(self, caller: &Caller, reply: &Reply) -> bool {
        match self {
            Who::Device => reply.status == 401,
            Who::Gateway => reply.status == 404,
            Who::Quiet => matches!(reply.status, 401 | 403 | 404),
            _ if caller.signed_in => reply.status == 403,
            // A download, or a word for a script, is no page: it leads nowhere.
            _ => leads_to_sign_in(reply) || matches!(reply.status, 401 | 404),
        }
    }
}

fn leads_to_sign_in(reply: &Reply) -> bool {
    let to = reply.location();
    reply.status == 303 && (to == "/signin" || to.starts_with("/signin?"))
}

/// What the site's files and the tests' own seams are at is no page of anybody.
fn addresses(app: &TestApp) -> BTreeSet<Route> {
    let files = routes(&http::assets::router());
    let mut all = routes(&http::router(&app.engine));
    all.retain(|route| !files.contains(route) && !route.1.starts_with("/test/"));
    all
}

#[tokio::test]
async fn t32_every_address_stands_in_the_matrix_and_every_row_is_an_address() {
    let app = TestApp::start().await;
    let listed = MATRIX.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()));
    let (listed, found): (BTreeSet<_>, _) = (listed.collect(), addresses(&app));
    let unlisted: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(unlisted.is_empty(), "say in access/matrix.rs who may: {unlisted:#?}");
    assert!(gone.is_empty(), "no address any more: {gone:#?}");
    assert_eq!(listed.len(), MATRIX.len(), "no row stands twice");
}

#[tokio::test]
async fn t32_everybody_is_refused_what_the_matrix_does_not_give_them_and_changes_nothing() {
    let house = House::build().await;
    let before = house.decided().await;
    let mut wrong = Vec::new();
    for caller in &house.callers {
        for (method, path, who) in MATRIX.iter().filter(|(.., who)| !who.lets_in(caller)) {
            let reply = house.call(&mut caller.browser.clone(), method, path).await;
            if !who.refuses(caller, &reply) {
                wrong.push(format!(
                    "{method} {path} as {}: {} {}",
                    caller.name,
                    reply.status,
                    reply.location()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(house.decided().await, before);
}

#[tokio::test]
async fn t32_everybody_is_let_in_where_the_matrix_says_so() {
    let house = House::build().await;
    let mut wrong = Vec::new();
    // What is read comes first: what is posted may end a session, or a person.
    for posts in ["GET", "POST"] {
        for caller in &house.callers {
            for (method, path, who) in
                MATRIX.iter().filter(|(method, _, who)| *method == posts && who.lets_in(caller))
            {
                if ["/signout", "/security-info/sign-out-elsewhere"].contains(path) {
                    continue;
                }
                let reply = house.call(&mut caller.browser.clone(), method, path).await;
                let shut = matches!(reply.status, 401 | 403 | 405 | 500..) && reply.status != 503;
                // What is for everybody may lead there, as signing in does.
                let sent_away = *who != Who::Anyone && leads_to_sign_in(&reply);
                if shut || sent_away {
                    wrong.push(format!(
                        "{method} {path} as {}: {} {}",
                        caller.name,
                        reply.status,
                        reply.location()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn t32_no_other_method_and_no_other_spelling_is_a_way_in() {
    let house = House::build().await;
    let (nobody, person) = (&house.callers[0], &house.callers[1]);
    let admin = house.callers.iter().find(|caller| caller.roles == [Role::GlobalAdministrator]).unwrap();
    let known = addresses(&house.app);
    let paths: BTreeSet<&String> = known.iter().map(|(_, path)| path).collect();
    for path in paths {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            if known.contains(&(method.to_owned(), path.clone())) {
                continue;
            }
            let reply = house.call(&mut admin.browser.clone(), method, path).await;
            assert!(matches!(reply.status, 404 | 405), "{method} {path}: {}", reply.status);
        }
    }
    for (_, path, _) in
        MATRIX.iter().filter(|(method, _, who)| *method == "GET" && matches!(who, Who::May(_)))
    {
        let path = house.address(path);
        let below = path.strip_prefix('/').unwrap_or_default();
        for spelling in [
            format!("/signin/..;/{below}"),
            format!("/signin/../{below}"),
            format!("/signin/%2e%2e/{below}"),
            format!("/;/{below}"),
            format!("//{below}"),
            format!("/./{below}"),
            format!("/%2e/{below}"),
            format!("/%2f{below}"),
            format!("{path}/"),
            format!("{path}//"),
            format!("{path}/."),
            format!("{path};jsessionid=1"),
            format!("{path}%00"),
            format!("{path}%20"),
            format!("{path}.json"),
            path.replacen("admin", "ADMIN", 1),
            path.replacen("admin", "%61dmin", 1),
            path.replacen("/admin", "/admin/", 1),
            path.replacen("/admin", "\\admin", 1),
        ] {
            for caller in [nobody, person] {
                let Ok(_) = spelling.parse::<hyper::Uri>() else { continue };
                if !spelling.starts_with('/') {
                    continue;
                }
                let reply = caller.browser.clone().send(Method::GET, &spelling, None, &[]).await;
                assert!(
                    matches!(reply.status, 303 | 308 | 400 | 403 | 404),
                    "{spelling} as {}: {}",
                    caller.name,
                    reply.status
                );
                let leads = reply.location();
                assert!(
                    leads.is_empty() || leads.starts_with('/') && !leads.starts_with("//"),
                    "{spelling}: {leads}"
                );
            }
        }
    }
}
