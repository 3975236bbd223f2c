//! Sends from one special number through each operator's own gateway.

use std::collections::BTreeMap;

use domain::PromiseId;

use super::{
    cut::cut,
    routing::{Operator, Routing},
    wire,
};
use crate::{
    Answer, CallError,
    http::{self, BadAddress, Exit, Patience, Secret},
    text_messages::{Accepted, TextMessage, TextMessages, Whereabouts, segments},
};

/// The operators' gateways behind one number.
#[derive(Debug)]
pub struct Operators {
    from: String,
    routing: Routing,
    gateways: BTreeMap<Operator, (Exit, Gateway)>,
}

/// The number, and what each operator gave for it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The special number.
    pub from: String,
    /// One for each operator there is a contract with.
    pub gateways: Vec<Gateway>,
    pub routing: Routing,
    pub patience: Patience,
}

/// An operator's gateway: addresses and accounts change, so all of it is a setting.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// The address up to the gateway's last segment: `http://27.123.214.168/smsmt`.
    pub base_url: String,
    pub account: Account,
    /// The most characters the gateway takes at once; longer texts are cut into numbered messages.
    pub longest: Option<usize>,
}

/// What each operator knows its customer by. Their firewalls know the caller's address besides.
#[derive(Debug, Clone)]
pub enum Account {
    Mobicom { service: String, username: String },
    Unitel { username: String, password: Secret },
    Skytel { id: String },
    Gmobile { username: String, password: Secret },
}

impl Account {
    pub fn operator(&self) -> Operator {
        match self {
            Account::Mobicom { .. } => Operator::Mobicom,
            Account::Unitel { .. } => Operator::Unitel,
            Account::Skytel { .. } => Operator::Skytel,
            Account::Gmobile { .. } => Operator::Gmobile,
        }
    }

    fn password(&self) -> Option<&Secret> {
        match self {
            Account::Unitel { password, .. } | Account::Gmobile { password, .. } => Some(password),
            Account::Mobicom { .. } | Account::Skytel { .. } => None,
        }
    }
}

impl Settings {
    /// The sandbox's gateways; `server_url` is where the sandbox is served: `http://localhost:8080`.
    pub fn sandbox(server_url: &str) -> Settings {
        let sandbox = format!("{}/sandbox/sms", server_url.trim_end_matches('/'));
        let gateway =
            |below: &str, account, longest| Gateway { base_url: format!("{sandbox}{below}"), account, longest };
        let (username, password) = ("spacehub".to_owned(), Secret::new("sandbox"));
        let mobicom = Account::Mobicom { service: username.clone(), username: username.clone() };
        let unitel = Account::Unitel { username: username.clone(), password: password.clone() };
        let gmobile = Account::Gmobile { username, password };
        Settings {
            from: "131344".into(),
            gateways: vec![
                gateway("/smsmt", mobicom, Some(160)),
                gateway("", unitel, None),
                gateway("/SMSGW-war", Account::Skytel { id: "1000000".into() }, None),
                gateway("/cgi-bin", gmobile, None),
            ],
            routing: Routing::default(),
            patience: Patience::default(),
        }
    }
}

impl Operators {
    pub fn new(settings: Settings) -> Result<Operators, BadAddress> {
        let mut gateways = BTreeMap::new();
        for gateway in settings.gateways {
            let exit = Exit::new(&gateway.base_url, settings.patience)?;
            gateways.insert(gateway.account.operator(), (exit, gateway));
        }
        Ok(Operators { from: settings.from, routing: settings.routing, gateways })
    }

    async fn deliver(&self, message: &TextMessage) -> Result<Accepted, CallError> {
        let operator = self
            .routing
            .operator(&message.to)
            .ok_or_else(|| refused("NOT_A_MOBILE", "the number is no Mongolian mobile number"))?;
        let (exit, gateway) = self
            .gateways
            .get(&operator)
            .ok_or_else(|| refused("NO_GATEWAY", &format!("there is no gateway to {}", operator.as_str())))?;

        let parts = cut(&message.text, gateway.longest.unwrap_or(usize::MAX));
        let mut charged = 0;
        for (i, part) in parts.iter().enumerate() {
            let request = wire::request(exit, &gateway.account, &self.from, &message.to, part);
            let reply = http::send(request).await.and_then(|reply| wire::verdict(operator, &reply));
            reply.map_err(|error| without(gateway.account.password(), error)).map_err(|error| match i {
                0 => error,
                // The reader already has the beginning: sending all of it again would not be "nothing sent".
                sent => CallError::Lost(format!("{sent} of {} parts were accepted, then: {error}", parts.len())),
            })?;
            charged += segments(part).parts;
        }
        Ok(Accepted { gateway: operator.as_str(), parts: charged })
    }
}

impl TextMessages for Operators {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Answer<'a, Accepted> {
        Box::pin(self.deliver(message))
    }

    /// No operator can be asked.
    fn find<'a>(&'a self, _: PromiseId) -> Answer<'a, Whereabouts> {
        Box::pin(async { Ok(Whereabouts::CannotTell) })
    }
}

/// Some gateways repeat the whole query in their error pages.
fn without(password: Option<&Secret>, error: CallError) -> CallError {
    match (error, password) {
        (CallError::Refused { code, message }, Some(password)) if !password.reveal().is_empty() => {
            let hide = |text: String| text.replace(password.reveal(), "…");
            CallError::Refused { code: hide(code), message: hide(message) }
        }
        (error, _) => error,
    }
}

fn refused(code: &str, message: &str) -> CallError {
    CallError::Refused { code: code.into(), message: message.into() }
}
