//! Known and unknown names, in random order, told apart by a trained classifier: no better than chance.

mod even;
mod journeys;
mod judge;
mod names;
mod observe;
mod visitor;

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, anyhow};

use super::classifier::{Pair, Seen};
use super::finding::Finding;
use super::random::Random;
use crate::organisation::Organisation;
use crate::say;
use journeys::{ALL, Journey, People, Way};
use names::Names;
use observe::Usual;
use visitor::Visitor;

/// So many pairs are prepared before they walk: their puzzles must not disturb what is measured, nor run out meanwhile.
const BATCH: usize = 100;
/// So many walk at a time. Most of a step waits for the disk, and those who wait together share it. What one of them costs
/// another is the same for known and unknown names; the controls tell whether it hides what is looked for.
const LANES: usize = 4;

/// What each step of a journey answered to each pair.
type Surfaces = BTreeMap<String, Vec<Pair>>;

/// All journeys, and whether the classifier would have found anything.
pub fn measure(binary: &Path, pairs: usize) -> Result<Vec<Finding>> {
    let mut ground = Ground::prepare(binary, pairs)?;
    let mut findings = Vec::new();
    for journey in &ALL {
        say::step(&format!("{}: {pairs} known and {pairs} unknown names", journey.name));
        let surfaces = ground.walk(journey, &Names::FIRST, Way::ThereAndBack)?;
        let mut judged = judge::each(&surfaces);
        if let Some(way) = judge::second_look(journey, &judged) {
            say::step(&format!("{}: once more, with other names", journey.name));
            let again = ground.walk(journey, &Names::AGAIN, way)?;
            judge::again(&mut judged, &surfaces, &again);
        }
        findings.extend(judge::controls(journey.name, &surfaces));
        findings.extend(judged.into_iter().map(|judged| judged.finding(journey)));
    }
    Ok(findings)
}

/// The organisation, its people, and addresses to come from.
struct Ground {
    organisation: Organisation,
    names: HashMap<People, Names>,
    random: Random,
    sources: u32,
    /// Of each lane.
    usual: [Usual; LANES],
}

/// A pair's number, and whether its known or its unknown name walks.
type Who = (usize, bool);

impl Ground {
    fn prepare(binary: &Path, pairs: usize) -> Result<Self> {
        let mut organisation = Organisation::start(binary)?;
        let mut random = Random::fresh();
        let kinds = [People::Ready, People::Unready];
        let names = kinds.map(|people| (people, Names::invent(people, pairs, &mut random))).into();
        let names: HashMap<People, Names> = names;
        for names in names.values() {
            organisation.import(&names.people())?;
        }
        organisation.regain(&["policy", "set", "scope", "all"])?;
        // Decoys are fitted to the people at a start.
        organisation.restart()?;
        Ok(Self { organisation, names, random, sources: 0, usual: Default::default() })
    }

    fn walk(&mut self, journey: &Journey, part: &names::Part, way: Way) -> Result<Surfaces> {
        let names = self.names.get(&journey.people).context("names for everybody")?;
        let mut pairs: Vec<(String, String)> = names.pairs(part).to_vec();
        self.random.shuffle(&mut pairs);
        let mut surfaces = Surfaces::new();
        for batch in pairs.chunks(BATCH) {
            for (step, pair) in self.walk_batch(journey, way, batch)? {
                surfaces.entry(step).or_default().push(pair);
            }
        }
        Ok(surfaces)
    }

