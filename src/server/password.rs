//! Password hashes: Argon2id, a few at once, since each takes 19 MiB and a good part of a core.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many passwords are hashed at once.
const AT_ONCE: usize = 2;

/// How many may be hashed or wait for it. At 30 ms each, the last one waits half a second.
const QUEUE: usize = 32;

/// The cost of a hash: 19 MiB, two passes, one lane, as OWASP asks for at least.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of a password that nobody knows, at the same cost: checked where there is no account, so that the answer
/// takes as long.
const STAND_IN: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$63w+xj8ZTBCKh7MX1DdUoQ$ZKoETtA/ft8yOGxVTuuzJJ0Myqec+pmo+FHahujYjSU";

/// Hashes and checks passwords; clones share the queue.
#[derive(Clone)]
pub struct Hasher {
    turns: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

/// Why a password was neither hashed nor checked.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many wait already.
    #[error("Too many people are signing in at this moment. Please try again.")]
    Busy,
    /// A fault of the server's own.
    #[error("a password could not be hashed: {0}")]
    Failed(String),
}

impl Default for Hasher {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), queue: Arc::new(Semaphore::new(QUEUE)) }
    }
}

impl Hasher {
    /// The hash of a password, with a salt of its own, as a PHC string.
    ///
    /// # Errors
    /// When too many wait already, or the machine has no random numbers.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        let hash = move || argon2()?.hash_password(password.as_bytes()).map(|hash| hash.to_string());
        self.take_turn(hash).await?.map_err(|error| HashError::Failed(error.to_string()))
    }

    /// Whether the password is the one that was hashed. Without a hash it is not, and finding that out takes as long.
    ///
    /// # Errors
    /// When too many wait already.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, HashError> {
        self.take_turn(move || {
            let matches = PasswordHash::new(hash.as_deref().unwrap_or(STAND_IN))
                .is_ok_and(|known| Argon2::default().verify_password(password.as_bytes(), &known).is_ok());
            matches && hash.is_some()
        })
        .await
    }

    /// Runs `work` on a thread that may be kept busy, once it is its turn. Whoever stops waiting for the result does
    /// not give the turn to the next one before the work is done.
    async fn take_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| HashError::Busy)?;
        let turn =
            Arc::clone(&self.turns).acquire_owned().await.map_err(|error| HashError::Failed(error.to_string()))?;
        let until_done: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (place, turn);
        let working = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(until_done);
            result
        });
        working.await.map_err(|error| HashError::Failed(error.to_string()))
    }
}

fn argon2() -> argon2::password_hash::Result<Argon2<'static>> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, LANES, None)?))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Instant;

    use super::*;

    const PASSWORD: &str = "a pass phrase of some length";

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hasher = Hasher::default();
        let hash = hasher.hash(PASSWORD.to_owned()).await.unwrap();
        assert!(hasher.verify(PASSWORD.to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify("another pass phrase".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(PASSWORD.to_owned(), None).await.unwrap());
        assert!(!hasher.verify(PASSWORD.to_owned(), Some("no hash".to_owned())).await.unwrap());
        assert_ne!(hash, hasher.hash(PASSWORD.to_owned()).await.unwrap(), "each hash has its own salt");
    }

    #[tokio::test]
    async fn every_hash_costs_what_it_should() {
        let hash = Hasher::default().hash(PASSWORD.to_owned()).await.unwrap();
        for hash in [&hash, STAND_IN] {
            assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
            assert!(PasswordHash::new(hash).unwrap().hash.is_some());
        }
    }

    #[tokio::test]
    async fn without_an_account_the_answer_takes_as_long() {
        let hasher = Hasher::default();
        let known = hasher.hash(PASSWORD.to_owned()).await.unwrap();
        let mut fastest = [u128::MAX; 2];
        for _ in 0..20 {
            for (place, hash) in [Some(known.clone()), None].into_iter().enumerate() {
                let start = Instant::now();
                hasher.verify("wrong".to_owned(), hash).await.unwrap();
                fastest[place] = fastest[place].min(start.elapsed().as_micros());
            }
        }
        assert!(fastest[1] * 2 > fastest[0], "{fastest:?} µs with and without an account");
    }

    #[tokio::test]
    async fn two_at_once_and_a_bounded_queue() {
        let hasher = Hasher::default();
        let (started, starts) = mpsc::channel();
        let mut stops = Vec::new();
        let mut tasks = Vec::new();
        for _ in 0..QUEUE {
            let (stop, stopped) = mpsc::channel::<()>();
            stops.push(stop);
            let (hasher, started) = (hasher.clone(), started.clone());
            tasks.push(tokio::spawn(async move {
                let work = move || {
                    started.send(()).unwrap();
                    // Ends when the sender is dropped.
                    let _ = stopped.recv();
                };
                hasher.take_turn(work).await
            }));
        }
        while hasher.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(hasher.verify(String::new(), None).await, Err(HashError::Busy)));
        starts.recv().unwrap();
        starts.recv().unwrap();
        assert!(starts.try_recv().is_err(), "a third hash was begun");

        // Nobody waits for the first any more: it keeps its turn until it is done.
        tasks[0].abort();
        tokio::task::yield_now().await;
        assert_eq!(hasher.turns.available_permits(), 0);

        drop(stops);
        for task in tasks.drain(1..) {
            task.await.unwrap().unwrap();
        }
        assert!(hasher.verify(String::new(), None).await.is_ok());
    }
}
