//! Documents: a contract, its hand-over acts and its statements of account as PDF. Each making is a version of its own,
//! older ones stay. A worker makes them; the store keeps them.

mod queries;
mod render;
mod routes;

use base::{Checks, Error, Result, Slice, Tx};
use domain::{
    ContractId, DocumentId,
    document::{DocumentKind, DocumentStatus, HandOverTo},
    rights::Action,
    text::tidy,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use serde_json::json;
use store::{Key, Store};
use wire::documents::{DocumentLink, DocumentView, DocumentWithLink, NewDocument};

pub(crate) use self::queries::{NewRow, insert};
pub use self::render::RenderDocument;

pub fn slice() -> Slice {
    Slice::new("documents").routes(routes::routes()).job::<RenderDocument>()
}

/// What every PDF is stored and sent as.
pub(crate) const PDF: &str = "application/pdf";
/// The longest period of a statement, in days.
const LONGEST: i64 = 3660;

/// Has a document made.
pub async fn make(tx: &Tx, contract: ContractId, new: &NewDocument) -> Result<DocumentView> {
    tx.allow(Action::DraftContracts)?;
    if new.kind == DocumentKind::Statement {
        tx.allow(Action::ReadPayments)?;
    }
    let today = tx.clock().today();
    let subject = queries::subject(tx, contract).await?.ok_or(Error::NotFound("contract"))?;
    check(new)?;
    let id = DocumentId::new();
    let row = NewRow {
        id,
        contract,
        invoice: None,
        kind: new.kind,
        code: &subject.code,
        dated_on: if new.kind == DocumentKind::HandOver { new.on.unwrap_or(today) } else { today },
        draft: subject.is_draft,
        period: new.from.zip(new.to),
        hand_over_to: (new.kind == DocumentKind::HandOver).then(|| new.hand_over_to.unwrap_or(HandOverTo::Tenant)),
        signer: new.signer.as_deref().map(tidy).filter(|signer| !signer.is_empty()),
        key: Key::fresh(tx.owner().await?, "documents", "pdf"),
    };
    let version = insert(tx, &row).await?;
    let made = json!({ "contract": subject.code, "kind": new.kind, "version": version });
    tx.audit("document.make", id.0, &made).await?;
    tx.promise(&RenderDocument { document: id }).await?;
    queries::find(tx, id).await?.map(|found| found.view).ok_or(Error::NotFound("document"))
}

/// A document with the link that opens it, once there is something to open.
pub async fn open(tx: &Tx, id: DocumentId) -> Result<DocumentWithLink> {
    tx.allow(Action::ReadContracts)?;
    let found = queries::find(tx, id).await?.ok_or(Error::NotFound("document"))?;
    let name = format!("{} v{}.pdf", found.view.number.replace('/', "-"), found.view.version);
    let link = match found.view.status {
        DocumentStatus::Ready => Some(link(tx, &found.key, PDF, &name)?),
        DocumentStatus::Pending | DocumentStatus::Failed => None,
    };
    Ok(DocumentWithLink { document: found.view, link })
}

/// An address for that object, to be saved under that name.
pub(crate) fn link(tx: &Tx, key: &str, kind: &str, name: &str) -> Result<DocumentLink> {
    let key: Key = key.parse().map_err(|error: store::NotAKey| Error::Internal(error.to_string()))?;
    let link = tx.app().part::<Store>().signed_get(&key, kind, name, tx.clock().now());
    Ok(DocumentLink { url: link.url, expires_at: link.expires_at })
}

fn check(new: &NewDocument) -> Result<()> {
    let mut checks = Checks::new();
    checks.text("signer", new.signer.as_deref().unwrap_or_default(), 120);
    // An invoice has a door of its own.
    checks.that(new.kind != DocumentKind::Invoice, "kind", "not-a-choice");
    if new.kind == DocumentKind::Statement {
        check_period(&mut checks, new.from, new.to);
    } else {
        checks.that(new.from.is_none(), "from", "not-a-choice").that(new.to.is_none(), "to", "not-a-choice");
    }
    if new.kind == DocumentKind::HandOver {
        checks.that(new.on.is_none_or(is_sensible), "on", "bad-date");
    } else {
        checks.that(new.on.is_none(), "on", "not-a-choice");
        checks.that(new.hand_over_to.is_none(), "handOverTo", "not-a-choice");
    }
    checks.done()
}

/// A statement needs both days, in order and not too far apart.
pub(crate) fn check_period(checks: &mut Checks, from: Option<Date>, to: Option<Date>) {
    for (path, day) in [("from", from), ("to", to)] {
        match day {
            None => checks.note(path, "required"),
            Some(day) => checks.that(is_sensible(day), path, "bad-date"),
        };
    }
    if let Some((from, to)) = from.zip(to) {
        checks.that(from <= to, "to", "end-before-start");
        checks.that(to <= from.saturating_add(LONGEST.days()), "to", "period-too-long");
    }
}

/// A day that a paper may speak of.
fn is_sensible(day: Date) -> bool {
    (date(1990, 1, 1)..=date(2200, 12, 31)).contains(&day)
}

/// The number printed on a document of that contract.
pub(crate) fn number(code: &str, kind: DocumentKind, version: i32, period: Option<(Date, Date)>) -> String {
    match (kind, period) {
        (DocumentKind::HandOver, _) => format!("{code}/ХА-{version}"),
        (DocumentKind::Statement, Some((_, to))) => format!("{code}/ТХ-{}", to.strftime("%Y%m%d")),
        _ => code.to_owned(),
    }
}
