//! What is wrong with a row: a kind, the cell it stands in, and a sentence that names both.

use std::fmt;

use serde::Serialize;

use crate::workbook::Column;

/// One thing wrong in one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    #[serde(skip)]
    pub sheet: String,
    #[serde(skip)]
    pub row: u32,
    /// `None` where the sheet has no column for the field.
    pub column: Option<Column>,
    pub field: &'static str,
    pub kind: Kind,
    /// The row that this one is at odds with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_row: Option<u32>,
    /// The other row's sheet, where it is another.
    #[serde(skip)]
    pub other_sheet: Option<String>,
    /// What stands in the cell.
    #[serde(skip)]
    pub found: String,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The room is let twice at a time.
    Overlap,
    EndBeforeStart,
    RegisterBad,
    /// The contract's number is another tenant's.
    DuplicateContract,
    /// The same tenant's contract has other dates on another row.
    ContractDatesDiffer,
    /// There is a price for one m² but no area.
    AreaMissing,
    AreaBad,
    /// No such day.
    DateBad,
    /// No number, or one below nought where that makes no sense.
    MoneyBad,
    UnitMissing,
    TenantMissing,
    ContractMissing,
    StartMissing,
    PriceMissing,
    /// Both a price for one m² and another flat rent.
    TwoPrices,
    VatBad,
    PaymentDayBad,
    PenaltyBad,
    /// More than the law allows a day.
    PenaltyTooHigh,
    FloorBad,
    PhoneBad,
    EmailBad,
    TinBad,
    CodeMissing,
    /// The invoice's code stands on an earlier line.
    DuplicateCode,
    PeriodBad,
    SerialMissing,
    /// The meter stands on an earlier row.
    DuplicateSerial,
    /// No meter is of such a kind.
    MeterKindBad,
    /// What the meter shows, its multiplier or its digits are no number that it can have.
    NumberBad,
    MissingReading,
    CurrentBelowPrevious,
    /// The building has no such room.
    UnknownRoom,
    /// The books have this meter elsewhere, or as another kind.
    MeterElsewhere,
    /// The books have another reading of this meter for the month.
    ReadingDiffers,
    /// The month's bill was made without it.
    ReadingBilled,
    /// A movement with no amount, or one of nought.
    AmountMissing,
    /// A movement that came in and went out.
    TwoAmounts,
    /// Neither in nor out.
    DirectionBad,
}

impl Kind {
    /// The value was left out and the row is fine without it; all other kinds keep the row from being taken over.
    pub fn is_remark(self) -> bool {
        matches!(self, Kind::FloorBad | Kind::PhoneBad | Kind::EmailBad | Kind::TinBad)
    }
}

