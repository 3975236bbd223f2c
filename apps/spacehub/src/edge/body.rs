//! A request's body on its way in: counted, and given up when it comes too slowly.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{body::Body, extract::Request};
use bytes::Bytes;
use http::StatusCode;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use super::{Caps, refusal::Refusal};

/// The slowest a body may come once the first pause is over, in bytes a second.
const SLOWEST: u64 = 1024;

/// How many times the largest body is read of one that is too large.
const DROPPED: u64 = 10;

/// What became of a request's body, as the edge sees it.
pub(super) struct Intake {
    /// None when the request has no body.
    arrived: Option<Arc<Mutex<Arrived>>>,
    most: u64,
}

#[derive(Debug)]
struct Arrived {
    last: Instant,
    trouble: Option<Trouble>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Trouble {
    #[error("the body came too slowly")]
    Slow,
    #[error("the body is too large")]
    Large,
}

impl Intake {
    /// Watches over the body of `request`, when it has one.
    pub(super) fn of(request: Request, caps: &Caps) -> (Request, Intake) {
        if request.body().is_end_stream() {
            return (request, Intake { arrived: None, most: caps.upload_bytes });
        }
        let arrived = Arc::new(Mutex::new(Arrived { last: Instant::now(), trouble: None }));
        let watched = request.map(|body| Body::new(Watched::new(body, caps, arrived.clone())));
        (watched, Intake { arrived: Some(arrived), most: caps.upload_bytes })
    }

    /// When a part of the body came last; none without a body.
    pub(super) fn last_arrival(&self) -> Option<Instant> {
        self.arrived.as_ref().map(|arrived| arrived.lock().expect("nothing panics while it is held").last)
    }

    /// The answer that the body's own trouble calls for, whatever the handler made of it.
    pub(super) fn judge(&self) -> Option<Refusal> {
        let trouble = self.arrived.as_ref()?.lock().expect("nothing panics while it is held").trouble?;
        Some(match trouble {
            Trouble::Slow => Refusal::of(StatusCode::REQUEST_TIMEOUT).closing(),
            Trouble::Large => Refusal::too_large(self.most),
        })
    }
}

/// Reads what a refused request still sends, and keeps nothing of it: a socket closed on unread bytes is reset, and the
/// answer lost with it. Whoever sends several times what is allowed, or too slowly, is not waited for.
pub(super) async fn drop_all(mut body: Body, caps: &Caps) {
    let began = Instant::now();
    let mut bytes = 0;
    while let Ok(Some(Ok(frame))) = timeout(caps.body_pause, body.frame()).await {
        bytes += frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
        if bytes > DROPPED * caps.upload_bytes || began.elapsed() > caps.body_pause * 12 {
            return;
        }
    }
}

struct Watched {
    body: Body,
    most: u64,
    pause: Duration,
    began: Instant,
    bytes: u64,
    due: Pin<Box<Sleep>>,
    arrived: Arc<Mutex<Arrived>>,
}

impl Watched {
    fn new(body: Body, caps: &Caps, arrived: Arc<Mutex<Arrived>>) -> Watched {
        let began = Instant::now();
        Watched {
            body,
            most: caps.upload_bytes,
            pause: caps.body_pause,
            began,
            bytes: 0,
            due: Box::pin(sleep_until(began + caps.body_pause)),
            arrived,
        }
    }

    fn fail(&self, trouble: Trouble) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.arrived.lock().expect("nothing panics while it is held").trouble = Some(trouble);
        Poll::Ready(Some(Err(axum::Error::new(trouble))))
    }

    /// The next part must come before the pause is over, and all so far must keep up with the slowest pace.
    fn next_due(&self, now: Instant) -> Instant {
        let earned = Duration::from_millis(self.bytes * 1000 / SLOWEST);
        (now + self.pause).min(self.began + self.pause + earned)
    }
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => frame,
            Poll::Pending => {
                ready!(self.due.as_mut().poll(cx));
                return self.fail(Trouble::Slow);
            }
        };
        let now = Instant::now();
        self.arrived.lock().expect("nothing panics while it is held").last = now;
        if let Some(Ok(frame)) = &frame {
            let length = frame.data_ref().map_or(0, Bytes::len);
            self.bytes += u64::try_from(length).unwrap_or(u64::MAX);
            if self.bytes > self.most {
                return self.fail(Trouble::Large);
            }
            let due = self.next_due(now);
            self.due.as_mut().reset(due);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
