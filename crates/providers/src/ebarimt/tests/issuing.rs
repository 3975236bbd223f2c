//! What is issued to whom, and what it carries.

use super::*;

#[tokio::test]
async fn a_person_s_receipt_has_a_number_a_lottery_and_a_qr() {
    let stage = Stage::new().await;
    let sale = to(Buyer::Consumer { consumer_no: Some("10038071".to_owned()) }, vec![rent(850_000)]);

    let issued = stage.issue(&sale).await.unwrap();

    assert_eq!(sale.receipt_type(), ReceiptType::B2cReceipt);
    assert_eq!(issued.id.as_str(), "037900846788001095330000010012619");
    assert_eq!(issued.parts, ["037900846788001095330000110012619".parse().unwrap()]);
    assert_eq!(issued.provider_date, "2026-02-12 15:31:42");
    assert!(issued.easy);
    let lottery = issued.lottery.unwrap();
    assert!(lottery.reveal().len() == 11 && lottery.reveal().as_bytes()[2] == b' ', "{}", lottery.reveal());
    let qr = issued.qr_data.unwrap();
    assert!(qr.reveal().len() == 200 && qr.reveal().bytes().all(|b| b.is_ascii_digit()));
    let kept = &stage.daemon.receipts()[0];
    assert_eq!((kept.total, kept.vat), (Money::from_tugrug(850_000), Money::from_mungo(7_727_273)));
}

#[tokio::test]
async fn a_company_s_receipt_has_no_lottery() {
    let stage = Stage::new().await;

    let issued = stage.issue(&to_company(vec![rent(850_000), rent(100_000)])).await.unwrap();

    assert_eq!((issued.lottery, issued.easy), (None, false));
    let kept = &stage.daemon.receipts()[0];
    assert_eq!((kept.kind.as_str(), kept.customer_tin.as_deref()), ("B2B_RECEIPT", Some(COMPANY)));
    assert_eq!(kept.vat, Money::from_mungo(8_636_364));
}

#[tokio::test]
async fn an_invoice_has_no_lottery_until_it_is_paid() {
    let stage = Stage::new().await;
    let person = to_person(vec![rent(850_000)]);

    let invoice = stage.issue(&as_invoice(person.clone())).await.unwrap();
    let of_company = stage.issue(&as_invoice(to_company(vec![rent(1)]))).await.unwrap();
    let Document::Receipt { payments, .. } = person.document.clone() else { unreachable!("it is a receipt") };
    let paying = Sale {
        bill_suffix: BillSuffix::of(Uuid::now_v7()),
        document: Document::Receipt { payments, invoice_id: Some(invoice.id.clone()) },
        ..person
    };
    let receipt = stage.issue(&paying).await.unwrap();

    assert_eq!((invoice.lottery, of_company.lottery), (None, None));
    assert!(receipt.lottery.is_some());
    let kinds: Vec<_> = stage.daemon.receipts().iter().map(|kept| kept.kind.clone()).collect();
    assert_eq!(kinds, ["B2C_INVOICE", "B2B_INVOICE", "B2C_RECEIPT"]);
    assert_eq!(stage.daemon.receipts()[2].pays.as_deref(), Some(invoice.id.as_str()));
}

#[tokio::test]
async fn an_invoice_names_an_account_on_record() {
    let stage = Stage::new().await;
    let mut sale = as_invoice(to_person(vec![rent(1)]));
    let Document::Invoice { account } = &mut sale.document else { unreachable!("it is an invoice") };
    account.number = "5000000000".to_owned();

    assert!(is_refused(stage.issue(&sale).await, "400"));

    let accounts = Receipts::bank_accounts(&stage.client, OWNER).await.unwrap();
    assert_eq!(accounts.iter().map(|account| account.number.as_str()).collect::<Vec<_>>(), [ACCOUNT]);
    assert!(is_refused(Receipts::bank_accounts(&stage.client, "").await, "400"));
}

#[tokio::test]
async fn each_tax_kind_has_its_own_part() {
    let stage = Stage::new().await;
    let zero = Line { tax_kind: TaxKind::VatZero, exemption_code: Some("305".to_owned()), ..rent(300) };
    let outside = Line { tax_kind: TaxKind::NotVat, exemption_code: Some("501".to_owned()), ..rent(400) };
    let drink = Line { city_tax: true, ..rent(2800) };
    let sale = to_person(vec![rent(850_000), dwelling(500_000), drink, zero, outside]);

    let issued = stage.issue(&sale).await.unwrap();

    assert_eq!(issued.parts.len(), 4);
    let kept = &stage.daemon.receipts()[0];
    let lines: Vec<_> = kept.lines.iter().map(|line| (line.tax_type.as_str(), line.amount.mungo() / 100)).collect();
    assert_eq!(
        lines,
        [("VAT_ABLE", 850_000), ("VAT_ABLE", 2800), ("VAT_FREE", 500_000), ("VAT_ZERO", 300), ("NOT_VAT", 400)]
    );
    // 77 272.73 of the rent, and 250 and 50 of the drink, whose base is without both taxes
    assert_eq!((kept.vat, kept.city_tax), (Money::from_mungo(7_752_273), Money::from_tugrug(50)));
}

#[tokio::test]
async fn only_what_is_outside_vat_draws_no_lottery() {
    let stage = Stage::new().await;
    let outside = Line { tax_kind: TaxKind::NotVat, exemption_code: Some("501".to_owned()), ..rent(400) };

    let issued = stage.issue(&to_person(vec![outside.clone()])).await.unwrap();
    let mixed = stage.issue(&to_person(vec![outside.clone(), dwelling(1)])).await.unwrap();
    assert_eq!((issued.lottery.is_some(), mixed.lottery.is_some()), (false, true));

    let other = Client::new(Settings { says_no_vat: true, ..settings(stage.address) });
    Receipts::issue(&other, &to_person(vec![outside])).await.unwrap();
    let kept = stage.daemon.receipts();
    assert_eq!((kept[0].lines[0].tax_type.as_str(), kept[2].lines[0].tax_type.as_str()), ("NOT_VAT", "NO_VAT"));
}

#[tokio::test]
async fn a_merchant_who_is_no_payer_has_no_vat() {
    let stage = Stage::new().await;
    let small = Party { vat_payer: false, ..Party::merchant("70000000001", "5000001", "Жижиг ХХК") };
    stage.daemon.register(small);
    Receipts::send_data(&stage.client).await.unwrap();
    let mut sale = to_person(vec![rent(850_000)]);
    sale.merchant = Merchant { tin: "70000000001".to_owned(), vat_payer: false, ..sale.merchant };

    stage.issue(&sale).await.unwrap();

    assert_eq!(stage.daemon.receipts()[0].vat, Money::ZERO);
}
