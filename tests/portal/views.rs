//! Views, from requests and from reports to what readers see.

use crate::browser::environment;
use crate::build::{build, project, text};
use crate::http::Server;
use crate::live::{body, change, health, log, start, wait};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BROWSER: &str =
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n";
const PAGE: &str = "/en/port/deep-water-port/";
const ARTICLE: &str = "port/deep-water-port";

/// Lets the portal choose the counter.
fn choose_counter(folder: &Path) {
    change(&folder.join("content/site.json"), |site| {
        site["views"] = json!({ "from": "counter", "window_days": 3 });
    });
}

fn views(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command.arg("views").args(arguments).current_dir(folder);
    command.output().unwrap()
}

fn counts(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("content/views.json")).unwrap()).unwrap()
}

/// The views of the article as a page says them.
fn shown(page: &str) -> Option<String> {
    let before = page.split_once(" views")?;
    let number = before.0.rsplit('>').next()?;
    Some(format!("{number} views{}", before.1.split('<').next()?))
}

/// Asks for a page as a browser does.
fn read(server: &Server, method: &str, path: &str, further: &str) {
    let response = server.request(method, path, &format!("{BROWSER}{further}"));
    assert_eq!(response.status, 200, "{method} {path}");
}

/// What `/healthz` says of a server's counting; the page is made anew of what was counted until now.
fn show_counts(server: &Server) {
    let process = rustix::process::Pid::from_child(&server.program);
    rustix::process::kill_process(process, rustix::process::Signal::HUP).unwrap();
}

