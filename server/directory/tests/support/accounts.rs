//! Accounts, each made for one test, in a state that each directory keeps in another way.
#![allow(unreachable_pub, dead_code)]

use std::sync::atomic::{AtomicU32, Ordering};

use data_encoding::BASE64;

use super::bed::{Login, Server};
use super::client::{administer, rewrite};
use super::judges;

/// In which state an account is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Ordinary,
    /// The password must be changed first.
    MustChange,
    /// The password is too old.
    Expired,
    /// An administrator turned it off.
    Disabled,
    /// The account's own time is over. Only a domain has such a time.
    Ended,
    /// Three wrong passwords.
    Locked,
    /// The policy of its own: 12 characters, and one change a day. The password is new.
    Aged,
    /// The same, with a password that is old enough to be changed.
    Seasoned,
    /// An administrator.
    Protected,
}

/// Somebody who is there for one test.
#[derive(Clone, Debug)]
pub struct Account {
    /// `sAMAccountName` or `uid`.
    pub name: String,
    pub dn: String,
    pub password: String,
}

impl Account {
    /// With another password.
    pub fn login(&self, password: &str) -> Login {
        Login { dn: self.dn.clone(), password: password.to_owned() }
    }
}

/// Makes one.
pub fn make(server: &Server, state: State) -> Account {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("p{}n{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let account = named(server, name, state);
    if state == State::Locked {
        judges::lock(server, &account);
    }
    account
}

fn named(server: &Server, name: String, state: State) -> Account {
    match server.kind.as_str() {
        "active-directory" => in_domain(server, name, state),
        "openldap" => in_openldap(server, name, state),
        _ => in_ds389(server, name, state),
    }
}

/// An administrator turns an account on again that was off, or had ended.
pub fn enable(server: &Server, account: &Account) {
    let change = match server.kind.as_str() {
        "active-directory" => {
            "replace: userAccountControl\nuserAccountControl: 512\n-\nreplace: accountExpires\naccountExpires: 0"
        }
        "openldap" => "replace: pwdAccountLockedTime",
        _ => "replace: nsAccountLock",
    };
    administer(server, &modify(&account.dn, change));
}

/// An administrator gives the account another name, which is another DN as well.
pub fn rename(server: &Server, account: &Account) -> Account {
    let name = format!("{}r", account.name);
    let (attribute, names) = match server.kind.as_str() {
        "active-directory" => ("CN", Some(format!("replace: sAMAccountName\nsAMAccountName: {name}"))),
        // The name is the one in the DN.
        _ => ("uid", None),
    };
    let dn = format!("{attribute}={name},{}", server.people);
    let moved = format!("changetype: modrdn\nnewrdn: {attribute}={name}\ndeleteoldrdn: 1\n");
    administer(server, &format!("dn: {}\n{moved}", account.dn));
    if let Some(change) = names {
        administer(server, &modify(&dn, &change));
    }
    Account { name, dn, password: account.password.clone() }
}

/// An administrator removes the account.
pub fn remove(server: &Server, account: &Account) {
    administer(server, &format!("dn: {}\nchangetype: delete\n", account.dn));
}

/// An administrator makes another account of the same name.
pub fn make_again(server: &Server, account: &Account) -> Account {
    named(server, account.name.clone(), State::Ordinary)
}

const PASSWORD: &str = "Begin#Passw0rd";

fn modify(dn: &str, change: &str) -> String {
    format!("dn: {dn}\nchangetype: modify\n{change}\n")
}

fn in_domain(server: &Server, name: String, state: State) -> Account {
    let dn = format!("CN={name},{}", server.people);
    let quoted: Vec<u8> = format!("\"{PASSWORD}\"").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let control = if state == State::Disabled { 514 } else { 512 };
    administer(
        server,
        &format!(
            "dn: {dn}\nchangetype: add\nobjectClass: user\nsAMAccountName: {name}\n\
             userPrincipalName: {name}@corp.example.test\nmail: {name}@example.test\n\
             unicodePwd:: {}\nuserAccountControl: {control}\n",
            BASE64.encode(&quoted)
        ),
    );
    if matches!(state, State::Aged | State::Seasoned) {
        let change = format!("add: msDS-PSOAppliesTo\nmsDS-PSOAppliesTo: {dn}");
        administer(server, &modify(&server.aged_policy, &change));
    }
    match state {
        State::MustChange => administer(server, &modify(&dn, "replace: pwdLastSet\npwdLastSet: 0")),
        // 2012: no client may write anything but now and never.
        State::Expired | State::Seasoned => {
            rewrite(server, &modify(&dn, "replace: pwdLastSet\npwdLastSet: 130000000000000000"));
        }
        State::Ended => {
            administer(server, &modify(&dn, "replace: accountExpires\naccountExpires: 130000000000000000"));
        }
        State::Protected => {
            let admins = format!("CN=Domain Admins,CN=Users,{}", server.base);
            administer(server, &modify(&admins, &format!("add: member\nmember: {dn}")));
        }
        State::Ordinary | State::Disabled | State::Locked | State::Aged => {}
    }
    Account { name, dn, password: PASSWORD.to_owned() }
}

fn in_openldap(server: &Server, name: String, state: State) -> Account {
    let policy = format!("pwdPolicySubentry: {}\n", server.aged_policy);
    let has_own = matches!(state, State::Aged | State::Seasoned);
    let account = in_tree(server, name, state, if has_own { &policy } else { "" });
    let change = match state {
        State::MustChange => "replace: pwdReset\npwdReset: TRUE",
        State::Expired | State::Seasoned => "replace: pwdChangedTime\npwdChangedTime: 20200101000000Z",
        State::Disabled => "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z",
        State::Ordinary | State::Ended | State::Locked | State::Aged | State::Protected => return account,
    };
    administer(server, &modify(&account.dn, change));
    account
}

fn in_ds389(server: &Server, name: String, state: State) -> Account {
    const LASTING: &str = "passwordExpirationTime: 20370101000000Z\n";
    let policy = format!("pwdPolicySubentry: {}\n{LASTING}", server.aged_policy);
    let further = match state {
        // Without a time, a password that an administrator set must be changed.
        State::MustChange => "",
        State::Expired => "passwordExpirationTime: 20200101000000Z\n",
        State::Aged | State::Seasoned => &policy,
        State::Ordinary | State::Disabled | State::Ended | State::Locked | State::Protected => LASTING,
    };
    let account = in_tree(server, name, state, further);
    let change = match state {
        State::Disabled => "replace: nsAccountLock\nnsAccountLock: true",
        // How old a password must get is noted when it is set, and not for a new entry.
        State::Aged => &format!("replace: userPassword\nuserPassword: {PASSWORD}"),
        _ => return account,
    };
    administer(server, &modify(&account.dn, change));
    account
}

fn in_tree(server: &Server, name: String, state: State, further: &str) -> Account {
    let place = if state == State::Protected { &server.protected } else { &server.people };
    let dn = format!("uid={name},{place}");
    administer(
        server,
        &format!(
            "dn: {dn}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\nsn: Example\n\
             mail: {name}@example.test\nuserPassword: {PASSWORD}\n{further}"
        ),
    );
    Account { name, dn, password: PASSWORD.to_owned() }
}
