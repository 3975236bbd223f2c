//! Amounts written out: known ones by hand, all others read back.

use proptest::prelude::*;

use super::*;

#[test]
fn amounts_are_written_as_a_contract_has_them() {
    for (mungo, mn, en) in [
        (0, "тэг төгрөг", "zero tugrug"),
        (1, "нэг мөнгө", "one mungo"),
        (50, "тавин мөнгө", "fifty mungo"),
        (100, "нэг төгрөг", "one tugrug"),
        (1_000, "арван төгрөг", "ten tugrug"),
        (1_121, "арван нэгэн төгрөг хорин нэгэн мөнгө", "eleven tugrug and twenty-one mungo"),
        (10_000, "нэг зуун төгрөг", "one hundred tugrug"),
        (10_100, "нэг зуун нэгэн төгрөг", "one hundred one tugrug"),
        (100_000, "нэг мянган төгрөг", "one thousand tugrug"),
        (100_100, "нэг мянга нэг төгрөг", "one thousand one tugrug"),
        (150_000, "нэг мянга таван зуун төгрөг", "one thousand five hundred tugrug"),
        (7_600_050, "далан зургаан мянган төгрөг тавин мөнгө", "seventy-six thousand tugrug and fifty mungo"),
        (32_100_000, "гурван зуун хорин нэгэн мянган төгрөг", "three hundred twenty-one thousand tugrug"),
        (120_000_000, "нэг сая хоёр зуун мянган төгрөг", "one million two hundred thousand tugrug"),
        (400_000_000, "дөрвөн сая төгрөг", "four million tugrug"),
        (
            98_765_432_100,
            "есөн зуун наян долоон сая зургаан зуун тавин дөрвөн мянга гурван зуун хорин нэгэн төгрөг",
            "nine hundred eighty-seven million six hundred fifty-four thousand three hundred twenty-one tugrug",
        ),
        (200_000_000_000, "хоёр тэрбум төгрөг", "two billion tugrug"),
        (300_000_001_800_000, "гурван их наяд арван найман мянган төгрөг", "three trillion eighteen thousand tugrug"),
        (200_000_000_000_000_000, "хоёр мянган их наяд төгрөг", "two quadrillion tugrug"),
        (-120_000, "хасах нэг мянга хоёр зуун төгрөг", "minus one thousand two hundred tugrug"),
        (
            i64::MIN,
            "хасах ерэн хоёр мянга хоёр зуун гучин гурван их наяд долоон зуун хорин тэрбум гурван зуун жаран найман сая \
             таван зуун дөчин долоон мянга долоон зуун тавин найман төгрөг найман мөнгө",
            "minus ninety-two quadrillion two hundred thirty-three trillion seven hundred twenty billion three hundred \
             sixty-eight million five hundred forty-seven thousand seven hundred fifty-eight tugrug and eight mungo",
        ),
    ] {
        let amount = Money::from_mungo(mungo);
        assert_eq!(mongolian(amount), mn, "{mungo}");
        assert_eq!(english(amount), en, "{mungo}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn whatever_is_written_out_reads_back_as_the_same_amount(mungo: i64, shift in 0u32..63) {
        let mungo = mungo >> shift; // every size is as likely as any other
        prop_assert_eq!(read_mongolian(&mongolian(Money::from_mungo(mungo))), i128::from(mungo));
        prop_assert_eq!(read_english(&english(Money::from_mungo(mungo))), i128::from(mungo));
    }
}

/// A reader that knows the words one by one and nothing of how they were put together.
fn read_mongolian(text: &str) -> i128 {
    let mut reader = Reader::default();
    for word in text.replace("их наяд", "ихнаяд").split(' ') {
        match word {
            "хасах" => reader.minus = true,
            "тэг" => {}
            "нэг" | "нэгэн" => reader.add(1),
            "хоёр" => reader.add(2),
            "гурван" => reader.add(3),
            "дөрвөн" => reader.add(4),
            "таван" => reader.add(5),
            "зургаан" => reader.add(6),
            "долоон" => reader.add(7),
            "найман" => reader.add(8),
            "есөн" => reader.add(9),
            "арван" => reader.add(10),
            "хорин" => reader.add(20),
            "гучин" => reader.add(30),
            "дөчин" => reader.add(40),
            "тавин" => reader.add(50),
            "жаран" => reader.add(60),
            "далан" => reader.add(70),
            "наян" => reader.add(80),
            "ерэн" => reader.add(90),
            "зуун" => reader.hundreds(),
            "мянга" | "мянган" => reader.group(1000),
            "сая" => reader.group(1_000_000),
            "тэрбум" => reader.group(1_000_000_000),
            "ихнаяд" => reader.all_so_far(1_000_000_000_000),
            "төгрөг" => reader.unit(100),
            "мөнгө" => reader.unit(1),
            other => panic!("«{other}» is not a numeral"),
        }
    }
    reader.amount()
}

fn read_english(text: &str) -> i128 {
    let mut reader = Reader::default();
    for word in text.split([' ', '-']) {
        let ones = [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ];
        let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        if let Some(at) = ones.iter().position(|one| *one == word) {
            reader.add(at as i128);
        } else if let Some(at) = tens.iter().position(|ten| *ten == word) {
            reader.add(at as i128 * 10 + 20);
        } else {
            match word {
                "minus" => reader.minus = true,
                "and" => {}
                "hundred" => reader.hundreds(),
                "thousand" => reader.group(1000),
                "million" => reader.group(1_000_000),
                "billion" => reader.group(1_000_000_000),
                "trillion" => reader.group(1_000_000_000_000),
                "quadrillion" => reader.group(1_000_000_000_000_000),
                "tugrug" => reader.unit(100),
                "mungo" => reader.unit(1),
                other => panic!("“{other}” is not a numeral"),
            }
        }
    }
    reader.amount()
}

#[derive(Default)]
struct Reader {
    minus: bool,
    /// The group of three digits being read.
    small: i128,
    /// The groups before it.
    large: i128,
    mungo: i128,
}

impl Reader {
    fn add(&mut self, digits: i128) {
        self.small += digits;
    }

    fn hundreds(&mut self) {
        self.small *= 100;
    }

    fn group(&mut self, power: i128) {
        self.large += self.small * power;
        self.small = 0;
    }

    fn all_so_far(&mut self, power: i128) {
        self.large = (self.large + self.small) * power;
        self.small = 0;
    }

    fn unit(&mut self, mungo: i128) {
        self.mungo += (self.large + self.small) * mungo;
        (self.large, self.small) = (0, 0);
    }

    fn amount(&self) -> i128 {
        if self.minus { -self.mungo } else { self.mungo }
    }
}