#[test]
fn what_readers_see_is_what_site_json_chooses() {
    let project = project();
    let folder = project.path();
    let page = || {
        let output = build(folder, &["--quiet"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let read = |file: &str| fs::read_to_string(folder.join("site/en").join(file)).unwrap();
        let home = read("index.html").contains("most-read");
        (shown(&read("port/deep-water-port/index.html")), home)
    };
    assert_eq!(page(), (Some("12,810 views".to_owned()), true));
    choose_counter(folder);
    assert_eq!(page(), (None, false), "nothing was counted yet");
    let file = folder.join("content/views.json");
    let counted = |recent: u64| {
        json!({ "as_of": "2026-11-30", "articles": {
            ARTICLE: { "total": 21, "recent": recent }, "port/gone": { "total": 5, "recent": 5 } } })
    };
    fs::write(&file, counted(4).to_string()).unwrap();
    let as_of = "21 views (as of 30 November 2026)".to_owned();
    assert_eq!(page(), (Some(as_of.clone()), true));
    // A page is kept only where its views are the same; "most read" forgets what nobody reads now.
    fs::write(&file, counted(0).to_string().replace("21", "22")).unwrap();
    assert_eq!(page(), (Some(as_of.replace("21", "22")), false));
    change(&folder.join("content/site.json"), |site| {
        site.as_object_mut().unwrap().remove("views");
    });
    assert_eq!(page(), (None, false));
    let script = fs::read_dir(folder.join("site/assets")).unwrap();
    let script = script.map(|entry| entry.unwrap().path());
    let script = script.filter(|path| path.extension().is_some_and(|ending| ending == "js"));
    let all: String = script
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(
        all.contains("const counts = 0;"),
        "nobody is told of views that nobody counts"
    );
}

#[test]
fn reports_of_five_programs_become_counts() {
    let project = project();
    let folder = project.path();
    choose_counter(folder);
    let recorded = Path::new(crate::ROOT).join("tests/views");
    for format in ["matomo", "goatcounter", "umami", "plausible"] {
        let file = recorded.join(format!("{format}.json"));
        let file = file.to_str().unwrap();
        let output = views(
            folder,
            &["import", "--format", format, file, "--as-of", "2026-11-30"],
        );
        let said = text(&output.stdout);
        assert!(
            output.status.success(),
            "{format}: {}",
            text(&output.stderr)
        );
        let all = json!({
            "as_of": "2026-11-30",
            "articles": { ARTICLE: { "recent": 60, "total": 60 } },
            "totals": { "2026-11": 60 },
        });
        assert_eq!(counts(folder), all, "{format}");
        assert!(
            said.contains("88 were of other pages") && said.contains("/vi/gone/"),
            "{format}: {said}"
        );
    }

    // A log as nginx writes it, without robots, and a report of it by the program itself.
    let line = |request: &str, status: u16, agent: &str| {
        format!(
            "203.0.113.9 - - [30/Nov/2026:10:00:0{} +0000] \"{request} HTTP/1.1\" {status} 900 \"-\" \"{agent}\"\n",
            request.len() % 10
        )
    };
    let (browser, robot) = (
        BROWSER.trim_start_matches("User-Agent: ").trim_end(),
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    );
    let mut lines = String::new();
    for (request, status, agent) in [
        ("GET /en/port/deep-water-port/", 200, browser),
        ("GET /en/port/deep-water-port/?with=vi", 304, browser),
        ("GET /vi/port/deep-water-port/index.html", 200, browser),
        // The program has fetched the document ahead, then showed it.
        ("GET /en/port/deep-water-port/index.json", 200, browser),
        ("HEAD /en/port/deep-water-port/index.json", 200, browser),
        ("HEAD /en/port/deep-water-port/", 200, browser),
        ("GET /en/port/deep-water-port/", 200, robot),
        ("GET /en/", 200, browser),
        ("GET /wp-login.php", 200, browser),
    ] {
        lines.push_str(&line(request, status, agent));
    }
    fs::write(folder.join("access.log"), lines).unwrap();
    let goaccess = Command::new(environment::file("PORTAL_GOACCESS"))
        .args([
            "access.log",
            "--log-format=COMBINED",
            "--no-global-config",
            "--ignore-crawlers",
        ])
        .args([
            "--no-query-string",
            "--max-items=1000000",
            "--output=report.json",
        ])
        .stdin(Stdio::null())
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(goaccess.status.success(), "{}", text(&goaccess.stderr));
    let output = views(folder, &["import", "--format", "goaccess", "report.json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        counts(folder)["articles"][ARTICLE]["total"],
        4,
        "{}",
        text(&output.stdout)
    );
    assert!(text(&output.stdout).contains("/wp-login.php"));

    // What is no report changes nothing, and the message says where to look.
    let before = counts(folder);
    for (format, wrong) in [
        ("umami", "{"),
        ("umami", "{}"),
        ("matomo", "[{}]"),
        ("goatcounter", r#"{"more": true}"#),
    ] {
        fs::write(folder.join("wrong.json"), wrong).unwrap();
        let output = views(folder, &["import", "--format", format, "wrong.json"]);
        let said = text(&output.stderr);
        assert!(
            output.status.code() == Some(2)
                && said.contains("wrong.json")
                && said.contains("docs/views.md"),
            "{said}"
        );
        assert_eq!(counts(folder), before);
    }
}

#[test]
fn a_server_counts_what_readers_read_and_shows_it() {
    let project = project();
    let folder = project.path();
    choose_counter(folder);
    let mut live = start(folder, &[]);
    assert_eq!(shown(&body(&live.get(PAGE, BROWSER))), Some(as_of(0)));
    let document = "/vi/port/deep-water-port/index.json";
    read(
        &live,
        "GET",
        "/ko/port/deep-water-port/",
        "Sec-Fetch-Dest: document\r\n",
    );
    // Fetched ahead, fetched again, then shown.
    read(&live, "GET", document, "");
    read(&live, "GET", document, "");
    read(&live, "HEAD", document, "");
    for nobody in [
        "DNT: 1\r\n",
        "Sec-GPC: 1\r\n",
        "Sec-Purpose: prefetch;prerender\r\n",
        "Sec-Fetch-Dest: empty\r\n",
    ] {
        read(&live, "GET", PAGE, nobody);
    }
    live.get(PAGE, "User-Agent: curl/8\r\n");
    read(&live, "HEAD", PAGE, "");
    let script = body(&live.get(PAGE, "User-Agent: curl/8\r\n"));
    let script = script
        .split("/assets/app-")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(body(&live.get(&format!("/assets/app-{script}"), "")).contains("const counts = 1;"));
    show_counts(&live);
    wait("the counts", || {
        (shown(&body(&live.get(PAGE, "DNT: 1\r\n"))) == Some(as_of(3))).then_some(())
    });
    assert!(body(&live.get("/en/", "")).contains("most-read"));
    // What is only in memory is written at the end.
    read(
        &live,
        "GET",
        PAGE,
        "X-Forwarded-For: 203.0.113.9\r\nCookie: who=somebody\r\n",
    );
    let process = rustix::process::Pid::from_child(&live.program);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    wait("its end", || live.program.try_wait().unwrap());
    let output = views(folder, &["export", "--from", "live/views.sqlite"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        counts(folder)["articles"],
        json!({ ARTICLE: { "total": 4, "recent": 4 } })
    );
    // And a built site goes on with it.
    assert!(build(folder, &["--quiet"]).status.success());
    let page = fs::read_to_string(folder.join("site/en/port/deep-water-port/index.html")).unwrap();
    assert_eq!(shown(&page), Some(as_of(4)));
    for file in ["views.sqlite", "views.sqlite-wal"] {
        let bytes = fs::read(folder.join("live").join(file)).unwrap_or_default();
        for secret in ["203.0.113.9", "127.0.0.1", "somebody", "Firefox"] {
            assert!(!text(&bytes).contains(secret), "{file} has {secret}");
        }
    }
}

/// What a page says of so many views today.
fn as_of(views: u64) -> String {
    let date = Command::new("date")
        .args(["+%-d %B %Y"])
        .env("TZ", "Asia/Ho_Chi_Minh")
        .env("LC_ALL", "C")
        .output();
    let today = text(&date.unwrap().stdout);
    format!("{views} views (as of {})", today.trim())
}

/// A server of `PostgreSQL` with a database of its own. It is stopped on drop.
struct Postgres {
    folder: tempfile::TempDir,
    port: u16,
    program: Option<std::process::Child>,
}

impl Postgres {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let postgres = Self {
            folder,
            port,
            program: None,
        };
        if rustix::process::geteuid().is_root() {
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(postgres.folder.path())
                .status();
            assert!(owned.unwrap().success());
        }
        let data = postgres.folder.path().join("data");
        let made = postgres
            .command("initdb")
            .args([
                "--username=portal",
                "--auth=trust",
                "--no-sync",
                "--no-locale",
                "--encoding=UTF8",
                "--pgdata",
            ])
            .arg(data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", text(&made.stderr));
        postgres
    }

    /// One of its programs, not as root: it refuses that.
    fn command(&self, name: &str) -> Command {
        let program = environment::file("PORTAL_POSTGRES")
            .canonicalize()
            .unwrap()
            .with_file_name(name);
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).env("LC_ALL", "C");
        command
    }

    fn start(&mut self) {
        let log = fs::File::create(self.folder.path().join("log")).unwrap();
        let program = self
            .command("postgres")
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args([
                "-F",
                "-k",
                "",
                "-h",
                "127.0.0.1",
                "-p",
                &self.port.to_string(),
            ])
            .stderr(log)
            .spawn();
        self.program = Some(program.unwrap());
    }

    /// Gives it a certificate for a name, which vouches for itself. Returns the certificate's file.
    fn encrypt(&self, name: &str) -> PathBuf {
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let data = self.folder.path().join("data");
        let file = self.folder.path().join(format!("{name}.pem"));
        fs::write(&file, made.cert.pem()).unwrap();
        // As the owner of the folder, who alone may read the key.
        for (file, text) in [
            ("server.crt", made.cert.pem()),
            ("server.key", made.signing_key.serialize_pem()),
        ] {
            let place = data.join(file);
            fs::write(&place, text).unwrap();
            fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).unwrap();
            if rustix::process::geteuid().is_root() {
                let owned = Command::new("chown").arg("postgres").arg(&place).status();
                assert!(owned.unwrap().success());
            }
        }
        let settings = data.join("postgresql.conf");
        let text = fs::read_to_string(&settings).unwrap();
        fs::write(&settings, format!("{text}\nssl = on\n")).unwrap();
        file
    }

    fn address(&self) -> String {
        format!("postgresql://portal@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(program) = &mut self.program {
            let _ = rustix::process::kill_process(
                rustix::process::Pid::from_child(program),
                rustix::process::Signal::QUIT,
            );
            let _ = program.wait();
        }
    }
}

#[test]
fn several_servers_count_together_also_after_their_database_was_down() {
    let mut postgres = Postgres::new();
    let project = project();
    let folder = project.path();
    choose_counter(folder);
    let address = postgres.address();
    let place = ["--views-db", &address];
    // The database is not there yet: readers notice nothing.
    let one = start(folder, &place);
    read(&one, "GET", PAGE, "");
    let trouble = wait("the trouble", || {
        Some(health(&one)).filter(|health| !health["views"].is_null())
    });
    assert_eq!(trouble["status"], "degraded");
    let said = log(folder);
    assert_eq!(said.matches("views not written").count(), 1, "{said}");
    postgres.start();
    let another = start(folder, &[&place[..], &["--state", "another"]].concat());
    read(&another, "GET", PAGE, "");
    read(&another, "HEAD", "/ja/port/deep-water-port/index.json", "");
    wait("the end of the trouble", || {
        (health(&one)["status"] == "ok").then_some(())
    });
    wait("the counts of both", || {
        show_counts(&one);
        show_counts(&another);
        let shown = [&one, &another].map(|server| shown(&body(&server.get(PAGE, "DNT: 1\r\n"))));
        (shown == [Some(as_of(3)), Some(as_of(3))]).then_some(())
    });
    let output = views(folder, &["export", "--from", &address]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(counts(folder)["articles"][ARTICLE]["recent"], 3);
    let output = views(
        folder,
        &[
            "export",
            "--from",
            "postgres://portal:secret@127.0.0.1:9/nothing",
        ],
    );
    let said = text(&output.stderr);
    assert!(
        output.status.code() == Some(2) && !said.contains("secret"),
        "{said}"
    );
}

#[test]
fn a_database_elsewhere_is_asked_through_an_encrypted_connection_alone() {
    let project = project();
    let folder = project.path();
    let export = |address: &str, roots: Option<&Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
        command
            .args(["views", "export", "--from", address])
            .current_dir(folder)
            .env_remove("PGSSLROOTCERT");
        command.envs(roots.map(|file| ("PGSSLROOTCERT", file)));
        let output = command.output().unwrap();
        (output.status.code(), text(&output.stderr))
    };
    let require = |postgres: &Postgres| {
        let port = postgres.port;
        format!("postgresql://portal@localhost:{port}/postgres?sslmode=require")
    };

    let mut plain = Postgres::new();
    plain.start();
    wait("the plain database", || {
        (export(&plain.address(), None).0 == Some(0)).then_some(())
    });
    let (code, said) = export(&require(&plain), None);
    assert!(
        code == Some(2) && said.contains("?sslmode=disable"),
        "{said}"
    );

    let mut encrypted = Postgres::new();
    let roots = encrypted.encrypt("localhost");
    encrypted.start();
    let address = require(&encrypted);
    wait("the encrypted database", || {
        (export(&address, Some(&roots)).0 == Some(0)).then_some(())
    });
    // Nobody known vouches for it.
    let (code, said) = export(&address, None);
    assert!(code == Some(2) && said.contains("PGSSLROOTCERT"), "{said}");
    // It is another one than it should be.
    let mut another = Postgres::new();
    let roots = another.encrypt("db.example");
    another.start();
    wait("the other database", || {
        (export(&another.address(), None).0 == Some(0)).then_some(())
    });
    let (code, said) = export(&require(&another), Some(&roots));
    assert!(code == Some(2) && said.contains("certificate"), "{said}");
    let (code, said) = export(&address, Some(&folder.join("nothing.pem")));
    assert!(code == Some(2) && said.contains("nothing.pem"), "{said}");
}
