//! The text inside QPay's QR: EMV fields of a tag, a length in characters and a value, sealed with a checksum.

use domain::Money;

/// The text of a QR for an amount; `id` is the twenty characters the network finds it by.
pub fn text(amount: Money, id: &str) -> String {
    let tugrug = amount.to_decimal_string();
    let account = [field("00", "A0000008430001"), field("01", "GLMTMNUB"), field("02", id)].concat();
    let body = [
        field("00", "01"),
        field("01", "12"),
        field("15", "2794049627940496002501100000493"),
        field("27", &account),
        field("52", "6010"),
        field("53", "496"),
        field("54", tugrug.strip_suffix(".00").unwrap_or(&tugrug)),
        field("58", "MN"),
        field("59", "SIM MERCHANT"),
        field("60", "ULAANBAATAR"),
        field("62", &field("07", id)),
        field("71", "QPP_QR"),
        "6304".to_owned(),
    ]
    .concat();
    format!("{body}{:04X}", crc(body.as_bytes()))
}

/// The fields of a text in their order, or `None` when it is torn or its checksum is wrong.
pub fn fields(text: &str) -> Option<Vec<(String, String)>> {
    let (body, checksum) = text.split_at_checked(text.len().checked_sub(4)?)?;
    if u16::from_str_radix(checksum, 16).ok()? != crc(body.as_bytes()) {
        return None;
    }
    split(text)
}

/// The fields inside a field, which have no checksum of their own.
pub fn split(text: &str) -> Option<Vec<(String, String)>> {
    let mut fields = Vec::new();
    let mut rest = text.chars();
    loop {
        let tag: String = rest.by_ref().take(2).collect();
        if tag.is_empty() {
            return Some(fields);
        }
        let length: usize = rest.by_ref().take(2).collect::<String>().parse().ok()?;
        let value: String = rest.by_ref().take(length).collect();
        if value.chars().count() < length {
            return None;
        }
        fields.push((tag, value));
    }
}

/// CRC-16/CCITT-FALSE.
pub fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 })
    })
}

fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    const REAL: [&str; 2] = [
        "0002010102121531279404962794049600022310027138152045734530349654031005802MN5904TEST6011Ulaanbaatar6244010712\
         345670504test0721qWlrS8_zUpplFJmmfBGXc6304C66D",
        "0002010102121531279404962794049600250110000049327540014A00000084300010108GLMTMNUB0220og_hbJpTUSa_ViwHjBjf5204\
         6010530349654031005802MN5912TESTMERCHANT6011ULAANBAATAR62240720og_hbJpTUSa_ViwHjBjf7106QPP_QR781575555244413\
         13927902228002016304A3A8",
    ];

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc(b"123456789"), 0x29B1);
        assert_eq!(REAL.map(|text| text.chars().count()), [154, 241]);
        for text in REAL {
            assert!(fields(text).is_some(), "{text}");
            assert!(fields(&text.replacen("MN", "MX", 1)).is_none(), "one changed letter breaks the seal");
        }
    }

    #[test]
    fn a_real_text_comes_apart_into_its_fields() {
        let fields = fields(REAL[1]).expect("a real one");
        let value = |tag: &str| fields.iter().find(|(t, _)| t == tag).map(|(_, value)| value.as_str());
        assert_eq!(value("15"), Some("2794049627940496002501100000493"));
        assert_eq!(value("53"), Some("496"));
        assert_eq!(value("54"), Some("100"));
        assert_eq!(value("59"), Some("TESTMERCHANT"));
        assert_eq!(value("71"), Some("QPP_QR"));
        let account = split(value("27").expect("an account")).expect("fields of its own");
        assert_eq!(account[1], ("01".into(), "GLMTMNUB".into()));
        assert_eq!(account[2], ("02".into(), "og_hbJpTUSa_ViwHjBjf".into()));
    }

    #[test]
    fn the_simulators_text_is_the_specifications() {
        let made = text(Money::from_tugrug(76_000), "Ab3dEfGhIjKlMnOpQrSt");
        assert_eq!(
            made,
            "0002010102121531279404962794049600250110000049327540014A00000084300010108GLMTMNUB0220Ab3dEfGhIjKlMnOpQrSt\
             5204601053034965405760005802MN5912SIM MERCHANT6011ULAANBAATAR62240720Ab3dEfGhIjKlMnOpQrSt7106QPP_QR\
             630409E8"
        );
        assert!(text(Money::from_mungo(7_600_050), "Ab3dEfGhIjKlMnOpQrSt").contains("540876000.50"));
    }
}
