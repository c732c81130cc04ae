//! The folder of evidence files.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use mingcha_store::{StoreError, Tx, params};
use sm3::{Digest, Sm3};
use tokio::io::AsyncWriteExt;

use super::{EVIDENCE_BYTES_MAX, KeepError, MediaType};

/// A file that lies in the evidence folder. Only [`super::keep_evidence`] makes one, after the gate has agreed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptFile {
    pub(crate) sm3: String,
    pub(crate) name: String,
    pub(crate) media_type: MediaType,
    pub(crate) bytes: i64,
}

impl KeptFile {
    /// SM3 of the bytes, hexadecimal.
    #[must_use]
    pub fn sm3(&self) -> &str {
        &self.sm3
    }

    /// The name under which it was handed in.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// `data/evidence`.
#[derive(Clone, Debug)]
pub struct EvidenceRoom {
    dir: PathBuf,
}

/// Parts a temporary name from those of other writers in this process.
static NEXT_PART: AtomicU64 = AtomicU64::new(0);

impl EvidenceRoom {
    /// The room in a data folder; nothing is created until something is kept.
    #[must_use]
    pub fn in_data(data: &Path) -> Self {
        Self { dir: data.join("evidence") }
    }

    /// Where the file of that hash lies. The hash comes from our own rows and is checked, since it becomes a path.
    #[must_use]
    pub fn path_of(&self, sm3: &str) -> Option<PathBuf> {
        let is_hash = sm3.len() == 64 && sm3.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| self.dir.join(&sm3[..2]).join(sm3))
    }

    /// Reads a file back and holds it against its hash.
    pub async fn read(&self, sm3: &str) -> Result<Vec<u8>, KeepError> {
        let path = self.path_of(sm3).ok_or_else(|| KeepError::Altered { sm3: sm3.to_owned() })?;
        let bytes = tokio::fs::read(&path).await.map_err(KeepError::Disk)?;
        if hash(&bytes) == sm3 { Ok(bytes) } else { Err(KeepError::Altered { sm3: sm3.to_owned() }) }
    }

    /// Checks size and kind, then writes the file durably under its hash. The same bytes a second time write nothing.
    pub(super) async fn keep(&self, name: &str, bytes: &[u8]) -> Result<KeptFile, KeepError> {
        let name = bare_name(name);
        let media_type = examine(&name, bytes)?;
        let sm3 = hash(bytes);
        let path = self.path_of(&sm3).ok_or_else(|| KeepError::Altered { sm3: sm3.clone() })?;
        let kept = KeptFile { sm3, name, media_type, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) };
        if self.read(&kept.sm3).await.is_ok() {
            return Ok(kept);
        }
        write_durably(&path, bytes).await.map_err(KeepError::Disk)?;
        Ok(kept)
    }
}

/// What a file is, or why it is not taken.
fn examine(name: &str, bytes: &[u8]) -> Result<MediaType, KeepError> {
    if bytes.is_empty() {
        return Err(KeepError::Empty { name: name.to_owned() });
    }
    if bytes.len() > EVIDENCE_BYTES_MAX {
        return Err(KeepError::TooLarge { name: name.to_owned(), bytes: bytes.len() });
    }
    let media_type = MediaType::recognise(bytes).ok_or_else(|| KeepError::UnknownKind { name: name.to_owned() })?;
    if !media_type.fits(name) {
        return Err(KeepError::NameDisagrees { name: name.to_owned(), is: media_type });
    }
    Ok(media_type)
}

/// The last part of a name as browsers send it, without control characters: it is shown and offered for download.
fn bare_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|c| !c.is_control()).take(120).collect::<String>().trim().to_owned()
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sm3::digest(bytes))
}

