//! Whose word we take for where a request came from: our own proxies' and nobody else's.

use std::{fmt, net::IpAddr, str::FromStr};

use http::HeaderMap;

/// The addresses of the proxies in front of us: `10.0.0.0/8, 192.0.2.7, fd00::/8`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Range>);

/// Not a list of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address nor a range like 10.0.0.0/8")]
pub struct NotAProxy(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    network: IpAddr,
    bits: u8,
}

impl Proxies {
    /// The client's address: the last one in `X-Forwarded-For` that no proxy of ours has.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.has(peer) {
            return peer.to_canonical();
        }
        let mut client = peer;
        let fields = headers.get_all("x-forwarded-for");
        let hops = fields.iter().filter_map(|field| field.to_str().ok()).flat_map(|field| field.split(','));
        for hop in hops.collect::<Vec<_>>().into_iter().rev() {
            let Ok(address) = hop.trim().parse() else { break };
            client = address;
            if !self.has(address) {
                break;
            }
        }
        client.to_canonical()
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.has(address.to_canonical()))
    }
}

impl Range {
    fn has(self, address: IpAddr) -> bool {
        let same = |network: u128, address: u128, width: u8| {
            let shift = u32::from(width.saturating_sub(self.bits));
            network.checked_shr(shift) == address.checked_shr(shift)
        };
        match (self.network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                same(u128::from(u32::from(network)), u128::from(u32::from(address)), 32)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => same(network.into(), address.into(), 128),
            _ => false,
        }
    }
}

impl FromStr for Proxies {
    type Err = NotAProxy;

    fn from_str(text: &str) -> Result<Proxies, NotAProxy> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(str::parse).collect::<Result<_, _>>().map(Proxies)
    }
}

impl FromStr for Range {
    type Err = NotAProxy;

    fn from_str(text: &str) -> Result<Range, NotAProxy> {
        let wrong = || NotAProxy(text.to_owned());
        let (network, bits) = match text.split_once('/') {
            Some((network, bits)) => (network, Some(bits)),
            None => (text, None),
        };
        let network: IpAddr = network.parse().map_err(|_| wrong())?;
        let width = if network.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |bits| bits.parse().map_err(|_| wrong()))?;
        if bits > width { Err(wrong()) } else { Ok(Range { network, bits }) }
    }
}

impl fmt::Display for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ranges: Vec<String> = self.0.iter().map(|range| format!("{}/{}", range.network, range.bits)).collect();
        f.write_str(&ranges.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        proxies.parse::<Proxies>().unwrap().client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        let cases: [(&str, &str, &[&str], &str); 7] = [
            ("", "203.0.113.9", &["1.2.3.4"], "203.0.113.9"),
            ("10.0.0.0/8", "10.1.2.3", &["198.51.100.4"], "198.51.100.4"),
            // What the client itself wrote in front is not believed.
            ("10.0.0.0/8", "10.1.2.3", &["1.1.1.1, 198.51.100.4"], "198.51.100.4"),
            ("10.0.0.0/8", "10.1.2.3", &["1.1.1.1", "198.51.100.4, 10.9.9.9"], "198.51.100.4"),
            ("10.0.0.0/8", "10.1.2.3", &["198.51.100.4, nonsense"], "10.1.2.3"),
            ("10.0.0.0/8", "10.1.2.3", &[], "10.1.2.3"),
            ("127.0.0.1", "::ffff:127.0.0.1", &["2001:db8::1"], "2001:db8::1"),
        ];
        for (proxies, peer, forwarded, expected) in cases {
            assert_eq!(client(proxies, peer, forwarded), expected, "{proxies} {peer} {forwarded:?}");
        }
    }

    #[test]
    fn ranges_are_read_and_nonsense_is_not() {
        assert_eq!("10.0.0.0/8,fd00::/8".parse::<Proxies>().unwrap().to_string(), "10.0.0.0/8, fd00::/8");
        assert!("0.0.0.0/0".parse::<Proxies>().unwrap().has("8.8.8.8".parse().unwrap()));
        for wrong in ["10.0.0.0/33", "proxy", "10.0.0.0/x", "::/129"] {
            assert_eq!(wrong.parse::<Proxies>().unwrap_err(), NotAProxy(wrong.to_owned()));
        }
    }
}
