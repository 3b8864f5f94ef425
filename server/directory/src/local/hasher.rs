//! A bounded pool of hashing permits: a flood of sign-ins costs neither memory nor the other pages their time.
//!
//! A permit belongs to the hash and not to who waits for it: a client that hangs up leaves a hash that goes on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use regain_core::secret::{Secret, SecretBytes};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

use super::argon2id::{self, Memory};
use super::imported;
use super::verifier::Verdict;

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
    hashes: AtomicU64,
    refused: AtomicU64,
}

/// A place among those whose hashes run or wait. Whoever has one is not turned away any more.
pub struct Place {
    pool: Arc<Pool>,
    held: Arc<OwnedSemaphorePermit>,
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
            hashes: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        };
        Self(Arc::new(pool))
    }

    /// A place, before anything else is done for a request that will need a hash: where there is none, the answer costs
    /// neither a query nor a wait.
    pub fn reserve(&self) -> Result<Place, HashError> {
        let held = Arc::clone(&self.0.waiting).try_acquire_owned().map_err(|_| {
            self.0.refused.fetch_add(1, Ordering::Relaxed);
            HashError::Busy
        })?;
        Ok(Place { pool: Arc::clone(&self.0), held: Arc::new(held) })
    }

    /// A verifier for `password`. `salt` is fresh randomness.
    pub async fn hash(&self, password: &Secret, salt: [u8; 16]) -> Result<String, HashError> {
        let input = normalised(password);
        self.reserve()?
            .run(move |pool, memory| {
                argon2id::hash(pool.peppers.argon2.expose(), input.expose(), &salt, memory)
            })
            .await?
            .ok_or(HashError::Failed)
    }

    /// Compares, in a place of its own; see [`Place::verify`].
    pub async fn verify(&self, password: &Secret, verifier: Option<String>) -> Result<Verdict, HashError> {
        self.reserve()?.verify(password, verifier).await
    }

    /// Which of these verifiers, all made with one salt, is the secret's. Where there are none it takes as long.
    pub async fn find(&self, secret: &Secret, verifiers: Vec<String>) -> Result<Option<usize>, HashError> {
        let input = normalised(secret);
        self.reserve()?
            .run(move |pool, memory| {
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
        self.reserve()?
            .run(move |pool, memory| imported::harden(pool.peppers.argon2.expose(), &verifier, &salt, memory))
            .await?
            .ok_or(HashError::Failed)
    }

    /// Gives back the memory that no hash is using. Hashes that follow each other keep theirs in between.
    pub fn rest(&self) {
        if let Ok(mut kept) = self.0.memory.lock() {
            kept.clear();
        }
    }

    /// How often memory was taken for a hash since the process began.
    pub fn hashes(&self) -> u64 {
        self.0.hashes.load(Ordering::Relaxed)
    }

    /// How often somebody was turned away.
    pub fn refused(&self) -> u64 {
        self.0.refused.load(Ordering::Relaxed)
    }

    /// Takes every place, once what runs has ended, and keeps it for as long as what comes back lives.
    #[cfg(feature = "test-seams")]
    pub async fn fill(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.waiting).acquire_many_owned(self.0.places).await.ok()
    }
}

impl Place {
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

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Pool, &mut Memory) -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let permits = Arc::clone(&self.pool.permits);
        let permit = permits.acquire_owned().await.map_err(|_| HashError::Failed)?;
        let (pool, place) = (Arc::clone(&self.pool), Arc::clone(&self.held));
        pool.hashes.fetch_add(1, Ordering::Relaxed);
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
            let place = hasher.reserve().expect("a place");
            let run = place.run(move |_, _| {
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
    async fn t132_beyond_the_queue_nobody_waits() {
        let hasher = hasher(2);
        let ends = abandoned(&hasher, 2).await;
        let waiting: Vec<_> = (0..QUEUE).map(|_| hasher.reserve().expect("a place in the queue")).collect();
        assert_eq!(hasher.verify(&Secret::from("x"), None).await.err(), Some(HashError::Busy));
        assert_eq!((hasher.hashes(), hasher.refused()), (2, 1));
        drop((waiting, ends));
        assert_eq!(hasher.verify(&Secret::from("x"), None).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn no_more_memories_are_kept_than_hashes_may_run() {
        let hasher = hasher(2);
        for _ in 0..5 {
            let ends = abandoned(&hasher, 2).await;
            drop(ends);
            drop(hasher.0.permits.acquire_many(2).await.expect("the pool is open"));
        }
        let kept = || hasher.0.memory.lock().expect("nobody panicked").len();
        assert!((1..=2).contains(&kept()), "{}", kept());
        hasher.rest();
        assert_eq!(kept(), 0);
    }
}
