//! Our own accept loop: no connection lives longer than it is worth, and none is cut while it is being answered.
//!
//! `axum::serve` waits for ever: on a silent socket, on half a header, on a reader that does not read. Here every
//! connection has a pace to keep (`serve/pace.rs`) and a place that is counted (`serve/places.rs`). What concerns one
//! request – body, handler, answer – is the edge's business (`edge.rs`).

mod pace;
mod places;

use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use axum::Router;
use http::{Request, header};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use tower::ServiceExt;

use pace::{Pace, Paced, PacedBody};
use places::{Full, Place, Places};

/// How long clients may take and how many there may be.
#[derive(Debug, Clone)]
pub struct Limits {
    /// From the first byte of a request to the end of its header.
    pub header: Duration,
    /// Between two requests, and before the first.
    pub idle: Duration,
    /// How long a client may leave an answer unread.
    pub unread: Duration,
    /// How long requests may take to end once we are told to stop.
    pub drain: Duration,
    pub connections: usize,
    /// From one address; the machine's own is not counted, a proxy or a measurement may stand there.
    pub connections_per_ip: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            header: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            unread: Duration::from_secs(30),
            drain: Duration::from_secs(25),
            connections: 4096,
            connections_per_ip: 100,
        }
    }
}

/// The start line and all header fields together, in bytes.
const HEADER_BYTES: usize = 16 * 1024;
/// Answers that may be told "full" at the same time; beyond that the socket is closed without a word.
const REFUSALS: usize = 256;

/// The address at the other end of the socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// How the serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drained {
    /// Connections that were still being answered when the time was up.
    pub cut: usize,
}

/// Serves `router` on every listener until `stop` is done, then lets what runs come to its end.
pub async fn serve(
    router: Router,
    listeners: Vec<TcpListener>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> Drained {
    let house = Arc::new(House { router, places: Places::new(limits.connections, limits.connections_per_ip), limits });
    let (closing, closed) = watch::channel(false);
    let mut guests = JoinSet::new();
    let mut refused = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listeners) => accepted,
            Some(_) = guests.join_next() => continue,
        };
        house.welcome(accepted, &mut guests, &mut refused, &closed).await;
        while refused.try_join_next().is_some() {}
    }
    // Whoever the kernel has let in already is still answered.
    while let Some(accepted) = waiting(&listeners).await {
        house.welcome(accepted, &mut guests, &mut refused, &closed).await;
    }
    drop(listeners);
    let _ = closing.send(true);
    let drained = timeout(house.limits.drain, async { while guests.join_next().await.is_some() {} }).await;
    Drained { cut: if drained.is_ok() { 0 } else { guests.len() } }
}

struct House {
    router: Router,
    places: Places,
    limits: Limits,
}

impl House {
    async fn welcome(
        self: &Arc<House>,
        accepted: io::Result<(TcpStream, SocketAddr)>,
        guests: &mut JoinSet<()>,
        refused: &mut JoinSet<()>,
        closed: &watch::Receiver<bool>,
    ) {
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => return accept_failed(&error).await,
        };
        match self.places.take(address.ip()) {
            Ok(place) => {
                guests.spawn(self.clone().keep(stream, address, place, closed.clone()));
            }
            Err(full) if refused.len() < REFUSALS => {
                refused.spawn(async move {
                    let _ = timeout(Duration::from_secs(1), turn_away(stream, full)).await;
                });
            }
            Err(_) => {}
        }
    }

    /// Answers one connection's requests until it ends, loses its pace or the house closes.
    async fn keep(
        self: Arc<House>,
        stream: TcpStream,
        address: SocketAddr,
        _place: Place,
        closed: watch::Receiver<bool>,
    ) {
        let _ = stream.set_nodelay(true);
        let pace = Arc::new(Pace::new());
        let peer = Peer(address.ip());
        let answer = |mut request: Request<Incoming>| {
            let pace = pace.clone();
            pace.answering();
            request.extensions_mut().insert(peer);
            let closing = closed.clone();
            let answered = self.router.clone().oneshot(request.map(axum::body::Body::new));
            async move {
                let answer = answered.await?;
                let news = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
                Ok::<_, Infallible>(answer.map(|body| PacedBody::new(body, pace, news.then_some(closing))))
            }
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // The pace knows more than hyper's own timer, which can't tell idleness from a slow header.
            .header_read_timeout(None)
            .max_header_size(HEADER_BYTES)
            .serve_connection(TokioIo::new(Paced::new(stream, pace.clone())), service_fn(answer));
        let mut connection = pin!(connection);
        let mut leaving = closed.clone();
        let mut told = false;
        loop {
            tokio::select! {
                ended = &mut connection => {
                    if let Err(error) = ended {
                        tracing::debug!("a connection broke: {error}");
                    }
                    return;
                }
                () = pace.lost(&self.limits) => return,
                _ = leaving.wait_for(|closed| *closed), if !told => {
                    told = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

/// The next connection of any listener.
async fn accept(listeners: &[TcpListener]) -> io::Result<(TcpStream, SocketAddr)> {
    poll_fn(|cx| {
        listeners.iter().map(|listener| listener.poll_accept(cx)).find(Poll::is_ready).unwrap_or(Poll::Pending)
    })
    .await
}

/// A connection that has come already.
async fn waiting(listeners: &[TcpListener]) -> Option<io::Result<(TcpStream, SocketAddr)>> {
    timeout(Duration::ZERO, accept(listeners)).await.ok().filter(Result::is_ok)
}

async fn accept_failed(error: &io::Error) {
    if error.kind() == io::ErrorKind::ConnectionAborted {
        return;
    }
    // Out of file descriptors, most likely: connections that end give some back.
    tracing::error!("no connection can be accepted: {error}");
    sleep(Duration::from_millis(100)).await;
}

/// Says that there is no place, before a word was read.
async fn turn_away(mut stream: TcpStream, full: Full) -> io::Result<()> {
    stream.write_all(full.answer().as_bytes()).await?;
    stream.shutdown().await?;
    // What the client sent is read, else the kernel would reset the connection and the answer might be lost.
    let mut unread = [0; 1024];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}

/// The moment after which nothing is in time any more, far enough away for every clock.
fn never() -> Instant {
    Instant::now() + Duration::from_secs(365 * 24 * 3600)
}

#[cfg(test)]
mod tests;
