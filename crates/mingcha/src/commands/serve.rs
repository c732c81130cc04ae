//! `mingcha serve`: the pages, and the jobs behind them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use mingcha_access::Clock;
use mingcha_web::WebConfig;
use mingcha_wiring::{Inbox, Platform, ServerLock};
use mingcha_words::Lang;

use crate::args::ServeArgs;
use crate::clock::RealClock;
use crate::opening::platform;
use crate::output::{self, Ended, Failure, Outcome};

/// How often the server looks for jobs that are due without being told.
const JOBS_EVERY: Duration = Duration::from_millis(500);
/// How long a stopping server waits for requests that are under way.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub async fn serve(args: ServeArgs, lang: Lang) -> Outcome {
    let mut lock = ServerLock::take(&args.data.data, RealClock.now())?;
    let platform = Arc::new(platform(&args.data.data).await?);
    platform.folder.empty_incoming()?;
    platform.resolve_imports().await?;
    let watch = args.watch.clone().or_else(|| platform.folder.watch().map(Path::to_path_buf));
    let inbox = match &watch {
        Some(dir) => Some(Inbox::open(Arc::clone(&platform), dir, lang).await?),
        None => None,
    };
    let listener = tokio::net::TcpListener::bind(args.listen)
        .await
        .map_err(|error| Failure::plain(anyhow::anyhow!("不能监听 {} / cannot listen there: {error}", args.listen)))?;
    // Port 0 was asked for: the machine chose one.
    let address = listener.local_addr().map_err(Failure::plain)?;
    lock.tell(&address.to_string())?;
    let config = WebConfig { secure_cookies: args.secure_cookies, ..WebConfig::default() };
    let router = mingcha_web::router(Arc::clone(&platform), config);
    let jobs = tokio::spawn(run_jobs(Arc::clone(&platform)));
    let watching = inbox.map(|inbox| tokio::spawn(watch_folder(inbox, Duration::from_secs(args.watch_every))));
    output::notice(format!("http://{address}"));
    let (stop, mut stopping) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        told_to_stop().await;
        // Nobody listens any more only when the server has ended by itself.
        let _ = stop.send(true);
    });
    let mut told = stopping.clone();
    let serving = mingcha_web::serve(listener, router, async move {
        let _ = told.changed().await;
    });
    tokio::select! {
        ended = serving => ended.map_err(Failure::plain)?,
        () = async { let _ = stopping.changed().await; tokio::time::sleep(GRACE).await } => {}
    }
    jobs.abort();
    if let Some(watching) = watching {
        watching.abort();
    }
    drop(lock);
    Ok(Ended::Done)
}

async fn run_jobs(platform: Arc<Platform>) {
    loop {
        if let Err(error) = platform.drain().await {
            tracing::error!(%error, "jobs");
        }
        tokio::time::sleep(JOBS_EVERY).await;
    }
}

async fn watch_folder(mut inbox: Inbox, every: Duration) {
    loop {
        if let Err(error) = inbox.look().await {
            tracing::error!(%error, "the watched folder");
        }
        tokio::time::sleep(every).await;
    }
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "no SIGTERM handler");
            let _ = interrupted.await;
        }
    }
}
