//! `site live` and what it is compared with, made ready for one portal.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Addresses;
use super::load::Measured;
use super::server::{Server, free_port, get};
use crate::arguments::LiveOptions;
use crate::bench::folder::{self, failed};
use crate::bench::kept;
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::{cache, process};

/// What the build of the server in Node makes in its folder.
const MADE: [&str; 3] = ["node_modules", "build", ".svelte-kit"];

/// The servers, not started.
pub(super) struct Peers<'a> {
    pub(super) portal: &'a Addresses,
    site: &'a Path,
    /// Where the server in Node is built.
    node: PathBuf,
}

/// A `site live`, and where it tells how things are.
pub(super) struct Live {
    pub(super) server: Server,
    status: u16,
}

impl<'a> Peers<'a> {
    /// Builds the portal for nginx and the server in Node.
    pub(super) fn prepare(
        project: &Project,
        options: &LiveOptions,
        portal: &'a Addresses,
        site: &'a Path,
    ) -> Result<Self, Failure> {
        let node = cache::folder()?.join("bench-sveltekit");
        let peers = Self { portal, site, node };
        if options.only_memory {
            return Ok(peers);
        }
        let lock = cache::lock(&cache::folder()?)?;
        kept::provide(
            &project.root.join("xtask/bench/sveltekit"),
            &peers.node,
            &MADE,
            || {
                eprintln!("building the server of SvelteKit, about half a minute; it is kept");
                let install = "npm install --no-package-lock --no-audit --no-fund --loglevel=error";
                let script =
                    format!("{install} && PATH=$PWD/node_modules/.bin:$PATH npm run build");
                let mut command = Command::new("bash");
                command.args(["-c", &script]).current_dir(&peers.node);
                process::run_in_view(&mut command)
            },
        )?;
        drop(lock);
        peers.build_site()?;
        Ok(peers)
    }

    /// Builds the files that nginx serves. Only those that it is asked for get compressed copies: all of
    /// them would take long.
    fn build_site(&self) -> Result<(), Failure> {
        let mut build = Command::new(self.site);
        build
            .args(["build", "--bundle", "bundle", "--content", "content"])
            .args(["--out", "site", "--no-search", "--no-cards"])
            .args(["--no-compression", "--quiet"])
            .current_dir(&self.portal.place);
        process::run_in_view(&mut build)?;
        for page in &self.portal.hot.paths {
            for name in ["index.html", "index.json"] {
                let file = self.portal.place.join(format!("site{page}{name}"));
                compress(&file)?;
            }
        }
        Ok(())
    }

    /// Starts `site live` with what it keeps of the content, and without any page.
    pub(super) fn live(&self, cores: &str) -> Result<Live, Failure> {
        let place = &self.portal.place;
        folder::remove(&place.join("live/pages"))?;
        let (port, status) = (free_port()?, free_port()?);
        let mut command = Command::new(self.site);
        command
            .args(["live", "--bundle", "bundle", "--content", "content"])
            .args(["--state", "live", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--status", &format!("127.0.0.1:{status}")])
            .current_dir(place);
        let log = place.join("live.log");
        let server = Server::start(cores, &command, port, "/readyz", &log)?;
        Ok(Live { server, status })
    }

    /// Starts nginx as `site headers` has it configured, with as many workers as processors.
    pub(super) fn nginx(&self, cores: &str, workers: u8) -> Result<Server, Failure> {
        let place = &self.portal.place;
        let port = free_port()?;
        let root = place.join("site");
        let mut headers = Command::new(self.site);
        headers
            .args(["headers", "--format", "nginx", "--content", "content"])
            .arg("--root")
            .arg(&root)
            .current_dir(place);
        let portal = process::stdout_of(&mut headers)
            .ok_or_else(|| Failure::broken(format!("`{}` failed", process::line(&headers))))?
            .replace("listen 80;", &format!("listen 127.0.0.1:{port};"));
        let config = format!(
            "daemon off;\nworker_processes {workers};\npid nginx.pid;\nerror_log nginx.errors;\n\
             events {{ worker_connections 2048; }}\nhttp {{\naccess_log off;\nsendfile on;\n\
             tcp_nopush on;\nkeepalive_requests 100000000;\nopen_file_cache max=4096;\n\
             client_body_temp_path nginx.body;\nproxy_temp_path nginx.proxy;\n\
             fastcgi_temp_path nginx.fastcgi;\nuwsgi_temp_path nginx.uwsgi;\n\
             scgi_temp_path nginx.scgi;\n{portal}}}\n"
        );
        let file = place.join("nginx.conf");
        fs::write(&file, config).map_err(|error| failed("write", &file, &error))?;
        let program = Requirement::Nginx
            .locate()
            .ok_or_else(|| Failure::unmet("there is no nginx"))?;
        let mut command = Command::new(program);
        command.arg("-p").arg(place).arg("-c").arg(&file);
        let path = &self.portal.hot.paths[0];
        Server::start(cores, &command, port, path, &place.join("nginx.log"))
    }

    /// Starts the server in Node, with as many processes as processors.
    pub(super) fn node(&self, cores: &str, workers: u8) -> Result<Server, Failure> {
        let port = free_port()?;
        let mut command = Command::new(self.node.join("node_modules/.bin/node"));
        command
            .arg("serve.mjs")
            .current_dir(&self.node)
            .env("NODE_ENV", "production")
            .env("WORKERS", workers.to_string())
            .env("HOST", "127.0.0.1")
            .env("PORT", port.to_string())
            .env("DOCUMENTS", self.portal.place.join("site"));
        let path = &self.portal.hot.paths[0];
        let log = self.portal.place.join("node.log");
        Server::start(cores, &command, port, path, &log)
    }
}

impl Live {
    /// Fails where less than this share of the requests was for pages that had to be made.
    pub(super) fn require_made(&self, load: &Measured, share: f64) -> Result<(), Failure> {
        let metrics = get(self.status, "/metrics").map(|(_, body)| body);
        let made = made(&metrics.unwrap_or_default());
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let (made, requests) = (made as f64, load.requests as f64);
        if made >= requests * share {
            return Ok(());
        }
        Err(Failure::broken(format!(
            "only {made} of {requests} pages had to be made: measure for less time (--seconds), or more articles (--articles)"
        )))
    }
}

/// How many pages were made, by the counts of `site live`.
fn made(metrics: &str) -> u64 {
    let counts = metrics
        .lines()
        .filter(|line| line.starts_with("portal_requests") && line.contains(r#"from="made""#));
    counts
        .filter_map(|line| line.split_whitespace().last()?.parse::<u64>().ok())
        .sum()
}

/// Writes the compressed copy beside a file.
fn compress(file: &Path) -> Result<(), Failure> {
    let bytes = fs::read(file).map_err(|error| failed("read", file, &error))?;
    let copy = PathBuf::from(format!("{}.gz", file.display()));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(&bytes)
        .and_then(|()| encoder.finish())
        .and_then(|bytes| fs::write(&copy, bytes))
        .map_err(|error| failed("write", &copy, &error))
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn pages_that_were_made_are_counted() {
        let metrics = "# HELP x\nportal_requests_total{status=\"200\",from=\"memory\"} 5\n\
            portal_requests_total{status=\"200\",from=\"made\"} 7\n\
            portal_requests_total{status=\"404\",from=\"made\"} 2\n";
        assert_eq!(made(metrics), 9);
        assert_eq!(made(""), 0);
    }
}
