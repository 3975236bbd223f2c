//! The binary as people run it: one process or two, ended politely or not.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// A data folder with a port, both this test's own.
struct Place {
    data: PathBuf,
    port: u16,
}

impl Place {
    fn new(name: &str) -> Place {
        let data = std::env::temp_dir().join(format!("spacehub-processes-{}-{name}", std::process::id()));
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Place { data, port }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spacehub"));
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("SPACEHUB_") || name.ends_with("_URL")) {
                command.env_remove(name);
            }
        }
        command.args(args).arg("--data").arg(&self.data).args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        command.env("SPACEHUB_LOG_FORMAT", "text").current_dir(std::env::temp_dir());
        command
    }

    fn start(&self, args: &[&str]) -> Running {
        let log = std::env::temp_dir().join(format!("spacehub-processes-{}-{}.log", std::process::id(), self.port));
        let out = fs::File::create(&log).unwrap();
        let mut command = self.command(args);
        command.stdout(out.try_clone().unwrap()).stderr(out).process_group(0);
        Running { child: command.spawn().unwrap(), log, port: self.port }
    }

    fn run(&self, args: &[&str], env: &[(&str, &str)]) -> Output {
        self.command(args).envs(env.iter().copied()).stdin(Stdio::null()).output().unwrap()
    }

    fn postmaster(&self) -> Option<u32> {
        let note = fs::read_to_string(self.data.join("servers/postgres/postmaster.pid")).ok()?;
        note.lines().next()?.parse().ok()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        wait_until("its servers have stopped", || self.postmaster().is_none());
        let _ = fs::remove_dir_all(&self.data);
    }
}

struct Running {
    child: Child,
    log: PathBuf,
    port: u16,
}

