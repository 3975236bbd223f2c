//! The public look-ups: who a register number and a taxpayer number belong to, districts, tax product codes.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::json;

use super::Simulator;
use crate::ebarimt::wire;

/// A taxpayer in the public register.
#[derive(Debug, Clone)]
pub struct Party {
    pub tin: String,
    /// Company 7 digits, citizen two Cyrillic letters and 8 digits.
    pub register_no: String,
    pub name: String,
    pub vat_payer: bool,
    pub city_payer: bool,
    pub free_project: bool,
    /// The daemon issues receipts for it.
    pub is_merchant: bool,
    /// Account numbers the authority has on record.
    pub bank_accounts: Vec<String>,
}

impl Party {
    /// A company that pays VAT, issues receipts through the daemon and has no account on record.
    pub fn merchant(tin: &str, register_no: &str, name: &str) -> Party {
        Party { is_merchant: true, ..Party::company(tin, register_no, name) }
    }

    /// A company that pays VAT and buys.
    pub fn company(tin: &str, register_no: &str, name: &str) -> Party {
        Party {
            tin: tin.to_owned(),
            register_no: register_no.to_owned(),
            name: name.to_owned(),
            vat_payer: true,
            city_payer: false,
            free_project: false,
            is_merchant: false,
            bank_accounts: Vec::new(),
        }
    }
}

pub(super) fn router() -> Router<Simulator> {
    Router::new()
        .route("/api/info/check/getTinInfo", get(tin_info))
        .route("/api/info/check/getInfo", get(info))
        .route("/api/info/check/getBranchInfo", get(branches))
        .route("/api/receipt/receipt/getProductTaxCode", get(product_tax_codes))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfRegisterNo {
    reg_no: String,
}

/// The TIN comes as a number for companies and as a string for citizens, as both have been seen.
async fn tin_info(State(authority): State<Simulator>, Query(of): Query<OfRegisterNo>) -> Response {
    let book = authority.book();
    let Some(party) = book.parties.iter().find(|party| party.register_no == of.reg_no) else { return not_found() };
    let is_company = of.reg_no.bytes().all(|b| b.is_ascii_digit());
    match party.tin.parse::<u64>() {
        Ok(number) if is_company => found(json!(number)),
        _ => found(json!(party.tin)),
    }
}

#[derive(Deserialize)]
struct OfTin {
    tin: String,
}

async fn info(State(authority): State<Simulator>, Query(of): Query<OfTin>) -> Response {
    let book = authority.book();
    let Some(party) = book.party(&of.tin) else { return not_found() };
    let taxpayer = wire::Taxpayer {
        name: party.name.as_str().into(),
        free_project: party.free_project,
        city_payer: party.city_payer,
        vat_payer: party.vat_payer,
        found: Some(true),
    };
    found(json!(taxpayer))
}

/// Two districts; served as a script, as the authority does.
async fn branches() -> Response {
    let row = |branch: &str, branch_name: &str, sub_branch: &str, sub_branch_name: &str| {
        json!({"branchCode": branch, "branchName": branch_name,
               "subBranchCode": sub_branch, "subBranchName": sub_branch_name})
    };
    let rows = json!([row("01", "Архангай", "02", "Чулуут"), row("25", "Туршилтын дүүрэг", "01", "Туршилтын хороо")]);
    let mut response = found(rows);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/javascript"));
    response
}

async fn product_tax_codes() -> Response {
    let code = |code: &str, name: &str, kind: u8, kind_name: &str| {
        json!({"startDate": "2016-01-01 00:00:00", "endDate": null, "taxProductCode": code, "taxProductName": name,
               "taxTypeCode": kind, "taxTypeName": kind_name})
    };
    found(json!([
        code("304", "Чөлөөт төслийн бараа, үйлчилгээ", 2, "НӨАТ-аас чөлөөлөгдөх"),
        code("408", "Орон сууцны зориулалттай байр хөлслүүлэх үйлчилгээ", 2, "НӨАТ-аас чөлөөлөгдөх"),
    ]))
}

fn found(data: serde_json::Value) -> Response {
    Json(json!({"msg": "Амжилттай.", "status": 200, "data": data})).into_response()
}

/// A business error has HTTP 200.
fn not_found() -> Response {
    Json(json!({"msg": "Хэрэглэгчийн мэдээлэл олдсонгүй.", "status": 500, "data": null})).into_response()
}
