//! The program as people run it.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, these are how it fails")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

const LANTERNS: &str = include_str!("data/lanterns.csv");

/// A folder with a database, gone when the test is over.
struct Shell {
    folder: TempDir,
}

impl Shell {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        name.to_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trellis"));
        command.current_dir(&self.folder).args(arguments);
        command.env_remove("TRELLIS_DATABASE").env_remove("RUST_LOG").env_remove("TRELLIS_URL");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Standard output of what must succeed and say nothing else.
    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        text(&output.stdout)
    }

    /// Standard error of what must fail in words.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        let said = text(&output.stderr);
        assert!(!said.contains("panicked") && !said.contains("Error {") && !said.contains("Os {"), "{said}");
        said
    }

    fn nodes(&self, arguments: &[&str]) -> Vec<Value> {
        let document: Value = serde_json::from_str(&self.ok(arguments)).unwrap();
        document["nodes"].as_array().unwrap().clone()
    }

    fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut line = || lines.next().unwrap().unwrap();
        let (first, second) = (line(), line());
        let address = first.strip_prefix("Trellis is at http://").expect("the address").to_owned();
        Server { child, address, how_to_sign_in: second }
    }
}

struct Server {
    child: Child,
    address: String,
    how_to_sign_in: String,
}

impl Server {
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Tells it to stop, and waits until it has.
    fn stop(mut self, signal: &str) -> i32 {
        Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(Instant::now() < deadline, "the server does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn node<'a>(nodes: &'a [Value], id: &str) -> &'a Value {
    nodes.iter().find(|node| node["id"] == id).unwrap_or_else(|| panic!("no node {id}"))
}

const DAY: [&str; 2] = ["--today", "2026-02-14"];

#[test]
fn a_table_goes_in_and_its_numbers_come_out() {
    let shell = Shell::new();
    let file = shell.file("lanterns.csv", LANTERNS);
    let said = shell.ok(&["import", &file, DAY[0], DAY[1]]);
    assert_eq!(
        said,
        "objectives: 4 new, 0 changed, 0 as they were\n\
         key results: 7 new, 0 changed, 0 as they were\n\
         check-ins: 7 new, 0 changed, 0 as they were\n\
         teams: 3 new, people: 4 new, cycles: 2 new\n"
    );
    let again = shell.ok(&["import", &file, "--today", "2026-02-15"]);
    assert!(again.contains("check-ins: 0 new, 0 changed, 7 as they were"), "{again}");

    let nodes = shell.nodes(&["export", "--format", "json", DAY[0], DAY[1]]);
    let shown = |id| node(&nodes, id)["percent"].as_str().unwrap().replace('\u{a0}', " ");
    assert_eq!(["light-paths", "light-loved", "light"].map(shown), ["50 %", "30 %", "43 %"]);
    assert_eq!(["glow-hours", "glow-repairs", "glow-steps", "glow"].map(shown), ["100 %", "0 %", "25 %", "42 %"]);
    assert_eq!(["round-time", "round-load", "round", "songs"].map(shown), ["67 %", "0 %", "33 %", "–"]);
    // Two at weight 2 and 1, and the aligned objective: (2 × 500 000 + 300 000 + 416 667) / 4.
    assert_eq!(node(&nodes, "light")["progress_ppm"], 429_167);
    assert_eq!(node(&nodes, "light")["weakest"], serde_json::json!(["glow"]));
    assert_eq!(node(&nodes, "glow")["pace"], "on track");
    assert_eq!(node(&nodes, "glow")["expected_ppm"], 500_000);
    assert_eq!(node(&nodes, "round")["contributions"].as_array().unwrap().len(), 2);
    assert_eq!(node(&nodes, "light-paths")["contributions"][0]["left_out"], "this key result counts its check-ins");
    let order: Vec<_> = nodes.iter().take(4).map(|node| node["id"].as_str().unwrap()).collect();
    assert_eq!(order, ["light", "light-paths", "round", "round-time"]);
}

#[test]
fn an_export_is_the_same_table_again() {
    let shell = Shell::new();
    shell.ok(&["import", &shell.file("lanterns.csv", LANTERNS), DAY[0], DAY[1]]);
    let table = shell.ok(&["export"]);
    assert!(table.starts_with("kind,id,parent,"), "{table}");
    assert!(table.contains("2026-02-02T09:30:00Z") && table.contains(",2026-02-09,"), "{table}");
    shell.ok(&["export", "-o", "out.csv"]);
    assert_eq!(fs::read_to_string(shell.path("out.csv")).unwrap(), table);
    assert!(!shell.path("out.csv.partial").exists());
    shell.ok(&["import", "out.csv", "--database", "sqlite:copy.db", DAY[0], DAY[1]]);
    assert_eq!(shell.ok(&["export", "--database", "sqlite:copy.db"]), table);
    let numbers = ["export", "--format", "json", DAY[0], DAY[1]];
    let copy = shell.nodes(&[&numbers[..], &["--database", "sqlite:copy.db"]].concat());
    assert_eq!(copy, shell.nodes(&numbers));
}

#[test]
fn every_defect_is_told_and_nothing_is_imported() {
    let shell = Shell::new();
    shell.ok(&["import", &shell.file("lanterns.csv", LANTERNS), DAY[0], DAY[1]]);
    let before = shell.ok(&["export"]);
    let bad = "kind,id,parent,title,measure,target,weight\n\
               objective,new,,A,,,\n\
               objective,light,nowhere,B,,,1001\n\
               key_result,k,new,C,reach,1e400,\n\
               key_result,k,new,D\n";
    let said = shell.refused(&["import", &shell.file("bad.csv", bad)]);
    assert_eq!(
        said,
        "row 3, column parent: there is no “nowhere” in this file or in the workspace\n\
         row 3, column weight: “1001” is not a whole number from 0 to 1000\n\
         row 4, column target: “1e400” is larger than any number that can be kept\n\
         row 5: this row has 4 cells, and the header has 7\n\
         trellis: 4 defects in bad.csv: nothing was imported\n"
    );
    assert_eq!(shell.ok(&["export"]), before);
}

#[test]
fn warnings_are_told_and_do_not_stop_an_import() {
    let shell = Shell::new();
    let table = "\u{feff}kind,id,title,colour,cycle\r\nobjective,o,A,red,Spring\r\n";
    let output = shell.run(&["import", &shell.file("table.csv", table)]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stderr),
        "warning: the column “colour” is unknown and is ignored\n\
         warning: the cycle “Spring” does not tell its days, so nothing in it has a pace until they are set\n"
    );
    let again =
        shell.run(&["import", "table.csv", "--cycle", "Spring=2026-03-01..2026-05-31", "--today", "2026-05-31"]);
    assert_eq!(text(&again.stderr), "warning: the column “colour” is unknown and is ignored\n");
}

#[test]
fn json_rows_and_standard_input_are_read() {
    let shell = Shell::new();
    let rows = r#"{"rows": [{"kind": "objective", "id": "o", "title": "A", "team": ["x", "y"]},
        {"kind": "key_result", "id": "k", "parent": "o", "title": "a", "measure": "reach", "baseline": 0, "target": 4, "current": 3}]}"#;
    let mut child = shell
        .command(&["import", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(rows.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    let nodes = shell.nodes(&["export", "--format", "json"]);
    assert_eq!(node(&nodes, "o")["progress_ppm"], 750_000);
    assert_eq!(node(&nodes, "o")["teams"], serde_json::json!(["x", "y"]));
}

#[test]
fn what_cannot_be_read_or_opened_is_said_in_words() {
    let shell = Shell::new();
    let file = shell.file("lanterns.csv", LANTERNS);
    assert!(shell.refused(&["import", "missing.csv"]).starts_with("trellis: cannot read missing.csv: No such file"));
    assert!(shell.refused(&["import", "."]).starts_with("trellis: cannot read .: Is a directory"));
    assert!(shell.refused(&["import", &file, "--database", "mysql://x"]).contains("sqlite:PATH or postgres://"));
    let missing_folder = shell.refused(&["import", &file, "--database", "sqlite:no/such/folder.db"]);
    assert!(missing_folder.contains("no/such/folder.db"), "{missing_folder}");
    assert!(shell.refused(&["export", "-o", "no/such/file.csv"]).starts_with("trellis: cannot write no/such/file.csv"));
    assert!(shell.refused(&["export", "-o", "."]).starts_with("trellis: cannot write ."));
    assert!(shell.refused(&["restore", "missing.backup", "--database", "sqlite:r.db"]).contains("missing.backup"));
    assert!(shell.refused(&["restore", &file, "--database", "sqlite:r.db"]).contains("lanterns.csv"));
    assert!(shell.refused(&["import", &shell.file("no.csv", [0xff, 0xfe, 0, 1])]).contains("row 1"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert!(shell.refused(&["serve", "--listen", &address]).contains("Choose another address with --listen"));
}

#[test]
fn a_wrong_command_line_is_another_exit_code() {
    let shell = Shell::new();
    let wrong: [&[&str]; 9] = [
        &[],
        &["sing"],
        &["import"],
        &["import", "x.csv", "--today", "2026-02-30"],
        &["import", "x.csv", "--cycle", "Spring"],
        &["export", "--format", "xml"],
        &["serve", "--listen", "here"],
        &["user", "add", "Ada", "ada@lanterns.example", "--role", "king"],
        &["settings", "--time-zone", "Europe/Olso"],
    ];
    for arguments in wrong {
        let output = shell.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("Usage: trellis") || text(&output.stderr).contains("--help"));
    }
}

#[test]
fn every_command_explains_itself() {
    let shell = Shell::new();
    let commands: [&[&str]; 10] = [
        &["serve"],
        &["import"],
        &["export"],
        &["backup"],
        &["restore"],
        &["demo"],
        &["user", "add"],
        &["user", "list"],
        &["user", "reset"],
        &["settings"],
    ];
    for command in commands {
        let help = shell.ok(&[command, &["--help"]].concat());
        assert!(help.contains("--database") && help.contains("TRELLIS_DATABASE"), "{help}");
    }
    for command in ["serve", "import", "export", "backup", "restore", "demo", "user", "settings"] {
        assert!(shell.ok(&[command, "--help"]).contains("Example"), "{command}");
    }
    assert_eq!(shell.run(&["--help"]).status.code(), Some(0));
}

#[test]
fn a_back_up_holds_everything() {
    let shell = Shell::new();
    shell.ok(&["import", &shell.file("lanterns.csv", LANTERNS), DAY[0], DAY[1]]);
    shell.ok(&["backup", "safe.backup"]);
    assert!(shell.refused(&["backup", "safe.backup"]).contains("safe.backup"));
    shell.ok(&["restore", "safe.backup", "--database", "sqlite:again.db"]);
    assert_eq!(shell.ok(&["export", "--database", "sqlite:again.db"]), shell.ok(&["export"]));
    assert!(shell.refused(&["restore", "safe.backup", "--database", "sqlite:again.db"]).contains("not empty"));
}

#[test]
fn a_missing_database_is_made_empty() {
    let shell = Shell::new();
    assert_eq!(shell.ok(&["export"]).lines().count(), 1);
    assert!(shell.path("trellis.db").exists());
    assert!(shell.nodes(&["export", "--format", "json", "--database", "sqlite:other.db"]).is_empty());
    shell.ok(&["backup", "empty.backup", "--database", "sqlite:third.db"]);
}

#[test]
fn the_organisation_has_a_name_and_a_time_zone() {
    let shell = Shell::new();
    let chosen = "name: Lanterns\ntime zone: Pacific/Kiritimati\n";
    assert!(shell.ok(&["settings"]).contains("time zone: UTC\n"));
    assert_eq!(shell.ok(&["settings", "--name", " Lanterns ", "--time-zone", "Pacific/Kiritimati"]), chosen);
    assert_eq!(shell.ok(&["settings", "--name", "Lanterns"]), chosen, "what is so already is no change");
    assert!(shell.refused(&["settings", "--name", "  "]).contains("nothing was changed"));
    assert_eq!(shell.ok(&["settings"]), chosen);
}

#[test]
fn people_are_let_in_by_a_link() {
    let shell = Shell::new();
    let said = shell.ok(&[
        "user",
        "add",
        "Ada Byte",
        "ada@lanterns.example",
        "--role",
        "admin",
        "--url",
        "https://okrs.example/",
    ]);
    assert!(said.contains("https://okrs.example/set-up/"), "{said}");
    assert_eq!(shell.ok(&["user", "list"]), "Ada Byte\tada@lanterns.example\tadmin\thas no password\n");
    assert!(shell.ok(&["user", "reset", "ADA@lanterns.example"]).contains("http://127.0.0.1:3000/set-up/"));
    assert!(
        shell.refused(&["user", "add", "Ida", "Ada@lanterns.example"]).contains("Ada Byte has this e-mail address")
    );
    assert!(shell.refused(&["user", "add", "Ida", "nonsense"]).contains("not an e-mail address"));
    assert!(shell.refused(&["user", "reset", "ida@lanterns.example"]).contains("nobody here has"));
}

#[test]
fn a_server_tells_where_it_is_and_stops_when_it_is_told() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    assert!(server.get("/healthz").contains("200 OK"));
    let link = server.how_to_sign_in.split_once("http://").map(|(_, link)| link.to_owned()).unwrap();
    let path = link.strip_prefix(&server.address).unwrap();
    assert!(path.starts_with("/set-up/"), "{path}");
    assert!(server.get(path).contains("200 OK"));

    // An import beside it, on the same database.
    shell.ok(&["import", &shell.file("lanterns.csv", LANTERNS), DAY[0], DAY[1]]);
    assert_eq!(server.stop("-TERM"), 0);
    let server = shell.serve(&[]);
    assert_eq!(server.stop("-INT"), 0);
}

#[test]
fn the_example_company_fills_an_empty_database_only() {
    let shell = Shell::new();
    let server = shell.serve(&["--demo"]);
    assert!(server.how_to_sign_in.ends_with(&format!("http://{}/sign-in", server.address)));
    assert_eq!(server.stop("-TERM"), 0);
    assert!(shell.nodes(&["export", "--format", "json"]).len() > 100);
    assert!(shell.refused(&["demo"]).contains("not empty"));
    shell.ok(&["demo", "--database", "sqlite:example.db"]);

    let own = Path::new("own.db");
    shell.ok(&["import", &shell.file("lanterns.csv", LANTERNS), "--database", "sqlite:own.db", DAY[0], DAY[1]]);
    let server = shell.serve(&["--demo", "--database", &format!("sqlite:{}", own.display())]);
    assert_eq!(server.stop("-TERM"), 0);
    assert_eq!(shell.nodes(&["export", "--format", "json", "--database", "sqlite:own.db"]).len(), 11);
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    let shell = Shell::new();
    shell.ok(&["demo"]);
    let mut child = shell.command(&["export"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 4];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
