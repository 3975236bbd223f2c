//! Dice that fall the same way for the same seed, so that a failing layout can be made again.

pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    pub fn falls(&mut self, times_in_hundred: usize) -> bool {
        self.below(100) < times_in_hundred
    }

    pub fn pick<'a>(&mut self, bar_between: &'a str) -> &'a str {
        let choices: Vec<&str> = bar_between.split('|').collect();
        choices[self.below(choices.len())]
    }

    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}