impl Problem {
    /// The sentence for a reader of Mongolian: «Алтан Плаза, 20-р мөр, L багана: …».
    pub fn mn(&self) -> String {
        let found = format!("«{}»", self.found);
        let what = match self.kind {
            Kind::Overlap => {
                format!("энэ өрөөг энэ хугацаанд {} мөрийн гэрээгээр түрээслүүлсэн байна", self.other_mn())
            }
            Kind::EndBeforeStart => "дуусах огноо эхлэх огнооноос өмнө байна".into(),
            Kind::RegisterBad => format!(
                "{found} регистрийн дугаар биш байна: байгууллагынх 7 оронтой тоо, иргэнийх 2 үсэг, 8 тоо байдаг"
            ),
            Kind::DuplicateContract => {
                format!("{found} дугаартай гэрээ {} мөрөнд өөр түрээслэгчийн нэр дээр байна", self.other_mn())
            }
            Kind::ContractDatesDiffer => {
                format!("{found} дугаартай гэрээ {} мөрөнд өөр хугацаатай байна", self.other_mn())
            }
            Kind::AreaMissing => "1 м²-ын үнэтэй атлаа талбайн хэмжээ алга".into(),
            Kind::AreaBad => format!("{found} гэснийг талбайн хэмжээ гэж ойлгосонгүй"),
            Kind::DateBad => format!("{found} гэсэн огноо байхгүй"),
            Kind::MoneyBad => format!("{found} гэснийг мөнгөн дүн гэж ойлгосонгүй"),
            Kind::UnitMissing => "өрөөний дугаар алга".into(),
            Kind::TenantMissing => "гэрээтэй атлаа түрээслэгчийн нэр алга".into(),
            Kind::ContractMissing => "түрээслэгчтэй атлаа гэрээний дугаар алга".into(),
            Kind::StartMissing => "гэрээний эхлэх огноо алга".into(),
            Kind::PriceMissing => "түрээсийн үнэ алга: 1 м²-ын үнэ, тогтмол түрээсийн аль нэгийг бичнэ үү".into(),
            Kind::TwoPrices => "1 м²-ын үнэ, тогтмол түрээс хоёр зөрж байна: аль нэгийг нь үлдээнэ үү".into(),
            Kind::VatBad => {
                format!("{found} гэснийг ойлгосонгүй: «Багтсан», «Нэмэгдэнэ», «Чөлөөлөгдсөн»-ий аль нэгийг бичнэ үү")
            }
            Kind::PaymentDayBad => format!("{found} гэснийг төлөх өдөр гэж ойлгосонгүй: 1–31-ний аль нэгийг бичнэ үү"),
            Kind::PenaltyBad => format!("{found} гэснийг алдангийн хувь гэж ойлгосонгүй"),
            Kind::PenaltyTooHigh => format!("{found}: алданги хуулиар өдөрт 0.5 хувиас хэтрэх ёсгүй"),
            Kind::FloorBad => format!("{found} гэсэн давхрыг ойлгосонгүй, хоосон орхив"),
            Kind::PhoneBad => format!("{found} дотор утасны дугаар биш зүйл байсныг орхив"),
            Kind::EmailBad => format!("{found} и-мэйл хаяг биш тул орхив"),
            Kind::TinBad => format!("{found} ТТД биш тул орхив: ТТД 11–14 оронтой байдаг"),
            Kind::CodeMissing => "нэхэмжлэхийн дугаар алга".into(),
            Kind::DuplicateCode => format!("{found} дугаар {} мөрөнд бас байна", self.other_mn()),
            Kind::PeriodBad => format!("{found} гэсэн сар байхгүй"),
            Kind::SerialMissing => "тоолуурын дугаар алга".into(),
            Kind::DuplicateSerial => format!("{found} дугаартай тоолуур {} мөрөнд бас байна", self.other_mn()),
            Kind::MeterKindBad => {
                format!("{found} гэсэн тоолуурын төрлийг ойлгосонгүй: цахилгаан, хүйтэн ус, халуун ус, дулаан, хий")
            }
            Kind::NumberBad => format!("{found} гэсэн тоог ойлгосонгүй, эсвэл тоолуурын оронд багтахгүй байна"),
            Kind::MissingReading => "тоолуурын заалт алга".into(),
            Kind::CurrentBelowPrevious => format!(
                "одоогийн заалт {found} өмнөхөөсөө бага байна: солигдсон уу, эргэсэн үү, алдаа юу гэдгийг тэмдэглэнэ үү"
            ),
            Kind::UnknownRoom => format!("{found} тоот энэ барилгад бүртгэлгүй байна"),
            Kind::MeterElsewhere => format!("энэ тоолуур бүртгэлд өөр: {found}"),
            Kind::ReadingDiffers => format!("энэ сарын заалт бүртгэлд өөр байна: {found}"),
            Kind::ReadingBilled => format!("энэ сарын нэхэмжлэх гарсан тул заалтыг өөрчлөхгүй: {found}"),
            Kind::AmountMissing => "гүйлгээний дүн алга".into(),
            Kind::TwoAmounts => "орлого, зарлага хоёул бичигдсэн байна: аль нэг нь л байх ёстой".into(),
            Kind::DirectionBad => format!("{found} нь орлого уу, зарлага уу гэдгийг ойлгосонгүй"),
        };
        match self.column {
            Some(column) => format!("{}, {}-р мөр, {column} багана: {what}", self.sheet, self.row),
            None => format!("{}, {}-р мөр: {what}", self.sheet, self.row),
        }
    }

