//! Our own server as production runs it, on a port of its own and threads that can be told by their name.

use std::net::SocketAddr;

use axum::Router;
use base::{App, Clock, kv::Kv, pool::Pool, secrets::ServerKey};
use cluster::Urls;
use tokio::{
    net::TcpListener,
    runtime::Runtime,
    sync::{oneshot, watch},
};

use crate::{
    api,
    edge::{Caps, Edge},
    ops,
    problem::Problem,
    serve::{self, Limits},
};

/// How the server's threads are called.
pub const THREADS: &str = "bench-server";
/// Connections to Postgres, of the server as of the bound.
pub const POOL: usize = 16;

/// A running server; gone when dropped.
pub struct Server {
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    runtime: Option<Runtime>,
}

impl Server {
    pub async fn start(urls: &Urls) -> Result<Server, Problem> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_name(THREADS).enable_all().build()?;
        let (stop, mut stopped) = watch::channel(false);
        let (ready, listening) = oneshot::channel();
        let app = app(urls, POOL)?;
        runtime.spawn(async move {
            let counters = ops::start_counting();
            let router = ops::routes(ops::Readiness::ready(), Some(app.pool.clone()), counters).merge(doors(app));
            let router = Edge::new(Caps::default(), Default::default(), false).around(router);
            let bound = async {
                let listener = TcpListener::bind("127.0.0.1:0").await?;
                Ok::<_, std::io::Error>((listener.local_addr()?, listener))
            };
            match bound.await {
                Ok((address, listener)) => {
                    let _ = ready.send(Ok(address));
                    let stop = async move { drop(stopped.wait_for(|stop| *stop).await) };
                    serve::serve(router, vec![listener], Limits::default(), stop).await;
                }
                Err(error) => drop(ready.send(Err(error))),
            }
        });
        let address = listening.await??;
        Ok(Server { address, stop, runtime: Some(runtime) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A process's app with so many connections.
pub fn app(urls: &Urls, connections: usize) -> Result<App, Problem> {
    let key = ServerKey::new("only for measuring, and on this machine only").expect("long enough");
    let pool = Pool::new(&urls.app, connections)?;
    let app = App::new(pool, Clock::System, key, Kv::in_process(), "http://localhost").roomy();
    Ok(app.with(billing::Providers::sandbox("http://localhost")?))
}

/// The API's doors alone.
pub fn doors(app: App) -> Router {
    api::api(app).0
}
