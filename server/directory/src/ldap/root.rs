//! What a server says about itself: its rootDSE (RFC 4512, 5.1).

use std::collections::BTreeSet;

use super::connection::Connection;
use super::entry::Entry;
use super::search;
use crate::outcome::{Away, Failure};

const ATTRIBUTES: [&str; 9] = [
    "namingContexts",
    "defaultNamingContext",
    "supportedControl",
    "supportedExtension",
    "supportedCapabilities",
    "vendorName",
    "vendorVersion",
    "objectClass",
    "dnsHostName",
];
/// It is Active Directory (MS-ADTS 3.1.1.3.4.3.1); Samba says so, too.
const ACTIVE_DIRECTORY: &str = "1.2.840.113556.1.4.800";

/// The program that answers, as far as it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// A domain controller of Microsoft's.
    Windows,
    /// A domain controller of Samba's.
    Samba,
    /// OpenLDAP.
    OpenLdap,
    /// 389 Directory Server, alone or in FreeIPA.
    Ds389,
    /// It does not tell, or it is none of these.
    Other,
}

/// What a server says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The roots of its trees.
    pub naming_contexts: Vec<String>,
    /// In Active Directory: the head of its domain.
    pub default_naming_context: Option<String>,
    /// OIDs of controls that it knows.
    pub controls: BTreeSet<String>,
    /// OIDs of extended operations that it knows.
    pub extensions: BTreeSet<String>,
    /// The program.
    pub product: Product,
    /// Its maker and version, where it tells.
    pub vendor: Option<String>,
    /// Its own name, where it tells.
    pub host: Option<String>,
}

/// Reads it. A server that shows none is one that cannot be understood.
pub(crate) async fn read(connection: &Connection) -> Result<Root, Failure> {
    let entry = search::read(connection, "", &ATTRIBUTES).await?;
    entry.map(|entry| root(&entry)).ok_or(Failure::Away(Away::Garbled))
}

fn root(entry: &Entry) -> Root {
    let all = |name: &str| entry.texts(name).map(str::to_owned).collect();
    let vendor = [entry.shown("vendorName"), entry.shown("vendorVersion")];
    let vendor = vendor.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Root {
        naming_contexts: entry.texts("namingContexts").map(str::to_owned).collect(),
        default_naming_context: entry.text("defaultNamingContext").map(str::to_owned),
        controls: all("supportedControl"),
        extensions: all("supportedExtension"),
        product: product(entry, &vendor),
        vendor: (!vendor.is_empty()).then_some(vendor),
        host: entry.shown("dnsHostName"),
    }
}

fn product(entry: &Entry, vendor: &str) -> Product {
    if entry.texts("supportedCapabilities").any(|oid| oid == ACTIVE_DIRECTORY) {
        // Microsoft's tells no vendor; Samba's tells itself, and its version.
        return if vendor.is_empty() { Product::Windows } else { Product::Samba };
    }
    if entry.texts("objectClass").any(|class| class.eq_ignore_ascii_case("OpenLDAProotDSE")) {
        return Product::OpenLdap;
    }
    if vendor.contains("389") || vendor.contains("Red Hat") { Product::Ds389 } else { Product::Other }
}

impl Root {
    /// Whether it knows a control.
    pub fn knows_control(&self, oid: &str) -> bool {
        self.controls.contains(oid)
    }

    /// Whether a reset keeps the rules of a change there, history above all: the control *policy hints*.
    pub fn keeps_history_on_reset(&self) -> bool {
        super::controls::policy_hints(|oid| self.knows_control(oid)).is_some()
    }

    /// The head of the tree in which `dn` is.
    pub(crate) fn tree_of(&self, dn: &str) -> Option<&str> {
        let dn = dn.to_ascii_lowercase();
        let holds = |head: &&str| {
            let head = head.to_ascii_lowercase();
            dn == head || dn.strip_suffix(&head).is_some_and(|rest| rest.ends_with(','))
        };
        self.naming_contexts.iter().map(String::as_str).filter(holds).max_by_key(|head| head.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_product_is_told_apart() {
        let capability: (&str, &[u8]) = ("supportedCapabilities", ACTIVE_DIRECTORY.as_bytes());
        let cases: [(&[(&str, &[u8])], Product); 5] = [
            (&[capability], Product::Windows),
            (
                &[capability, ("vendorName", b"Samba Team"), ("vendorVersion", b"4.17.12-Debian")],
                Product::Samba,
            ),
            (&[("objectClass", b"top"), ("objectClass", b"OpenLDAProotDSE")], Product::OpenLdap),
            (&[("vendorName", b"389 Project"), ("vendorVersion", b"389-Directory/2.3.1")], Product::Ds389),
            (&[("vendorName", b"Somebody")], Product::Other),
        ];
        for (values, product) in cases {
            assert_eq!(root(&Entry::of("", values)).product, product);
        }
    }

    #[test]
    fn the_tree_of_a_name_is_the_one_that_ends_it() {
        let values: &[(&str, &[u8])] = &[
            ("namingContexts", b"dc=example"),
            ("namingContexts", b"ou=a,dc=example"),
            ("namingContexts", b"dc=b"),
        ];
        let root = root(&Entry::of("", values));
        assert_eq!(root.tree_of("uid=x,ou=A,dc=Example"), Some("ou=a,dc=example"));
        assert_eq!(root.tree_of("dc=example"), Some("dc=example"));
        assert_eq!(root.tree_of("dc=bigexample"), None);
    }
}
