//! The file store that the lake's readers and writers share.
//!
//! The crate turns paths into object store paths, which escape whatever an address could not carry: every Chinese
//! character, spaces, `%`. The plain local store then takes the escapes for names, and files of `/home/用户/data` land in
//! a folder `%E7%94%A8…` elsewhere. Here the escapes are undone first.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::datasource::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::object_store::path::Path;
use datafusion::object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions,
    PutOptions, PutPayload, PutResult, Result,
};
use futures::stream::{BoxStream, StreamExt};

/// Local files by their real names.
#[derive(Debug, Default)]
pub(super) struct RealPlaces(LocalFileSystem);

/// Lets a session read the lake's files. Every session that is given a table of [`super::Lake::table`] needs it.
pub fn register_files(runtime: &RuntimeEnv) {
    runtime.register_object_store(ObjectStoreUrl::local_filesystem().as_ref(), Arc::new(RealPlaces::default()));
}

fn real(path: &Path) -> Result<Path> {
    Ok(Path::from_url_path(path.as_ref())?)
}

impl fmt::Display for RealPlaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[async_trait]
impl ObjectStore for RealPlaces {
    async fn put_opts(&self, to: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.0.put_opts(&real(to)?, payload, options).await
    }

    async fn put_multipart_opts(&self, to: &Path, options: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.0.put_multipart_opts(&real(to)?, options).await
    }

    async fn get_opts(&self, from: &Path, options: GetOptions) -> Result<GetResult> {
        self.0.get_opts(&real(from)?, options).await
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.0.delete_stream(paths.map(|path| path.and_then(|path| real(&path))).boxed())
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match prefix.map(real).transpose() {
            Ok(prefix) => self.0.list(prefix.as_ref()),
            Err(error) => futures::stream::once(async { Err(error) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        let prefix = prefix.map(real).transpose()?;
        self.0.list_with_delimiter(prefix.as_ref()).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.0.copy_opts(&real(from)?, &real(to)?, options).await
    }
}
