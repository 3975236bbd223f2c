//! The post by SMTP, with TLS where the address asks for it.

use std::{fmt, io, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{self, extension::ClientId},
};

use super::{Letter, Mail};
use crate::{Answer, CallError, Secret, http::BadAddress};

/// How long the post office may think about one command.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which post office, and whose name is on the letters.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `smtps://user:password@mail.example.mn`, `smtp://…:587?tls=required`, or without TLS `smtp://localhost:2525`.
    pub url: Secret,
    /// `Spacehub <no-reply@spacehub.mn>`
    pub from: String,
}

impl Settings {
    /// The sandbox's post office on this machine.
    pub const SANDBOX: &str = "smtp://127.0.0.1:2525";
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { url: Secret::new(Settings::SANDBOX), from: "Spacehub <no-reply@spacehub.example>".to_owned() }
    }
}

/// A post office that speaks SMTP. Each letter has a connection of its own: one that is kept may be closed by the other
/// side just as a letter is written on it.
#[derive(Clone)]
pub struct Smtp {
    post_office: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    pub fn new(settings: &Settings) -> Result<Smtp, BadAddress> {
        // Nothing of the address itself is told: it carries a password.
        let bad = |what: &str, why: &str| BadAddress { what: what.to_owned(), why: why.to_owned() };
        let url = settings.url.reveal();
        if is_in_the_clear(url) {
            return Err(bad(
                "the mail server",
                "a password would travel in the clear: use smtps:// or add ?tls=required",
            ));
        }
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_| bad(&settings.from, "not a sender like Spacehub <no-reply@spacehub.mn>"))?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let builder = builder.map_err(|_| bad("the mail server", "not an address like smtps://user:password@host"))?;
        let hello = ClientId::Domain(from.email.domain().to_owned());
        Ok(Smtp { post_office: builder.timeout(Some(PATIENCE)).hello_name(hello).build(), from })
    }

    async fn hand_over(&self, letter: &Letter) -> Result<(), CallError> {
        let refused = |code: &str, message: String| CallError::Refused { code: code.to_owned(), message };
        let to = letter.to.parse().map_err(|_| refused("BAD_ADDRESS", "not an address".into()))?;
        let by_itself = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .message_id(Some(format!("<{}@{}>", letter.reference, self.from.email.domain())))
            .subject(&letter.subject)
            // Nobody's holiday note is to answer it.
            .raw_header(by_itself)
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|error| refused("BAD_LETTER", error.to_string()))?;
        match self.post_office.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(ending(&error, &letter.to)),
        }
    }
}

impl Mail for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> Answer<'a, ()> {
        Box::pin(self.hand_over(letter))
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

/// A 5xx will be one again, a 4xx may pass; without an answer only a connection that never stood is sure. The address of
/// the reader stays out of what is told.
fn ending(error: &smtp::Error, to: &str) -> CallError {
    let mut cause: &dyn std::error::Error = error;
    let mut unreached = false;
    while let Some(deeper) = cause.source() {
        cause = deeper;
        unreached |= cause.downcast_ref::<io::Error>().is_some_and(is_no_connection);
    }
    let said = cause.to_string().replace(to, "…");
    match error.status() {
        Some(code) if error.is_permanent() => CallError::Refused { code: code.to_string(), message: said },
        Some(code) => CallError::NotSent(format!("{code}: {said}")),
        None if unreached => CallError::NotSent(said),
        None => CallError::Lost(said),
    }
}

fn is_no_connection(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::ConnectionRefused | K::HostUnreachable | K::NetworkUnreachable | K::AddrNotAvailable)
}

/// Whether a password would be sent to another machine without TLS.
fn is_in_the_clear(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://") else { return false };
    let Some((_, host)) = rest.split_once('@') else { return false };
    let is_here = ["localhost", "127.", "[::1]"].iter().any(|here| host.starts_with(here));
    !is_here && !host.contains("tls=required")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_sent_in_the_clear_nor_told() {
        let new = |url: &str| Smtp::new(&Settings { url: Secret::new(url), from: "Spacehub <a@b.mn>".into() });
        for bad in
            ["smtp://u:hunter2@mail.example.mn", "smtp://u:hunter2@mail.example.mn:587?tls=opportunistic", "hunter2"]
        {
            let error = new(bad).expect_err(bad);
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        }
        for good in [
            "smtps://u:hunter2@mail.example.mn",
            "smtp://u:hunter2@mail.example.mn:587?tls=required",
            "smtp://u:hunter2@127.0.0.1:2525",
            "smtp://localhost:2525",
        ] {
            assert!(!format!("{:?}", new(good).expect(good)).contains("hunter2"));
        }
    }
}
