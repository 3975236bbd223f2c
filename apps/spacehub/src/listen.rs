//! The address to listen on, and what is said when it cannot be had.

use std::{fmt, io, net::SocketAddr, str::FromStr};

use tokio::net::{TcpListener, lookup_host};

/// A host and a port: `localhost:8080`, `0.0.0.0:80`, `[::]:8080`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listen {
    host: String,
    port: u16,
}

/// Why nobody can be let in.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error(
        "port {port} on {host} is taken by another program: end it, or choose another with --listen {host}:{other}"
    )]
    Taken { host: String, port: u16, other: u16 },
    #[error("this account may not listen on port {port}: choose one above 1023 with --listen {host}:8080")]
    Forbidden { host: String, port: u16 },
    #[error("{host}:{port} cannot be listened on: {source}; choose another with --listen")]
    Other { host: String, port: u16, source: io::Error },
}

impl Listen {
    /// Takes the port, on every address the host has on this machine.
    pub async fn bind(&self) -> Result<Vec<TcpListener>, ListenError> {
        let mut addresses: Vec<SocketAddr> = if self.is_localhost() {
            // Browsers try either first, whatever the hosts file says.
            vec![([127, 0, 0, 1], self.port).into(), (std::net::Ipv6Addr::LOCALHOST, self.port).into()]
        } else {
            lookup_host((self.host.as_str(), self.port)).await.map_err(|error| self.refused(error))?.collect()
        };
        if self.port == 0 {
            // Each address would get a port of its own.
            addresses.truncate(1);
        }
        let mut listeners = Vec::new();
        let mut missing = None;
        for address in addresses {
            match TcpListener::bind(address).await {
                Ok(listener) => listeners.push(listener),
                // A machine without IPv6, usually.
                Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable || is_no_family(&error) => {
                    missing = Some(error);
                }
                Err(error) => return Err(self.refused(error)),
            }
        }
        match missing {
            Some(error) if listeners.is_empty() => Err(self.refused(error)),
            _ => Ok(listeners),
        }
    }

    /// How a browser on this machine reaches it.
    pub fn url(&self) -> String {
        let host = if matches!(self.host.as_str(), "0.0.0.0" | "::") || self.is_localhost() {
            "localhost".to_owned()
        } else if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        if self.port == 80 { format!("http://{host}") } else { format!("http://{host}:{}", self.port) }
    }

    fn is_localhost(&self) -> bool {
        self.host == "localhost"
    }

    fn refused(&self, source: io::Error) -> ListenError {
        let (host, port) = (self.host.clone(), self.port);
        match source.kind() {
            io::ErrorKind::AddrInUse => ListenError::Taken { host, port, other: port.checked_add(1).unwrap_or(8080) },
            io::ErrorKind::PermissionDenied => ListenError::Forbidden { host, port },
            _ => ListenError::Other { host, port, source },
        }
    }
}

/// The kernel was built without this kind of address (EAFNOSUPPORT).
fn is_no_family(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EAFNOSUPPORT)
}

impl FromStr for Listen {
    type Err = ();

    fn from_str(text: &str) -> Result<Listen, ()> {
        let (host, port) = text.rsplit_once(':').ok_or(())?;
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '/') {
            return Err(());
        }
        Ok(Listen { host: host.to_owned(), port: port.parse().map_err(|_| ())? })
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.contains(':') {
            true => write!(f, "[{}]:{}", self.host, self.port),
            false => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_turned_into_urls() {
        let cases = [
            ("localhost:8080", "http://localhost:8080"),
            ("0.0.0.0:80", "http://localhost"),
            ("[::]:8080", "http://localhost:8080"),
            ("192.0.2.7:81", "http://192.0.2.7:81"),
            ("[2001:db8::1]:81", "http://[2001:db8::1]:81"),
        ];
        for (text, url) in cases {
            let listen: Listen = text.parse().unwrap();
            assert_eq!((listen.to_string().as_str(), listen.url().as_str()), (text, url));
        }
        for wrong in ["8080", "localhost", ":8080", "localhost:http", "http://localhost:8080", "localhost:70000"] {
            assert!(wrong.parse::<Listen>().is_err(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_busy_port_is_one_sentence_with_a_way_out() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = taken.local_addr().unwrap().port();

        let error = Listen { host: "localhost".into(), port }.bind().await.unwrap_err();

        let expected = format!("port {port} on localhost is taken by another program: ");
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}
