//! Writing HTML so that no value can become markup: what is not escaped is part of this program.

use crate::assess::words::harmless;
use crate::messages::render::escape;

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// HTML that is being written.
#[derive(Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Markup of this program.
    pub(super) fn raw(&mut self, html: &'static str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Anybody's text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escaped(text));
        self
    }

    /// The beginning of an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) -> &mut Self {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.0.push_str(&escaped(value));
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// The end of an element.
    pub(super) fn close(&mut self, name: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
        self
    }

    /// An element that holds text alone.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> &mut Self {
        self.open(name, attributes).text(text).close(name)
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

fn escaped(text: &str) -> String {
    escape(&harmless_but_breaks(text))
}

/// Lines of commands stay lines.
fn harmless_but_breaks(text: &str) -> String {
    text.split('\n').map(harmless).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_markup() {
        let mut markup = Markup::default();
        markup.element("td", &[("title", "\"><script>alert(1)</script>")], "<script>'&\u{202E}\nx");
        assert_eq!(
            markup.into_string(),
            "<td title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">&lt;script&gt;&#39;&amp;�\nx</td>\n"
        );
    }
}
