//! Configuration: the environment, or the same keys in `regain.toml`; the environment wins.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use regain_channels::{Outside, Proxy, PushServices, Smtp, SmtpUrlError};
use regain_core::network::Network;
use regain_core::secret::Secret;

use crate::ambient;

mod origin;
mod public_url;
mod userinfo;

pub use origin::{Origin, is_loopback};
pub use public_url::PublicUrl;

const KEYS: &[&str] = &[
    "REGAIN_ADMIN_NETWORKS",
    "REGAIN_DATABASE_URL",
    "REGAIN_DATA_DIR",
    "REGAIN_DEMO_PASSWORD",
    "REGAIN_GATEWAY_NETWORKS",
    "REGAIN_KEY_FILE",
    "REGAIN_LISTEN",
    "REGAIN_MAIL_FROM",
    "REGAIN_METRICS_LISTEN",
    "REGAIN_PUBLIC_URL",
    "REGAIN_PUSH_SERVICES",
    "REGAIN_SMTP_NAME",
    "REGAIN_SMTP_URL",
    "REGAIN_TRUSTED_PROXIES",
];

/// Everything that is set from outside.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The only source of absolute links.
    pub public_url: PublicUrl,
    /// Embedded database and generated keys.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres://…`.
    pub database_url: Secret,
    /// The master key.
    pub key_file: PathBuf,
    /// Whether the key file was named, so that it must exist.
    pub key_file_named: bool,
    /// Networks from which `/admin` answers; empty: any.
    pub admin_networks: Vec<Network>,
    /// Networks whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<Network>,
    /// `smtps://user:pass@host:465` or `smtp://…?tls=required`.
    pub smtp_url: Option<Secret>,
    /// What we call ourselves when a mail server is greeted; `None`: the public host.
    pub smtp_name: Option<String>,
    /// The sender of mails.
    pub mail_from: Option<String>,
    /// Where requests to gateways may go: anywhere outside, into the networks that are named, through the proxy if there
    /// is one.
    pub outside: Outside,
    /// Push services of the organisation's own.
    pub push_services: PushServices,
    /// A separate listener for metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// The password of demo accounts.
    pub demo_password: Option<Secret>,
}

impl Config {
    /// Reads the environment and, if there is one, `regain.toml` in the working folder.
    pub fn load() -> anyhow::Result<Self> {
        let file = Path::new("regain.toml");
        let text = if file.exists() { std::fs::read_to_string(file)? } else { String::new() };
        Self::from_sources(&text, &ambient::variable)
    }

    /// The same from given sources, for tests.
    pub fn from_sources(toml: &str, environment: &dyn Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let file = parse_file(toml)?;
        let get = |key: &str| value(key, environment, &file);
        let listen: SocketAddr =
            parse("REGAIN_LISTEN", get("REGAIN_LISTEN")?.as_deref().unwrap_or("127.0.0.1:3000"))?;
        let public_url = match get("REGAIN_PUBLIC_URL")? {
            Some(url) => PublicUrl::parse(&url)?,
            None => PublicUrl::local(listen.port()),
        };
        let data_dir = PathBuf::from(get("REGAIN_DATA_DIR")?.unwrap_or_else(|| "./regain-data".to_owned()));
        let database_url = get("REGAIN_DATABASE_URL")?
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("regain.db").display()));
        ensure!(
            ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)),
            "REGAIN_DATABASE_URL must begin with sqlite: or postgres://"
        );
        userinfo::check("REGAIN_DATABASE_URL", &database_url)?;
        let smtp_url = get("REGAIN_SMTP_URL")?;
        userinfo::check("REGAIN_SMTP_URL", smtp_url.as_deref().unwrap_or_default())?;
        let key_file = get("REGAIN_KEY_FILE")?;
        Ok(Self {
            listen,
            public_url,
            database_url: Secret::from(database_url),
            key_file_named: key_file.is_some(),
            key_file: key_file.map_or_else(|| data_dir.join("master.key"), PathBuf::from),
            data_dir,
            admin_networks: networks("REGAIN_ADMIN_NETWORKS", get("REGAIN_ADMIN_NETWORKS")?)?,
            trusted_proxies: networks("REGAIN_TRUSTED_PROXIES", get("REGAIN_TRUSTED_PROXIES")?)?,
            smtp_url: smtp_url.map(Secret::from),
            smtp_name: get("REGAIN_SMTP_NAME")?,
            mail_from: get("REGAIN_MAIL_FROM")?,
            outside: Outside {
                gateway_networks: networks("REGAIN_GATEWAY_NETWORKS", get("REGAIN_GATEWAY_NETWORKS")?)?,
                proxy: proxy(environment),
            },
            push_services: push_services(get("REGAIN_PUSH_SERVICES")?)?,
            metrics_listen: get("REGAIN_METRICS_LISTEN")?
                .map(|text| parse("REGAIN_METRICS_LISTEN", &text))
                .transpose()?,
            demo_password: get("REGAIN_DEMO_PASSWORD")?.map(Secret::from),
        })
    }

    /// The mail server, if one is named.
    pub fn smtp(&self) -> Option<Result<Smtp, SmtpUrlError>> {
        let url = self.smtp_url.as_ref()?;
        let name = self.smtp_name.as_deref().unwrap_or_else(|| self.public_url.host());
        Some(Smtp::new(url.expose(), &self.sender(), name))
    }

    /// The sender of mails.
    pub fn sender(&self) -> String {
        self.mail_from.clone().unwrap_or_else(|| format!("regain@{}", self.public_url.host()))
    }

    /// Whether the database is embedded.
    pub fn is_embedded(&self) -> bool {
        self.database_url.expose().starts_with("sqlite:")
    }
}

