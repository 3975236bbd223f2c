//! A month to look at: before its run, stopped by the owner's bound, and done.

use domain::{
    ContractId, ContractIncreaseId, InvoiceId, Money, Month, MonthRunId, increase::IncreaseKind, invoice::InvoiceKind,
    month_report::MonthReport, month_run::MonthRunStatus,
};
use jiff::civil::date;
use wire::{
    increases::ComingIncrease,
    month_reports::{MonthReportView, MonthReports},
    month_work::{MonthStep, MonthStepState, MonthWork, MonthWorkPart, MonthWorkStep},
    months::{
        MonthPreview, MonthRunParked, MonthRunView, PreviewKind, PreviewLine, PreviewTally, PreviewTotals,
        PreviewUtilities,
    },
};

use super::{MonthPage, ReportsPage, RunPage, WorkPage};
use crate::ui::form::Form;

impl MonthPage {
    pub fn fresh_sample() -> MonthPage {
        MonthPage { preview: preview(), form: Form::default() }
    }

    /// The total moved further than the owner allows, and the run came back.
    pub fn stopped_sample() -> MonthPage {
        let mut form = Form::default();
        form.trouble("Энэ сарын нийт дүн 12 450 000 ₮, өмнөх сарынх 9 800 000 ₮. Зөрүү нь 20.00 %-иас их тул шалгаад баталгаажуулна уу.");
        MonthPage { preview: MonthPreview { stopped: true, ..preview() }, form }
    }

    pub fn done_sample() -> MonthPage {
        let mut preview = preview();
        preview.totals.billed = preview.lines.len() as i64;
        for line in &mut preview.lines {
            line.invoice_id = Some(InvoiceId::new());
        }
        preview.utilities = PreviewUtilities { billed: 3, ..PreviewUtilities::default() };
        preview.totals.to_bill = 0;
        preview.totals.to_bill_amount = Money::ZERO;
        MonthPage { preview, form: Form::default() }
    }
}

/// Six contracts, one of each kind and one more that changed.
pub fn preview() -> MonthPreview {
    use PreviewKind::*;
    let told = [
        (Changed, "Ундрах Өргөө ХХК", "301; 302", 4_200_000, 4_620_000, "Түрээсийн үнэ 11.01-нээс 10%-иар нэмэгдсэн"),
        (Changed, "Э. Сарантуяа", "1-05", 1_250_000, 708_333, "17/30 хоногоор бодсон: гэрээ 11.17-нд дуусна"),
        (New, "Төгс Дизайн Студи ХХК", "512", 0, 2_480_000, "Шинэ гэрээ, 11.01-нээс"),
        (Ended, "Номин Трейд ХХК", "204А", 1_900_000, 0, "Гэрээ 10.31-нд дууссан"),
        (Parked, "Б. Отгонбаяр", "B1-12", 850_000, 0, "Тоолуурын заалт ороогүй"),
        (Same, "Хан-Уул Оптик ХХК", "118", 1_600_000, 1_600_000, ""),
    ];
    let lines: Vec<PreviewLine> = (1..)
        .zip(told)
        .map(|(number, (what, tenant, units, previous, amount, reason))| PreviewLine {
            contract_id: ContractId::new(),
            contract_code: format!("CT-2026-{number:04}"),
            tenant_name: tenant.into(),
            units: units.into(),
            what,
            previous: Money::from_tugrug(previous),
            amount: Money::from_tugrug(amount),
            difference: Money::from_tugrug(amount - previous),
            due_on: (amount > 0).then(|| date(2026, 11, 10)),
            reasons: Some(reason.to_owned()).filter(|reason| !reason.is_empty()).into_iter().collect(),
            invoice_id: None,
        })
        .collect();
    let sum = |of: fn(&PreviewLine) -> Money| Money::sum(lines.iter().map(of)).expect("a sample's sum fits");
    let kinds = PreviewKind::ALL.map(|what| {
        let of_kind = || lines.iter().filter(|line| line.what == what);
        let sum = |of: fn(&PreviewLine) -> Money| Money::sum(of_kind().map(of)).expect("a sample's sum fits");
        let (previous, amount) = (sum(|line| line.previous), sum(|line| line.amount));
        PreviewTally { what, contracts: of_kind().count() as i64, previous, amount }
    });
    let kinds = kinds.to_vec();
    MonthPreview {
        month: Month::new(2026, 11).expect("a month"),
        issue_on: date(2026, 11, 1),
        totals: PreviewTotals {
            previous: sum(|line| line.previous),
            amount: sum(|line| line.amount),
            difference: sum(|line| line.difference),
            new: 1,
            changed: 2,
            ended: 1,
            same: 1,
            parked: 1,
            billed: 0,
            to_bill: 4,
            to_bill_amount: Money::from_tugrug(9_408_333),
            kinds,
        },
        utilities: PreviewUtilities { to_bill: 3, amount: Money::from_tugrug(412_350), parked: 1, billed: 0 },
        next_cursor: None,
        lines,
        increases: vec![increase()],
        stopped: false,
    }
}

