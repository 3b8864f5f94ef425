//! Searching and paging.

use regain_store::{Group, GroupMember, User};

use super::{GROUPS, USERS, act_and_see, group_page};
use crate::policy::admin;
use crate::support::{Browser, Reply, TestApp};

/// Copies of a user under other names, without passwords.
async fn many_users(app: &TestApp, model: &User, names: impl Iterator<Item = String>) -> Vec<User> {
    let mut tx = app.engine.store.write().await.unwrap();
    let mut users = Vec::new();
    for name in names {
        let upn = format!("{name}@contoso.example");
        let user = User {
            id: app.engine.new_id(),
            upn_key: upn.clone(),
            upn,
            name_key: name.clone(),
            display_name: name,
            ..model.clone()
        };
        tx.add_user(&user).await.unwrap();
        users.push(user);
    }
    tx.commit().await.unwrap();
    users
}

/// The address behind *Next* or *Previous*.
fn way(page: &Reply, key: &str) -> Option<String> {
    let hrefs = page.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let mut found = hrefs.filter(|href| href.contains(&format!("{key}=")));
    found.next().map(|href| href.replace("&amp;", "&"))
}

/// All pages of a list from the first on, and back again.
async fn walk(browser: &mut Browser, first: &str) -> Vec<Reply> {
    let mut pages = vec![browser.get(first).await];
    while let Some(next) = way(pages.last().unwrap(), "after") {
        pages.push(browser.get(&next).await);
        assert!(pages.len() < 20, "an endless list");
    }
    for before in (0..pages.len() - 1).rev() {
        let back = way(&pages[before + 1], "before").expect("a way back");
        let page = browser.get(&back).await;
        assert_eq!(listed(&page), listed(&pages[before]), "the way back leads through the same pages");
    }
    pages
}

/// The names `row…` on a page, in order.
fn listed(page: &Reply) -> Vec<String> {
    let text = page.text();
    let mut names: Vec<String> = text
        .split(' ')
        .filter(|word| word.starts_with("row") && !word.contains('@'))
        .map(str::to_owned)
        .collect();
    names.dedup();
    names
}

#[tokio::test]
async fn r238_users_are_found_by_the_beginning_of_a_name_and_filtered() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (ana, _) = (app.add_user("ana").await, app.add_user("100%real").await);
    app.add_user("bob").await;
    act_and_see(&mut browser, &ana, "block", &[("blocked", "true")]).await;
    let find = |query: &str| format!("{USERS}?{query}");
    browser.get(&find("q=AN")).await.assert_shows("ana@contoso.example").assert_hides("bob@contoso.example");
    browser.get(&find("q=bob@contoso")).await.assert_shows("bob@contoso.example").assert_hides("ana@");
    browser.get(&find("show=blocked")).await.assert_shows("ana@contoso.example").assert_hides("bob@");
    let administrators = browser.get(&find("show=administrators")).await;
    administrators.assert_shows("admin@contoso.example").assert_hides("bob@contoso.example");
    browser.get(&find("q=nobody")).await.assert_shows("No users match this search");
    for query in
        ["q=%25", "q=_", "q='%20OR%20'1'='1", "q=%00", "q=%ff", "show=everything", "after=%00", "before=%00"]
    {
        let page = browser.get(&find(query)).await;
        assert_eq!(page.status, 200, "{query}");
        if query.starts_with("q=%25") || query.starts_with("q=_") || query.contains("OR") {
            page.assert_hides("ana@contoso.example");
        }
    }
    let page = browser.get(&find("q=%3Cscript%3Ealert(1)%3C/script%3E")).await;
    assert!(!page.body.contains("<script>alert(1)"));
}

#[tokio::test]
async fn r238_users_are_paged_by_key_there_and_back() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let model = app.add_user("model").await;
    many_users(&app, &model, (0..120).map(|number| format!("row{number:03}"))).await;
    let pages = walk(&mut browser, &format!("{USERS}?q=row")).await;
    let numbers: Vec<usize> = pages.iter().map(|page| listed(page).len()).collect();
    assert_eq!(numbers, [50, 50, 20]);
    let names: Vec<String> = pages.iter().flat_map(listed).collect();
    let expected: Vec<String> = (0..120).map(|number| format!("row{number:03}")).collect();
    assert_eq!(names, expected, "each once, in order");
    // A page does not shift when somebody comes before it.
    let second = way(&pages[0], "after").unwrap();
    many_users(&app, &model, std::iter::once("row0001".to_owned())).await;
    assert_eq!(listed(&browser.get(&second).await), listed(&pages[1]));
}

#[tokio::test]
async fn groups_and_members_are_searched_and_paged() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let mut tx = app.engine.store.write().await.unwrap();
    for number in 0..60 {
        let name = format!("row{number:02}");
        let (id, created_at) = (app.engine.new_id(), app.now());
        let description = if number == 42 { "The Answer".to_owned() } else { String::new() };
        tx.add_group(&Group { id, name_key: name.clone(), name, description, created_at }).await.unwrap();
    }
    tx.commit().await.unwrap();
    let pages = walk(&mut browser, GROUPS).await;
    assert_eq!(pages.iter().map(|page| listed(page).len()).collect::<Vec<_>>(), [50, 10]);
    assert_eq!(listed(&browser.get(&format!("{GROUPS}?q=ROW4")).await).len(), 10);
    assert_eq!(listed(&browser.get(&format!("{GROUPS}?q=answer")).await), ["row42"]);
    browser.get(&format!("{GROUPS}?q=nothing")).await.assert_shows("No groups match this search");
    for query in ["%25", "_", "%00", "%ff", "\\"] {
        let page = browser.get(&format!("{GROUPS}?q={query}")).await;
        assert_eq!(page.status, 200, "{query}");
    }

    let model = app.add_user("model").await;
    let group = app.add_group("Members", &[]).await;
    let users = many_users(&app, &model, (0..60).map(|number| format!("row{number:02}"))).await;
    let mut tx = app.engine.store.write().await.unwrap();
    for user in &users {
        tx.add_member(group, GroupMember::User(user.id)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let pages = walk(&mut browser, &group_page(group)).await;
    assert_eq!(pages.iter().map(|page| listed(page).len()).collect::<Vec<_>>(), [50, 10]);
    pages[1].assert_shows("60 people");
    let found = browser.get(&format!("{}/add-members?q=row", group_page(group))).await;
    found.assert_shows("There are more");
}
