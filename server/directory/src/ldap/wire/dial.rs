//! A connection to one server, encrypted, with the library's handle on its near end.

use std::net::SocketAddr;
use std::sync::Arc;

use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, StdStream};
use regain_core::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::rustls::ClientConfig;

use super::{relay, starttls, tls};
use crate::ldap::server::{Encryption, Server};
use crate::outcome::Away;

/// A name may have many addresses: so many are tried.
const MOST_ADDRESSES: usize = 3;

/// A handle, and the tasks behind it. They end with the set.
pub(crate) struct Line {
    /// On which LDAP is spoken.
    pub(crate) ldap: Ldap,
    /// The library's driver, and the relay to the server.
    pub(crate) tasks: JoinSet<()>,
}

/// Connects to `server`, within `limit`.
pub(crate) async fn dial(server: &Server, config: &Arc<ClientConfig>, limit: Duration) -> Result<Line, Away> {
    let connect = async {
        let mut stream = reach(server, limit).await?;
        if server.encryption() == Encryption::StartTls {
            starttls::ask(&mut stream).await?;
        }
        tls::shake_hands(config, server.host(), stream).await
    };
    let stream = timeout(limit, connect).await.map_err(|_| Away::Silent)??;
    over(stream).await
}

/// A handle on what comes over `stream`, which is encrypted by now.
pub(crate) async fn over<S>(stream: S) -> Result<Line, Away>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (near, far) = UnixStream::pair().map_err(|_| Away::NotReached)?;
    let near = StdStream::Unix(near.into_std().map_err(|_| Away::NotReached)?);
    let settings = LdapConnSettings::new().set_std_stream(near);
    let opened = LdapConnAsync::with_settings(settings, "ldapi:///").await;
    let (driver, ldap) = opened.map_err(|_| Away::NotReached)?;
    let mut tasks = JoinSet::new();
    tasks.spawn(relay::carry(stream, far));
    tasks.spawn(async move {
        // However it ends: whoever waits for an answer hears that none will come.
        let _ = driver.drive().await;
    });
    Ok(Line { ldap, tasks })
}

/// Each address has its share of the time, so that a dead one does not use up that of the others.
async fn reach(server: &Server, limit: Duration) -> Result<TcpStream, Away> {
    let found = lookup_host((server.host(), server.port())).await.map_err(|_| Away::NotReached)?;
    let addresses: Vec<SocketAddr> = found.take(MOST_ADDRESSES).collect();
    let share = limit / u32::try_from(addresses.len().max(1)).unwrap_or(1);
    let mut why = Away::NotReached;
    for address in addresses {
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(_)) => {}
            Err(_) => why = Away::Silent,
        }
    }
    Err(why)
}
