//! A bounded pool of hashing permits: a flood of sign-ins costs neither memory nor the other pages their time.
//!
//! A permit belongs to the hash and not to who waits for it: a client that hangs up leaves a hash that goes on.

use std::sync::{Arc, Mutex};

use regain_core::secret::{Secret, SecretBytes};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::argon2id::{self, Memory};
use crate::imported;
use crate::verifier::Verdict;

/// How many may wait for a permit before the next one is turned away (security reference T132).
const QUEUE: usize = 64;

/// Why there is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many are waiting; try again in a moment.
    #[error("too many passwords are being checked")]
    Busy,
    /// The machine could not hash.
    #[error("hashing failed")]
    Failed,
}

/// Keys that stand outside the database.
pub struct Peppers {
    /// argon2's secret input.
    pub argon2: SecretBytes,
    /// Key of the quick hash of bulk imports.
    pub import: SecretBytes,
}

/// Makes and checks verifiers of passwords, answers and recovery codes.
#[derive(Clone)]
pub struct Hasher(Arc<Pool>);

struct Pool {
    peppers: Peppers,
    permits: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    #[cfg(feature = "test-seams")]
    places: u32,
    /// As many as permits at most: each is taken and given back under one.
    memory: Mutex<Vec<Memory>>,
}

impl Hasher {
    /// A pool with as many permits as hashes may run at once.
    pub fn new(peppers: Peppers, permits: usize) -> Self {
        let pool = Pool {
            peppers,
            permits: Arc::new(Semaphore::new(permits.max(1))),
            waiting: Arc::new(Semaphore::new(QUEUE + permits)),
            #[cfg(feature = "test-seams")]
            places: u32::try_from(QUEUE + permits).unwrap_or(u32::MAX),
            memory: Mutex::new(Vec::new()),
        };
        Self(Arc::new(pool))
    }

    /// A verifier for `password`. `salt` is fresh randomness.
    pub async fn hash(&self, password: &Secret, salt: [u8; 16]) -> Result<String, HashError> {
        let input = normalised(password);
        self.run(move |pool, memory| {
            argon2id::hash(pool.peppers.argon2.expose(), input.expose(), &salt, memory)
        })
        .await?
        .ok_or(HashError::Failed)
    }

    /// Compares. With no verifier it spends the same time on nothing, so that an unknown name takes as long as a known.
    pub async fn verify(&self, password: &Secret, verifier: Option<String>) -> Result<Verdict, HashError> {
        let input = normalised(password);
        self.run(move |pool, memory| match verifier {
            None => {
                argon2id::hash(pool.peppers.argon2.expose(), input.expose(), &[0; 16], memory);
                Verdict::Wrong
            }
            Some(verifier) => compare(&pool.peppers, input.expose(), &verifier, memory),
        })
        .await
    }

    /// Which of these verifiers, all made with one salt, is the secret's. Where there are none it takes as long.
    pub async fn find(&self, secret: &Secret, verifiers: Vec<String>) -> Result<Option<usize>, HashError> {
        let input = normalised(secret);
        self.run(move |pool, memory| {
            let pepper = pool.peppers.argon2.expose();
            if verifiers.is_empty() {
                argon2id::hash(pepper, input.expose(), &[0; 16], memory);
            }
            argon2id::find(pepper, input.expose(), &verifiers, memory)
        })
        .await
    }

    /// The quick verifier of a bulk import; needs no permit.
    pub fn hash_import(&self, password: &Secret, salt: [u8; 16]) -> Result<String, HashError> {
        let input = normalised(password);
        imported::hash(self.0.peppers.import.expose(), input.expose(), &salt).ok_or(HashError::Failed)
    }

    /// Lays argon2id over a quick verifier.
    pub async fn harden(&self, verifier: String, salt: [u8; 16]) -> Result<String, HashError> {
        self.run(move |pool, memory| imported::harden(pool.peppers.argon2.expose(), &verifier, &salt, memory))
            .await?
            .ok_or(HashError::Failed)
    }

