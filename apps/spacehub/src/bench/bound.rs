//! The bound: pgbench sending exactly the statements that our requests send. They are not written down here, where they
//! would soon be untrue, but overheard: Postgres logs one request of each kind, and the script is made from the log.

use std::{fs, path::Path, process::Stdio};

use cluster::Urls;
use http::{Method, Request, header};
use tokio::process::Command;
use tokio_postgres::{Client, config::Host};
use tower::ServiceExt;

use super::{
    Load,
    data::{self, Size},
    server,
};
use crate::problem::Problem;

/// A statement as it was sent, and its values as text.
#[derive(Debug, Clone)]
pub struct Statement {
    pub sql: String,
    pub values: Vec<Option<String>>,
}

/// Who asked for what in the requests that are overheard: session 1 and contracts of its owner.
const SESSION: u64 = 1;

/// A request that is overheard.
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub body: String,
    /// The session that asks.
    pub token: String,
}

/// The statements of one request of this kind, told by the server's log.
pub async fn overhear(
    admin: &Client,
    urls: &Urls,
    log: &Path,
    size: Size,
    load: Load,
) -> Result<Vec<Statement>, Problem> {
    let asked = |number: u64| {
        let contract = data::id(data::CONTRACTS, size.owners * number + SESSION);
        let (method, path, body) = match load {
            Load::Get => (Method::GET, format!("/v2/contracts/{contract}"), String::new()),
            Load::List => {
                (Method::GET, format!("/v2/contracts?limit=50&cursor={}", load.cursor(&contract)), String::new())
            }
            Load::Post => (Method::POST, "/v2/invoices".to_owned(), load.body(&contract)),
        };
        Asked { method, path, body, token: format!("s{SESSION}") }
    };
    // The first prepares its statements, the second only sends them.
    statements_of(admin, urls, log, &[asked(1), asked(2)]).await
}

/// What the last of the requests sends, all over one connection.
pub async fn statements_of(
    admin: &Client,
    urls: &Urls,
    log: &Path,
    requests: &[Asked],
) -> Result<Vec<Statement>, Problem> {
    let settings = ["log_statement = 'all'", "log_parameter_max_length = -1", "log_error_verbosity = 'default'"];
    for setting in settings {
        admin.batch_execute(&format!("alter role spacehub_app set {setting}")).await?;
    }
    let router = server::doors(server::app(urls, 1)?);
    let mut from = 0;
    for asked in requests {
        from = fs::metadata(log)?.len();
        let request = Request::builder()
            .method(&asked.method)
            .uri(&asked.path)
            .header(header::AUTHORIZATION, format!("Bearer {}", asked.token))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", format!("overheard-{}", uuid::Uuid::now_v7()));
        let answer = router.clone().oneshot(request.body(axum::body::Body::from(asked.body.clone()))?).await?;
        if !answer.status().is_success() {
            return Err(Problem::new(format!("{} {} was answered {}", asked.method, asked.path, answer.status())));
        }
    }
    for setting in settings {
        let (name, _) = setting.split_once(' ').unwrap_or_default();
        admin.batch_execute(&format!("alter role spacehub_app reset {name}")).await?;
    }
    let said = fs::read(log)?;
    let said = String::from_utf8_lossy(&said[usize::try_from(from)?.min(said.len())..]).into_owned();
    let statements = statements(&said);
    match statements.last() {
        Some(last) if last.sql.trim() == "commit" => Ok(statements),
        _ => Err(Problem::new("the server's log does not tell what a request sent")),
    }
}

/// Reads the log: `LOG:  execute s3: select …` over one or more lines, then `DETAIL:  parameters: $1 = '…'`.
fn statements(log: &str) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    let mut entry = String::new();
    let mut take = |entry: &str| {
        if let Some((_, said)) = entry.split_once("LOG:  execute ") {
            let sql = said.split_once(": ").map_or("", |(_, sql)| sql).to_owned();
            statements.push(Statement { sql, values: Vec::new() });
        } else if let (Some((_, said)), Some(last)) = (entry.split_once("DETAIL:  parameters: "), statements.last_mut())
        {
            last.values = values(said);
        }
    };
    for line in log.lines() {
        match line.strip_prefix('\t') {
            Some(more) => entry = format!("{entry}\n{more}"),
            None => take(&std::mem::replace(&mut entry, line.to_owned())),
        }
    }
    take(&entry);
    statements
}

/// `$1 = 'it''s', $2 = NULL`
fn values(said: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = said;
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            values.push(None);
            rest = value.strip_prefix("NULL").unwrap_or("");
            continue;
        };
        let mut text = String::new();
        let mut left = quoted.chars();
        while let Some(c) = left.next() {
            if c == '\'' {
                if !left.as_str().starts_with('\'') {
                    break;
                }
                left.next();
            }
            text.push(c);
        }
        values.push(Some(text));
        rest = left.as_str();
    }
    values
}

