//! Somebody who walks through pages with a name, and what they were answered on the way.

use std::net::Ipv4Addr;

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::http::Reply;
use crate::puzzle::solve;

/// One answer of a walk.
pub struct Step {
    /// What was done, the same for everybody.
    pub what: String,
    pub reply: Reply,
}

/// A browser of its own, at an address of its own: limits of a source are not what is measured.
pub struct Visitor {
    pub name: String,
    browser: Browser,
    solution: String,
    /// A second browser on the first page of a reset, with its puzzle solved.
    elsewhere: Option<(Browser, String)>,
    pub steps: Vec<Step>,
}

impl Visitor {
    pub fn new(port: u16, source: Ipv4Addr, name: &str) -> Self {
        let browser = Browser::new(port, source);
        Self { name: name.to_owned(), browser, solution: String::new(), elsewhere: None, steps: Vec::new() }
    }

    /// Opens a page before anything is measured.
    pub fn open(&mut self, path: &str) -> Result<()> {
        self.browser.get(path).map(drop)
    }

    /// Opens the first page of a reset, and solves what it asks.
    pub fn open_reset(&mut self) -> Result<()> {
        let page = self.browser.get("/reset")?.body;
        self.solution = solve(&page)?;
        Ok(())
    }

    /// The same in the second browser.
    pub fn open_reset_elsewhere(&mut self) -> Result<()> {
        let mut other = self.browser.another();
        let solution = solve(&other.get("/reset")?.body)?;
        self.elsewhere = Some((other, solution));
        Ok(())
    }

    /// Goes on in the second browser.
    pub fn go_elsewhere(&mut self) -> Result<()> {
        (self.browser, self.solution) = self.elsewhere.take().context("there is no second browser")?;
        Ok(())
    }

    /// Posts the first page of a reset.
    pub fn start(&mut self, what: &str) -> Result<()> {
        let (name, solution) = (self.name.clone(), self.solution.clone());
        self.step(what, "/reset", &[("username", &name), ("solution", &solution)])
    }

    /// Posts a form and sees the page that it leads to.
    pub fn step(&mut self, what: &str, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let mut reply = self.browser.submit(path, fields)?;
        let next = reply.location.clone();
        let leads_on = (300..400).contains(&reply.status);
        self.steps.push(Step { what: format!("{what}: answer"), reply });
        if leads_on {
            reply = self.browser.look(&next)?;
            self.steps.push(Step { what: format!("{what}: page"), reply });
        }
        Ok(())
    }
}
