//! A small load generator: so many connections that are kept open, each asking again as soon as it is answered.

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use super::{
    Load,
    data::{self, Size},
};
use crate::problem::Problem;

/// What a while of load came to.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    pub answers: u64,
    /// Answers other than 200 and 201.
    pub bad: u64,
    pub took: Duration,
    /// Of every answer, shortest first.
    pub waits: Vec<Duration>,
}

impl Heard {
    /// The wait that so many in a hundred did not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let last = self.waits.len().saturating_sub(1);
        self.waits.get(last * percent / 100).copied().unwrap_or_default()
    }
}

/// Asks for a while over `connections`, on a thread of its own.
pub fn drive(
    address: SocketAddr,
    load: Load,
    size: Size,
    connections: usize,
    during: Duration,
) -> Result<Heard, Problem> {
    let drive = move || -> Result<Heard, Problem> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async move {
            let began = Instant::now();
            let mut clients = JoinSet::new();
            for number in 0..connections {
                clients.spawn(Client::new(load, size, number).ask(address, began + during));
            }
            let mut heard = Heard::default();
            while let Some(client) = clients.join_next().await {
                let client = client??;
                heard.answers += client.answers;
                heard.bad += client.bad;
                heard.waits.extend(client.waits);
            }
            heard.took = began.elapsed();
            heard.waits.sort_unstable();
            Ok(heard)
        })
    };
    thread::Builder::new().name("load".into()).spawn(drive)?.join().map_err(|_| Problem::new("the load panicked"))?
}

/// One connection.
struct Client {
    load: Load,
    size: Size,
    chance: u64,
    name: u64,
}

impl Client {
    fn new(load: Load, size: Size, number: usize) -> Client {
        let name = uuid::Uuid::now_v7().as_u128() as u64 ^ (number as u64) << 32;
        Client { load, size, chance: name | 1, name }
    }

    async fn ask(mut self, address: SocketAddr, until: Instant) -> Result<Heard, std::io::Error> {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut heard = Heard::default();
        let mut buffer = Vec::with_capacity(64 * 1024);
        while Instant::now() < until {
            let request = self.request(heard.answers);
            let asked = Instant::now();
            stream.write_all(request.as_bytes()).await?;
            let good = answered(&mut stream, &mut buffer).await?;
            heard.waits.push(asked.elapsed());
            heard.answers += 1;
            heard.bad += u64::from(!good);
        }
        Ok(heard)
    }

    fn request(&mut self, n: u64) -> String {
        let Size { owners, contracts_per_owner, sessions, .. } = self.size;
        let session = self.below(sessions);
        let number = |k: u64| k * owners + session % owners;
        let head = format!("HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer s{session}\r\n");
        match self.load {
            Load::Get => {
                let contract = data::id(data::CONTRACTS, number(self.below(contracts_per_owner)));
                format!("GET /v2/contracts/{contract} {head}\r\n")
            }
            Load::List => {
                let place = number(self.below(contracts_per_owner - 50));
                let cursor = self.load.cursor(&data::id(data::CONTRACTS, place));
                format!("GET /v2/contracts?limit=50&cursor={cursor} {head}\r\n")
            }
            Load::Post => {
                let contract = data::id(data::CONTRACTS, number(self.below(contracts_per_owner)));
                let body = self.load.body(&contract);
                format!(
                    "POST /v2/invoices {head}Content-Type: application/json\r\nIdempotency-Key: {:x}-{n}\r\n\
                     Content-Length: {}\r\n\r\n{body}",
                    self.name,
                    body.len()
                )
            }
        }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % end
    }
}

/// Reads one answer to its end; whether it is a good one.
async fn answered(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<bool, std::io::Error> {
    buffer.clear();
    let malformed = || std::io::Error::other("an answer without an end");
    let head = loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Err(malformed());
        }
    };
    let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|n| n.trim().parse().ok()).ok_or_else(malformed)?;
    let good = text.starts_with("http/1.1 200") || text.starts_with("http/1.1 201");
    while buffer.len() < head + length {
        if stream.read_buf(buffer).await? == 0 {
            return Err(malformed());
        }
    }
    Ok(good)
}
