//! The words of a letter: one paragraph that says what happened, one link to act on, one on what to do if it was not you.

use ::words::{Arg, Lang, say, term};
use identity::letters::Content;
use maud::{DOCTYPE, html};

/// A letter in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Writes the letter in the reader's language.
pub fn letter(lang: Lang, content: &Content) -> Written {
    let (key, link, args) = parts(lang, content);
    let part = |name: &str| say(lang, &format!("letter-{key}-{name}"), &args).into_owned();
    // An owner's name stands in some; a line break in it must not begin another header.
    let subject = part("subject").split_whitespace().collect::<Vec<_>>().join(" ");
    let (body, button, unless) = (part("body"), link.map(|_| part("button")), part("unless"));
    let signed = say(lang, "letter-signed", &[]);
    let action = button.as_ref().zip(link);
    let mut paragraphs = vec![body.clone()];
    paragraphs.extend(action.map(|(button, link)| format!("{button}:\n{link}")));
    paragraphs.extend([unless.clone(), signed.clone().into_owned()]);
    // Styles stand beside what they are for: mail programs read no style sheet. Colours are the pages' own.
    let page = html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width"; title { (subject) } }
            body style="margin:0;padding:24px;background:#f5f5f4;color:#1c1917;font:16px/1.5 system-ui,sans-serif" {
                div style="max-width:32rem;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px" {
                    p style="margin:0 0 16px;font-weight:600" { "Spacehub" }
                    h1 style="margin:0 0 16px;font-size:20px;line-height:1.3" { (subject) }
                    p style="margin:0 0 24px" { (body) }
                    @if let Some((button, link)) = action {
                        p style="margin:0 0 24px" {
                            a href=(link) style="display:inline-block;padding:12px 20px;background:#0f766e;color:#ffffff;\
                                                 border-radius:6px;text-decoration:none;font-weight:600" { (button) }
                        }
                        p style="margin:0 0 24px;font-size:13px;color:#57534e;overflow-wrap:anywhere" { (link) }
                    }
                    p style="margin:0;font-size:14px;color:#57534e" { (unless) }
                }
            }
        }
    };
    Written { subject, text: paragraphs.join("\n\n"), html: page.into_string() }
}

/// The same news for a telephone.
pub fn text(lang: Lang, content: &Content) -> String {
    let (key, link, args) = parts(lang, content);
    let said = say(lang, &format!("letter-{key}-short"), &args);
    link.map_or_else(|| said.clone().into_owned(), |link| format!("{said} {link}"))
}

/// The catalogue's key, the link to act on, and what the words are about.
fn parts(lang: Lang, content: &Content) -> (&'static str, Option<&str>, Vec<(&'static str, Arg<'static>)>) {
    match content {
        Content::ConfirmAddress { link } => ("confirm", Some(link), Vec::new()),
        Content::AlreadyHere { sign_in, forgotten } => {
            ("already-here", Some(sign_in), vec![("forgotten", forgotten.clone().into())])
        }
        Content::CompanyIsHere { sign_in } => ("company-is-here", Some(sign_in), Vec::new()),
        Content::ResetPassword { link } => ("reset", Some(link), Vec::new()),
        Content::ConfirmNewAddress { link } => ("new-address", Some(link), Vec::new()),
        Content::AddressChanged { to } => ("address-changed", None, vec![("to", to.clone().into())]),
        Content::PasswordChanged { forgotten } => ("password-changed", Some(forgotten), Vec::new()),
        Content::SessionStolen { forgotten } => ("stolen", Some(forgotten), Vec::new()),
        Content::SecondFactorCode { code } => ("code", None, vec![("code", code.clone().into())]),
        Content::Invitation { link, organization, role } => {
            let role = term(lang, "role", role.as_str()).into_owned();
            ("invitation", Some(link), vec![("owner", organization.clone().into()), ("role", role.into())])
        }
        Content::SessionDisplaced { sessions } => ("displaced", Some(sessions), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use domain::rights::Role;

    use super::*;

    #[test]
    fn every_letter_has_its_words_in_both_languages() {
        let url = || "https://spacehub.mn/x".to_owned();
        let contents = [
            Content::ConfirmAddress { link: url() },
            Content::AlreadyHere { sign_in: url(), forgotten: url() },
            Content::CompanyIsHere { sign_in: url() },
            Content::ResetPassword { link: url() },
            Content::ConfirmNewAddress { link: url() },
            Content::AddressChanged { to: "d…@altan.mn".into() },
            Content::PasswordChanged { forgotten: url() },
            Content::SessionDisplaced { sessions: url() },
            Content::SessionStolen { forgotten: url() },
            Content::SecondFactorCode { code: "012345".into() },
            Content::Invitation {
                link: url(), organization: "Алтан Тауэр ХХК".into(), role: Role::Employee
            },
        ];
        for lang in Lang::ALL {
            for content in &contents {
                let letter = letter(lang, content);
                let all = format!("{}\n{}\n{}", letter.subject, letter.text, letter.html);
                assert!(!all.contains('⟦') && !all.contains("{$"), "{all}");
                assert!(!letter.subject.contains('\n') && letter.text.lines().count() > 3, "{letter:?}");
            }
        }
        for told in [&contents[6], &contents[7], &contents[8], &contents[9], &contents[10]] {
            let said = Lang::ALL.map(|lang| text(lang, told));
            assert!(said.iter().all(|said| !said.contains('⟦') && said.chars().count() <= 201), "{said:?}");
        }
    }

    #[test]
    fn a_link_is_whole_in_the_text_and_escaped_in_the_markup() {
        let link = "https://spacehub.mn/verify?token=a.b-c_d&callbackURL=%2Fsign-in".to_owned();
        let letter = letter(Lang::Mn, &Content::ConfirmAddress { link: link.clone() });
        assert!(letter.text.lines().any(|line| line == link), "{}", letter.text);
        assert!(letter.html.contains(&link.replace('&', "&amp;")), "{}", letter.html);
    }
}
