//! How many pictures and sounds are drawn at once. They are the dearest thing that anybody can ask for without a name: a
//! source has a few under way and no more, and all together keep as many cores busy as there are.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Of one source, waiting ones included: a page fetches one of each.
const OF_ONE_SOURCE: usize = 4;
/// Of everybody, waiting ones included. Whoever comes then is asked to come again.
const OF_ALL: usize = 256;

/// What is being drawn, and what waits.
#[derive(Debug)]
pub struct Drawings {
    permits: Arc<Semaphore>,
    under_way: UnderWay,
}

#[derive(Clone, Debug, Default)]
struct UnderWay(Arc<Mutex<HashMap<String, usize>>>);

/// A place to draw; dropped when it is done.
#[derive(Debug)]
pub struct Place {
    _permit: OwnedSemaphorePermit,
    _share: Share,
}

/// One of a source's.
#[derive(Debug)]
struct Share {
    under_way: UnderWay,
    source: String,
}

impl Default for Drawings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { permits: Arc::new(Semaphore::new(cores)), under_way: UnderWay::default() }
    }
}

impl Drawings {
    /// Waits for a place. `None` when the source, or everybody, has enough under way.
    pub async fn place(&self, source: String) -> Option<Place> {
        let share = self.under_way.share(source)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok()?;
        Some(Place { _permit: permit, _share: share })
    }
}

impl UnderWay {
    fn share(&self, source: String) -> Option<Share> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let total: usize = all.values().sum();
        let own = all.get(&source).copied().unwrap_or_default();
        if own >= OF_ONE_SOURCE || total >= OF_ALL {
            return None;
        }
        all.insert(source.clone(), own + 1);
        Some(Share { under_way: self.clone(), source })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut all = self.under_way.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = all.get(&self.source).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            all.remove(&self.source);
        } else {
            all.insert(self.source.clone(), left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_has_a_few_under_way_and_others_as_many() {
        let under_way = UnderWay::default();
        let share = |source: &str| under_way.share(source.to_owned());
        let mut own: Vec<_> = (0..OF_ONE_SOURCE).map(|_| share("a").expect("a place")).collect();
        assert!(share("a").is_none());
        assert!(share("b").is_some());
        own.pop();
        own.push(share("a").expect("one ended"));
        assert!(share("a").is_none());
        drop(own);
        assert!(under_way.0.lock().expect("no panic").is_empty(), "nothing is kept of who has none");
    }

    #[test]
    fn all_together_have_so_many_and_no_more() {
        let under_way = UnderWay::default();
        let held: Vec<_> = (0..2 * OF_ALL).filter_map(|number| under_way.share(number.to_string())).collect();
        assert_eq!(held.len(), OF_ALL);
    }

    #[tokio::test]
    async fn no_more_are_drawn_than_there_are_cores() {
        let drawings = Drawings { permits: Arc::new(Semaphore::new(1)), under_way: UnderWay::default() };
        let first = drawings.place("a".to_owned()).await.expect("a place");
        let mut second = std::pin::pin!(drawings.place("b".to_owned()));
        assert!(futures_poll(second.as_mut()).await.is_none(), "it waits");
        drop(first);
        assert!(second.await.is_some());
    }

    /// What a future has right now.
    async fn futures_poll<F: Future>(mut future: std::pin::Pin<&mut F>) -> Option<F::Output> {
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(match future.as_mut().poll(context) {
                std::task::Poll::Ready(done) => Some(done),
                std::task::Poll::Pending => None,
            })
        })
        .await
    }
}
