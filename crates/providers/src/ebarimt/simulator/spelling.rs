//! The daemon does not care how a field's name is capitalised (`totalVat`, `inActiveId`); this puts it right.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// The names whose capitals people get wrong, as the manual writes them.
const NAMES: [&str; 33] = [
    "bankAccountNo",
    "barCode",
    "barCodeType",
    "billIdSuffix",
    "branchNo",
    "classificationCode",
    "code",
    "consumerNo",
    "customerTin",
    "date",
    "districtCode",
    "iBan",
    "id",
    "inactiveId",
    "invoiceId",
    "items",
    "measureUnit",
    "merchantTin",
    "name",
    "paidAmount",
    "payments",
    "posNo",
    "qty",
    "receipts",
    "reportMonth",
    "status",
    "taxProductCode",
    "taxType",
    "totalAmount",
    "totalCityTax",
    "totalVAT",
    "type",
    "unitPrice",
];

/// Reads a request whatever its capitals; `None` when it is not JSON of that form.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let request: &RawValue = serde_json::from_slice(body).ok()?;
    serde_json::from_str(&respell(request.get())?).ok()
}

fn respell(value: &str) -> Option<String> {
    match value.as_bytes().first()? {
        b'{' => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(value).ok()?;
            let fields = fields.iter().map(|(name, value)| {
                let known = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name));
                let name = serde_json::to_string(known.copied().unwrap_or(name)).ok()?;
                Some(format!("{name}:{}", respell(value.get())?))
            });
            Some(format!("{{{}}}", fields.collect::<Option<Vec<_>>>()?.join(",")))
        }
        b'[' => {
            let values: Vec<&RawValue> = serde_json::from_str(value).ok()?;
            let values = values.iter().map(|value| respell(value.get()));
            Some(format!("[{}]", values.collect::<Option<Vec<_>>>()?.join(",")))
        }
        _ => Some(value.to_owned()),
    }
}
