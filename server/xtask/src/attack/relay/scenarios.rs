//! What the caller tries.

use anyhow::Result;

use super::Stage;

/// What an attacker may end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gain {
    Nothing,
    Session,
    /// A method or an address of the attacker's own: it stays when the session ends.
    Method,
}

/// One call.
pub struct Scenario {
    pub name: &'static str,
    /// What is known to remain possible in the default profile.
    pub remains: Gain,
    pub act: fn(&mut Stage<'_>) -> Result<()>,
}

const fn scenario(name: &'static str, remains: Gain, act: fn(&mut Stage<'_>) -> Result<()>) -> Scenario {
    Scenario { name, remains, act }
}

/// All calls. Each has a victim and an attacker of its own.
pub const ALL: [Scenario; 22] = [
    scenario("The number is typed on the phone, a mailed code read out", Gain::Session, |stage| {
        stage.resets(&["app_notification", "email"])
    }),
    scenario("The number, and a texted code", Gain::Session, |stage| {
        stage.resets(&["app_notification", "mobile_phone"])
    }),
    scenario("A mailed and a texted code", Gain::Session, |stage| stage.resets(&["email", "mobile_phone"])),
    scenario("The app's code, and a mailed one", Gain::Session, |stage| stage.resets(&["app_code", "email"])),
    scenario("The app's code, and a texted one", Gain::Session, |stage| {
        stage.resets(&["app_code", "mobile_phone"])
    }),
    scenario("The number and the app's code: one kind", Gain::Nothing, |stage| {
        stage.resets(&["app_notification", "app_code"])
    }),
    scenario("The mailed code twice", Gain::Nothing, |stage| stage.resets(&["email", "email"])),
    scenario("After the reset, an address of the attacker's is added", Gain::Session, |stage| {
        stage.resets(&["app_notification", "email"])?;
        stage.attacker.adds_an_address(&mut stage.mailbox)
    }),
    scenario("After the reset, the attacker's phone is paired", Gain::Session, |stage| {
        stage.resets(&["email", "mobile_phone"])?;
        stage.pairs_a_phone()
    }),
    scenario(
        "After the reset, an older method of the victim's agrees, and an address is added",
        Gain::Method,
        |stage| {
            stage.resets(&["app_notification", "email"])?;
            stage.attacker.is_agreed_to(&mut stage.victim)?;
            stage.attacker.adds_an_address(&mut stage.mailbox)
        },
    ),
    scenario("After the reset, the victim's methods are removed", Gain::Session, |stage| {
        stage.resets(&["app_notification", "email"])?;
        stage.removes_methods()
    }),
    scenario("A second reset right after the first, and then an address", Gain::Session, |stage| {
        stage.resets(&["app_notification", "email"])?;
        stage.attacker = stage.attacker.another();
        stage.resets(&["email", "mobile_phone"])?;
        stage.attacker.adds_an_address(&mut stage.mailbox)
    }),
    scenario("An unlock, and then the page for a new password", Gain::Nothing, |stage| {
        stage.attacker.starts(&stage.victim.person.upn, "unlock")?;
        stage.attacker.passes(&mut stage.victim, "app_notification")?;
        stage.attacker.passes(&mut stage.victim, "email")?;
        stage.takes_over()
    }),
    scenario("Two tabs: a gate in each", Gain::Nothing, |stage| {
        let mut other = stage.attacker.another();
        stage.attacker.starts(&stage.victim.person.upn, "reset")?;
        other.starts(&stage.victim.person.upn, "reset")?;
        other.passes(&mut stage.victim, "app_notification")?;
        stage.attacker.passes(&mut stage.victim, "email")?;
        stage.takes_over()
    }),
    scenario("One gate, and the new password posted at once", Gain::Nothing, |stage| {
        stage.attacker.starts(&stage.victim.person.upn, "reset")?;
        stage.attacker.passes(&mut stage.victim, "app_notification")?;
        stage.takes_over()
    }),
    scenario(
        "The passkey is shown at a look-alike site, which passes on what is asked",
        Gain::Nothing,
        |stage| {
            stage.attacker.starts(&stage.victim.person.upn, "reset")?;
            stage.relays_the_passkey()?;
            stage.attacker.passes(&mut stage.victim, "email")?;
            stage.takes_over()
        },
    ),
    scenario("The page that the phone opens, asked for by the attacker's phone", Gain::Session, |stage| {
        stage.attacker.starts(&stage.victim.person.upn, "reset")?;
        stage.attacker.passes(&mut stage.victim, "app_notification")?;
        stage.attacker.passes(&mut stage.victim, "email")?;
        stage.asks_with_a_strange_phone()?;
        stage.takes_over()
    }),
    scenario("The help desk is called, and the victim answers what it asks", Gain::Method, |stage| {
        stage.calls_the_help_desk()
    }),
    scenario("The help desk is called after a reset that the victim approved", Gain::Method, |stage| {
        stage.attacker.starts(&stage.victim.person.upn, "reset")?;
        stage.attacker.passes(&mut stage.victim, "app_notification")?;
        stage.calls_the_help_desk()
    }),
    scenario("The victim says on the phone that somebody told them to", Gain::Nothing, |stage| {
        stage.attacker.starts(&stage.victim.person.upn, "reset")?;
        stage.attacker.passes(&mut stage.victim, "email")?;
        stage.victim_reports_instead()?;
        stage.takes_over()
    }),
    scenario("The victim approves, and then says that it was not them", Gain::Nothing, |stage| {
        stage.attacker.starts(&stage.victim.person.upn, "reset")?;
        stage.attacker.passes(&mut stage.victim, "app_notification")?;
        stage.victim_reports_afterwards()?;
        stage.takes_over()
    }),
    scenario("The victim says after the reset, on the phone, that it was not them", Gain::Nothing, |stage| {
        let taken = stage.resets(&["app_notification", "email"]);
        stage.victim_reports_afterwards()?;
        taken
    }),
];
