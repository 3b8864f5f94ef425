//! The shape of what a server sends. The library that takes messages apart ends its task, or ours, where one is not as it
//! expects, and follows nested elements as deep as they go. So each message is looked at first: what passes here has the
//! shape of RFC 4511 and answers something that was asked.

use std::collections::HashMap;

use crate::ldap::ber::{self, BOOLEAN, ENUMERATED, INTEGER, OCTETS, Reader, SEQUENCE, SET};

const BIND: u8 = 0x60;
const BIND_ANSWER: u8 = 0x61;
const UNBIND: u8 = 0x42;
const SEARCH: u8 = 0x63;
const SEARCH_ENTRY: u8 = 0x64;
const SEARCH_DONE: u8 = 0x65;
const SEARCH_REFERENCE: u8 = 0x73;
const MODIFY: u8 = 0x66;
const MODIFY_ANSWER: u8 = 0x67;
const EXTENDED: u8 = 0x77;
const EXTENDED_ANSWER: u8 = 0x78;
const CONTROLS: u8 = 0xa0;
const REFERRAL: u8 = 0xa3;
const EXTENDED_NAME: u8 = 0x8a;

/// What was asked on a connection and is not answered yet: message number, and the tag of the answer that ends it.
#[derive(Debug, Default)]
pub(super) struct Questions(HashMap<i64, u8>);

/// A message that must not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Misshapen;

impl Questions {
    /// Notes what one message asks.
    pub(super) fn ask(&mut self, message: &[u8]) -> Result<(), Misshapen> {
        let (id, tag) = Reader::new(message).inside(SEQUENCE).and_then(head).ok_or(Misshapen)?;
        let answer = match tag {
            BIND => BIND_ANSWER,
            SEARCH => SEARCH_DONE,
            MODIFY => MODIFY_ANSWER,
            EXTENDED => EXTENDED_ANSWER,
            UNBIND => return Ok(()),
            _ => return Err(Misshapen),
        };
        self.0.insert(id, answer);
        Ok(())
    }

    /// Whether one message is a whole answer to something that was asked. A notice that the server hangs up answers
    /// nothing: what would come after it is of no interest.
    pub(super) fn answer(&mut self, message: &[u8]) -> Result<(), Misshapen> {
        let mut fields = Reader::new(message).inside(SEQUENCE).ok_or(Misshapen)?;
        let (id, tag) = head(fields).ok_or(Misshapen)?;
        let _ = fields.any();
        let (_, content) = fields.any().ok_or(Misshapen)?;
        let expected = *self.0.get(&id).ok_or(Misshapen)?;
        let content = Reader::new(content);
        let fits = match tag {
            SEARCH_ENTRY => expected == SEARCH_DONE && is_entry(content),
            SEARCH_REFERENCE => expected == SEARCH_DONE && is_texts(content),
            _ => tag == expected && is_result(content),
        };
        if !fits || !is_end(fields) {
            return Err(Misshapen);
        }
        if tag == expected {
            self.0.remove(&id);
        }
        Ok(())
    }
}

/// Message number and tag of the operation.
fn head(mut fields: Reader<'_>) -> Option<(i64, u8)> {
    let id = fields.expect(INTEGER).and_then(ber::number).filter(|id| i32::try_from(*id).is_ok())?;
    Some((id, fields.peek()?))
}

/// `LDAPResult` and what its kinds add (RFC 4511, 4.1.9, 4.2.2, 4.12).
fn is_result(mut fields: Reader<'_>) -> bool {
    let code = fields.expect(ENUMERATED).and_then(ber::number);
    if code.is_none_or(|code| u32::try_from(code).is_err()) {
        return false;
    }
    if !is_text(fields.expect(OCTETS)) || !is_text(fields.expect(OCTETS)) {
        return false;
    }
    while let Some((tag, content)) = fields.any() {
        let fits = match tag {
            REFERRAL => is_texts(Reader::new(content)),
            EXTENDED_NAME => is_text(Some(content)),
            _ => !ber::is_constructed(tag),
        };
        if !fits {
            return false;
        }
    }
    fields.is_empty()
}

/// `SearchResultEntry`: a name, and attributes with their values.
fn is_entry(mut fields: Reader<'_>) -> bool {
    if !is_text(fields.expect(OCTETS)) {
        return false;
    }
    let Some(mut attributes) = fields.inside(SEQUENCE) else { return false };
    while let Some(mut attribute) = attributes.inside(SEQUENCE) {
        if !is_text(attribute.expect(OCTETS)) {
            return false;
        }
        let Some(mut values) = attribute.inside(SET) else { return false };
        while values.expect(OCTETS).is_some() {}
        if !values.is_empty() || !attribute.is_empty() {
            return false;
        }
    }
    attributes.is_empty() && fields.is_empty()
}

fn is_texts(mut fields: Reader<'_>) -> bool {
    while let Some(text) = fields.expect(OCTETS) {
        if !is_text(Some(text)) {
            return false;
        }
    }
    fields.is_empty()
}