fn increase() -> ComingIncrease {
    ComingIncrease {
        id: ContractIncreaseId::new(),
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0007".into(),
        tenant_name: "Ундрах Өргөө ХХК".into(),
        units: "301".into(),
        name: "Түрээс".into(),
        kind: IncreaseKind::Percent,
        percent_bp: Some(550),
        amount: None,
        on: date(2026, 11, 16),
        old_price: Money::from_tugrug(25_000),
        new_price: Some(Money::from_tugrug(26_375)),
    }
}

/// A long run on its way, with one contract left out.
pub fn run_under_way() -> RunPage {
    let at = "2026-11-10T01:00:05Z".parse().expect("a moment");
    let run = MonthRunView {
        id: MonthRunId::new(),
        month: Month::new(2026, 11).expect("a month"),
        issue_on: date(2026, 11, 10),
        status: MonthRunStatus::Running,
        ordered_by: Some("Г. Нарантуяа".into()),
        ordered_at: at,
        send: true,
        contracts: 12_480,
        gone_through: 8_000,
        to_bill: 12_455,
        existing: 0,
        billed: 7_981,
        parked: 1,
        total: Money::from_tugrug(7_412_355_000),
        first_code: Some("INV-2026-000412".into()),
        last_code: Some("INV-2026-008392".into()),
        stopped_because: None,
        started_at: Some(at),
        finished_at: None,
    };
    RunPage { run, parked: vec![parked()], next: None }
}

/// A run that ended half way.
pub fn run_stopped() -> RunPage {
    let RunPage { run, parked, next } = run_under_way();
    let because = Some("Энэ сар хаагдсан тул нэхэмжлэл бодогдсонгүй.".to_owned());
    let run =
        MonthRunView { status: MonthRunStatus::Stopped, stopped_because: because, finished_at: run.started_at, ..run };
    RunPage { run, parked, next }
}

/// A run that is done, and left nobody out; the clock ordered it.
pub fn run_done() -> RunPage {
    let RunPage { run, .. } = run_under_way();
    let (contracts, billed) = (run.contracts, run.to_bill);
    let run = MonthRunView {
        status: MonthRunStatus::Done,
        ordered_by: None,
        gone_through: contracts,
        billed,
        parked: 0,
        finished_at: run.started_at,
        ..run
    };
    RunPage { run, parked: Vec::new(), next: None }
}

fn parked() -> MonthRunParked {
    MonthRunParked {
        contract_id: ContractId::new(),
        contract_code: "CT-2026-0112".into(),
        tenant_name: "Б. Отгонбаяр".into(),
        units: "B1-12".into(),
        kind: InvoiceKind::Rent,
        previous: Money::from_tugrug(850_000),
        because: "1 м² үнээр тооцдог боловч талбайн хэмжээ ороогүй байна: B1-12 тоот.".into(),
    }
}

/// A month in the middle of its work.
pub fn work() -> WorkPage {
    use MonthStep::*;
    let at = "2026-11-10T01:00:05Z".parse().expect("a moment");
    let told = [
        (Readings, 148, 6),
        (UnusualReadings, 3, 0),
        (Charges, 94, 2),
        (Drafts, 94, 0),
        (Sending, 88, 6),
        (Payments, 41, 3),
        (Penalties, 4, 2),
        (Reminders, 5, 3),
        (Receipts, 40, 1),
        (Bank, 38, 5),
        (Reports, 0, 4),
        (Lock, 0, 1),
    ];
    let step = |(step, done, open)| {
        let state = match (done, open) {
            (0, 0) => MonthStepState::Nothing,
            (_, 0) => MonthStepState::Done,
            _ => MonthStepState::Open,
        };
        let part = |what: &str, count| MonthWorkPart { what: what.into(), count };
        let parts = match step {
            Sending => vec![part("delivered", 80), part("accepted", 8), part("waiting", 4), part("failed", 2)],
            Reminders => vec![part("sent", 5), part("due", 3)],
            Bank => vec![part("linked", 37), part("ignored", 1), part("probable", 3), part("unknown", 2)],
            _ => Vec::new(),
        };
        let who = (step == Charges).then(|| "Г. Нарантуяа".to_owned());
        MonthWorkStep { step, state, done, open, parts, at: (step == Charges).then_some(at), who }
    };
    let steps = told.into_iter().map(step).collect();
    WorkPage { work: MonthWork { month: Month::new(2026, 11).expect("a month"), steps }, today: date(2026, 11, 22) }
}

/// October, of which two reports were taken along.
pub fn reports() -> ReportsPage {
    let at = |text: &str| Some(text.parse().expect("a moment"));
    let saved = |report| match report {
        MonthReport::Charges => (Some(94), at("2026-11-02T02:10:00Z")),
        MonthReport::Receivables => (Some(17), at("2026-11-02T02:12:00Z")),
        MonthReport::Collections | MonthReport::Penalties => (None, None),
    };
    let view = |report: MonthReport| {
        let (rows, saved_at) = saved(report);
        MonthReportView { report, rows, saved_by: saved_at.map(|_| "Г. Нарантуяа".to_owned()), saved_at }
    };
    let reports = MonthReport::ALL.iter().copied().map(view).collect();
    ReportsPage { reports: MonthReports { month: Month::new(2026, 10).expect("a month"), is_over: true, reports } }
}
