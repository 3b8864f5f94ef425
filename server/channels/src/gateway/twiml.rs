//! What a call says, as TwiML.

use crate::Call;

/// The call as it begins: nothing of a code before a key.
pub(super) fn asking(call: &Call, language: &str) -> String {
    let say = |text: &str| say(text, language);
    // The default `finishOnKey` is #, which would swallow the very key that is asked for.
    format!(
        "<Response><Gather action=\"{}\" method=\"POST\" numDigits=\"1\" finishOnKey=\"\" timeout=\"8\">{}\
         <Pause length=\"2\"/>{}</Gather>{}<Hangup/></Response>",
        escape(&call.answer_url),
        say(&call.greeting),
        say(&call.prompt),
        say(&call.silence),
    )
}

/// After #: the code, digit by digit, twice.
pub fn code_heard(before: &str, code: &str, again: &str, goodbye: &str, language: &str) -> String {
    let digits: String =
        code.chars().map(|digit| say(&digit.to_string(), language) + "<Pause length=\"1\"/>").collect();
    let say = |text: &str| say(text, language);
    format!("<Response>{}{digits}{}{digits}{}<Hangup/></Response>", say(before), say(again), say(goodbye))
}

/// One sentence and the end.
pub fn goodbye(text: &str, language: &str) -> String {
    format!("<Response>{}<Hangup/></Response>", say(text, language))
}

fn say(text: &str, language: &str) -> String {
    format!("<Say language=\"{}\">{}</Say>", escape(language), escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_asks_for_a_key_and_ends_in_silence_without_one() {
        let call = Call {
            answer_url: "https://id.example/hooks/voice/x?a=1&b=2".to_owned(),
            greeting: "This is <Contoso>.".to_owned(),
            prompt: "Press pound.".to_owned(),
            silence: "Goodbye.".to_owned(),
            extension: None,
        };
        let twiml = asking(&call, "en-GB");
        assert!(twiml.contains("numDigits=\"1\" finishOnKey=\"\""));
        assert!(twiml.contains("action=\"https://id.example/hooks/voice/x?a=1&amp;b=2\""));
        assert!(twiml.contains("This is &lt;Contoso&gt;."));
        assert!(twiml.ends_with("Goodbye.</Say><Hangup/></Response>"));
    }

    #[test]
    fn a_code_is_read_digit_by_digit_twice() {
        let twiml = code_heard("Your code is", "1203", "Once more", "Goodbye", "en");
        assert!(!twiml.contains("1203"));
        assert_eq!(twiml.matches(">2</Say>").count(), 2);
    }
}