/// Controls, or nothing. Active Directory puts the name of a notice here, too, which answers nothing.
fn is_end(mut fields: Reader<'_>) -> bool {
    if fields.is_empty() {
        return true;
    }
    let Some(mut controls) = fields.inside(CONTROLS) else { return false };
    while let Some(mut control) = controls.inside(SEQUENCE) {
        if !is_text(control.expect(OCTETS)) {
            return false;
        }
        if control.peek() == Some(BOOLEAN) && control.expect(BOOLEAN).is_none_or(<[u8]>::is_empty) {
            return false;
        }
        if !control.is_empty() && control.expect(OCTETS).is_none() {
            return false;
        }
        if !control.is_empty() {
            return false;
        }
    }
    controls.is_empty() && fields.is_empty()
}

fn is_text(content: Option<&[u8]>) -> bool {
    content.is_some_and(|content| std::str::from_utf8(content).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ldap::ber::element;

    fn message(id: u8, operation: Vec<u8>, rest: &[u8]) -> Vec<u8> {
        let mut content = element(INTEGER, &[id]);
        content.extend(operation);
        content.extend_from_slice(rest);
        element(SEQUENCE, &content)
    }

    fn result(tag: u8, text: &[u8], rest: &[u8]) -> Vec<u8> {
        let mut content = element(ENUMERATED, &[19]);
        content.extend(element(OCTETS, b""));
        content.extend(element(OCTETS, text));
        content.extend_from_slice(rest);
        element(tag, &content)
    }

    fn asked() -> Questions {
        let mut questions = Questions::default();
        questions.ask(&message(1, element(SEARCH, b""), &[])).unwrap();
        questions.ask(&message(2, element(MODIFY, b""), &[])).unwrap();
        questions
    }

    #[test]
    fn an_answer_ends_its_question_once() {
        let mut questions = asked();
        let answer = message(2, result(MODIFY_ANSWER, b"0000052D: no", &[]), &[]);
        assert_eq!(questions.answer(&answer), Ok(()));
        assert_eq!(questions.answer(&answer), Err(Misshapen));
    }

    #[test]
    fn an_answer_must_be_of_the_kind_that_was_asked() {
        let mut questions = asked();
        assert_eq!(questions.answer(&message(1, result(MODIFY_ANSWER, b"", &[]), &[])), Err(Misshapen));
        assert_eq!(questions.answer(&message(2, result(SEARCH_DONE, b"", &[]), &[])), Err(Misshapen));
        assert_eq!(questions.answer(&message(3, result(SEARCH_DONE, b"", &[]), &[])), Err(Misshapen));
        assert_eq!(questions.answer(&message(0, result(EXTENDED_ANSWER, b"", &[]), &[])), Err(Misshapen));
        assert_eq!(questions.answer(&message(1, result(SEARCH_DONE, b"", &[]), &[])), Ok(()));
    }

    #[test]
    fn a_text_must_be_text_and_elements_must_not_nest() {
        let mut questions = asked();
        let foreign = message(2, result(MODIFY_ANSWER, b"\xe9", &[]), &[]);
        assert_eq!(questions.answer(&foreign), Err(Misshapen));
        let mut deep = element(OCTETS, b"");
        for _ in 0..50 {
            deep = element(0xa4, &deep);
        }
        assert_eq!(questions.answer(&message(2, result(MODIFY_ANSWER, b"", &deep), &[])), Err(Misshapen));
        assert_eq!(questions.answer(&message(2, result(MODIFY_ANSWER, b"", &[]), &deep)), Err(Misshapen));
    }

    #[test]
    fn entries_and_controls_pass_whole_only() {
        let mut values = element(OCTETS, b"alice");
        values.extend(element(OCTETS, &[0xff, 0]));
        let mut attribute = element(OCTETS, b"uid");
        attribute.extend(element(SET, &values));
        let mut entry = element(OCTETS, b"uid=alice");
        entry.extend(element(SEQUENCE, &element(SEQUENCE, &attribute)));
        let mut control = element(OCTETS, b"1.2.3");
        control.extend(element(BOOLEAN, &[0xff]));
        control.extend(element(OCTETS, b"value"));
        let controls = element(CONTROLS, &element(SEQUENCE, &control));
        let whole = message(1, element(SEARCH_ENTRY, &entry), &controls);
        assert_eq!(asked().answer(&whole), Ok(()));
        // Any element that ends early leaves something else in the place of the next one.
        let short = message(1, element(SEARCH_ENTRY, &entry[..entry.len() - 1]), &controls);
        assert_eq!(asked().answer(&short), Err(Misshapen));
        let empty = element(CONTROLS, &element(SEQUENCE, &[4, 1, b'1', 1, 0]));
        assert_eq!(asked().answer(&message(1, element(SEARCH_ENTRY, &entry), &empty)), Err(Misshapen));
    }
}
