use leptos::prelude::*;
use web_sys::{HtmlButtonElement, HtmlElement};

use super::dom::{after, by_id, in_browser, set};

/// Counts down to when the server agrees to send again. The seconds are seen, not announced; the end is.
#[island]
pub fn ResendCountdown(
    /// Id of the button that sends again.
    button: String,
    /// Id of the text beside it.
    status: String,
    /// From here.
    seconds: u32,
    /// With `{n}` for the seconds that are left.
    counting: String,
    /// Said at the end.
    ready: String,
) -> impl IntoView {
    in_browser(move || {
        let clock = Clock { button: by_id(&button)?, status: by_id(&status)?, counting, ready };
        if seconds > 0 {
            clock.button.set_disabled(true);
            clock.tick(seconds);
        }
        Some(())
    });
}

struct Clock {
    button: HtmlButtonElement,
    status: HtmlElement,
    counting: String,
    ready: String,
}

impl Clock {
    fn tick(self, left: u32) {
        if left == 0 {
            self.button.set_disabled(false);
            // A live region only now, or every second would be read out.
            set(&self.status, "role", "status");
            self.status.set_text_content(Some(&self.ready));
            return;
        }
        self.status.set_text_content(Some(&self.counting.replace("{n}", &left.to_string())));
        after(1_000, move || self.tick(left - 1));
    }
}
