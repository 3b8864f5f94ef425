//! A security descriptor (MS-DTYP 2.4.6), as far as one question needs it: whether somebody may reset a password.

use std::collections::HashSet;

use crate::ldap::values::Sid;

/// The right *Reset Password* (MS-ADTS 5.1.3.2.1): 00299570-246d-11d0-a768-00aa006e0529.
const RESET_PASSWORD: [u8; 16] =
    [0x70, 0x95, 0x29, 0x00, 0x6d, 0x24, 0xd0, 0x11, 0xa7, 0x68, 0x00, 0xaa, 0x00, 0x6e, 0x05, 0x29];
/// SE_SELF_RELATIVE and SE_DACL_PRESENT.
const NEEDED: u16 = 0x8004;

// Kinds of entries (MS-DTYP 2.4.4.1).
const ALLOWED: u8 = 0;
const DENIED: u8 = 1;
const ALLOWED_OBJECT: u8 = 5;
const DENIED_OBJECT: u8 = 6;
/// INHERIT_ONLY_ACE: for what is below, not for the object itself.
const INHERIT_ONLY: u8 = 0x08;
/// ADS_RIGHT_DS_CONTROL_ACCESS and GENERIC_ALL.
const CONTROL_ACCESS: u32 = 0x100 | 0x1000_0000;

/// The list of who may do something, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Descriptor(Vec<Ace>);

/// One entry that is about resets.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ace {
    allows: bool,
    who: Sid,
}

impl Descriptor {
    /// `None`: it is none, or its list cannot be read whole.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let control = u16_at(bytes, 2)?;
        if bytes.first() != Some(&1) || control & NEEDED != NEEDED {
            return None;
        }
        let list = bytes.get(usize::try_from(u32_at(bytes, 16)?).ok().filter(|&place| place > 0)?..)?;
        let size = usize::from(u16_at(list, 2)?);
        let mut rest = list.get(8..size)?;
        let mut aces = Vec::new();
        for _ in 0..u16_at(list, 4)? {
            let size = usize::from(u16_at(rest, 2)?);
            // At least its own head, or it would never end.
            let ace = rest.get(..size.max(4))?;
            rest = rest.get(size.max(4)..)?;
            aces.extend(about_resets(ace)?);
        }
        Some(Self(aces))
    }

    /// The first entry that is about somebody of `token` decides (MS-DTYP 2.5.3.2).
    pub(super) fn may_reset_password(&self, token: &HashSet<Sid>) -> bool {
        self.0.iter().find(|ace| token.contains(&ace.who)).is_some_and(|ace| ace.allows)
    }
}

/// The outer `None`: it cannot be read; the inner: it is about something else.
fn about_resets(ace: &[u8]) -> Option<Option<Ace>> {
    let (&kind, &flags) = (ace.first()?, ace.get(1)?);
    let has_object = matches!(kind, ALLOWED_OBJECT | DENIED_OBJECT);
    if flags & INHERIT_ONLY != 0 || !(has_object || matches!(kind, ALLOWED | DENIED)) {
        return Some(None);
    }
    let mask = u32_at(ace, 4)?;
    let mut place = 8;
    let mut is_about_resets = true;
    if has_object {
        let present = u32_at(ace, 8)?;
        place = 12;
        if present & 1 != 0 {
            is_about_resets = ace.get(place..place + 16)? == RESET_PASSWORD;
            place += 16;
        }
        if present & 2 != 0 {
            place += 16;
        }
    }
    if mask & CONTROL_ACCESS == 0 || !is_about_resets {
        return Some(None);
    }
    let (who, _) = Sid::first(ace.get(place..)?)?;
    Some(Some(Ace { allows: matches!(kind, ALLOWED | ALLOWED_OBJECT), who }))
}

fn u16_at(bytes: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(place..place + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(place..place + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// S-1-1-0.
    const EVERYONE: [u8; 12] = [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];

    fn ace(kind: u8, flags: u8, mask: u32, object: Option<[u8; 16]>) -> Vec<u8> {
        let mut body = mask.to_le_bytes().to_vec();
        if matches!(kind, ALLOWED_OBJECT | DENIED_OBJECT) {
            body.extend(u32::from(object.is_some()).to_le_bytes());
            body.extend(object.into_iter().flatten());
        }
        body.extend(EVERYONE);
        let size = u16::try_from(body.len() + 4).unwrap();
        [&[kind, flags][..], &size.to_le_bytes(), &body].concat()
    }

    fn descriptor(aces: &[Vec<u8>]) -> Vec<u8> {
        let list = aces.concat();
        let size = u16::try_from(list.len() + 8).unwrap();
        let count = u16::try_from(aces.len()).unwrap();
        let mut bytes = vec![1, 0, 0x04, 0x80];
        bytes.extend([0; 12]);
        bytes.extend(20_u32.to_le_bytes());
        bytes.extend([4, 0]);
        bytes.extend(size.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(list);
        bytes
    }

    fn may(aces: &[Vec<u8>]) -> bool {
        let token = HashSet::from([Sid::everyone()]);
        Descriptor::parse(&descriptor(aces)).unwrap().may_reset_password(&token)
    }

    #[test]
    fn the_right_is_found_alone_and_among_all_rights() {
        assert!(may(&[ace(ALLOWED_OBJECT, 0, 0x100, Some(RESET_PASSWORD))]));
        assert!(may(&[ace(ALLOWED_OBJECT, 0, 0x100, None)]));
        assert!(may(&[ace(ALLOWED, 0, 0x000f_01ff, None)]));
        assert!(!may(&[]));
    }

    #[test]
    fn other_rights_and_inherited_ones_do_not_count() {
        assert!(!may(&[ace(ALLOWED_OBJECT, 0, 0x100, Some([7; 16]))]));
        assert!(!may(&[ace(ALLOWED_OBJECT, 0, 0x30, Some(RESET_PASSWORD))]));
        assert!(!may(&[ace(ALLOWED_OBJECT, INHERIT_ONLY, 0x100, Some(RESET_PASSWORD))]));
        assert!(!may(&[ace(2, 0, 0x100, None)]));
    }

    #[test]
    fn the_first_that_is_about_it_decides() {
        let allow = ace(ALLOWED_OBJECT, 0, 0x100, Some(RESET_PASSWORD));
        let deny = ace(DENIED_OBJECT, 0, 0x100, Some(RESET_PASSWORD));
        assert!(!may(&[deny.clone(), allow.clone()]));
        assert!(may(&[allow, deny]));
        let nobody = Descriptor::parse(&descriptor(&[ace(ALLOWED, 0, 0x100, None)])).unwrap();
        assert!(!nobody.may_reset_password(&HashSet::from([Sid::nt(&[18])])));
    }

    #[test]
    fn half_a_descriptor_is_none() {
        let whole = descriptor(&[ace(ALLOWED_OBJECT, 0, 0x100, Some(RESET_PASSWORD))]);
        for length in 0..whole.len() {
            assert_eq!(Descriptor::parse(&whole[..length]), None, "{length}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(noise in prop::collection::vec(any::<u8>(), 0..120), place in 0..80_usize, byte in any::<u8>()) {
            let _ = Descriptor::parse(&noise);
            let mut bytes = descriptor(&[ace(ALLOWED_OBJECT, 0, 0x100, Some(RESET_PASSWORD))]);
            let length = bytes.len();
            bytes[place % length] = byte;
            let _ = Descriptor::parse(&bytes);
        }
    }
}
