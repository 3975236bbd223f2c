//! A Postgres address as `psql` takes it, TLS and all: `postgres://…?sslmode=verify-full&sslrootcert=/etc/ca.pem`.
//!
//! The words are libpq's: `disable`; `prefer` (the default) and `require` encrypt and, without `sslrootcert`, believe any
//! certificate; `verify-ca` and `verify-full` – and whatever names an `sslrootcert` – want one that it, or the system's
//! roots, vouch for. The name on it is looked at always, also where libpq would not.

use std::path::PathBuf;

use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{ClusterError, error::reason, tls};

/// Where a database is, and how far its certificate is believed.
#[derive(Clone)]
pub struct Address {
    pub config: Config,
    /// For every connection that is made to it, and for the calls that cancel a statement.
    pub tls: MakeRustlsConnect,
}

impl Address {
    /// Reads `url`; a file of certificates that it names is read too.
    pub fn parse(url: &str) -> Result<Address, ClusterError> {
        let (plain, said) = take_tls(url);
        let config: Config = plain.parse().map_err(|error| ClusterError::NotAUrl { why: reason(&error) })?;
        Ok(Address { config, tls: tls::connector(said.is_checked, said.roots.as_deref())? })
    }

    /// Connects; the connection lives as long as the client.
    pub async fn connect(&self) -> Result<Client, tokio_postgres::Error> {
        let (client, connection) = self.config.connect(self.tls.clone()).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection to Postgres ended: {error}");
            }
        });
        Ok(client)
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Address").field(&self.config).finish()
    }
}

/// What an address says about TLS beyond the driver's own words.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    is_checked: bool,
    roots: Option<PathBuf>,
}

/// The address in the driver's words, and what they have no words for.
fn take_tls(url: &str) -> (String, Said) {
    let mut said = Said::default();
    let is_url = url.contains("://");
    let (front, pairs, joint) = match url.split_once('?') {
        Some((front, query)) if is_url => (format!("{front}?"), query, "&"),
        None if is_url => return (url.to_owned(), said),
        _ => (String::new(), url, " "),
    };
    let mut kept = Vec::new();
    for pair in pairs.split(joint) {
        match pair.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
            Some(("sslrootcert", file)) => {
                said.is_checked = true;
                said.roots = (file != "system").then(|| unescaped(file).into());
            }
            Some(("sslmode", "verify-ca" | "verify-full")) => {
                said.is_checked = true;
                kept.push("sslmode=require");
            }
            Some(("sslmode", "allow")) => kept.push("sslmode=prefer"),
            _ => kept.push(pair),
        }
    }
    (format!("{front}{}", kept.join(joint)), said)
}

/// A path in an address: `%20` is a blank, quotes hold it together.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.trim_matches('\'').as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_libpq_are_understood() {
        let checked = |file: Option<&str>| Said { is_checked: true, roots: file.map(PathBuf::from) };
        for (url, plain, said) in [
            ("postgres://h/d", "postgres://h/d", Said::default()),
            ("postgres://h/d?sslmode=require", "postgres://h/d?sslmode=require", Said::default()),
            ("postgres://h/d?sslmode=verify-full", "postgres://h/d?sslmode=require", checked(None)),
            (
                "postgres://h/d?connect_timeout=3&sslmode=verify-ca&sslrootcert=/etc/my%20ca.pem",
                "postgres://h/d?connect_timeout=3&sslmode=require",
                checked(Some("/etc/my ca.pem")),
            ),
            ("host=h sslmode=require sslrootcert=system", "host=h sslmode=require", checked(None)),
        ] {
            assert_eq!(take_tls(url), (plain.to_owned(), said), "{url}");
        }
    }

    #[test]
    fn a_file_of_certificates_that_is_not_there_is_named() {
        let refused = Address::parse("postgres://h/d?sslrootcert=/nowhere/ca.pem").map(drop).unwrap_err().to_string();
        assert!(refused.contains("/nowhere/ca.pem"), "{refused}");
    }
}
