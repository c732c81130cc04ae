//! One writer at a time, across processes: a lock on a file that also says who holds it.
//!
//! The operating system releases the lock when the process ends, however it ends; nothing has to be cleaned up by hand.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use super::{Lake, LakeError};

const LOCK: &str = "lake.lock";
const POLL: Duration = Duration::from_millis(50);

/// The right to write to the lake; given back when dropped.
#[derive(Debug)]
pub struct Lease {
    // Held for its lock.
    _file: File,
}

impl Lake {
    /// Waits for the right to write, names itself to those who wait behind it, and clears away what a killed writer
    /// left half done. `holder` is for people: who does what.
    pub async fn lease(&self, holder: &str) -> Result<Lease, LakeError> {
        let lease = lock(&self.home, holder, self.lease_wait).await?;
        self.tidy(&lease).await?;
        Ok(lease)
    }
}

pub(super) async fn lock(home: &Path, holder: &str, wait: Duration) -> Result<Lease, LakeError> {
    let path = home.join(LOCK);
    let mut file = OpenOptions::new().create(true).read(true).write(true).truncate(false).open(&path)?;
    let deadline = tokio::time::Instant::now() + wait;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Err(TryLockError::WouldBlock) if tokio::time::Instant::now() >= deadline => {
                let mut holder = String::new();
                file.read_to_string(&mut holder)?;
                return Err(LakeError::Held { holder: holder.trim().to_owned(), seconds: wait.as_secs() });
            }
            Err(TryLockError::WouldBlock) => tokio::time::sleep(POLL).await,
        }
    }
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{holder} (pid {})", std::process::id())?;
    Ok(Lease { _file: file })
}
