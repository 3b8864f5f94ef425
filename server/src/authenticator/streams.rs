//! How many connections each authenticator keeps open on this node.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use regain_core::limits::STREAMS_PER_DEVICE;
use uuid::Uuid;

/// Open connections by device.
#[derive(Clone, Debug, Default)]
pub struct Streams(Arc<Mutex<HashMap<Uuid, u32>>>);

/// One open connection; dropped when it closes.
#[derive(Debug)]
pub struct Listening {
    streams: Streams,
    device: Uuid,
}

impl Streams {
    /// One more connection; `None` when the device has enough.
    pub fn listen(&self, device: Uuid) -> Option<Listening> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(device).or_default();
        if *count >= STREAMS_PER_DEVICE {
            return None;
        }
        *count += 1;
        Some(Listening { streams: self.clone(), device })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.device) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.device);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_two_connections_and_a_closed_one_is_free_again() {
        let streams = Streams::default();
        let (phone, tablet) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let first = streams.listen(phone).expect("one");
        let _second = streams.listen(phone).expect("two");
        assert!(streams.listen(phone).is_none());
        assert!(streams.listen(tablet).is_some());
        drop(first);
        assert!(streams.listen(phone).is_some());
        assert_eq!(streams.0.lock().expect("open").len(), 1, "what is closed is forgotten");
    }
}
