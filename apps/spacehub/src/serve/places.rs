//! The places of the house: so many in all, so many for one address.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex},
};

use serde_json::json;
use words::Lang;

/// Counts who is in.
#[derive(Debug, Clone)]
pub(super) struct Places(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    most: usize,
    most_per_ip: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_ip: HashMap<IpAddr, usize>,
}

/// One place, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    counts: Arc<Counts>,
    ip: IpAddr,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    House,
    Address,
}

impl Places {
    pub(super) fn new(most: usize, most_per_ip: usize) -> Places {
        Places(Arc::new(Counts { most, most_per_ip, taken: Mutex::default() }))
    }

    pub(super) fn take(&self, ip: IpAddr) -> Result<Place, Full> {
        let ip = neighbourhood(ip);
        let mut taken = self.0.taken.lock().expect("nothing panics while it is held");
        if taken.all >= self.0.most {
            return Err(Full::House);
        }
        if !ip.is_loopback() {
            let of_ip = taken.by_ip.entry(ip).or_default();
            if *of_ip >= self.0.most_per_ip {
                return Err(Full::Address);
            }
            *of_ip += 1;
        }
        taken.all += 1;
        Ok(Place { counts: self.0.clone(), ip })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.counts.taken.lock().expect("nothing panics while it is held");
        taken.all -= 1;
        if let Some(of_ip) = taken.by_ip.get_mut(&self.ip) {
            *of_ip -= 1;
            if *of_ip == 0 {
                taken.by_ip.remove(&self.ip);
            }
        }
    }
}

impl Full {
    /// The whole answer on the wire. Nothing was read, so the language is ours.
    pub(super) fn answer(self) -> String {
        let (line, code, key, wait_secs) = match self {
            Full::House => ("503 Service Unavailable", "SERVICE_UNAVAILABLE", "error-service-unavailable", 2),
            Full::Address => ("429 Too Many Requests", "RATE_LIMITED", "error-rate-limited", 10),
        };
        let body = json!({ "error": { "code": code, "message": words::say(Lang::Mn, key, &[]) } }).to_string();
        let length = body.len();
        format!(
            "HTTP/1.1 {line}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             retry-after: {wait_secs}\r\nconnection: close\r\n\r\n{body}"
        )
    }
}

/// Whoever has an IPv6 address has a whole /64 of them.
fn neighbourhood(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_places_and_gives_them_back() {
        let places = Places::new(3, 2);
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let one = places.take(ip("203.0.113.7")).unwrap();
        let _two = places.take(ip("203.0.113.7")).unwrap();

        assert_eq!(places.take(ip("203.0.113.7")).unwrap_err(), Full::Address);
        assert_eq!(places.take(ip("::ffff:203.0.113.7")).unwrap_err(), Full::Address);
        let _three = places.take(ip("203.0.113.8")).unwrap();
        assert_eq!(places.take(ip("203.0.113.9")).unwrap_err(), Full::House);
        drop(one);
        assert!(places.take(ip("203.0.113.7")).is_ok());
    }

    #[test]
    fn neighbours_in_a_64_count_as_one_and_the_machine_itself_as_none() {
        let places = Places::new(10, 1);
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let _one = places.take(ip("2001:db8:1:2::1")).unwrap();
        let _here: Vec<_> = (0..3).map(|_| places.take(ip("127.0.0.1")).unwrap()).collect();

        assert_eq!(places.take(ip("2001:db8:1:2:ffff::9")).unwrap_err(), Full::Address);
        assert!(places.take(ip("2001:db8:1:3::1")).is_ok());
    }
}
