//! How the first page is laid out.

use domain::{Money, rights::Action};
use maud::{Markup, Render, html};
use rust_decimal::Decimal;
use wire::{
    setup::{self, SetupStep},
    today::TodayView,
};

use super::Today;
use crate::{
    fmt,
    page::Page,
    reader::Reader,
    ui::{
        badge::Tone,
        button::Button,
        chart::{self, MonthBar},
        frame,
        head::head,
        icon::Icon,
        menu::{self, Place},
        stepper::{Stage, Step, stepper},
        tile::{SplitTile, Tile, Trend},
    },
};

impl Page for Today {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("menu-today");
        let main = match self {
            Today::Figures(view) => figures(reader, view),
            Today::Beginning(steps) => first_steps(reader, steps),
            Today::Ways => ways(reader),
        };
        frame::desk(reader, Place::Today, &title, main, html! {})
    }

    fn sample() -> Today {
        Today::full_sample()
    }
}

fn figures(reader: &Reader, view: &TodayView) -> Markup {
    let actions = html! {
        @if reader.may(Action::RunMonth) {
            (Button::link(fmt::month(reader, view.month), format!("/months/{}", view.month)).icon(Icon::Calendar))
        }
        @if reader.may(Action::RecordPayments) {
            (Button::link(reader.say("payment-new"), "/payments/new").primary().icon(Icon::Plus))
        }
    };
    let bars: Vec<MonthBar> = view
        .chart
        .iter()
        .map(|bar| MonthBar {
            month: bar.month,
            billed: bar.billed,
            collected: bar.collected,
            href: format!("/invoices?period={}&billed=true", bar.month),
        })
        .collect();
    html! {
        (head(&[], &reader.say("menu-today"), fmt::date(view.today), actions))
        div class="tiles tiles-four" {
            (billed(reader, view)) (collected(reader, view)) (receivable(reader, view)) (overdue(reader, view))
            (occupancy(reader, view)) (ending(reader, view))
            @if reader.may(Action::ReadOutbox) { (laid_aside(reader, view)) }
        }
        section class="box" { (chart::billed_and_collected(reader, &reader.say("today-chart"), &bars)) }
    }
}

fn billed(reader: &Reader, view: &TodayView) -> Tile {
    Tile {
        label: reader.say("today-billed").into_owned(),
        figure: fmt::tugrug(view.billed),
        note: Some(say_count(reader, "today-invoices", view.billed_count)),
        trend: trend(reader, view.billed, view.billed_last_month),
        definition: reader.say("today-billed-means").into_owned(),
        href: format!("/invoices?period={}&billed=true", view.month),
        tone: Tone::Sky,
    }
}

fn collected(reader: &Reader, view: &TodayView) -> Tile {
    let payments = say_count(reader, "today-payments", view.collected_count);
    Tile {
        label: reader.say("today-collected").into_owned(),
        figure: fmt::tugrug(view.collected),
        note: Some(match fmt::percent(view.collected, view.billed) {
            Some(share) => {
                format!("{payments} · {}", reader.say_with("today-of-billed", &[("percent", share.into())]))
            }
            None => payments,
        }),
        trend: trend(reader, view.collected, view.collected_last_month),
        definition: reader.say("today-collected-means").into_owned(),
        href: format!("/payments?from={}&to={}", view.month.first_day(), view.month.last_day()),
        tone: Tone::Good,
    }
}

fn receivable(reader: &Reader, view: &TodayView) -> Tile {
    Tile {
        label: reader.say("today-receivable").into_owned(),
        figure: fmt::tugrug(view.receivable),
        note: Some(say_count(reader, "today-invoices", view.receivable_count)),
        trend: None,
        definition: reader.say("today-receivable-means").into_owned(),
        href: "/invoices?open=true".into(),
        tone: Tone::Faint,
    }
}

fn overdue(reader: &Reader, view: &TodayView) -> Tile {
    Tile {
        label: reader.say("today-overdue").into_owned(),
        figure: fmt::tugrug(view.overdue),
        note: Some(say_count(reader, "today-invoices", view.overdue_count)),
        trend: None,
        definition: reader.say("today-overdue-means").into_owned(),
        href: "/invoices?overdue=true".into(),
        tone: if view.overdue.is_positive() { Tone::Bad } else { Tone::Good },
    }
}

fn occupancy(reader: &Reader, view: &TodayView) -> Tile {
    let (units, total) = (Decimal::from(view.units_let), Decimal::from(view.units_total));
    let share = |part, whole| share(part, whole).unwrap_or_else(|| "–".to_owned());
    let area = format!("{} / {} м²", fmt::quantity(view.area_let_m2), fmt::quantity(view.area_total_m2));
    Tile {
        label: reader.say("today-occupancy").into_owned(),
        figure: html! { span class="num" { (view.units_let) " / " (view.units_total) } },
        note: Some(format!("{} · {area} ({})", share(units, total), share(view.area_let_m2, view.area_total_m2))),
        trend: None,
        definition: reader.say("today-occupancy-means").into_owned(),
        href: "/rooms?occupied=true".into(),
        tone: Tone::Faint,
    }
}

