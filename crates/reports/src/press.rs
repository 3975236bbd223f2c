//! The press: papers are set on threads of their own, a few at a time, so that requests never wait for one.

use std::{num::NonZero, sync::LazyLock, thread};

use tokio::sync::Semaphore;

use crate::{
    papers::Paper,
    typeset::{Pdf, Pictures, RenderError},
};

/// As many papers at once as leave half of the machine to everybody else.
static PLACES: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    Semaphore::new((cores / 2).max(1))
});

/// Sets a paper when there is a place for it.
pub async fn print(paper: Paper, pictures: Pictures) -> Result<Pdf, RenderError> {
    let _place = PLACES.acquire().await.expect("the press is never closed");
    let set = tokio::task::spawn_blocking(move || paper.render(pictures)).await;
    set.unwrap_or_else(|_| Err(RenderError::broke_down()))
}
