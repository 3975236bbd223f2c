//! How each simulator feels: what a provider does on its bad days, for ever or for the next few calls.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use serde::{Deserialize, Serialize};

/// A provider's behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    #[default]
    Normal,
    /// Answers after a while.
    Slow,
    /// Says no and does nothing.
    Refuse,
    /// Says everything it says by itself twice: calls back twice, delivers twice.
    Twice,
    /// Does what was asked, then drops the connection without an answer.
    DieAfterEffect,
    /// Does what was asked and never calls back.
    ForgetCallback,
}

impl Mood {
    pub const ALL: [Mood; 6] =
        [Mood::Normal, Mood::Slow, Mood::Refuse, Mood::Twice, Mood::DieAfterEffect, Mood::ForgetCallback];

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Mood::Normal => "normal",
            Mood::Slow => "slow",
            Mood::Refuse => "refuse",
            Mood::Twice => "twice",
            Mood::DieAfterEffect => "die_after_effect",
            Mood::ForgetCallback => "forget_callback",
        }
    }
}

/// Whose mood it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    Qpay,
    Ebarimt,
    Sms,
    Mail,
    Banks,
}

impl Provider {
    pub const ALL: [Provider; 5] = [Provider::Qpay, Provider::Ebarimt, Provider::Sms, Provider::Mail, Provider::Banks];

    /// The word in JSON and in the sandbox's paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Provider::Qpay => "qpay",
            Provider::Ebarimt => "ebarimt",
            Provider::Sms => "sms",
            Provider::Mail => "mail",
            Provider::Banks => "banks",
        }
    }
}

/// A mood and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Setting {
    pub mood: Mood,
    /// The calls it is still felt by; `None` is until it is changed.
    #[serde(default)]
    pub calls: Option<u32>,
    /// What `slow` waits, in milliseconds.
    #[serde(default = "default_delay_ms")]
    pub delay_ms: u64,
}

fn default_delay_ms() -> u64 {
    3_000
}

impl Default for Setting {
    fn default() -> Setting {
        Mood::Normal.into()
    }
}

impl From<Mood> for Setting {
    /// The mood until it is changed.
    fn from(mood: Mood) -> Setting {
        Setting { mood, calls: None, delay_ms: default_delay_ms() }
    }
}

impl Setting {
    /// The mood for the next `calls` calls that feel it.
    pub fn next(mood: Mood, calls: u32) -> Setting {
        Setting { calls: Some(calls), ..mood.into() }
    }
}

/// The moods of all simulators, shared between them.
#[derive(Debug, Clone, Default)]
pub struct Moods(Arc<Mutex<BTreeMap<Provider, Setting>>>);

impl Moods {
    pub fn set(&self, provider: Provider, setting: impl Into<Setting>) {
        self.lock().insert(provider, setting.into());
    }

    pub fn get(&self, provider: Provider) -> Setting {
        self.lock().get(&provider).copied().unwrap_or_default()
    }

    /// The mood for an occasion that can feel `felt`, and counts one call of it. A mood the occasion can't feel stays
    /// as it is for one that can: "twice" waits for the callback, "refuse" for a call that asks for something.
    pub fn draw(&self, provider: Provider, felt: &[Mood]) -> Mood {
        let mut moods = self.lock();
        let Some(setting) = moods.get_mut(&provider).filter(|setting| felt.contains(&setting.mood)) else {
            return Mood::Normal;
        };
        let mood = setting.mood;
        match &mut setting.calls {
            Some(0) => return Mood::Normal,
            Some(1) => *setting = Setting::default(),
            Some(calls) => *calls -= 1,
            None => {}
        }
        mood
    }

    /// Waits when the provider is slow, without counting a call.
    pub async fn dawdle(&self, provider: Provider) {
        let setting = self.get(provider);
        if setting.mood == Mood::Slow {
            tokio::time::sleep(Duration::from_millis(setting.delay_ms)).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Provider, Setting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer of a server that died: the connection ends before the body it announced.
pub fn hang_up() -> Response {
    let dead = futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("died after the effect")) });
    Response::new(Body::from_stream(dead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mood_lasts_for_the_calls_that_feel_it() {
        let moods = Moods::default();
        moods.set(Provider::Qpay, Setting::next(Mood::Twice, 2));

        assert_eq!(moods.draw(Provider::Qpay, &[Mood::Refuse]), Mood::Normal);
        assert_eq!(moods.draw(Provider::Sms, &[Mood::Twice]), Mood::Normal);
        assert_eq!(moods.draw(Provider::Qpay, &[Mood::Twice]), Mood::Twice);
        assert_eq!(moods.draw(Provider::Qpay, &[Mood::Twice, Mood::Slow]), Mood::Twice);
        assert_eq!(moods.draw(Provider::Qpay, &[Mood::Twice]), Mood::Normal);
        assert_eq!(moods.get(Provider::Qpay), Setting::default());
    }

    #[test]
    fn words_in_json_are_the_words_in_code() {
        for mood in Mood::ALL {
            assert_eq!(serde_json::to_value(mood).expect("a word"), mood.as_str());
        }
        for provider in Provider::ALL {
            assert_eq!(serde_json::to_value(provider).expect("a word"), provider.as_str());
        }
    }
}
