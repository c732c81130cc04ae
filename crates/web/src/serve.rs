//! Serving: the router on a listener, until it is told to stop.

use std::io;

use axum::Router;
use tokio::net::TcpListener;

/// Serves until `until` ends; requests that are under way then are finished first.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    until: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(until).await
}
