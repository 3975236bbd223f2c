//! What is taken back and put right.

use super::*;

#[tokio::test]
async fn a_receipt_is_given_back_with_the_date_it_was_issued_with() {
    let stage = Stage::new().await;
    let issued = stage.issue(&to_person(vec![rent(850_000)])).await.unwrap();
    stage.set_clock("2026-02-14T09:00:00+08:00");
    let give_back = |date: &'static str| Receipts::give_back(&stage.client, &issued.id, date);

    assert!(is_refused(give_back("2026-02-14 09:00:00").await, "400"));
    assert_eq!(give_back("2026-02-12 15:31:42").await, Ok(()));
    assert_eq!(stage.daemon.receipts()[0].state, KeptState::Returned);
    assert!(is_refused(give_back("2026-02-12 15:31:42").await, "400"), "it is inactive already");
}

#[tokio::test]
async fn a_company_s_receipt_is_not_given_back() {
    let stage = Stage::new().await;
    let issued = stage.issue(&to_company(vec![rent(850_000)])).await.unwrap();

    assert!(is_refused(Receipts::give_back(&stage.client, &issued.id, &issued.provider_date).await, "400"));
    assert_eq!(stage.daemon.receipts()[0].state, KeptState::Valid);
}

#[tokio::test]
async fn a_return_whose_answer_was_lost_is_repeated_and_then_refused() {
    let stage = Stage::new().await;
    let issued = stage.issue(&to_person(vec![rent(850_000)])).await.unwrap();
    stage.daemon.set_mood(Mood::DieAfterEffect, Some(1));

    assert!(is_lost(Receipts::give_back(&stage.client, &issued.id, &issued.provider_date).await));
    assert_eq!(stage.daemon.receipts()[0].state, KeptState::Returned);
    assert!(is_refused(Receipts::give_back(&stage.client, &issued.id, &issued.provider_date).await, "400"));
}

#[tokio::test]
async fn corrections_make_a_chain_that_grows_at_its_end_only() {
    let stage = Stage::new().await;
    let corrects = |id: &Ddtd, tugrug| Sale { inactive_id: Some(id.clone()), ..to_person(vec![rent(tugrug)]) };
    let first = stage.issue(&to_person(vec![rent(850_000)])).await.unwrap();

    let second = stage.issue(&corrects(&first.id, 800_000)).await.unwrap();
    let third = stage.issue(&corrects(&second.id, 750_000)).await.unwrap();

    assert_eq!((second.lottery, third.lottery), (None, None));
    let unknown: Ddtd = "1".repeat(33).parse().unwrap();
    for not_the_newest in [&first.id, &second.id, &unknown] {
        assert!(is_refused(stage.issue(&corrects(not_the_newest, 1)).await, "400"), "{not_the_newest}");
    }
    let states: Vec<_> = stage.daemon.receipts().iter().map(|kept| kept.state).collect();
    assert_eq!(states, [KeptState::Corrected, KeptState::Corrected, KeptState::Valid]);

    Receipts::give_back(&stage.client, &third.id, &third.provider_date).await.unwrap();
    assert!(is_refused(stage.issue(&corrects(&third.id, 1)).await, "400"), "it has been given back");
}

#[tokio::test]
async fn a_company_s_late_receipt_counts_for_last_month_until_the_seventh() {
    let stage = Stage::new().await;
    let late = |buyer: fn(Vec<Line>) -> Sale, month: &str| Sale {
        report_month: Some(month.parse::<Month>().unwrap()),
        ..buyer(vec![rent(850_000)])
    };

    // midnight in Ulaanbaatar is 16:00 in UTC: first the 8th begins there, then the 7th
    stage.set_clock("2026-03-07T16:00:00Z");
    assert!(is_refused(stage.issue(&late(to_company, "2026-02")).await, "400"));
    stage.set_clock("2026-03-06T16:00:00Z");
    assert!(stage.issue(&late(to_company, "2026-02")).await.is_ok());
    assert!(is_refused(stage.issue(&late(to_company, "2026-01")).await, "400"));
    assert!(is_refused(stage.issue(&late(to_person, "2026-02")).await, "400"));
}
