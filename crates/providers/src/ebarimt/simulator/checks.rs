//! What the daemon checks before it issues a receipt, in its order: the first that fails is the answer.

use domain::{Money, Month, tax};
use jiff::civil::Date;

use super::{
    Party,
    book::{Book, KeptState, Refusal, given},
};
use crate::ebarimt::wire::{Amount, Item, Receipt, SubReceipt};

/// The payment codes the daemon takes, with the names it shows.
pub(super) const PAYMENT_TYPES: [(&str, &str); 4] = [
    ("CASH", "Бэлнээр"),
    ("PAYMENT_CARD", "Төлбөрийн карт"),
    ("BANK_TRANSFER", "Банкны шилжүүлэг"),
    ("BANK_TRANSFER_QPAY", "QPay"),
];

pub(super) fn all(book: &Book, receipt: &Receipt, today: Date) -> Result<(), Refusal> {
    required(receipt)?;
    let merchant = merchants(book, receipt)?;
    types(receipt)?;
    sums(receipt)?;
    taxes(receipt, merchant, today)?;
    payments(receipt)?;
    report_month(receipt, today)?;
    correction(book, receipt)?;
    bank_account(book, receipt)
}

/// "The field … is empty", the daemon's own pattern.
pub(super) fn is_empty(field: &str) -> String {
    format!("{field} талбарын утга хоосон")
}

pub(super) fn is_outside_vat(tax_type: &str) -> bool {
    matches!(tax_type, "NOT_VAT" | "NO_VAT")
}

fn is_invoice(receipt: &Receipt) -> bool {
    receipt.kind.ends_with("_INVOICE")
}

fn required(receipt: &Receipt) -> Result<(), Refusal> {
    texts(&[
        ("branchNo", &receipt.branch_no),
        ("districtCode", &receipt.district_code),
        ("merchantTin", &receipt.merchant_tin),
        ("posNo", &receipt.pos_no),
        ("type", &receipt.kind),
    ])?;
    refuse_if(!is_digits(&receipt.branch_no, 3), || is_wrong("branchNo"))?;
    refuse_if(!is_digits(&receipt.district_code, 4), || is_wrong("districtCode"))?;
    amount("totalAmount", receipt.total_amount)?;
    refuse_if(receipt.receipts.is_empty(), || is_empty("receipts"))?;
    for part in &receipt.receipts {
        texts(&[("taxType", &part.tax_type), ("merchantTin", &part.merchant_tin)])?;
        amount("totalAmount", part.total_amount)?;
        refuse_if(part.items.is_empty(), || is_empty("items"))?;
        for item in &part.items {
            required_of_item(part, item)?;
        }
    }
    refuse_if(!is_invoice(receipt) && receipt.payments.is_empty(), || is_empty("payments"))?;
    for payment in &receipt.payments {
        texts(&[("code", &payment.code), ("status", &payment.status)])?;
        amount("paidAmount", payment.paid_amount)?;
    }
    Ok(())
}

fn required_of_item(part: &SubReceipt, item: &Item) -> Result<(), Refusal> {
    texts(&[
        ("name", &item.name),
        ("classificationCode", &item.classification_code),
        ("measureUnit", &item.measure_unit),
    ])?;
    amount("unitPrice", item.unit_price)?;
    amount("totalAmount", item.total_amount)?;
    refuse_if(item.qty.is_none_or(|qty| qty.0.is_sign_negative() || qty.0.is_zero()), || is_empty("qty"))?;
    refuse_if(!is_digits(&item.classification_code, 7), || is_wrong("classificationCode"))?;
    let has_code = given(&item.tax_product_code).is_some();
    refuse_if(part.tax_type != "VAT_ABLE" && !has_code, || is_empty("taxProductCode"))
}

/// The seller of the whole receipt; every part's seller must be attached too.
fn merchants<'a>(book: &'a Book, receipt: &Receipt) -> Result<&'a Party, Refusal> {
    let attached =
        |tin: &str| book.merchant(tin).ok_or_else(|| Refusal(format!("{tin} ТТД-тай борлуулагч бүртгэлгүй байна")));
    for part in &receipt.receipts {
        attached(&part.merchant_tin)?;
    }
    attached(&receipt.merchant_tin)
}

fn types(receipt: &Receipt) -> Result<(), Refusal> {
    let is_of_company = match receipt.kind.as_str() {
        "B2B_RECEIPT" | "B2B_INVOICE" => true,
        "B2C_RECEIPT" | "B2C_INVOICE" => false,
        _ => return Err(Refusal(is_wrong("type"))),
    };
    let has_customer = given(&receipt.customer_tin).is_some();
    refuse_if(is_of_company && !has_customer, || is_empty("customerTin"))?;
    refuse_if(!is_of_company && has_customer, || is_wrong("customerTin"))?;
    refuse_if(receipt.kind != "B2C_RECEIPT" && given(&receipt.consumer_no).is_some(), || is_wrong("consumerNo"))?;
    for (place, part) in receipt.receipts.iter().enumerate() {
        let is_known =
            matches!(part.tax_type.as_str(), "VAT_ABLE" | "VAT_FREE" | "VAT_ZERO") || is_outside_vat(&part.tax_type);
        refuse_if(!is_known, || is_wrong("taxType"))?;
        let is_same = |other: &SubReceipt| {
            (&other.tax_type, &other.merchant_tin, given(&other.invoice_id))
                == (&part.tax_type, &part.merchant_tin, given(&part.invoice_id))
        };
        refuse_if(receipt.receipts[..place].iter().any(is_same), || is_wrong("taxType"))?;
        let holds_others =
            part.tax_type == "VAT_ABLE" && part.items.iter().any(|item| given(&item.tax_product_code).is_some());
        refuse_if(holds_others, || is_wrong("taxProductCode"))?;
    }
    Ok(())
}