fn ending(reader: &Reader, view: &TodayView) -> SplitTile {
    let within = |days: i64, count: i64| {
        let under = reader.say_with("today-within", &[("days", days.into())]).into_owned();
        (count.to_string(), under, format!("/contracts?endingWithinDays={days}"))
    };
    SplitTile {
        label: reader.say("today-ending").into_owned(),
        figures: vec![within(30, view.ending_30), within(60, view.ending_60), within(90, view.ending_90)],
        definition: reader.say("today-ending-means").into_owned(),
    }
}

fn laid_aside(reader: &Reader, view: &TodayView) -> Tile {
    Tile {
        label: reader.say("today-laid-aside").into_owned(),
        figure: html! { span class="num" { (view.promises_dead) } },
        note: Some(reader.say(if view.promises_dead > 0 { "today-look" } else { "today-all-well" }).into_owned()),
        trend: None,
        definition: reader.say("today-laid-aside-means").into_owned(),
        href: "/outbox?status=dead".into(),
        tone: if view.promises_dead > 0 { Tone::Bad } else { Tone::Good },
    }
}

fn say_count(reader: &Reader, key: &str, count: i64) -> String {
    reader.say_with(key, &[("count", count.into())]).into_owned()
}

/// How this month stands to the last one, in whole per cent; nothing to say when the last one is nought.
fn trend(reader: &Reader, now: Money, last: Money) -> Option<Trend> {
    if !last.is_positive() {
        return None;
    }
    let (now, last) = (i128::from(now.mungo()), i128::from(last.mungo()));
    let percent = i64::try_from((now - last) * 100 / last).ok()?;
    let sign = if percent < 0 { '−' } else { '+' };
    let change = format!("{sign}{}%", percent.unsigned_abs());
    let text = reader.say_with("today-trend", &[("change", change.into())]).into_owned();
    Some(Trend { text, rises: percent >= 0, is_good: percent >= 0 })
}

/// `part` of `whole` in whole per cent, rounded down.
fn share(part: Decimal, whole: Decimal) -> Option<String> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(format!("{}%", percent.floor().normalize()))
}

/// The way to the first bill, which is the last of the steps.
fn first_steps(reader: &Reader, steps: &[SetupStep]) -> Markup {
    let before = steps.iter().map(|step| (way(step.step), step.done));
    let all: Vec<_> = before.chain([(("begin-bill", "/months", Action::RunMonth), false)]).collect();
    let now = all.iter().position(|(_, done)| !done);
    let steps: Vec<Step> = all
        .into_iter()
        .enumerate()
        .map(|(place, ((key, href, needs), done))| Step {
            label: reader.say(key).into_owned(),
            note: Some(reader.say(&format!("{key}-note")).into_owned()),
            href: reader.may(needs).then(|| href.to_owned()),
            stage: match (done, now == Some(place)) {
                (true, _) => Stage::Done,
                (false, true) => Stage::Now,
                (false, false) => Stage::Later,
            },
        })
        .collect();
    html! {
        (head(&[], &reader.say("begin-title"), html! { (reader.say("begin-note")) }, html! {}))
        section class="box" { (stepper(reader, &steps)) }
        @if reader.may(Action::Import) {
            section class="box" {
                h2 class="box-title" { (reader.say("begin-import")) }
                p { (reader.say("begin-import-note")) }
                p { (Button::link(reader.say("begin-import-do"), "/import").primary().icon(Icon::Import)) }
            }
        }
    }
}

/// What a step is called, where it is taken, and by whom.
const fn way(step: setup::Step) -> (&'static str, &'static str, Action) {
    match step {
        setup::Step::Company => ("begin-company", "/settings", Action::EditOwner),
        setup::Step::Property => ("begin-building", "/buildings/new", Action::EditEstate),
        setup::Step::Rooms => ("begin-room", "/rooms/new", Action::EditEstate),
        setup::Step::Contract => ("begin-contract", "/contracts/new", Action::DraftContracts),
        setup::Step::Payments => ("begin-payments", "/settings/qpay", Action::EditOwner),
    }
}

fn ways(reader: &Reader) -> Markup {
    let others = menu::items(reader).into_iter().filter(|item| item.place != Place::Today);
    html! {
        (head(&[], &reader.say("menu-today"), html! { (reader.say("today-ways")) }, html! {}))
        nav class="ways" aria-label=(reader.say("today-ways")) {
            @for item in others {
                (Button::link(reader.say(item.label), item.href).icon(item.icon).wide().render())
            }
        }
    }
}
