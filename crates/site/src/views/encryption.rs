//! Encrypted connections to a database. Whoever stands between reads nothing and plays no server.

use postgres::Config;
use postgres::config::{Host, SslMode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::env;
use std::ffi::OsStr;
use std::net::IpAddr;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Names the file with the certificates of who may vouch for a server, as for all programs of
/// `PostgreSQL`. Without it, whoever the system trusts may.
const ROOTS: &str = "PGSSLROOTCERT";

/// Whether a connection has to be encrypted: as the address says (`sslmode`), or else wherever it
/// leaves this machine.
pub(super) fn mode(config: &Config, address: &str) -> SslMode {
    if address.contains("sslmode=") {
        return config.get_ssl_mode();
    }
    let stays_here = config.get_hosts().iter().all(is_here);
    if stays_here {
        SslMode::Disable
    } else {
        SslMode::Require
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            let is_loopback = |ip: IpAddr| ip.is_loopback();
            name == "localhost" || name.parse().is_ok_and(is_loopback)
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// What encrypts connections, and looks at the certificates of servers.
///
/// # Errors
/// Where the certificates that it is told of cannot be read.
pub(super) fn connector() -> Result<MakeRustlsConnect, String> {
    let named = env::var_os(ROOTS).filter(|file| !file.is_empty());
    let mut roots = RootCertStore::empty();
    match named {
        Some(file) => {
            for certificate in read(&file)? {
                let added = roots.add(certificate);
                added.map_err(|error| unusable(&file, &error.to_string()))?;
            }
        }
        // One that cannot be read vouches for nobody.
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn read(file: &OsStr) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    let certificates: Vec<_> = certificates.map_err(|error| unusable(file, &error.to_string()))?;
    if certificates.is_empty() {
        return Err(unusable(file, "it has no certificate (PEM)"));
    }
    Ok(certificates)
}

fn unusable(file: &OsStr, why: &str) -> String {
    format!(
        "{ROOTS} names {}, which cannot be used: {why}",
        file.display()
    )
}

/// What can be done where no encrypted connection came about.
pub(super) fn explained(said: String) -> String {
    if said.contains("does not support TLS") {
        return format!(
            "{said}; switch it on there, or add ?sslmode=disable to the address where the connection \
             stays in a private network"
        );
    }
    if said.contains("certificate") {
        return format!(
            "{said}; name the file with the certificate of who vouches for the server (PEM) in {ROOTS}"
        );
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_leaves_this_machine_is_encrypted_unless_the_address_says_otherwise() {
        for (address, wanted) in [
            ("postgresql://portal@localhost/portal", SslMode::Disable),
            (
                "postgresql://portal@127.0.0.1:5433/portal",
                SslMode::Disable,
            ),
            ("postgresql://portal@[::1]/portal", SslMode::Disable),
            (
                "postgresql:///portal?host=/run/postgresql",
                SslMode::Disable,
            ),
            ("postgresql://portal@10.0.0.5/portal", SslMode::Require),
            ("postgresql://portal@db.example/portal", SslMode::Require),
            (
                "postgresql://portal@localhost,db.example/portal",
                SslMode::Require,
            ),
            (
                "postgresql://portal@localhost.example/portal",
                SslMode::Require,
            ),
            (
                "postgresql://portal@db.example/portal?sslmode=disable",
                SslMode::Disable,
            ),
            (
                "postgresql://portal@db.example/portal?sslmode=prefer",
                SslMode::Prefer,
            ),
            (
                "postgresql://portal@localhost/portal?sslmode=require",
                SslMode::Require,
            ),
        ] {
            let config = address.parse().unwrap();
            assert_eq!(mode(&config, address), wanted, "{address}");
        }
    }
}