    /// The sentence for a reader of English: "Алтан Плаза, row 20, column L: …".
    pub fn en(&self) -> String {
        let found = format!("“{}”", self.found);
        let what = match self.kind {
            Kind::Overlap => format!("the room is let at that time by the contract in {}", self.other_en()),
            Kind::EndBeforeStart => "the end is before the start".into(),
            Kind::RegisterBad => format!(
                "{found} is not a register number: a company has 7 digits, a citizen 2 Cyrillic letters and 8 digits"
            ),
            Kind::DuplicateContract => format!("contract {found} belongs to another tenant in {}", self.other_en()),
            Kind::ContractDatesDiffer => format!("contract {found} has other dates in {}", self.other_en()),
            Kind::AreaMissing => "there is a price for one m² but no area".into(),
            Kind::AreaBad => format!("{found} is not an area"),
            Kind::DateBad => format!("there is no such day as {found}"),
            Kind::MoneyBad => format!("{found} is not an amount of money"),
            Kind::UnitMissing => "the room's number is missing".into(),
            Kind::TenantMissing => "there is a contract but no tenant's name".into(),
            Kind::ContractMissing => "there is a tenant but no contract number".into(),
            Kind::StartMissing => "the day on which the contract starts is missing".into(),
            Kind::PriceMissing => "there is no rent: give a price for one m² or a flat rent".into(),
            Kind::TwoPrices => "the price for one m² and the flat rent do not agree: leave one of them".into(),
            Kind::VatBad => format!("{found} is not understood: write Багтсан, Нэмэгдэнэ or Чөлөөлөгдсөн"),
            Kind::PaymentDayBad => format!("{found} is not a payment day: write one of 1 to 31"),
            Kind::PenaltyBad => format!("{found} is not a penalty rate"),
            Kind::PenaltyTooHigh => format!("{found}: by law the penalty is at most 0.5 per cent a day"),
            Kind::FloorBad => format!("the floor {found} is not understood and was left out"),
            Kind::PhoneBad => format!("{found} holds something that is no telephone; it was left out"),
            Kind::EmailBad => format!("{found} is not an e-mail address and was left out"),
            Kind::TinBad => format!("{found} is not a taxpayer's number (11 to 14 digits) and was left out"),
            Kind::CodeMissing => "the invoice's number is missing".into(),
            Kind::DuplicateCode => format!("the number {found} also stands in {}", self.other_en()),
            Kind::PeriodBad => format!("there is no such month as {found}"),
            Kind::SerialMissing => "the meter's number is missing".into(),
            Kind::DuplicateSerial => format!("meter {found} also stands in {}", self.other_en()),
            Kind::MeterKindBad => {
                format!("no meter is of the kind {found}: electricity, cold water, hot water, heat, gas")
            }
            Kind::NumberBad => format!("{found} is no number, or has more digits than the counter"),
            Kind::MissingReading => "the meter was not read".into(),
            Kind::CurrentBelowPrevious => {
                format!(
                    "the reading {found} is below the one before: say whether it was replaced, rolled over or wrong"
                )
            }
            Kind::UnknownRoom => format!("the building has no room {found}"),
            Kind::MeterElsewhere => format!("the books have this meter otherwise: {found}"),
            Kind::ReadingDiffers => format!("the books have another reading of this month: {found}"),
            Kind::ReadingBilled => format!("the month's bill was made with what is kept: {found}"),
            Kind::AmountMissing => "the movement has no amount".into(),
            Kind::TwoAmounts => "both money in and money out are filled in: only one of them may be".into(),
            Kind::DirectionBad => format!("{found} says neither in nor out"),
        };
        match self.column {
            Some(column) => format!("{}, row {}, column {column}: {what}", self.sheet, self.row),
            None => format!("{}, row {}: {what}", self.sheet, self.row),
        }
    }

    fn other_mn(&self) -> String {
        let row = self.other_row.map(|row| format!("{row}-р")).unwrap_or_default();
        self.other_sheet.as_ref().map_or_else(|| row.clone(), |sheet| format!("«{sheet}» хуудасны {row}"))
    }

    fn other_en(&self) -> String {
        let row = self.other_row.map(|row| format!("row {row}")).unwrap_or_default();
        self.other_sheet.as_ref().map_or_else(|| row.clone(), |sheet| format!("{row} of “{sheet}”"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}