impl Running {
    fn is_up(&self) -> bool {
        get(self.port, "/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }

    fn wait_until_up(&mut self) {
        let began = Instant::now();
        while !self.is_up() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && began.elapsed() < Duration::from_secs(60), "not up: {}", self.said());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn signal(&self, name: &str) {
        Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn wait_until(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(30), "still waiting until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn runs(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

fn only_line(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn it_comes_up_by_one_command_and_goes_down_at_a_word() {
    let place = Place::new("up");
    let mut first = place.start(&["--empty"]);
    first.wait_until_up();
    let pid = place.postmaster().unwrap();
    assert!(get(place.port, "/v2/health").unwrap().ends_with(r#"{"status":"ok","db":"up"}"#));
    assert!(first.said().contains(&format!("Spacehub is up at http://127.0.0.1:{}", place.port)), "{}", first.said());

    let began = Instant::now();
    first.signal("TERM");
    let ended = first.child.wait().unwrap();

    assert!(ended.success() && began.elapsed() < Duration::from_secs(10), "{ended} after {:?}", began.elapsed());
    assert!(!runs(pid) && place.postmaster().is_none(), "Postgres outlived it");

    let began = Instant::now();
    let mut second = place.start(&["up", "--empty"]);
    second.wait_until_up();
    assert!(began.elapsed() < Duration::from_secs(10), "the second start took {:?}", began.elapsed());
    second.signal("INT");
    assert!(second.child.wait().unwrap().success());
}

#[test]
fn killed_without_a_word_it_leaves_nothing_running_and_starts_again() {
    let place = Place::new("killed");
    let mut first = place.start(&["--empty"]);
    first.wait_until_up();
    let pid = place.postmaster().unwrap();

    first.signal("KILL");
    first.child.wait().unwrap();

    wait_until("Postgres has gone", || !runs(pid));
    let mut second = place.start(&["--empty"]);
    second.wait_until_up();
    second.signal("TERM");
    assert!(second.child.wait().unwrap().success());
}

#[test]
fn two_processes_share_one_data_folder_and_the_last_one_stops_it() {
    let place = Place::new("shared");
    let other = Place { data: place.data.clone(), ..Place::new("other") };
    let mut first = place.start(&["up", "--empty", "--parts", "api"]);
    first.wait_until_up();
    let pid = place.postmaster().unwrap();

    let migrated = place.run(&["migrate"], &[]);
    assert!(migrated.status.success(), "{migrated:?}");
    let mut second = other.start(&["workers"]);
    second.wait_until_up();
    assert_eq!(place.postmaster(), Some(pid), "they share one Postgres");

    first.signal("TERM");
    assert!(first.child.wait().unwrap().success());
    assert!(second.is_up() && runs(pid), "the second one still needs it");
    second.signal("TERM");
    assert!(second.child.wait().unwrap().success());
    assert!(!runs(pid));
}

#[test]
fn an_owner_is_made_once_alone_or_beside_a_running_one() {
    let place = Place::new("owner");
    let create = ["owner", "create", "--register-no", "6123457", "--name", "Алтан Тауэр ХХК"];
    let made = place.run(&create, &[]);
    assert!(made.status.success(), "{made:?}");
    assert!(String::from_utf8_lossy(&made.stdout).contains("made the owner 6123457 Алтан Тауэр ХХК: "), "{made:?}");
    assert!(place.postmaster().is_none(), "it left Postgres running");

    let mut up = place.start(&["--empty"]);
    up.wait_until_up();
    let again = only_line(&place.run(&create, &[]));
    let wrong = only_line(&place.run(&["owner", "create", "--register-no", "12", "--name", "Хоёр ХХК"], &[]));
    let with_director =
        ["owner", "create", "--register-no", "6234561", "--name", "Мөнгөн Плаза ХХК", "--director", "d@mungun.example"];
    let with_director = place.run(&with_director, &[]);

    assert_eq!(again, "spacehub: an owner with the register number 6123457 is there already\n");
    assert!(wrong.starts_with("spacehub: registerNo: Not a register number."), "{wrong}");
    let said = String::from_utf8_lossy(&with_director.stdout);
    assert!(said.contains("d@mungun.example signs in with the password "), "{with_director:?}");
    assert!(up.is_up(), "the running one was disturbed");
    up.signal("TERM");
    assert!(up.child.wait().unwrap().success());
}

#[test]
fn what_is_in_the_way_is_one_sentence() {
    let place = Place::new("wrong");
    let taken = std::net::TcpListener::bind(("127.0.0.1", place.port)).unwrap();
    let busy = only_line(&place.run(&["up"], &[]));
    drop(taken);
    let unreachable = only_line(&place.run(&["up"], &[("DATABASE_URL", "postgres://clerk:hunter2@127.0.0.1:9/x")]));
    let no_url = only_line(&place.run(&["migrate"], &[("DATABASE_URL", "mysql://db")]));
    let setting = only_line(&place.run(&["api"], &[("SPACEHUB_CONNECTIONS", "many")]));

    assert!(busy.starts_with(&format!("spacehub: port {} on 127.0.0.1 is taken", place.port)), "{busy}");
    assert!(
        unreachable.contains("127.0.0.1:9/x cannot be reached") && !unreachable.contains("hunter2"),
        "{unreachable}"
    );
    assert!(no_url.contains("DATABASE_URL cannot be read"), "{no_url}");
    assert!(setting.contains("SPACEHUB_CONNECTIONS is `many`, but should be"), "{setting}");
}

#[test]
fn the_doctor_names_what_is_wrong_and_changes_nothing() {
    let place = Place::new("doctor");

    let well = place.run(&["doctor"], &[]);
    let ill = place.run(&["doctor"], &[("DATABASE_URL", "postgres://127.0.0.1:9/x"), ("SPACEHUB_LISTENN", "a")]);

    let (well_said, ill_said) = (String::from_utf8_lossy(&well.stdout), String::from_utf8_lossy(&ill.stdout));
    assert!(well.status.success() && well_said.contains("✓ Postgres"), "{well_said}");
    assert!(!place.data.exists(), "it made the data folder");
    assert_eq!(ill.status.code(), Some(1));
    assert!(ill_said.contains("✗ Postgres at 127.0.0.1:9/x cannot be reached"), "{ill_said}");
    assert!(ill_said.contains("! SPACEHUB_LISTENN is set, but there is no such setting"), "{ill_said}");
}
