//! A person's own methods: what there is, who may change it, and every change with its record and its notices.

mod add;
mod enrolment;
mod gate;
mod inventory;
mod notice;
mod offers;
mod remove;

pub(crate) use add::{Addition, Material, Refused, shows_something_new};
pub(crate) use enrolment::Body;
pub(crate) use gate::Me;
pub(crate) use inventory::{Inventory, readable};
pub(crate) use offers::authenticators;
