//! What an account is read with, sealed with the server's key for that account: in another's row it does not open.

use base::{Error, Result, Tx};
use domain::{BankAccountId, OwnerId};
use providers::{Secret, banks::Login};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "bank")]
enum Plain {
    #[serde(rename_all = "camelCase")]
    Khan { key: String, secret: String },
    #[serde(rename_all = "camelCase")]
    Golomt {
        name: String,
        password: String,
        session_key: String,
        iv_key: String,
        register_no: String,
        client_id: String,
    },
    #[serde(rename_all = "camelCase")]
    Tdb { client_id: String, client_secret: String },
}

pub fn seal(tx: &Tx, owner: OwnerId, account: BankAccountId, login: &Login) -> Result<Vec<u8>> {
    let shown = |secret: &Secret| secret.reveal().to_owned();
    let plain = match login {
        Login::Khan { key, secret } => Plain::Khan { key: key.clone(), secret: shown(secret) },
        Login::Golomt { name, password, session_key, iv_key, register_no, client_id } => Plain::Golomt {
            name: name.clone(),
            password: shown(password),
            session_key: shown(session_key),
            iv_key: shown(iv_key),
            register_no: register_no.clone(),
            client_id: client_id.clone(),
        },
        Login::Tdb { client_id, client_secret } => {
            Plain::Tdb { client_id: client_id.clone(), client_secret: shown(client_secret) }
        }
    };
    let plain = serde_json::to_vec(&plain).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(tx.app().key.seal(&place(owner, account), &plain))
}

pub fn open(tx: &Tx, owner: OwnerId, account: BankAccountId, sealed: &[u8]) -> Result<Login> {
    let plain = tx.app().key.open(&place(owner, account), sealed);
    let plain = plain.map_err(|error| Error::Internal(format!("what account {account} is read with: {error}")))?;
    // what is wrong with it is not told: the words of the error would quote it
    let plain = serde_json::from_slice(&plain).map_err(|_| Error::Internal(format!("what {account} is read with")))?;
    Ok(match plain {
        Plain::Khan { key, secret } => Login::Khan { key, secret: Secret::new(secret) },
        Plain::Golomt { name, password, session_key, iv_key, register_no, client_id } => Login::Golomt {
            name,
            password: Secret::new(password),
            session_key: Secret::new(session_key),
            iv_key: Secret::new(iv_key),
            register_no,
            client_id,
        },
        Plain::Tdb { client_id, client_secret } => Login::Tdb { client_id, client_secret: Secret::new(client_secret) },
    })
}

fn place(owner: OwnerId, account: BankAccountId) -> String {
    format!("bank_connections/{owner}/{account}")
}
