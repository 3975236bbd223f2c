//! The columns of a rent roll and what owners call them.

use std::{fmt, str::FromStr, sync::LazyLock};

use serde::{Serialize, Serializer};

use crate::columns::{Heading, Name, Names};

macro_rules! fields {
    ($($variant:ident = $word:literal, $mn:literal, $en:literal;)+) => {
        /// What a column of a rent roll holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($variant),+ }

        impl Field {
            pub const ALL: &'static [Field] = &[$(Field::$variant),+];

            /// Its name in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Field::$variant => $word),+ }
            }

            /// What a Mongolian sheet calls it.
            pub const fn mn(self) -> &'static str {
                match self { $(Field::$variant => $mn),+ }
            }

            /// What it is called in English.
            pub const fn en(self) -> &'static str {
                match self { $(Field::$variant => $en),+ }
            }
        }
    };
}

fields! {
    Floor = "floor", "Давхар", "Floor";
    Unit = "unit", "Тоот", "Unit";
    Kind = "kind", "Зориулалт", "Kind of room";
    Area = "area_m2", "Талбай (м²)", "Area (m²)";
    Tenant = "tenant", "Түрээслэгч", "Tenant";
    Register = "register", "Регистр", "Register number";
    Tin = "tin", "ТТД", "Tax number";
    Phones = "phones", "Утас", "Telephone";
    Email = "email", "И-мэйл", "E-mail";
    Contract = "contract", "Гэрээний №", "Contract number";
    StartsOn = "starts_on", "Эхлэх огноо", "Start";
    EndsOn = "ends_on", "Дуусах огноо", "End";
    PricePerM2 = "price_per_m2", "1 м² үнэ", "Price per m²";
    FlatRent = "flat_rent", "Тогтмол түрээс", "Flat rent";
    VatMode = "vat_mode", "НӨАТ", "VAT";
    ManagementFee = "management_fee", "Менежментийн төлбөр", "Management fee";
    DepositDue = "deposit_due", "Барьцаа төлөх", "Deposit due";
    DepositPaid = "deposit_paid", "Барьцаа төлсөн", "Deposit paid";
    PaymentDay = "payment_day", "Төлөх өдөр", "Payment day";
    Penalty = "penalty_bp_per_day", "Алданги", "Penalty";
    OpeningBalance = "opening_balance", "Эхний үлдэгдэл", "Opening balance";
    Note = "note", "Тэмдэглэл", "Note";
}

impl Field {
    /// Amounts and areas belong to their own row: merged over several, they are not due several times.
    pub fn belongs_to_one_row(self) -> bool {
        use Field::{Area, DepositDue, DepositPaid, FlatRent, ManagementFee, OpeningBalance};
        matches!(self, Area | FlatRent | ManagementFee | DepositDue | DepositPaid | OpeningBalance)
    }

