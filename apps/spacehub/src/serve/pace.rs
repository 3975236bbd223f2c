//! The pace a connection has to keep: the header in time, not idle for too long, what we send read in time.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard},
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{Limits, never};

/// How often a connection's pace is looked at, and so how late it is found lost at most.
const LOOK: Duration = Duration::from_millis(900);

/// Where a connection stands and since when.
#[derive(Debug)]
pub(super) struct Pace(Mutex<Standing>);

#[derive(Debug)]
struct Standing {
    step: Step,
    since: Instant,
    /// Since when the client has left unread what we want to send.
    unread_since: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Nothing of a request has come yet.
    Idle,
    /// Its first bytes have.
    Header,
    /// It is being answered; body and handler have deadlines of their own.
    Answering,
}

impl Pace {
    pub(super) fn new() -> Pace {
        Pace(Mutex::new(Standing { step: Step::Idle, since: Instant::now(), unread_since: None }))
    }

    /// A whole header has come.
    pub(super) fn answering(&self) {
        self.enter(Step::Answering);
    }

    /// Waits until the pace is lost.
    pub(super) async fn lost(&self, limits: &Limits) {
        loop {
            let (now, due) = (Instant::now(), self.standing().due(limits));
            if due <= now {
                return;
            }
            sleep_until(due.min(now + LOOK)).await;
        }
    }

    fn enter(&self, step: Step) {
        let mut standing = self.standing();
        standing.step = step;
        standing.since = Instant::now();
    }

    fn has_read(&self) {
        let mut standing = self.standing();
        if standing.step == Step::Idle {
            standing.step = Step::Header;
            standing.since = Instant::now();
        }
    }

    fn has_written<T>(&self, outcome: &Poll<T>) {
        let mut standing = self.standing();
        standing.unread_since = match outcome {
            Poll::Pending => standing.unread_since.or_else(|| Some(Instant::now())),
            Poll::Ready(_) => None,
        };
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.0.lock().expect("nothing panics while it is held")
    }
}

impl Standing {
    fn due(&self, limits: &Limits) -> Instant {
        let step = match self.step {
            Step::Idle => self.since + limits.idle,
            Step::Header => self.since + limits.header,
            Step::Answering => never(),
        };
        self.unread_since.map_or(step, |since| step.min(since + limits.unread))
    }
}

/// A socket that tells its pace what happens on it.
pub(super) struct Paced {
    stream: TcpStream,
    pace: Arc<Pace>,
}

impl Paced {
    pub(super) fn new(stream: TcpStream, pace: Arc<Pace>) -> Paced {
        Paced { stream, pace }
    }
}

impl AsyncRead for Paced {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.pace.has_read();
        }
        outcome
    }
}

impl AsyncWrite for Paced {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.pace.has_written(&outcome);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.pace.has_written(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// An answer's body: when it has ended the connection is idle again.
pub(super) struct PacedBody {
    body: Body,
    /// Ready once the house closes, for a stream of news that nobody else would end.
    closing: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    _idle_afterwards: IdleAfterwards,
}

impl PacedBody {
    /// With `closing`, the body ends when that turns true.
    pub(super) fn new(body: Body, pace: Arc<Pace>, closing: Option<watch::Receiver<bool>>) -> PacedBody {
        let closing = closing.map(|mut closing| -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(async move {
                let _ = closing.wait_for(|closed| *closed).await;
            })
        });
        PacedBody { body, closing, _idle_afterwards: IdleAfterwards(pace) }
    }
}

impl hyper::body::Body for PacedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if frame.is_pending()
            && let Some(closing) = &mut self.closing
            && closing.as_mut().poll(cx).is_ready()
        {
            return Poll::Ready(None);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        hyper::body::Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        hyper::body::Body::size_hint(&self.body)
    }
}

struct IdleAfterwards(Arc<Pace>);

impl Drop for IdleAfterwards {
    fn drop(&mut self) {
        self.0.enter(Step::Idle);
    }
}
