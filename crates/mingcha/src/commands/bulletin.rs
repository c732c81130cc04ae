//! `mingcha bulletin render`: the bulletin as a document.

use mingcha_words::Lang;

use crate::args::{BulletinFormat, BulletinRenderArgs};
use crate::opening::{acting, caught_up};
use crate::output::{self, Ended, Failure, Outcome};

/// Writes the bulletin with the working figures.
pub async fn render(args: BulletinRenderArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    caught_up(&platform, lang).await;
    let mut desk = platform.office.reading(&actor).await?;
    let bulletin = platform.bulletin(&mut desk).await?;
    let text = match args.format {
        BulletinFormat::Md => bulletin.markdown.clone(),
        BulletinFormat::Html => bulletin.page(),
    };
    std::fs::write(&args.out, text)
        .map_err(|error| Failure::plain(anyhow::anyhow!("{}: {error}", args.out.display())))?;
    output::notice(format!("{}", args.out.display()));
    Ok(Ended::Done)
}