    /// What a sheet lacks to be a rent roll: rooms, tenants, what they pay, and since when or by which contract.
    pub fn missing(heading: Option<&Heading<Field>>) -> Vec<Field> {
        let found = |field| heading.is_some_and(|heading| heading.columns.contains_key(field));
        let needed: [&[Field]; 4] = [
            &[Field::Unit],
            &[Field::Tenant],
            &[Field::PricePerM2, Field::FlatRent],
            &[Field::Contract, Field::StartsOn],
        ];
        needed.into_iter().filter(|either| !either.iter().any(found)).flatten().copied().collect()
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not the name of a rent roll's column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rent roll has no such column")]
pub struct NotAField;

impl FromStr for Field {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Field, NotAField> {
        Field::ALL.iter().copied().find(|field| field.as_str() == text).ok_or(NotAField)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

/// What the columns are called, as stems.
pub fn names() -> &'static Names<Field> {
    static NAMES: LazyLock<Names<Field>> = LazyLock::new(|| Names::new(&NAMED));
    &NAMES
}

const NAMED: [Name<Field>; 22] = [
    Name {
        field: Field::Floor,
        called: &[("давхар", 10), ("давх", 8), ("floor", 8)],
        also: &["дугаар", "барилга"],
        never: &["тоо", "нийт"],
    },
    Name {
        field: Field::Unit,
        called: &[
            ("тоот", 10),
            ("өрөө дугаар", 10),
            ("өрөө", 10),
            ("талбай дугаар", 10),
            ("талбай код", 9),
            ("тасалгаа дугаар", 9),
            ("тасалгаа", 8),
            ("лангуу дугаар", 9),
            ("лангуу", 8),
            ("павильон дугаар", 9),
            ("хаалга дугаар", 8),
            ("unit", 8),
            ("room", 8),
        ],
        also: &["дугаар", "өрөө", "талбай", "тоот", "түрээс"],
        never: &["төрөл", "тоо", "зориулалт", "m2", "хэмжээ", "нэр", "үнэ", "төлбөр", "байршил"],
    },
    Name {
        field: Field::Kind,
        called: &[("зориулалт", 10), ("төрөл", 8), ("ангилал", 7), ("type", 6), ("kind", 6)],
        also: &["өрөө", "талбай", "ашиглалт", "түрээс"],
        never: &["түрээслэгч", "гэрээ", "нөат", "төлбөр", "татвар", "үйл", "байгууллага"],
    },
    Name {
        field: Field::Area,
        called: &[("талбай m2", 10), ("талбай хэмжээ", 10), ("талбай", 8), ("m2", 8), ("хэмжээ", 6), ("area", 8)],
        also: &["m2", "хэмжээ", "өрөө", "түрээс", "ашигтай", "түрээслэх"],
        never: &[
            "үнэ",
            "төлбөр",
            "тариф",
            "дугаар",
            "түрээслэгч",
            "зориулалт",
            "байршил",
            "тоо",
            "нэр",
            "төлөв",
            "барьцаа",
        ],
    },
    Name {
        field: Field::Tenant,
        called: &[
            ("түрээслэгч", 10),
            ("түрээслэгч нэр", 10),
            ("байгууллага нэр", 9),
            ("овог нэр", 9),
            ("харилцагч", 9),
            ("компани нэр", 9),
            ("гэрээлэгч", 8),
            ("нэр", 8),
            ("байгууллага", 7),
            ("tenant", 8),
        ],
        also: &["нэр", "овог", "байгууллага", "иргэн", "компани", "аж", "ахуй", "нэгж", "хувь", "хүн"],
        never: &["төрөл", "хаяг", "дугаар", "утас", "тоо", "код", "барилга", "бүртгэл", "холбоо", "төлөв"],
    },
    Name {
        field: Field::Register,
        called: &[("регистр", 10), ("рд", 10), ("register", 8)],
        also: &["дугаар", "регистр", "рд", "түрээслэгч", "байгууллага", "иргэн", "компани"],
        never: &[],
    },
    Name {
        field: Field::Tin,
        called: &[("ттд", 10), ("тин", 10), ("tin", 10), ("татвар төлөгч дугаар", 10)],
        also: &["дугаар", "түрээслэгч", "татвар", "төлөгч", "ттд", "тин"],
        never: &[],
    },
    Name {
        field: Field::Phones,
        called: &[("утас", 10), ("phone", 8), ("mobile", 8)],
        also: &["дугаар", "гар", "холбоо", "барих", "холбогдох", "түрээслэгч", "ажил"],
        never: &["дотуур"],
    },
    Name {
        field: Field::Email,
        called: &[
            ("имэйл", 10),
            ("мэйл", 9),
            ("email", 10),
            ("майл", 8),
            ("имайл", 8),
            ("цахим шуудан", 9),
            ("цахим хаяг", 9),
        ],
        also: &["хаяг", "түрээслэгч"],
        never: &[],
    },
    Name {
        field: Field::Contract,
        called: &[("гэрээ дугаар", 10), ("гэрээ код", 9), ("гэрээ", 8), ("contract", 8)],
        also: &["түрээс", "дугаар"],
        never: &[
            "огноо",
            "хугацаа",
            "төрөл",
            "дүн",
            "хавсралт",
            "байдал",
            "төлөв",
            "үнэ",
            "байгуулсан",
            "сунгалт",
            "сар",
            "жил",
            "тайлбар",
            "тэмдэглэл",
            "нөхцөл",
        ],
    },
    Name {
        field: Field::StartsOn,
        called: &[("эхлэх", 10), ("эхэлсэн", 10), ("эхлэл", 8), ("эхлэх огноо", 10), ("start", 7)],
        also: &["огноо", "өдөр", "гэрээ", "хугацаа", "түрээс"],
        never: &["үлдэгдэл"],
    },
    Name {
        field: Field::EndsOn,
        called: &[("дуусах", 10), ("дууссан", 10), ("дуусгавар", 8), ("дуусах огноо", 10), ("end", 7)],
        also: &["огноо", "өдөр", "гэрээ", "хугацаа", "түрээс", "болох"],
        never: &["үлдэгдэл"],
    },
    Name {
        field: Field::PricePerM2,
        called: &[("m2 үнэ", 10), ("m2 түрээс", 9), ("m2 тариф", 9), ("m2 төлбөр", 8), ("нэгж үнэ", 9), ("үнэ", 5)],
        also: &["түрээс", "талбай", "нэгж", "төлбөр", "m2"],
        never: &["менежмент", "барьцаа", "нийт", "хөнгөлөлт"],
    },
    Name {
        field: Field::FlatRent,
        called: &[
            ("тогтмол түрээс", 10),
            ("түрээс төлбөр", 8),
            ("түрээс", 8),
            ("тогтмол төлбөр", 8),
            ("түрээс дүн", 7),
            ("түрээс үнэ", 6),
            ("rent", 7),
        ],
        also: &["төлбөр", "тогтмол", "дүн"],
        never: &[
            "m2",
            "огноо",
            "хугацаа",
            "хөнгөлөлт",
            "үлдэгдэл",
            "нийт",
            "гэрээ",
            "төрөл",
            "хэлбэр",
            "нөат",
            "менежмент",
        ],
    },
    Name {
        field: Field::VatMode,
        called: &[("нөат", 10), ("vat", 8)],
        also: &["хэлбэр", "төрөл", "нөхцөл", "горим", "тооцоо"],
        never: &["дүн", "тэй", "тай", "гүй", "баримт", "төлөгч", "дугаар", "нийт"],
    },
    Name {
        field: Field::ManagementFee,
        called: &[("менежмент", 10), ("management", 8)],
        also: &["төлбөр", "хураамж", "зардал", "үйлчилгээ", "fee"],
        never: &["m2", "үлдэгдэл"],
    },
    Name {
        field: Field::DepositDue,
        called: &[
            ("барьцаа төлөх", 10),
            ("барьцаа байршуулах", 9),
            ("барьцаа авах", 8),
            ("барьцаа дүн", 8),
            ("барьцаа", 7),
            ("deposit", 6),
        ],
        also: &["мөнгө", "төлбөр", "хөрөнгө", "ёстой", "дүн"],
        never: &["огноо", "үлдэгдэл", "буцаасан", "дутуу", "сар"],
    },
    Name {
        field: Field::DepositPaid,
        called: &[
            ("барьцаа төлсөн", 10),
            ("барьцаа төлөгдсөн", 9),
            ("барьцаа байршуулсан", 9),
            ("барьцаа орсон", 9),
            ("барьцаа авсан", 9),
        ],
        also: &["мөнгө", "төлбөр", "хөрөнгө", "дүн", "хүлээн", "орлого"],
        never: &["огноо", "үлдэгдэл"],
    },
    Name {
        field: Field::PaymentDay,
        called: &[
            ("төлөх өдөр", 10),
            ("төлбөр өдөр", 10),
            ("төлбөр хийх өдөр", 9),
            ("төлөх хугацаа", 7),
            ("төлбөр хугацаа", 6),
        ],
        also: &["төлбөр", "төлөх", "түрээс"],
        never: &["барьцаа", "үлдэгдэл", "сүүлийн"],
    },
    Name {
        field: Field::Penalty,
        called: &[("алданги", 10), ("анз", 8), ("торгууль", 7), ("penalty", 7)],
        also: &["хэмжээ", "өдөр", "тооцох", "өдрийн"],
        never: &["дүн", "үлдэгдэл", "нийт"],
    },
    Name {
        field: Field::OpeningBalance,
        called: &[
            ("эхний үлдэгдэл", 10),
            ("эхлэл үлдэгдэл", 9),
            ("эхний авлага", 8),
            ("авлага үлдэгдэл", 7),
            ("үлдэгдэл", 7),
        ],
        also: &["төлбөр", "тооцоо", "авлага", "өр", "түрээс"],
        never: &["эцсийн", "барьцаа", "хаалт", "сүүлийн", "алданги"],
    },
    Name {
        field: Field::Note,
        called: &[("тэмдэглэл", 10), ("тайлбар", 8), ("note", 7), ("remark", 6)],
        also: &["нэмэлт", "бусад", "гэрээ"],
        never: &[],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Group;

    #[test]
    fn columns_are_known_by_every_name() {
        for (field, called) in [
            (Field::Unit, "Тоот|Өрөө|Өрөөний дугаар|Талбайн дугаар|ТООТ №|Өрөө №|Өрөөний тоот|Tоoт"),
            (Field::Register, "Регистр|Регистрийн дугаар|РД|Р.Д|Түрээслэгчийн регистр|Регистрийн №|Регистр (РД)"),
            (Field::Tin, "ТТД|ТИН|TIN|Т.Т.Д|Татвар төлөгчийн дугаар"),
            (Field::Phones, "Утас|Утасны дугаар|Гар утас|Холбоо барих утас|УТАС №"),
            (Field::Email, "И-мэйл|Имэйл|И-мэйл хаяг|E-mail|Email|И мэйл|Цахим шуудан"),
            (
                Field::StartsOn,
                "Эхлэх огноо|Эхэлсэн огноо|Эхлэх|Эхэлсэн|Гэрээ эхлэх огноо|Гэрээний эхлэх хугацаа|Эхлэх (огноо)",
            ),
            (Field::EndsOn, "Дуусах огноо|Дууссан огноо|Дуусах|Дууссан|Гэрээ дуусах огноо|Дуусгавар болох огноо"),
            (Field::PricePerM2, "1 м² үнэ (₮)|М.кв үнэ|1м2 үнэ|м2-ын үнэ|1 м.кв-ын түрээсийн үнэ|1 мкв үнэ|М² үнэ"),
            (Field::FlatRent, "Тогтмол түрээс (₮/сар)|Сарын түрээс|Тогтмол түрээс|Сарын түрээсийн төлбөр|Түрээс (сар)"),
            (Field::ManagementFee, "Менежмент|Менежментийн төлбөр|Менежментийн төлбөр (₮/сар)|Менежментийн хураамж"),
            (Field::PaymentDay, "Төлөх өдөр|Төлбөрийн өдөр|Төлбөр төлөх өдөр|Сар бүрийн төлөх өдөр"),
            (Field::OpeningBalance, "Эхний үлдэгдэл|Үлдэгдэл|Эхний үлдэгдэл (₮)"),
            (Field::Note, "Тэмдэглэл|Тайлбар|Нэмэлт тайлбар"),
            (Field::Area, "Талбай (м²)|Талбай|Талбайн хэмжээ|Талбай /м2/|Хэмжээ (м.кв)|М²"),
            (
                Field::Tenant,
                "Нэр|Түрээслэгч|Түрээслэгчийн нэр|Байгууллага, иргэний нэр|Овог нэр|Түрээслэгч байгууллага",
            ),
            (Field::Contract, "Гэрээний №|Гэрээний дугаар|Гэрээ|Гэрээ №|ГЭРЭЭНИЙ ДУГААР|Түрээсийн гэрээний №"),
            (Field::VatMode, "НӨАТ|НӨАТ-ын төрөл|НОАТ"),
            (Field::DepositDue, "Барьцаа төлөх|Төлөх барьцаа|Барьцаа|Барьцаа мөнгө"),
            (Field::DepositPaid, "Барьцаа төлсөн|Төлсөн барьцаа|Барьцаа (төлсөн)"),
            (Field::Penalty, "Алданги (%/хоног)|Алданги|Алдангийн хувь|Алдангийн хэмжээ"),
            (Field::Kind, "Зориулалт|Өрөөний зориулалт|Төрөл|Талбайн төрөл"),
            (Field::Floor, "Давхар|ДАВХАР №"),
        ] {
            for header in called.split('|') {
                let found = names().recognise(&Group::None, header);
                assert_eq!(found.map(|(field, _)| field), Some(field), "{header}");
            }
        }
    }

    #[test]
    fn a_group_says_what_its_columns_are() {
        for (group, own, field) in [
            ("Барьцаа", "Төлөх", Field::DepositDue),
            ("Барьцаа", "Төлсөн", Field::DepositPaid),
            ("Гэрээ", "№", Field::Contract),
            ("Гэрээ", "Дугаар", Field::Contract),
            ("Гэрээний хугацаа", "Эхлэх", Field::StartsOn),
            ("Талбай", "№", Field::Unit),
            ("Талбай", "Талбай (м²)", Field::Area),
            ("Талбай", "м²", Field::Area),
            ("Түрээслэгч", "Нэр", Field::Tenant),
            ("Түрээсийн төлбөр", "НӨАТ", Field::VatMode),
            ("Түрээсийн төлбөр", "1 м² үнэ", Field::PricePerM2),
            ("Түрээсийн төлбөр", "Тогтмол", Field::FlatRent),
            ("Түрээсийн төлбөр", "Менежмент", Field::ManagementFee),
            ("Гэрээний мэдээлэл", "Дугаар", Field::Contract),
            ("Гэрээний дугаар, хугацаа", "№", Field::Contract),
            ("Түрээслэгчийн мэдээлэл", "Нэр", Field::Tenant),
            ("Түрээслэгчийн мэдээлэл", "Регистр", Field::Register),
            ("Байршил", "Тоот", Field::Unit),
            ("Талбайн байршил", "Талбай (м²)", Field::Area),
        ] {
            for group in [Group::Over(group.into()), Group::Beside(group.into())] {
                assert_eq!(names().recognise(&group, own).map(|(field, _)| field), Some(field), "{group:?} / {own}");
            }
        }
    }

    #[test]
    fn a_group_says_what_its_columns_are_not() {
        for (group, own) in [
            ("Барьцаа", "Үлдэгдэл"),
            ("Захирал", "Утас"),
            ("Захирал", "Нэр"),
            ("Менежмент", "1 м² үнэ"),
            ("Түрээслэгч", "№"),
        ] {
            assert_eq!(names().recognise(&Group::Over(group.into()), own), None, "{group} / {own}");
        }
    }

    #[test]
    fn other_columns_are_not_mistaken_for_ours() {
        for other in [
            "№",
            "Д/д",
            "Барилга",
            "Захирал",
            "Захирлын утас",
            "Тоолуурын №",
            "Өрөөний тоо",
            "Түрээслэгчийн төрөл",
            "Гэрээ байгуулсан огноо",
            "Гэрээний хугацаа (сар)",
            "Гэрээний төрөл",
            "НӨАТ-ын дүн",
            "Хуучин гэрээний №",
            "Өмнөх түрээслэгч",
            "Барьцааны үлдэгдэл",
            "Эцсийн үлдэгдэл",
            "Алдангийн дүн",
            "Банкны данс",
            "Зах зээлийн үнэ",
            "Сарын нийт төлбөр",
            "Хаяг",
            "Хариуцсан ажилтан",
            "Үйл ажиллагааны чиглэл",
        ] {
            assert_eq!(names().recognise(&Group::None, other), None, "{other}");
        }
    }
}
