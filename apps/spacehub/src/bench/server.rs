//! Our own server as production runs it: a process of `spacehub api` beside the bench's Postgres.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use axum::Router;
use base::{App, Clock, kv::Kv, pool::Pool, secrets::ServerKey};
use cluster::Urls;

use crate::{api, problem::Problem};

/// Connections to Postgres, of the server as of the bound.
pub const POOL: usize = 16;

/// A running server; gone when dropped.
pub struct Server {
    pub address: SocketAddr,
    child: Child,
    /// Kept open, so that what the server says has somewhere to go.
    _says: BufReader<ChildStdout>,
}

impl Server {
    /// Starts `program` on the data folder whose Postgres runs already, and waits until it says where it is.
    pub fn start(program: &Path, folder: &Path) -> Result<Server, Problem> {
        let mut child = Command::new(program)
            .args(["api", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .envs([("SPACEHUB_LOG_FORMAT", "text"), ("SPACEHUB_LOG", "error")])
            .env("SPACEHUB_DB_CONNECTIONS", POOL.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut says = BufReader::new(child.stdout.take().expect("it was asked for"));
        let mut line = String::new();
        while says.read_line(&mut line)? > 0 {
            if let Some(address) = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next()) {
                return Ok(Server { address: address.parse()?, child, _says: says });
            }
            line.clear();
        }
        Err(Problem::new("the server of the bench did not start"))
    }

    /// Its process's number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process's app with so many connections.
pub fn app(urls: &Urls, connections: usize) -> Result<App, Problem> {
    let key = ServerKey::new("only for measuring, and on this machine only").expect("long enough");
    let pool = Pool::new(&urls.app, connections)?;
    let store =
        store::Store::in_folder(&std::env::temp_dir().join("spacehub-bench-files"), "http://localhost", key.clone())?;
    let app = App::new(pool, Clock::System, key, Kv::in_process(), "http://localhost").roomy();
    Ok(app.with(billing::Providers::sandbox("http://localhost")?).with(store))
}

/// The API's doors alone.
pub fn doors(app: App) -> Router {
    api::api(app).0
}