    fn walk_batch(
        &mut self,
        journey: &Journey,
        way: Way,
        batch: &[(String, String)],
    ) -> Result<Vec<(String, Pair)>> {
        let mut visitors = Vec::with_capacity(2 * batch.len());
        for (pair, (known, unknown)) in batch.iter().enumerate() {
            for (is_known, name) in [(true, known), (false, unknown)] {
                visitors.push(((pair, is_known), Visitor::new(self.organisation.port, self.source(), name)));
            }
        }
        prepare(journey, way, &mut visitors)?;
        self.random.shuffle(&mut visitors);
        let share = visitors.len().div_ceil(LANES).max(1);
        let lanes = visitors.chunks_mut(share).zip(&mut self.usual);
        let walked = in_lanes(lanes, |(share, usual)| {
            share
                .iter_mut()
                .map(|(who, visitor)| Ok((*who, walk_one(journey, way, visitor, usual)?)))
                .collect()
        })?;
        let mut seen: HashMap<Who, Vec<(String, Seen)>> =
            walked.into_iter().flat_map(|lane: Vec<_>| lane).collect();
        let mut pairs = Vec::new();
        for pair in 0..batch.len() {
            let mut walk = |is_known| seen.remove(&(pair, is_known)).unwrap_or_default();
            pairs.extend(together(walk(true), walk(false)));
        }
        Ok(pairs)
    }

    /// The next of 127.1.0.1 and on: sixteen million are ours.
    fn source(&mut self) -> Ipv4Addr {
        self.sources += 1;
        Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 1, 0, 0)) + self.sources)
    }
}

/// On all cores, before anything is measured. A puzzle may take ten times as long as another: each core takes the next
/// visitor when it has done with one.
fn prepare(journey: &Journey, way: Way, visitors: &mut [(Who, Visitor)]) -> Result<()> {
    let cores = thread::available_parallelism()?.get();
    let waiting = Mutex::new(visitors.iter_mut());
    let next = || waiting.lock().ok()?.next();
    let prepared = in_lanes(0..cores, |_| {
        while let Some((_, visitor)) = next() {
            (journey.prepare)(visitor)?;
            if let Some(back) = journey.back(way) {
                (back.prepare)(visitor)?;
            }
        }
        Ok(())
    });
    prepared.map(drop)
}

/// Everybody at once, each share in a thread of its own.
fn in_lanes<S: Send, T: Send>(
    shares: impl Iterator<Item = S>,
    work: impl Fn(S) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    thread::scope(|scope| {
        let work = &work;
        let lanes: Vec<_> = shares.map(|share| scope.spawn(move || work(share))).collect();
        let ended = lanes.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|end| end.map_err(|_| anyhow!("a visitor fell over"))?).collect()
    })
}

fn walk_one(
    journey: &Journey,
    way: Way,
    visitor: &mut Visitor,
    usual: &mut Usual,
) -> Result<Vec<(String, Seen)>> {
    let lost = |visitor: &Visitor| format!("{}, as {}", journey.name, visitor.name);
    (journey.walk)(visitor).with_context(|| lost(visitor))?;
    let there = visitor.steps.len();
    if let Some(back) = journey.back(way) {
        (back.walk)(visitor).with_context(|| lost(visitor))?;
        for step in &mut visitor.steps[there..] {
            step.what.insert_str(0, back.name);
        }
    }
    let taken = mem::take(&mut visitor.steps).into_iter();
    let see = |step: visitor::Step| {
        let seen = usual.see(&format!("{}: {}", journey.name, step.what), &step.reply, &visitor.name);
        (step.what, seen)
    };
    Ok(taken.map(see).collect())
}

/// Step by step; a step that only one of them was led to is a difference that nobody needs a classifier for.
fn together(known: Vec<(String, Seen)>, unknown: Vec<(String, Seen)>) -> Vec<(String, Pair)> {
    let whole = |steps: &[(String, Seen)]| Seen {
        numbers: steps.iter().flat_map(|(_, seen)| seen.numbers.clone()).collect(),
        shapes: steps.iter().flat_map(|(_, seen)| seen.shapes.clone()).collect(),
    };
    let mut pairs = vec![(judge::WHOLE.to_owned(), Pair { known: whole(&known), unknown: whole(&unknown) })];
    for ((step, known), (other, unknown)) in known.into_iter().zip(unknown) {
        let step = if step == other { step } else { format!("{step} / {other}") };
        pairs.push((step, Pair { known, unknown }));
    }
    pairs
}
