//! The walks that known and unknown names take.

use anyhow::Result;

use super::visitor::Visitor;

/// How the known ones of a journey are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum People {
    /// With an address and a number: they may reset.
    Ready,
    /// Without either, or blocked: they may not, and nobody is to learn that they exist.
    Unready,
}

/// A walk.
pub struct Journey {
    pub name: &'static str,
    /// The threats of which it is the test.
    pub threats: &'static str,
    pub people: People,
    /// What is done before anything is measured.
    pub prepare: fn(&mut Visitor) -> Result<()>,
    pub walk: fn(&mut Visitor) -> Result<()>,
    /// What follows in a second browser.
    pub back: Option<Back>,
}

/// The way back after a journey. A second look that needs the journey alone leaves it out.
pub struct Back {
    /// Before the names of its steps.
    pub name: &'static str,
    /// What is done before anything is measured.
    pub prepare: fn(&mut Visitor) -> Result<()>,
    pub walk: fn(&mut Visitor) -> Result<()>,
}

/// How far a journey is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    There,
    ThereAndBack,
}

impl Journey {
    /// The way back, if it is walked.
    pub fn back(&self, way: Way) -> Option<&Back> {
        self.back.as_ref().filter(|_| way == Way::ThereAndBack)
    }
}

/// In this order.
pub const ALL: [Journey; 5] = [
    Journey {
        name: "Reset to the lock",
        threats: "T2 T5 T12",
        people: People::Ready,
        prepare: Visitor::open_reset,
        walk: to_the_lock,
        back: Some(Back {
            name: "locked, ",
            prepare: Visitor::open_reset_elsewhere,
            walk: back_while_locked,
        }),
    },
    Journey {
        name: "Reset of who may not",
        threats: "T2 T5",
        people: People::Unready,
        prepare: Visitor::open_reset,
        walk: to_a_wrong_code,
        back: None,
    },
    Journey {
        name: "Sign-in",
        threats: "T8",
        people: People::Ready,
        prepare: |visitor| visitor.open("/signin"),
        walk: wrong_passwords,
        back: None,
    },
    Journey {
        name: "Temporary pass",
        threats: "T8 T9",
        people: People::Ready,
        prepare: |visitor| visitor.open("/signin/temporary-pass"),
        walk: wrong_pass,
        back: None,
    },
    Journey {
        name: "Request for help",
        threats: "T9",
        people: People::Ready,
        prepare: |visitor| visitor.open("/help"),
        walk: asks_for_help,
        back: None,
    },
];

const EMAIL: [(&str, &str); 1] = [("method", "email")];
const NUMBER: [(&str, &str); 2] = [("country", ""), ("phone", "+1 4255559999")];

fn to_a_code(visitor: &mut Visitor) -> Result<()> {
    visitor.start("start")?;
    visitor.step("to reset", "/reset/why", &[("intent", "reset")])?;
    visitor.step("ask for a code by mail", "/reset/method", &EMAIL)
}

fn to_a_wrong_code(visitor: &mut Visitor) -> Result<()> {
    to_a_code(visitor)?;
    wrong_code(visitor, "first wrong code", "00000000")
}

fn to_the_lock(visitor: &mut Visitor) -> Result<()> {
    to_a_wrong_code(visitor)?;
    wrong_code(visitor, "second wrong code", "00000001")?;
    wrong_code(visitor, "third wrong code", "00000002")?;
    visitor.step("another method", "/reset/method", &[("method", "mobile_phone")])?;
    visitor.step("a number", "/reset/phone", &NUMBER)?;
    wrong_code(visitor, "fourth wrong code", "000000")?;
    wrong_code(visitor, "fifth wrong code", "000001")?;
    wrong_code(visitor, "code after the lock", "000002")?;
    visitor.step("method after the lock", "/reset/method", &EMAIL)
}

fn back_while_locked(visitor: &mut Visitor) -> Result<()> {
    visitor.go_elsewhere()?;
    visitor.start("start")?;
    visitor.step("to reset", "/reset/why", &[("intent", "reset")])?;
    visitor.step("method", "/reset/method", &EMAIL)
}

fn wrong_code(visitor: &mut Visitor, what: &str, code: &str) -> Result<()> {
    visitor.step(what, "/reset/verify", &[("code", code)])
}

fn wrong_passwords(visitor: &mut Visitor) -> Result<()> {
    let name = visitor.name.clone();
    visitor.step("username", "/signin", &[("username", &name)])?;
    visitor.step("first wrong password", "/signin", &[("password", "not the password, I think")])?;
    visitor.step("second wrong password", "/signin", &[("password", "not the password either")])
}

fn wrong_pass(visitor: &mut Visitor) -> Result<()> {
    let name = visitor.name.clone();
    visitor.step(
        "wrong pass",
        "/signin/temporary-pass",
        &[("username", &name), ("pass", "not a pass at all")],
    )
}

fn asks_for_help(visitor: &mut Visitor) -> Result<()> {
    let name = visitor.name.clone();
    visitor.step("request", "/help", &[("username", &name)])
}
