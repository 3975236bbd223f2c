//! What the words of a row mean: the kind of meter, a common one, what happened to the counter, sums below a table.

use domain::{
    meter::{MeterKind, ReadingStatus},
    text::fold_word,
};
use rust_decimal::Decimal;

use crate::{
    lexicon::Lexicon,
    values::{
        Read, Unclear,
        numbers::{ThreeBehind, decimal},
        said,
    },
    workbook::Cell,
};

/// What the meter counts.
pub(super) fn kind(cell: &Cell) -> Read<MeterKind> {
    said(cell).map(|said| KINDS.inside(&fold_word(&said)).ok_or(Unclear)).transpose()
}

// Hot water before water alone: «халуун ус» holds «ус» too.
static KINDS: Lexicon<MeterKind> = Lexicon::new(&[
    ("цахилгаан|цах|electric|эрчим|power|квт", MeterKind::Electricity),
    ("халуун ус|халуун|hot", MeterKind::HotWater),
    ("хүйтэн ус|хүйтэн|цэвэр ус|cold", MeterKind::ColdWater),
    ("дулаан|халаалт|heat|гкал", MeterKind::Heat),
    ("хий|gas", MeterKind::Gas),
    ("ус|water", MeterKind::ColdWater),
]);

/// The words that stand where the room of a common meter would.
pub(super) fn means_common(text: &str) -> bool {
    COMMON.inside(&fold_word(text)).is_some()
}

static COMMON: Lexicon<()> = Lexicon::new(&[("нийтийн|нийт|ерөнхий|common|main|барилгын", ())]);

/// A line of sums, or the signatures under a table.
pub(super) fn is_a_sum(text: &str) -> bool {
    let folded = fold_word(text);
    SUMS.all().iter().any(|(word, ())| folded.starts_with(word.as_str()))
}

static SUMS: Lexicon<()> = Lexicon::new(&[("нийт дүн|нийт:|бүгд|дүн|total|бэлтгэсэн|хянасан|гүйцэтгэсэн|sum", ())]);

/// What happened to the counter, as the note tells it.
pub(super) fn status(note: &str, previous: Option<Decimal>, current: Option<Decimal>) -> ReadingStatus {
    let folded = fold_word(note);
    let went_down = previous.zip(current).is_some_and(|(previous, current)| current < previous);
    match TURNS.inside(&folded) {
        Some(Turn::New) => ReadingStatus::ReplacedNew,
        Some(Turn::Rolled) if went_down => ReadingStatus::RolledOver,
        Some(Turn::Rolled) | None => ReadingStatus::Ok,
        Some(Turn::Old) => ReadingStatus::ReplacedOld,
        // «солив» is said of both: the one that began at nought came
        Some(Turn::Replaced) if previous.is_some_and(|previous| previous.is_zero()) => ReadingStatus::ReplacedNew,
        Some(Turn::Replaced) => ReadingStatus::ReplacedOld,
    }
}

#[derive(Debug, Clone, Copy)]
enum Turn {
    New,
    Old,
    Replaced,
    Rolled,
}

// A new meter is told from the old one first: «шинэ тоолуур, солив».
static TURNS: Lexicon<Turn> = Lexicon::new(&[
    ("шинэ тоолуур|шинээр|шинэ|new meter", Turn::New),
    ("эргэсэн|эргэлт|эргэв|тэглэ|rolled|roll-over|rollover", Turn::Rolled),
    ("солигдсон|эцсийн заалт|хуучин|old meter", Turn::Old),
    ("солив|солисон|сольсон|сольсн|солилт|replaced", Turn::Replaced),
]);

/// A number of a counter: three digits behind a mark are its decimals, and its unit may stand behind it.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let folded = fold_word(text);
    let bare = UNITS.strip_suffix(&folded).map_or(folded.as_str(), |(bare, ())| bare).trim();
    decimal(bare, ThreeBehind::Decimals)
}

static UNITS: Lexicon<()> = Lexicon::new(&[("квт.ц|квтц|квт*ц|квт|kwh|м3|м³|m3|гкал|gcal|x|х", ())]);
