//! What service accounts may do: the one of the guide what is needed and no more; others are recognised.

use regain_directory::{Done, Excess, Failure, Protection, Refusal, Right, Rights, SetOptions};

use crate::accounts::{Account, State};
use crate::bed::Login;
use crate::client::{administer, run, signed_in};
use crate::dialect::{DS389, Dialect, OPENLDAP, SAMBA};
use crate::house::{House, find};
use crate::judges::{self, Verdict};

const NEW: &str = "Fresh#Harbour27";

fn house(dialect: &'static Dialect, test: &str) -> Option<House> {
    House::of(dialect, &format!("service_account::{test}"))
}

/// Somebody else's client tries it as the service account: whether the directory let it.
fn may_write(house: &House, dn: &str, change: &str) -> bool {
    let ldif = format!("dn: {dn}\nchangetype: modify\n{change}\n");
    let answer = run(&mut signed_in(&house.server, "ldapmodify", &house.server.service), &ldif);
    assert!(answer.succeeded || answer.text.contains("(50)"), "{}", answer.text);
    answer.succeeded
}

#[tokio::test]
async fn a_domain_gives_it_what_is_needed_and_no_more() {
    let Some(house) = house(&SAMBA, "domain") else { return };
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    let needed = Rights {
        reset_password: Right::Yes,
        unlock: Right::Yes,
        must_change: Right::Yes,
        excess: Vec::new(),
    };
    assert_eq!(session.rights(&person).await, Ok(needed));
    assert!(may_write(&house, &account.dn, "replace: lockoutTime\nlockoutTime: 0"));
    assert!(may_write(&house, &account.dn, "replace: pwdLastSet\npwdLastSet: -1"));
    assert!(!may_write(&house, &account.dn, "replace: mail\nmail: other@example.test"));
    assert!(!may_write(&house, &account.dn, "replace: userAccountControl\nuserAccountControl: 514"));
    assert!(!may_write(&house, &house.server.administrator.dn, "replace: lockoutTime\nlockoutTime: 0"));
}

#[tokio::test]
async fn outside_its_unit_it_may_do_nothing() {
    let Some(house) = house(&SAMBA, "outside") else { return };
    let account = elsewhere(&house);
    let mut settings = house.settings(&house.server.url, &house.server.service);
    settings.base = house.server.base.clone();
    let session = house.hasty(settings).connect().await.unwrap();
    let person = find(&session, &account).await;
    let rights = session.rights(&person).await.unwrap();
    assert_eq!((rights.reset_password, rights.unlock, rights.must_change), (Right::No, Right::No, Right::No));
    let reset = session.set_password(&person, &NEW.into(), SetOptions::default()).await;
    assert_eq!(reset, Err(Failure::Refused(Refusal::NoRight)));
    assert_eq!(session.unlock(&person).await, Err(Failure::Refused(Refusal::NoRight)));
    judges::kept(&house.server, &account, NEW);
}

/// Moved by an administrator into a unit that nobody delegated.
fn elsewhere(house: &House) -> Account {
    let account = house.account(State::Ordinary);
    let (unit, name) = (format!("OU=Elsewhere,{}", house.server.base), format!("CN={}", account.name));
    administer(
        &house.server,
        &format!(
            "dn: {}\nchangetype: modrdn\nnewrdn: {name}\ndeleteoldrdn: 1\nnewsuperior: {unit}\n",
            account.dn
        ),
    );
    Account { dn: format!("{name},{unit}"), ..account }
}

#[tokio::test]
async fn one_that_rules_the_domain_is_recognised() {
    let Some(house) = house(&SAMBA, "ruler") else { return };
    let account = house.account(State::Ordinary);
    let settings = house.settings(&house.server.url, &house.server.administrator);
    let session = house.hasty(settings).connect().await.unwrap();
    let rights = session.rights(&find(&session, &account).await).await.unwrap();
    let rules = |excess: &Excess| matches!(excess, Excess::RulesDirectory(sids) if !sids.is_empty());
    assert!(rights.excess.iter().any(rules), "{rights:?}");
}

#[test]
fn openldap_lets_it_write_passwords_and_nothing_about_the_person() {
    writes_passwords_only(&OPENLDAP);
}

#[test]
fn ds389_lets_it_write_passwords_and_nothing_about_the_person() {
    writes_passwords_only(&DS389);
}

fn writes_passwords_only(dialect: &'static Dialect) {
    let Some(house) = house(dialect, dialect.kind.name()) else { return };
    let account = house.account(State::Ordinary);
    assert!(!may_write(&house, &account.dn, "replace: mail\nmail: other@example.test"));
    assert!(!may_write(&house, &account.dn, "replace: sn\nsn: Other"));
    assert!(may_write(&house, &account.dn, &format!("replace: userPassword\nuserPassword: {NEW}")));
}

/// AdminSDHolder marks who is or was an administrator; Samba does not, so that groups count as well, those in groups too.
#[tokio::test]
async fn an_administrator_is_recognised_by_the_mark_and_by_groups_in_groups() {
    let Some(house) = house(&SAMBA, "administrators") else { return };
    let (marked, nested) = (house.account(State::Ordinary), house.account(State::Ordinary));
    let mark = format!("dn: {}\nchangetype: modify\nreplace: adminCount\nadminCount: 1\n", marked.dn);
    administer(&house.server, &mark);
    let group = format!("CN=g-{},{}", nested.name, house.server.people);
    let operators = format!("CN=Account Operators,CN=Builtin,{}", house.server.base);
    administer(
        &house.server,
        &format!(
            "dn: {group}\nchangetype: add\nobjectClass: group\nsAMAccountName: g-{}\nmember: {}\n\n\
             dn: {operators}\nchangetype: modify\nadd: member\nmember: {group}\n",
            nested.name, nested.dn
        ),
    );
    let session = house.session().await;
    for (account, protection) in [(marked, Protection::AdminCount), (nested, Protection::PrivilegedGroup)] {
        let person = find(&session, &account).await;
        assert_eq!(person.account.protection, Some(protection), "{}", account.dn);
        let reset = session.set_password(&person, &NEW.into(), SetOptions::default()).await;
        assert_eq!(reset, Err(Failure::Refused(Refusal::Protected)));
        judges::kept(&house.server, &account, NEW);
    }
}

/// To OpenLDAP one with `manage` is an administrator: what it sets would have to be changed at once. Regain takes that back
/// after a self-service reset.
#[tokio::test]
async fn a_reset_by_one_that_manages_need_not_be_changed_again() {
    let Some(house) = house(&OPENLDAP, "manage") else { return };
    let account = house.account(State::Locked);
    let manager: &Login = house.server.manager.as_ref().unwrap();
    let session = house.hasty(house.settings(&house.server.url, manager)).connect().await.unwrap();
    let person = find(&session, &account).await;
    let reset = session.set_password(&person, &NEW.into(), SetOptions::default()).await;
    assert_eq!(reset, Ok(Done::default()));
    judges::replaced(&house.server, &account, NEW);
    // Another client's reset stays to be changed, so that the mark is real.
    let mut other = signed_in(&house.server, "ldappasswd", manager);
    assert!(run(other.args(["-s", "Other#Harbour28", &account.dn]), "").succeeded);
    judges::bind(&house.server, &account, "Other#Harbour28", Verdict::MustChange);
}