fn parse_file(toml: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let table: BTreeMap<String, toml::Value> = toml::from_str(toml).context("regain.toml cannot be read")?;
    let mut file = BTreeMap::new();
    for (key, value) in table {
        let base = key.strip_suffix("_FILE").unwrap_or(&key);
        ensure!(
            KEYS.contains(&key.as_str()) || KEYS.contains(&base),
            "regain.toml: there is no setting {key}"
        );
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Array(items) => {
                items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(",")
            }
            _ => bail!("regain.toml: {key} must be a text"),
        };
        file.insert(key, text);
    }
    Ok(file)
}

/// The variable, or the content of the file that `<key>_FILE` names; environment before `regain.toml`.
fn value(
    key: &str,
    environment: &dyn Fn(&str) -> Option<String>,
    file: &BTreeMap<String, String>,
) -> anyhow::Result<Option<String>> {
    let from_file = format!("{key}_FILE");
    let sources: [&dyn Fn(&str) -> Option<String>; 2] = [environment, &|name| file.get(name).cloned()];
    for source in sources {
        if let Some(value) = source(key) {
            return Ok(Some(value));
        }
        // REGAIN_KEY_FILE is itself a file's name, not `REGAIN_KEY` in a file.
        if let Some(path) = source(&from_file) {
            let content =
                std::fs::read_to_string(&path).with_context(|| format!("{from_file}: cannot read {path}"))?;
            return Ok(Some(content.trim_end().to_owned()));
        }
    }
    Ok(None)
}

fn parse<T: std::str::FromStr>(key: &str, text: &str) -> anyhow::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse()
        .with_context(|| format!("{key}: `{text}` is not an address with a port, such as 127.0.0.1:3000"))
}

/// The proxy that the machine names for everybody.
fn proxy(environment: &dyn Fn(&str) -> Option<String>) -> Option<Proxy> {
    let either = |name: &str| environment(name).or_else(|| environment(&name.to_lowercase()));
    Proxy::parse(&either("HTTPS_PROXY")?, &either("NO_PROXY").unwrap_or_default())
}

fn push_services(text: Option<String>) -> anyhow::Result<PushServices> {
    PushServices::parse(&text.unwrap_or_default()).map_err(|part| {
        anyhow::anyhow!("REGAIN_PUSH_SERVICES: `{part}` is not a service such as https://push.example.org")
    })
}

/// The networks of a setting. One that is set and names none is a mistake, and no permission for everybody.
fn networks(key: &str, text: Option<String>) -> anyhow::Result<Vec<Network>> {
    let text = text.unwrap_or_default();
    let parts = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty());
    let read = |part| {
        Network::parse(part).with_context(|| format!("{key}: `{part}` is not a network such as 10.0.0.0/8"))
    };
    let networks: Vec<Network> = parts.map(read).collect::<anyhow::Result<_>>()?;
    ensure!(text.is_empty() || !networks.is_empty(), "{key} is set and names no network");
    Ok(networks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_alike_in_every_setting_and_a_mistake_opens_nothing() {
        for key in ["REGAIN_ADMIN_NETWORKS", "REGAIN_TRUSTED_PROXIES", "REGAIN_GATEWAY_NETWORKS"] {
            let read = |text: &str| {
                let get = |name: &str| (name == key).then(|| text.to_owned());
                Config::from_sources("", &get).map(|config| match key {
                    "REGAIN_ADMIN_NETWORKS" => config.admin_networks,
                    "REGAIN_TRUSTED_PROXIES" => config.trusted_proxies,
                    _ => config.outside.gateway_networks,
                })
            };
            let two = ["127.0.0.0/8", "2001:db8::/32"].map(|text| Network::parse(text).unwrap());
            for text in [
                "127.0.0.0/8,2001:db8::/32",
                "::ffff:127.0.0.0/104\n2001:db8::/32\n",
                "127.0.0.0/8, 2001:db8::/32",
            ] {
                assert_eq!(read(text).unwrap(), two, "{key} {text}");
            }
            assert!(read("").unwrap().is_empty());
            for mistake in
                [",", " ", "10.0.0.0/33", "inside.example", "10.0.0.1-10.0.0.9", "::ffff:10.0.0.0/8"]
            {
                assert!(read(mistake).is_err(), "{key} {mistake:?}");
            }
        }
    }
}