/// Writes beside the place, syncs, and renames: a crash leaves either nothing or the whole file.
async fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    tokio::fs::create_dir_all(folder).await?;
    let part =
        path.with_extension(format!("{}-{}.part", std::process::id(), NEXT_PART.fetch_add(1, Ordering::Relaxed)));
    let written = async {
        let mut file = tokio::fs::File::create(&part).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        tokio::fs::rename(&part, path).await?;
        tokio::fs::File::open(folder).await?.sync_all().await
    }
    .await;
    if written.is_err() {
        // The disk may be full: what was written so far must not stay and keep it so.
        if let Err(error) = tokio::fs::remove_file(&part).await {
            tracing::debug!(%error, "no half-written evidence file to remove");
        }
    }
    written
}

/// What is wrong with a kept file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceFault {
    /// SM3 that the store knows.
    pub sm3: String,
    /// The name under which it was handed in.
    pub name: String,
    /// The file is not there; otherwise its bytes are others.
    pub missing: bool,
}

/// Holds every evidence file that the store knows against its hash, for `mingcha verify`.
pub async fn evidence_check(tx: &mut Tx, room: &EvidenceRoom) -> Result<Vec<EvidenceFault>, StoreError> {
    let mut faults = Vec::new();
    for row in tx.all("SELECT sm3, min(name) AS name FROM evidence_file GROUP BY sm3 ORDER BY sm3", params![]).await? {
        let (sm3, name): (String, String) = (row.get("sm3")?, row.get("name")?);
        match room.read(&sm3).await {
            Ok(_) => {}
            Err(KeepError::Disk(_)) => faults.push(EvidenceFault { sm3, name, missing: true }),
            Err(_) => faults.push(EvidenceFault { sm3, name, missing: false }),
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIPT: &[u8] = b"%PDF-1.7 a receipt";

    #[tokio::test]
    async fn the_same_piece_is_kept_once_and_comes_back_whole() {
        let data = tempfile::tempdir().expect("a folder");
        let room = EvidenceRoom::in_data(data.path());
        let one = room.keep("C:\\票据\\收据.pdf", RECEIPT).await.expect("kept");
        let two = room.keep("同一张.pdf", RECEIPT).await.expect("kept");
        assert_eq!((one.sm3(), one.name()), (two.sm3(), "收据.pdf"));
        assert_eq!(room.read(one.sm3()).await.expect("read"), RECEIPT);
        let folder = room.path_of(one.sm3()).expect("a path");
        assert_eq!(std::fs::read_dir(folder.parent().expect("a folder")).expect("listed").count(), 1);
    }

    #[tokio::test]
    async fn a_file_that_was_changed_on_disk_is_not_given_out() {
        let data = tempfile::tempdir().expect("a folder");
        let room = EvidenceRoom::in_data(data.path());
        let kept = room.keep("收据.pdf", RECEIPT).await.expect("kept");
        std::fs::write(room.path_of(kept.sm3()).expect("a path"), b"%PDF-1.7 another").expect("written");
        assert!(matches!(room.read(kept.sm3()).await, Err(KeepError::Altered { .. })));
        room.keep("收据.pdf", RECEIPT).await.expect("kept again");
        assert_eq!(room.read(kept.sm3()).await.expect("mended"), RECEIPT);
    }

    #[tokio::test]
    async fn what_is_not_evidence_is_refused_and_leaves_nothing() {
        let data = tempfile::tempdir().expect("a folder");
        let room = EvidenceRoom::in_data(data.path());
        let refusal = |name: &'static str, bytes: Vec<u8>| {
            let room = room.clone();
            async move { room.keep(name, &bytes).await.expect_err("refused") }
        };
        assert!(matches!(refusal("空.pdf", vec![]).await, KeepError::Empty { .. }));
        assert!(matches!(refusal("a.exe", b"MZ\x90".to_vec()).await, KeepError::UnknownKind { .. }));
        assert!(matches!(refusal("照片.pdf", b"\x89PNG\r\n\x1a\n".to_vec()).await, KeepError::NameDisagrees { .. }));
        let mut large = RECEIPT.to_vec();
        large.resize(EVIDENCE_BYTES_MAX + 1, b' ');
        assert!(matches!(refusal("大.pdf", large).await, KeepError::TooLarge { .. }));
        assert!(!data.path().join("evidence").exists());
    }
}
