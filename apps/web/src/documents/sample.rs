//! Documents to look at.

use domain::{
    ContractId, DocumentBatchId, DocumentId,
    document::{DocumentKind, DocumentStatus, HandOverTo},
};
use jiff::civil::date;
use wire::documents::{DocumentBatchView, DocumentView};

use super::{BatchesPage, DocumentsPage};
use crate::{contracts::sample as contracts, ui::form::Form};

pub fn documents(contract: ContractId) -> Vec<DocumentView> {
    let document = |kind, version, number: &str, status| DocumentView {
        id: DocumentId::new(),
        contract_id: contract,
        kind,
        version,
        number: number.into(),
        dated_on: date(2026, 11, 22),
        draft: false,
        from: None,
        to: None,
        hand_over_to: None,
        status,
        failure: None,
        size: (status == DocumentStatus::Ready).then_some(111_173),
        pages: (status == DocumentStatus::Ready).then_some(2),
        made_by: Some("Б. Дулмаа".into()),
        created_at: contracts::moment(),
    };
    let statement = document(DocumentKind::Statement, 2, "CT-2026-0042/ТХ-20261130", DocumentStatus::Pending);
    vec![
        DocumentView { from: Some(date(2026, 1, 1)), to: Some(date(2026, 11, 30)), ..statement },
        DocumentView {
            failure: Some("charges".into()),
            ..document(DocumentKind::Contract, 2, "CT-2026-0042", DocumentStatus::Failed)
        },
        DocumentView {
            hand_over_to: Some(HandOverTo::Tenant),
            ..document(DocumentKind::HandOver, 1, "CT-2026-0042/ХА-1", DocumentStatus::Ready)
        },
        DocumentView { draft: true, ..document(DocumentKind::Contract, 1, "CT-2026-0042", DocumentStatus::Ready) },
    ]
}

pub fn documents_page() -> DocumentsPage {
    let contract = contracts::contract_page().contract;
    let documents = documents(contract.id);
    DocumentsPage {
        contract, documents, next: None, form: Form::default().with("signer", "Захирал Б. Дулмаа")
    }
}

pub fn batches_page() -> BatchesPage {
    let property = contracts::property();
    let batch = |kind, status, done| DocumentBatchView {
        id: DocumentBatchId::new(),
        kind,
        from: None,
        to: None,
        property_id: None,
        status,
        failure: None,
        total: 94,
        done,
        left_out: Vec::new(),
        size: None,
        link: None,
        created_at: contracts::moment(),
    };
    let batches = vec![
        DocumentBatchView {
            from: Some(date(2026, 1, 1)),
            to: Some(date(2026, 11, 30)),
            property_id: Some(property.id),
            ..batch(DocumentKind::Statement, DocumentStatus::Pending, 37)
        },
        DocumentBatchView {
            left_out: vec!["CT-2026-0007".into(), "101203".into()],
            ..batch(DocumentKind::Contract, DocumentStatus::Ready, 92)
        },
    ];
    BatchesPage { batches, next: None, properties: vec![property], form: Form::default() }
}