    /// Takes every place, once what runs has ended, and keeps it for as long as what comes back lives.
    #[cfg(feature = "test-seams")]
    pub async fn fill(&self) -> Option<tokio::sync::OwnedSemaphorePermit> {
        Arc::clone(&self.0.waiting).acquire_many_owned(self.0.places).await.ok()
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Pool, &mut Memory) -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let place = Arc::clone(&self.0.waiting).try_acquire_owned().map_err(|_| HashError::Busy)?;
        let permit = Arc::clone(&self.0.permits).acquire_owned().await.map_err(|_| HashError::Failed)?;
        let pool = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            // Whoever waited may be gone; what is bounded is the work.
            let _held = (place, permit);
            let kept = pool.memory.lock().ok().and_then(|mut memory| memory.pop());
            let mut memory = kept.unwrap_or_else(Memory::new);
            let result = work(&pool, &mut memory);
            if let Ok(mut kept) = pool.memory.lock() {
                kept.push(memory);
            }
            result
        })
        .await
        .map_err(|_| HashError::Failed)
    }
}

fn compare(peppers: &Peppers, input: &[u8], verifier: &str, memory: &mut Memory) -> Verdict {
    let (argon2, import) = (peppers.argon2.expose(), peppers.import.expose());
    if verifier.starts_with("import$") {
        let right = imported::verify(import, argon2, input, verifier, memory);
        return if right { Verdict::RightButWeak } else { Verdict::Wrong };
    }
    match (argon2id::verify(argon2, input, verifier, memory), argon2id::is_current(verifier)) {
        (false, _) => Verdict::Wrong,
        (true, true) => Verdict::Right,
        (true, false) => Verdict::RightButWeak,
    }
}

/// NFKC (NIST SP 800-63B-4, 3.1.1.2): composed and decomposed spellings are one password.
fn normalised(password: &Secret) -> SecretBytes {
    SecretBytes::from(password.expose().nfkc().collect::<String>().into_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn hasher(permits: usize) -> Hasher {
        let peppers =
            Peppers { argon2: SecretBytes::from(vec![1; 32]), import: SecretBytes::from(vec![2; 32]) };
        Hasher::new(peppers, permits)
    }

    /// Hashes of clients that hang up at once; each goes on until its sender is dropped.
    async fn abandoned(hasher: &Hasher, number: usize) -> Vec<mpsc::Sender<()>> {
        let mut ends = Vec::new();
        for _ in 0..number {
            let (end, ended) = mpsc::channel::<()>();
            let (tell, begun) = tokio::sync::oneshot::channel();
            let run = hasher.run(move |_, _| {
                let _ = tell.send(());
                ended.recv()
            });
            tokio::select! {
                _ = run => panic!("the hash cannot have ended"),
                told = begun => told.expect("it began"),
            }
            ends.push(end);
        }
        ends
    }

    #[tokio::test]
    async fn who_hangs_up_frees_no_permit_before_the_hash_ends() {
        let hasher = hasher(2);
        let ends = abandoned(&hasher, 2).await;
        assert_eq!(hasher.0.permits.available_permits(), 0);
        assert_eq!(hasher.0.waiting.available_permits(), QUEUE);
        drop(ends);
        // Had in the end: both hashes gave theirs back.
        let both = hasher.0.permits.acquire_many(2).await.expect("the pool is open");
        drop(both);
        assert_eq!(hasher.0.waiting.available_permits(), QUEUE + 2);
    }

    #[tokio::test]
    async fn no_more_memories_are_kept_than_hashes_may_run() {
        let hasher = hasher(2);
        for _ in 0..5 {
            let ends = abandoned(&hasher, 2).await;
            drop(ends);
            drop(hasher.0.permits.acquire_many(2).await.expect("the pool is open"));
        }
        assert!(hasher.0.memory.lock().expect("nobody panicked").len() <= 2);
    }
}
