//! The sign-in of staff: e-mail and password. A refusal never says which of them was wrong.

use maud::{Markup, html};

use crate::{
    page::Page,
    reader::Reader,
    ui::{
        button::Button,
        form::{self, Form},
        frame,
    },
};

/// The sign-in form, fresh or come back. It posts `email`, `password` and `next` to `/sign-in`.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    pub form: Form,
    /// The page to go on to; empty for the first one.
    pub next: String,
}

impl SignIn {
    /// The form come back after a refusal: one sentence for an unknown address and for a wrong password.
    pub fn refused(reader: &Reader, mut form: Form, next: String) -> SignIn {
        form.trouble(reader.say("error-sign-in"));
        SignIn { form, next }
    }
}

impl Page for SignIn {
    fn render(&self, reader: &Reader) -> Markup {
        let title = reader.say("sign-in");
        frame::plain(
            reader,
            &title,
            html! {
                section class="gate" {
                    h1 class="gate-title" { (title) }
                    p class="gate-note" { (reader.say("sign-in-note")) }
                    (form::post("/sign-in", html! {
                        (self.form.summary(reader))
                        input type="hidden" name="next" value=(self.next);
                        (self.form.field("email", reader.say("email")).email().autocomplete("username").required().focused())
                        (self.form.field("password", reader.say("password")).password("current-password").required())
                        (Button::submit(reader.say("sign-in-do")).wide())
                    }))
                    p class="gate-foot" { (reader.say("sign-in-tenants")) }
                }
            },
        )
    }

    fn sample() -> SignIn {
        let form = Form::default().with("email", "accountant@altan.example");
        SignIn::refused(&Reader::default(), form, "/contracts".into())
    }
}