/// The script that sends these statements for a random session and contract.
pub fn script(load: Load, statements: &[Statement], size: Size) -> String {
    let mut script = format!(
        "\\set s random(0, {})\n\\set k random(0, {})\n\\set r random(1, 9000000000000000)\n\\startpipeline\n",
        size.sessions - 1,
        size.contracts_per_owner - if load == Load::List { 51 } else { 1 }
    );
    for (n, statement) in statements.iter().enumerate() {
        // The answer to the first question of a POST is waited for before anything is written.
        if load == Load::Post && n > 0 && statement.sql.trim_start().starts_with("insert into invoices") {
            script.push_str("\\endpipeline\n\\startpipeline\n");
        }
        let mut sql = statement.sql.trim().to_owned();
        for (n, value) in statement.values.iter().enumerate().rev() {
            sql = sql.replace(&format!("${}", n + 1), &expression(value.as_deref(), size));
        }
        script.push_str(&sql);
        script.push_str(";\n");
    }
    script.push_str("\\endpipeline\n");
    script
}

/// A value as it was, or for another session, contract, invoice.
fn expression(value: Option<&str>, size: Size) -> String {
    let Some(value) = value else { return "null".to_owned() };
    let session: String =
        base::secrets::TokenHash::of(&format!("s{SESSION}")).0.iter().map(|b| format!("{b:02x}")).collect();
    if value == format!("\\x{session}") {
        return "sha256(convert_to('s' || :s::text, 'UTF8'))".to_owned();
    }
    if value.starts_with("overheard-") {
        return ":r::text".to_owned();
    }
    let (bare, list) = match value.strip_prefix('{').and_then(|v| v.strip_suffix('}')) {
        Some(one) => (one.trim_matches('"'), true),
        None => (value, false),
    };
    let owners = size.owners;
    let series = |series: u64, n: &str| {
        format!("(lpad(to_hex({series} + {n}), 8, '0') || '-0000-7000-8000-000000000000')::uuid")
    };
    let number = format!(":k * {owners} + :s % {owners}");
    let known =
        [(data::CONTRACTS, number.clone()), (data::TENANTS, number), (data::PROPERTIES, format!(":s % {owners}"))];
    let told = known.iter().find(|(at, _)| [2 * owners + SESSION, SESSION].iter().any(|n| bare == data::id(*at, *n)));
    let made = if let Some((at, n)) = told {
        series(*at, n)
    } else if uuid::Uuid::parse_str(bare).is_ok() {
        // An id made for this request: the same moment, other chance.
        let (moment, rest) = (&bare[..8], &bare[24..28]);
        format!("left('{moment}' || md5(:r::text || '{rest}'), 32)::uuid")
    } else if bare.starts_with("INV-") {
        "'INV-2026-' || :r::text".to_owned()
    } else if list && bare.trim_start_matches('\\').starts_with('x') && bare.len() > 60 {
        "sha256(int8send(:r))".to_owned()
    } else {
        return literal(value);
    };
    if list { format!("array[{made}]") } else { format!("({made})") }
}

/// As Postgres reads it, with nothing in it that pgbench takes for a variable.
pub fn literal(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a").replace('\n', "\\n");
    format!("E'{escaped}'")
}

/// What pgbench came to: transactions a second, and their mean latency in microseconds.
pub struct Bound {
    pub a_second: u64,
    pub mean_micros: u64,
}

/// Runs a script for a while on as many connections as the server has; none when pgbench is not installed.
pub async fn run(urls: &Urls, script: &Path, seconds: u64) -> Result<Option<Bound>, Problem> {
    let config: tokio_postgres::Config = urls.app.parse()?;
    let Some(Host::Unix(socket)) = config.get_hosts().first() else {
        return Err(Problem::new("the bench's Postgres is a private one"));
    };
    let pool = server::POOL.to_string();
    let mut pgbench = Command::new("pgbench");
    pgbench.args(["-n", "-M", "prepared", "-c", &pool, "-j", "1", "-T", &seconds.to_string(), "-f"]).arg(script);
    pgbench.env("PGHOST", socket).env("PGUSER", "spacehub_app").env("PGDATABASE", "spacehub").stdin(Stdio::null());
    let said = match pgbench.output().await {
        Ok(said) => said,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let (out, complaint) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    let thousandths = |label: &str| {
        let text = out.lines().find_map(|line| line.strip_prefix(label))?.split_whitespace().next()?;
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
        Some(whole.parse::<u64>().ok()? * 1000 + part)
    };
    match (thousandths("tps = "), thousandths("latency average = ")) {
        (Some(tps), Some(latency)) if said.status.success() => {
            Ok(Some(Bound { a_second: tps / 1000, mean_micros: latency }))
        }
        _ => Err(Problem::new(format!("pgbench: {complaint}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_read_from_the_log_with_their_values() {
        let log = "2026-11-22 12:00:00 UTC [1] a@b LOG:  execute s0: begin\n\
                   2026-11-22 12:00:00 UTC [1] a@b LOG:  execute s1: select\n\t  $1, $2\n\
                   2026-11-22 12:00:00 UTC [1] a@b DETAIL:  parameters: $1 = 'it''s', $2 = NULL, $3 = 'a = b'\n";
        let said = statements(log);
        assert_eq!((said[0].sql.as_str(), said[1].sql.as_str()), ("begin", "select\n  $1, $2"));
        assert_eq!(said[1].values, [Some("it's".to_owned()), None, Some("a = b".to_owned())]);
    }
}
