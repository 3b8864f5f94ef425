//! Who has how many of the places for connections.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regain_core::network::{Network, Source};
use tokio::sync::Notify;

use super::Limits;

/// What a connection may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Seat {
    /// Everything.
    Usual,
    /// Health alone: all places are taken, or the source's share of them.
    Reserve,
}

/// The places of one listener.
#[derive(Clone)]
pub(super) struct Places {
    usual: usize,
    share: usize,
    reserve: usize,
    trusted: Arc<[Network]>,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Default)]
struct Taken {
    usual: usize,
    by_source: HashMap<String, usize>,
    /// The oldest first.
    reserve: VecDeque<Arc<Notify>>,
}

/// One connection's place; free again when it is dropped.
pub(super) struct Place {
    places: Places,
    held: Held,
}

enum Held {
    /// Counted for the source, unless it is a proxy that stands for many.
    Usual(Option<String>),
    Reserve(Arc<Notify>),
}

impl Places {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            usual: limits.places,
            share: limits.share,
            reserve: limits.reserve.max(1),
            trusted: limits.trusted.as_slice().into(),
            taken: Arc::default(),
        }
    }

    /// A place for a connection from there: of the usual ones, as long as there are any and the source has not had its
    /// share; else of the reserve, where the newest pushes the oldest out, so that nobody can sit there.
    pub(super) fn take(&self, peer: IpAddr) -> Place {
        let peer = Source::Known(peer);
        let source = (!peer.is_in(&self.trusted)).then(|| peer.key());
        let mut taken = self.taken();
        let had = source.as_ref().and_then(|source| taken.by_source.get(source)).copied().unwrap_or_default();
        let held = if taken.usual < self.usual && had < self.share {
            taken.usual += 1;
            if let Some(source) = &source {
                taken.by_source.insert(source.clone(), had + 1);
            }
            Held::Usual(source)
        } else {
            if taken.reserve.len() >= self.reserve
                && let Some(oldest) = taken.reserve.pop_front()
            {
                oldest.notify_one();
            }
            let end = Arc::new(Notify::new());
            taken.reserve.push_back(Arc::clone(&end));
            Held::Reserve(end)
        };
        drop(taken);
        Place { places: self.clone(), held }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(super) const fn seat(&self) -> Seat {
        match self.held {
            Held::Usual(_) => Seat::Usual,
            Held::Reserve(_) => Seat::Reserve,
        }
    }

    /// Done when the place is needed for somebody newer.
    pub(super) fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        let end = match &self.held {
            Held::Usual(_) => None,
            Held::Reserve(end) => Some(Arc::clone(end)),
        };
        async move {
            match end {
                Some(end) => end.notified().await,
                None => std::future::pending().await,
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        match &self.held {
            Held::Usual(source) => {
                taken.usual -= 1;
                let Some(source) = source else { return };
                if let Some(count) = taken.by_source.get_mut(source) {
                    *count -= 1;
                    if *count == 0 {
                        taken.by_source.remove(source);
                    }
                }
            }
            Held::Reserve(end) => taken.reserve.retain(|other| !Arc::ptr_eq(other, end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(trusted: &[&str]) -> Places {
        Places::new(&Limits {
            places: 4,
            share: 2,
            reserve: 1,
            trusted: trusted.iter().map(|text| text.parse().unwrap()).collect(),
            ..Limits::of_system(&[])
        })
    }

    fn take(places: &Places, peer: &str) -> Place {
        places.take(peer.parse().unwrap())
    }

    #[test]
    fn a_source_has_its_share_and_an_ipv6_network_is_one() {
        let places = places(&[]);
        let first = take(&places, "2001:db8::1");
        let _second = take(&places, "2001:db8::2");
        assert_eq!(take(&places, "2001:db8::3").seat(), Seat::Reserve);
        assert_eq!(take(&places, "203.0.113.7").seat(), Seat::Usual, "others have theirs");
        drop(first);
        assert_eq!(take(&places, "2001:db8::3").seat(), Seat::Usual, "what is free again is free");
    }

    #[test]
    fn a_trusted_proxy_has_all_places_and_no_more() {
        let places = places(&["10.0.0.1"]);
        let _all: Vec<_> = (0..4).map(|_| take(&places, "10.0.0.1")).collect();
        assert_eq!(take(&places, "10.0.0.1").seat(), Seat::Reserve);
        assert_eq!(take(&places, "203.0.113.7").seat(), Seat::Reserve);
    }

    #[tokio::test]
    async fn in_the_reserve_the_newest_pushes_the_oldest_out() {
        let places = places(&[]);
        let _usual = (take(&places, "203.0.113.7"), take(&places, "203.0.113.7"));
        let oldest = take(&places, "203.0.113.7");
        let ended = oldest.ended();
        let newest = take(&places, "203.0.113.7");
        ended.await;
        drop(oldest);
        assert_eq!(places.taken().reserve.len(), 1);
        drop(newest);
        assert_eq!(places.taken().reserve.len(), 0);
        assert_eq!(places.taken().by_source.len(), 1);
    }
}