/// Every total is the sum of what is below it, to the möngö. Quantity × price is not looked at: the real one does not.
fn sums(receipt: &Receipt) -> Result<(), Refusal> {
    for part in &receipt.receipts {
        adds_up("totalAmount", part.total_amount, part.items.iter().map(|item| item.total_amount))?;
        adds_up("totalVAT", part.total_vat, part.items.iter().map(|item| item.total_vat))?;
        adds_up("totalCityTax", part.total_city_tax, part.items.iter().map(|item| item.total_city_tax))?;
    }
    adds_up("totalAmount", receipt.total_amount, receipt.receipts.iter().map(|part| part.total_amount))?;
    adds_up("totalVAT", receipt.total_vat, receipt.receipts.iter().map(|part| part.total_vat))?;
    adds_up("totalCityTax", receipt.total_city_tax, receipt.receipts.iter().map(|part| part.total_city_tax))
}

fn taxes(receipt: &Receipt, merchant: &Party, today: Date) -> Result<(), Refusal> {
    let rates = tax::rates_on(late_month(receipt).map_or(today, Month::last_day));
    for part in &receipt.receipts {
        for item in &part.items {
            let (vat, city) = (money(item.total_vat), money(item.total_city_tax));
            let vat_applies = part.tax_type == "VAT_ABLE" && merchant.vat_payer;
            let city_applies = !city.is_zero() && merchant.city_payer && !is_outside_vat(&part.tax_type);
            let (right_vat, right_city) = rates.vat_and_city(money(item.total_amount), vat_applies, city_applies);
            refuse_if(city != right_city, || miscounted("НХАТ", rates.city_percent, right_city))?;
            refuse_if(vat != right_vat, || miscounted("НӨАТ", rates.vat_percent, right_vat))?;
        }
    }
    Ok(())
}

fn payments(receipt: &Receipt) -> Result<(), Refusal> {
    if is_invoice(receipt) {
        return refuse_if(!receipt.payments.is_empty(), || is_wrong("payments"));
    }
    for payment in &receipt.payments {
        let is_known = PAYMENT_TYPES.iter().any(|(code, _)| *code == payment.code);
        refuse_if(!is_known, || is_wrong("code"))?;
        refuse_if(payment.status != "PAID", || is_wrong("status"))?;
    }
    adds_up("paidAmount", receipt.total_amount, receipt.payments.iter().map(|payment| payment.paid_amount))
}

/// A company's late receipt: on days 1–7, for the month just past.
fn report_month(receipt: &Receipt, today: Date) -> Result<(), Refusal> {
    if given(&receipt.report_month).is_none() {
        return Ok(());
    }
    let in_window = today.day() <= 7 && late_month(receipt) == Some(Month::of(today).previous());
    refuse_if(!in_window || !receipt.kind.starts_with("B2B_"), || is_wrong("reportMonth"))
}

fn late_month(receipt: &Receipt) -> Option<Month> {
    receipt.report_month.as_deref()?.parse::<Date>().ok().map(Month::of)
}

fn correction(book: &Book, receipt: &Receipt) -> Result<(), Refusal> {
    let Some(id) = given(&receipt.inactive_id) else { return Ok(()) };
    let corrected = book.receipts.iter().find(|kept| kept.id == id && kept.merchant_tin == receipt.merchant_tin);
    let corrected = corrected.ok_or_else(|| Refusal("inactiveId дугаартай баримт олдсонгүй".to_owned()))?;
    refuse_if(corrected.state != KeptState::Valid, || "inactiveId дугаартай баримт идэвхгүй байна".to_owned())
}

fn bank_account(book: &Book, receipt: &Receipt) -> Result<(), Refusal> {
    if !is_invoice(receipt) {
        return Ok(());
    }
    for part in &receipt.receipts {
        let number = part.bank_account_no.as_deref().unwrap_or_default();
        refuse_if(number.is_empty(), || is_empty("bankAccountNo"))?;
        let is_on_record = book.account_id(&part.merchant_tin, number).is_some();
        refuse_if(!is_on_record, || format!("{number} данс бүртгэлгүй байна"))?;
    }
    Ok(())
}

fn is_wrong(field: &str) -> String {
    format!("{field} талбарын утга буруу")
}

fn miscounted(tax: &str, percent: i64, right: Money) -> String {
    format!("{tax}-г {percent}%-р тооцоолоогүй байна. Шалгуур дүн: {}", shortest(right))
}

/// Without the zeros at the end, as the daemon prints amounts: 50, 254.55.
fn shortest(amount: Money) -> String {
    let text = amount.to_decimal_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn texts(fields: &[(&str, &String)]) -> Result<(), Refusal> {
    fields.iter().try_for_each(|(name, value)| refuse_if(value.trim().is_empty(), || is_empty(name)))
}

fn amount(name: &str, amount: Option<Amount>) -> Result<(), Refusal> {
    refuse_if(amount.is_none(), || is_empty(name))?;
    refuse_if(money(amount).is_negative(), || is_wrong(name))
}

fn adds_up(name: &str, total: Option<Amount>, parts: impl Iterator<Item = Option<Amount>>) -> Result<(), Refusal> {
    let sum = Money::sum(parts.map(money)).map_err(|_| Refusal(is_wrong(name)))?;
    refuse_if(money(total) != sum, || format!("{}. Шалгуур дүн: {}", is_wrong(name), shortest(sum)))
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn money(amount: Option<Amount>) -> Money {
    amount.unwrap_or_default().0
}

fn refuse_if(wrong: bool, message: impl FnOnce() -> String) -> Result<(), Refusal> {
    if wrong { Err(Refusal(message())) } else { Ok(()) }
}
