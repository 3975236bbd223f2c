//! An address as something to count by: one IPv4 address, or the /64 that one household or telephone has of IPv6.

use std::net::{IpAddr, Ipv6Addr};

/// The same text for every spelling and every address of the same place. A request that came with no address at all is
/// counted with all others of that kind.
pub fn place(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(v4)) => v4.to_string(),
        Some(IpAddr::V6(v6)) => format!("{}/64", Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        None => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        place(Some(text.parse().expect("an address")))
    }

    #[test]
    fn six_spellings_are_one_place() {
        let spellings = [
            "2001:db8:0:1::7",
            "2001:DB8:0:1:0:0:0:7",
            "2001:0db8:0000:0001:0000:0000:0000:0007",
            "2001:db8::1:0:0:0:7",
            "2001:db8:0:1::0.0.0.7",
            "2001:db8:0:1:ffff:ffff:ffff:ffff",
        ];
        for spelling in spellings {
            assert_eq!(of(spelling), "2001:db8:0:1::/64", "{spelling}");
        }
        assert_ne!(of("2001:db8:0:2::7"), of("2001:db8:0:1::7"));
    }

    #[test]
    fn a_mapped_address_is_the_ipv4_one() {
        for spelling in ["203.0.113.9", "::ffff:203.0.113.9", "::ffff:cb00:7109", "::FFFF:203.0.113.9"] {
            assert_eq!(of(spelling), "203.0.113.9", "{spelling}");
        }
        assert_ne!(of("203.0.113.10"), of("203.0.113.9"));
    }
}
