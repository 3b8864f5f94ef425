//! Controls that are encoded here: pages of a search, parts of a security descriptor, and Active Directory's *policy hints*.

use ldap3::controls::{Control, RawControl};

use super::ber::{self, OCTETS, Reader, SEQUENCE};

/// Pages of a search (RFC 2696).
pub(crate) const PAGED: &str = "1.2.840.113556.1.4.319";
/// Which parts of a security descriptor are read (MS-ADTS 3.1.1.3.4.1.11).
const SD_FLAGS: &str = "1.2.840.113556.1.4.801";
/// A reset keeps the rules of a change (MS-ADTS 3.1.1.3.4.1.27); the second is how Windows Server 2008 R2 calls it.
const POLICY_HINTS: [&str; 2] = ["1.2.840.113556.1.4.2239", "1.2.840.113556.1.4.2066"];
/// What somebody may do to an entry (draft-ietf-ldapext-acl-model-08, 9): 389 Directory Server.
pub(crate) const EFFECTIVE_RIGHTS: &str = "1.3.6.1.4.1.42.2.27.9.5.2";
/// Owner, group and the list of who may do something; not the list of what is audited, which needs a right of its own.
const OWNER_GROUP_DACL: u32 = 7;

/// The next page of so many entries. Critical: a server that cannot would send everything at once.
pub(crate) fn page(size: u32, cookie: &[u8]) -> RawControl {
    let mut content = ber::integer(size);
    content.extend(ber::element(OCTETS, cookie));
    critical(PAGED, ber::element(SEQUENCE, &content))
}

/// Where the next page begins; empty: this was the last. `None`: the server says nothing, or nothing that can be read.
pub(crate) fn next_page(controls: &[Control]) -> Option<Vec<u8>> {
    let value = controls.iter().find(|control| control.1.ctype == PAGED)?.1.val.as_ref()?;
    let mut fields = Reader::new(value).inside(SEQUENCE)?;
    fields.any()?;
    fields.expect(OCTETS).map(<[u8]>::to_vec)
}

/// The security descriptor without its list for audits.
pub(crate) fn security_descriptor() -> RawControl {
    critical(SD_FLAGS, ber::element(SEQUENCE, &ber::integer(OWNER_GROUP_DACL)))
}

/// What the one whose DN this is may do.
pub(crate) fn effective_rights(who: &str) -> RawControl {
    critical(EFFECTIVE_RIGHTS, ber::element(OCTETS, format!("dn:{who}").as_bytes()))
}

/// History holds on a reset, too. `None` where the server does not list it: sent as critical it would refuse every reset
/// there, and otherwise it would be ignored without a word.
pub(crate) fn policy_hints(is_listed: impl Fn(&str) -> bool) -> Option<RawControl> {
    let oid = POLICY_HINTS.into_iter().find(|oid| is_listed(oid))?;
    Some(critical(oid, ber::element(SEQUENCE, &ber::integer(1))))
}

fn critical(oid: &str, value: Vec<u8>) -> RawControl {
    RawControl { ctype: oid.to_owned(), crit: true, val: Some(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn policy_hints_are_critical_and_only_where_listed() {
        let newest = policy_hints(|_| true).unwrap();
        assert_eq!((newest.ctype.as_str(), newest.crit), ("1.2.840.113556.1.4.2239", true));
        assert_eq!(newest.val.unwrap(), [0x30, 3, 2, 1, 1]);
        let older = policy_hints(|oid| oid == "1.2.840.113556.1.4.2066").unwrap();
        assert_eq!(older.ctype, "1.2.840.113556.1.4.2066");
        assert!(policy_hints(|_| false).is_none());
    }

    #[test]
    fn a_page_is_what_rfc_2696_says() {
        assert_eq!(page(500, b"").val.unwrap(), [0x30, 6, 2, 2, 1, 0xf4, 4, 0]);
        assert_eq!(page(1, b"ab").val.unwrap(), [0x30, 7, 2, 1, 1, 4, 2, b'a', b'b']);
    }

    #[test]
    fn the_descriptor_comes_without_its_audit_list() {
        assert_eq!(security_descriptor().val.unwrap(), [0x30, 3, 2, 1, 7]);
    }

    #[test]
    fn whose_rights_are_asked_for_is_an_octet_string() {
        assert_eq!(effective_rights("cn=a").val.unwrap(), b"\x04\x07dn:cn=a");
    }

    #[test]
    fn without_the_control_there_is_no_next_page() {
        assert_eq!(next_page(&[]), None);
        let empty = RawControl { ctype: PAGED.to_owned(), crit: false, val: None };
        assert_eq!(next_page(&[Control(None, empty)]), None);
    }

    proptest! {
        #[test]
        fn a_cookie_comes_back(size in any::<u32>(), cookie in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(next_page(&[Control(None, page(size, &cookie))]), Some(cookie));
        }

        #[test]
        fn nothing_panics(value in prop::collection::vec(any::<u8>(), 0..32)) {
            let raw = RawControl { ctype: PAGED.to_owned(), crit: false, val: Some(value) };
            let _ = next_page(&[Control(None, raw)]);
        }
    }
}
