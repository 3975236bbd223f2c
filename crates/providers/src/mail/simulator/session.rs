//! One conversation in SMTP (RFC 5321), as far as a client needs to leave a letter.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

use super::Simulator;
use crate::sandbox::{Mood, Provider};

/// The longest line there may be, and the largest letter, in bytes.
const LINE: u64 = 64 * 1024;
const LETTER: usize = 2 * 1024 * 1024;
/// How long a client may be silent.
const SILENCE: Duration = Duration::from_secs(60);

/// Speaks with one client until it leaves, is cut off or says nothing for too long.
pub async fn converse(simulator: Simulator, stream: TcpStream) {
    // Whatever ended it, the client has seen it end as well.
    let _ = answer(&simulator, stream).await;
}

/// The letter being written.
#[derive(Default)]
struct Envelope {
    has_sender: bool,
    to: Vec<String>,
    mood: Mood,
}

async fn answer(simulator: &Simulator, stream: TcpStream) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut envelope = Envelope::default();
    writer.write_all(b"220 sandbox ESMTP\r\n").await?;
    while let Some(line) = line(&mut reader).await? {
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let reply = match word.as_str() {
            "EHLO" => "250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 2097152",
            "HELO" | "NOOP" => "250 sandbox",
            "MAIL" => {
                simulator.0.moods.dawdle(Provider::Mail).await;
                let felt = [Mood::Refuse, Mood::Twice, Mood::DieAfterEffect];
                let mood = simulator.0.moods.draw(Provider::Mail, &felt);
                envelope = Envelope { has_sender: true, mood, ..Envelope::default() };
                "250 go on"
            }
            "RCPT" => match address(&line).filter(|_| envelope.has_sender) {
                None => "503 who sends it to whom?",
                Some(_) if envelope.mood == Mood::Refuse => "550 5.7.1 refused",
                Some(to) if to.starts_with("bounce") => "550 5.1.1 no such reader",
                Some(to) => {
                    envelope.to.push(to);
                    "250 go on"
                }
            },
            "DATA" if envelope.to.is_empty() => "503 for whom?",
            "DATA" => {
                writer.write_all(b"354 end with a dot\r\n").await?;
                let Some(raw) = letter(&mut reader).await? else { return Ok(()) };
                let Envelope { to, mood, .. } = std::mem::take(&mut envelope);
                simulator.deliver(&to, &raw, if mood == Mood::Twice { 2 } else { 1 });
                if mood == Mood::DieAfterEffect {
                    return Ok(());
                }
                "250 taken"
            }
            "RSET" => {
                envelope = Envelope::default();
                "250 forgotten"
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 not here",
        };
        writer.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}

/// One line with its end; none when the client has left.
async fn line(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut bounded = reader.take(LINE);
    timeout(SILENCE, bounded.read_until(b'\n', &mut line)).await.map_err(|_| io::ErrorKind::TimedOut)??;
    Ok(line.ends_with(b"\n").then_some(line))
}

/// Everything up to the line that is a single dot; the dot that was put before a dot is taken off again.
async fn letter(reader: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut raw = Vec::new();
    while let Some(line) = line(reader).await? {
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(raw));
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        if raw.len() > LETTER {
            return Ok(None);
        }
    }
    Ok(None)
}

/// What stands between the brackets of `RCPT TO:<…>`, in lower case.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    address.contains('@').then(|| address.to_lowercase())
}
