//! What the columns of a statement hold, and what they may be called.

use std::{str::FromStr, sync::LazyLock};

use crate::columns::{Name, Names};

/// What a column of a statement holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Date,
    /// The time of day, where it has a column of its own.
    Time,
    /// When interest counts: of no use to us, but it is not the date.
    ValueDate,
    Description,
    In,
    Out,
    /// Both in one, signed or with a direction beside it.
    Amount,
    Direction,
    Opening,
    Balance,
    CounterAccount,
    CounterName,
}

impl Field {
    pub const ALL: [Field; 12] = [
        Field::Date,
        Field::Time,
        Field::ValueDate,
        Field::Description,
        Field::In,
        Field::Out,
        Field::Amount,
        Field::Direction,
        Field::Opening,
        Field::Balance,
        Field::CounterAccount,
        Field::CounterName,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Date => "date",
            Field::Time => "time",
            Field::ValueDate => "valueDate",
            Field::Description => "description",
            Field::In => "in",
            Field::Out => "out",
            Field::Amount => "amount",
            Field::Direction => "direction",
            Field::Opening => "opening",
            Field::Balance => "balance",
            Field::CounterAccount => "counterAccount",
            Field::CounterName => "counterName",
        }
    }
}

/// Not a field of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no column of a statement holds this")]
pub struct NotAField;

impl FromStr for Field {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Field, NotAField> {
        Field::ALL.into_iter().find(|field| field.as_str() == text).ok_or(NotAField)
    }
}

pub(super) fn names() -> &'static Names<Field> {
    // in a statement «данс», «банк» and «өмнөх» are about the very thing
    static NAMES: LazyLock<Names<Field>> = LazyLock::new(|| Names::of_any_time(&NAMED));
    &NAMES
}

const NAMED: [Name<Field>; 12] = [
    Name {
        field: Field::Date,
        called: &[
            ("гүйлгээ огноо", 10),
            ("хөдөлгөөн огноо", 10),
            ("огноо", 9),
            ("гүйлгээ өдөр", 9),
            ("өдөр", 6),
            ("transaction date", 10),
            ("booking date", 10),
            ("posting date", 10),
            ("posted", 8),
            ("date", 9),
        ],
        also: &["цаг", "бичигдсэн", "time"],
        never: &["утгын", "валют", "хэвлэсэн", "нээсэн", "хуулга", "value", "дуусах"],
    },
    Name {
        field: Field::Time,
        called: &[("цаг", 9), ("гүйлгээ цаг", 10), ("time", 9)],
        also: &["минут"],
        never: &["огноо", "date"],
    },
    Name {
        field: Field::ValueDate,
        called: &[("утгын огноо", 10), ("валют огноо", 10), ("value date", 10)],
        also: &[],
        never: &[],
    },
    Name {
        field: Field::Description,
        called: &[
            ("гүйлгээ утга", 10),
            ("гүйлгээ дэлгэрэнгүй", 10),
            ("утга", 9),
            ("тайлбар", 8),
            ("description", 10),
            ("details", 9),
            ("purpose", 9),
            ("narrative", 9),
        ],
        also: &["гүйлгээ", "transaction"],
        never: &["огноо", "данс", "date"],
    },
    Name {
        field: Field::In,
        called: &[
            ("орлого", 10),
            ("кредит", 10),
            ("кредит гүйлгээ", 10),
            ("орсон дүн", 10),
            ("орсон", 8),
            ("credit", 10),
            ("deposit", 9),
            ("money in", 10),
            ("paid in", 10),
        ],
        also: &["гүйлгээ", "дүн", "мөнгө", "amount", "transaction"],
        never: &["үлдэгдэл", "данс", "нэр", "balance", "төрөл"],
    },
    Name {
        field: Field::Out,
        called: &[
            ("зарлага", 10),
            ("дебит", 10),
            ("дебет", 10),
            ("дебит гүйлгээ", 10),
            ("гарсан дүн", 10),
            ("гарсан", 8),
            ("debit", 10),
            ("withdrawal", 9),
            ("money out", 10),
            ("paid out", 10),
        ],
        also: &["гүйлгээ", "дүн", "мөнгө", "amount", "transaction"],
        never: &["үлдэгдэл", "данс", "нэр", "balance", "төрөл"],
    },
    Name {
        field: Field::Amount,
        called: &[("гүйлгээ дүн", 10), ("дүн", 8), ("мөнгөн дүн", 9), ("amount", 9), ("transaction amount", 10)],
        also: &[],
        never: &["үлдэгдэл", "орлого", "зарлага", "кредит", "дебит", "орсон", "гарсан", "нийт", "credit", "debit"],
    },
    Name {
        field: Field::Direction,
        called: &[
            ("гүйлгээ төрөл", 9),
            ("төрөл", 8),
            ("чиглэл", 9),
            ("transaction type", 9),
            ("direction", 10),
            ("type", 8),
            ("дт кт", 10),
            ("dr cr", 10),
        ],
        also: &[],
        never: &["валют", "данс"],
    },
    Name {
        field: Field::Opening,
        called: &[("эхний үлдэгдэл", 10), ("өмнөх үлдэгдэл", 9), ("opening balance", 10)],
        also: &[],
        never: &[],
    },
    Name {
        field: Field::Balance,
        called: &[
            ("эцсийн үлдэгдэл", 10),
            ("үлдэгдэл", 9),
            ("balance", 9),
            ("closing balance", 10),
            ("running balance", 10),
        ],
        also: &["данс"],
        never: &["эхний", "өмнөх", "opening"],
    },
    Name {
        field: Field::CounterAccount,
        called: &[
            ("харьцсан данс", 10),
            ("харилцсан данс", 10),
            ("эсрэг данс", 10),
            ("counter account", 10),
            ("account number", 8),
            ("counterparty account", 10),
            ("данс дугаар", 7),
        ],
        also: &["дугаар", "number"],
        never: &["нэр", "эзэмшигч", "name"],
    },
    Name {
        field: Field::CounterName,
        called: &[
            ("харьцсан данс нэр", 10),
            ("харилцсан данс нэр", 10),
            ("харилцагч нэр", 10),
            ("харилцагч", 8),
            ("данс эзэмшигч", 9),
            ("данс нэр", 8),
            ("counterparty", 10),
            ("counterparty name", 10),
            ("beneficiary", 9),
            ("customer name", 9),
        ],
        also: &["нэр", "name"],
        never: &["дугаар", "number"],
    },
];
