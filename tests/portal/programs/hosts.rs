//! The web servers that `site headers` can configure, each started on its own port. Their installed
//! configuration is not used, and the machine's own servers are not touched.

use crate::browser::environment;
use crate::folder::copy;
use crate::http::{Response, Server, site_serve};
use crate::published::{Published, content};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The host name of all requests.
pub(super) const OFFICIAL: &str = "portal.example";

/// A web server with a copy of a site.
pub(super) struct Host {
    pub(super) name: &'static str,
    pub(super) server: Server,
    /// The folder of the site that it serves.
    pub(super) site: PathBuf,
    /// The temporary folder of all its files.
    _folder: Option<TempDir>,
}

impl Host {
    /// The path that a response redirects to. Apache prepends the requested host name, and keeps
    /// the `?` of an empty query.
    pub(super) fn leads_to(&self, answer: &Response) -> Option<String> {
        let location = answer.headers.get("location")?;
        let path = match self.name {
            "Apache" => location
                .strip_prefix(&format!("http://{OFFICIAL}"))
                .unwrap_or(location),
            _ => location,
        };
        Some(path.strip_suffix('?').unwrap_or(path).to_owned())
    }
}

/// The parameters of a server: its folder, its document root, the site, and its port.
struct ServerSetup<'a> {
    folder: &'a Path,
    root: &'a Path,
    site: &'a Published,
    port: u16,
}

