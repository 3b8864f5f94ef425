//! The organisation's own push services, as its administrator lists them. A subscription names any address at all, so the
//! networks of gateways are none of its business: only what is public, and exactly these.

use crate::outside::{Outside, Target};

/// Scheme, host and port of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PushServices(Vec<Target>);

impl PushServices {
    /// Reads `https://push.example.org, http://10.20.1.5:8080`. What cannot be read comes back.
    pub fn parse(list: &str) -> Result<Self, String> {
        let anywhere = Outside::anywhere(None);
        let read = |part: &str| anywhere.target(part).ok().filter(|target| target.path == "/");
        let parts = list.split([',', ' ']).filter(|part| !part.is_empty());
        parts.map(|part| read(part).ok_or_else(|| part.to_owned())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an endpoint belongs to one of them.
    pub(super) fn list(&self, endpoint: &Target) -> bool {
        self.0.iter().any(|service| {
            service.secure == endpoint.secure
                && service.port == endpoint.port
                && service.host.eq_ignore_ascii_case(&endpoint.host)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t127_a_list_names_whole_services_and_nothing_beside_them() {
        let services = PushServices::parse("https://Push.example.org, http://10.20.1.5:8080").unwrap();
        let lists = |url: &str| services.list(&Outside::anywhere(None).target(url).unwrap());
        assert!(lists("https://push.example.org/wpush/v2/abc") && lists("https://push.example.org:443/"));
        assert!(lists("http://10.20.1.5:8080/x"));
        for other in [
            "http://push.example.org/",
            "https://push.example.org:8443/",
            "https://push.example.org.evil.example/",
            "http://10.20.1.5/",
            "http://10.20.1.5:22/",
            "http://10.20.1.6:8080/",
        ] {
            assert!(!lists(other), "{other}");
        }
        for wrong in ["10.20.0.0/16", "push.example.org", "https://push.example.org/path", "ftp://x"] {
            assert_eq!(PushServices::parse(wrong), Err(wrong.to_owned()));
        }
        assert_eq!(PushServices::parse(""), Ok(PushServices::default()));
    }
}