type Start = fn(&ServerSetup<'_>) -> Command;

/// Starts every server, `site serve` first.
pub(super) fn all(site: &'static Published) -> Vec<Host> {
    let ours = Host {
        name: "site serve",
        server: site_serve(site),
        site: site.folder.clone(),
        _folder: None,
    };
    vec![
        ours,
        nginx(site, "www"),
        caddy(site, "www"),
        apache(site, "www"),
    ]
}

/// Starts nginx, with its root in a folder of this name.
pub(super) fn nginx(site: &'static Published, root: &str) -> Host {
    start("nginx", site, root, prepare_nginx)
}

/// Starts Caddy, with its root in a folder of this name.
pub(super) fn caddy(site: &'static Published, root: &str) -> Host {
    start("Caddy", site, root, prepare_caddy)
}

/// Starts Apache, with its root in a folder of this name.
pub(super) fn apache(site: &'static Published, root: &str) -> Host {
    start("Apache", site, root, prepare_apache)
}

/// The configuration that `site headers` prints.
fn printed_config(setup: &ServerSetup<'_>, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    command
        .args([
            "headers",
            "--format",
            format,
            "--public-url",
            setup.site.base,
            "--content",
        ])
        .arg(content());
    let output = command.arg("--root").arg(setup.root).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Copies the site and starts a program that serves it. Another process may take a free port first;
/// only then is the program started on another one.
fn start(name: &'static str, site: &'static Published, root: &str, prepare: Start) -> Host {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join(root);
    let files = root.join(site.base.trim_matches('/'));
    copy(&site.folder, &files);
    let token = format!("{name} in {}", folder.path().display());
    fs::write(files.join("started.txt"), &token).unwrap();
    // If the tests run as root, Apache reads the files as another user.
    assert!(
        Command::new("chmod")
            .args(["-R", "a+rX"])
            .arg(folder.path())
            .status()
            .unwrap()
            .success()
    );
    for _ in 0..10 {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = prepare(&ServerSetup {
            folder: folder.path(),
            root: &root,
            site,
            port,
        });
        let log = fs::File::create(folder.path().join("output.txt")).unwrap();
        let program = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Server {
            program,
            port,
            host: OFFICIAL,
        };
        if is_serving(&mut server, &format!("{}started.txt", site.base), &token) {
            fs::remove_file(files.join("started.txt")).unwrap();
            return Host {
                name,
                server,
                site: files,
                _folder: Some(folder),
            };
        }
        let said = output_of(folder.path());
        assert!(
            said.to_ascii_lowercase().contains("address already in use"),
            "{name} does not serve: {said}"
        );
    }
    panic!("{name} got no port");
}

/// Waits until the program serves this file, which no other program has; `false` if the program
/// exits.
fn is_serving(server: &mut Server, path: &str, token: &str) -> bool {
    let start = Instant::now();
    while server.program.try_wait().unwrap().is_none() {
        let connected = TcpStream::connect(("127.0.0.1", server.port)).is_ok();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {OFFICIAL}\r\nConnection: close\r\n\r\n");
        let answer = connected.then(|| server.send(request.as_bytes())).flatten();
        if answer.is_some_and(|answer| answer.body == token.as_bytes()) {
            return true;
        }
        assert!(
            start.elapsed() < Duration::from_secs(300),
            "it neither serves nor ends"
        );
        sleep(Duration::from_millis(20));
    }
    false
}

/// The output and the error log of a program.
fn output_of(folder: &Path) -> String {
    let files = ["output.txt", "error.log"]
        .map(|file| fs::read_to_string(folder.join(file)).unwrap_or_default());
    files.concat()
}

/// Replaces only the port in a configuration.
fn at_port(config: &str, before: &str, after: &str) -> String {
    assert_eq!(config.matches(before).count(), 1, "{config}");
    config.replace(before, after)
}

fn prepare_nginx(setup: &ServerSetup<'_>) -> Command {
    let folder = setup.folder;
    let config = at_port(
        &printed_config(setup, "nginx"),
        "listen 80;",
        &format!("listen 127.0.0.1:{};", setup.port),
    );
    fs::write(folder.join("portal.conf"), config).unwrap();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {name};"));
    let main = format!(
        "daemon off;\nmaster_process off;\npid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{}\ninclude portal.conf;\n}}\n",
        temporary.join("\n")
    );
    fs::write(folder.join("nginx.conf"), main).unwrap();
    let mut command = Command::new(environment::file("PORTAL_NGINX"));
    command
        .arg("-p")
        .arg(folder)
        .args(["-c", "nginx.conf", "-e", "error.log"]);
    command
}

fn prepare_caddy(setup: &ServerSetup<'_>) -> Command {
    let config = at_port(
        &printed_config(setup, "caddy"),
        "\n:80 {\n",
        &format!("\nhttp://:{} {{\n\tbind 127.0.0.1\n", setup.port),
    );
    let file = setup.folder.join("Caddyfile");
    fs::write(
        &file,
        format!("{{\n\tadmin off\n\tauto_https off\n}}\n{config}"),
    )
    .unwrap();
    let mut command = Command::new(environment::file("PORTAL_CADDY"));
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(file)
        .current_dir(setup.folder);
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(variable, setup.folder);
    }
    command
}

/// The modules that the `.htaccess` needs, and those that Apache needs to serve anything.
const MODULES: [&str; 8] = [
    "mpm_event",
    "unixd",
    "authz_core",
    "dir",
    "mime",
    "headers",
    "rewrite",
    "setenvif",
];

/// The folders in which systems keep Apache's modules.
const MODULE_FOLDERS: [&str; 6] = [
    "/usr/lib/apache2/modules",
    "/usr/lib64/httpd/modules",
    "/usr/lib/httpd/modules",
    "/usr/libexec/apache2",
    "/usr/local/lib/httpd/modules",
    "/opt/homebrew/lib/httpd/modules",
];

fn prepare_apache(setup: &ServerSetup<'_>) -> Command {
    let (folder, root) = (setup.folder.display(), setup.root.display());
    let htaccess = setup
        .root
        .join(setup.site.base.trim_matches('/'))
        .join(".htaccess");
    fs::write(htaccess, printed_config(setup, "apache")).unwrap();
    let file = setup.folder.join("apache.conf");
    let main = format!(
        "ServerRoot \"{folder}\"\nServerName {OFFICIAL}\nListen 127.0.0.1:{}\nPidFile httpd.pid\nErrorLog error.log\n{}{}\
         TypesConfig /dev/null\nDocumentRoot \"{root}\"\n\
         <Directory \"{root}\">\nAllowOverride All\nRequire all granted\n</Directory>\n",
        setup.port,
        modules(),
        unprivileged_user(),
    );
    fs::write(&file, main).unwrap();
    let mut command = Command::new(environment::file("PORTAL_APACHE"));
    command.args(["-X", "-f"]).arg(file);
    command
}

/// The lines that load the modules. A module without a file is compiled into the program.
fn modules() -> String {
    let folder = MODULE_FOLDERS
        .iter()
        .map(Path::new)
        .find(|folder| folder.join("mod_rewrite.so").is_file());
    let folder =
        folder.unwrap_or_else(|| panic!("Apache's modules are in none of {MODULE_FOLDERS:?}"));
    let file = |name: &str| folder.join(format!("mod_{name}.so"));
    let found = MODULES.iter().filter(|name| file(name).is_file());
    found
        .map(|name| format!("LoadModule {name}_module \"{}\"\n", file(name).display()))
        .collect()
}

/// The user for Apache, which refuses to serve as root.
fn unprivileged_user() -> &'static str {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    if id.trim_ascii() == b"0" {
        "User nobody\nGroup #65534\n"
    } else {
        ""
    }
}
