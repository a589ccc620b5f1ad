//! Elements that hear nothing and follow nothing, for what exists many times over: the rows of the tree.
//!
//! A view keeps something for each of its parts, in case it changes by itself, and makes element after element. A row has
//! some forty and changes as a whole, so it is described, and the document is brought in step: what exists already is written
//! to where the description differs, and what is new is a copy of something like it.

mod document;

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::html::attribute::{Attribute, AttributeValue};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Node};

/// An element as it shall be, with all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    tag: &'static str,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    content: Vec<Content>,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Element(Plain),
    Text(Cow<'static, str>),
}

impl Plain {
    /// An element that holds nothing yet; one of SVG by its name.
    #[must_use]
    pub fn new(tag: &'static str) -> Self {
        Self { tag, attributes: Vec::new(), content: Vec::new() }
    }

    /// With an attribute, whatever it was before.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        match self.attributes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = value.into(),
            None => self.attributes.push((name, value.into())),
        }
        self
    }

    /// With an attribute, where there is a value for it.
    #[must_use]
    pub fn attribute_if(self, name: &'static str, value: Option<impl Into<Cow<'static, str>>>) -> Self {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// With classes, after those that it has.
    #[must_use]
    pub fn class(self, names: impl Into<Cow<'static, str>>) -> Self {
        match self.value("class") {
            Some(before) => {
                let all = format!("{before} {}", names.into());
                self.attribute("class", all)
            }
            None => self.attribute("class", names),
        }
    }

    /// The same as an element of another name.
    #[must_use]
    pub fn named(self, tag: &'static str) -> Self {
        Self { tag, ..self }
    }

    /// With text after what it holds. It is never read as markup.
    #[must_use]
    pub fn text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        match self.content.last_mut() {
            // In the page, what stands side by side is one text, and what is empty is none.
            Some(Content::Text(before)) => before.to_mut().push_str(&text),
            _ if text.is_empty() => {}
            _ => self.content.push(Content::Text(text)),
        }
        self
    }

    /// With an element after what it holds.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.content.push(Content::Element(child));
        self
    }

    /// With elements after what it holds.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(Content::Element));
        self
    }

    /// What an attribute says, where it has it.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    fn is_svg(&self) -> bool {
        matches!(self.tag, "svg" | "path" | "rect" | "circle")
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.tag);
        for (name, value) in &self.attributes {
            AttributeValue::to_html(&**value, name, html);
        }
        html.push('>');
        for content in &self.content {
            match content {
                Content::Element(element) => element.write(html),
                Content::Text(text) => {
                    let (mut position, is_escaped) = (Position::FirstChild, true);
                    (&**text).to_html_with_buf(html, &mut position, is_escaped, false, Vec::new());
                }
            }
        }
        html.push_str("</");
        html.push_str(self.tag);
        html.push('>');
    }
}

/// Text for whoever listens instead of looking.
#[must_use]
pub fn visually_hidden(text: impl Into<Cow<'static, str>>) -> Plain {
    Plain::new("span").class("visually-hidden").text(text)
}

/// By what it is made of and which attributes it has, whatever they say: what is alike by this is quickly made of one another.
impl Hash for Plain {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tag.hash(state);
        for (name, _) in &self.attributes {
            name.hash(state);
        }
        for content in &self.content {
            match content {
                Content::Element(element) => element.hash(state),
                Content::Text(_) => state.write_u8(1),
            }
        }
        state.write_u8(2);
    }
}

/// What stands in the document, and what it was last described as.
pub struct Drawn {
    element: Element,
    plain: Plain,
}

impl Render for Plain {
    type State = Drawn;

    fn build(self) -> Drawn {
        Drawn { element: document::make(&self), plain: self }
    }

    fn rebuild(self, drawn: &mut Drawn) {
        document::bring_in_step(&drawn.element, &drawn.plain, &self);
        drawn.plain = self;
    }
}

impl AddAnyAttr for Plain {
    type Output<A: Attribute> = Self;

    /// Takes none: it is described once, whole.
    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

impl RenderHtml for Plain {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, html: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        self.write(html);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Drawn {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let element = cursor.current().dyn_into().unwrap_or_else(|node: Node| {
            leptos::logging::error!("Expected <{}> in the page, found {}", self.tag, node.node_name());
            document::make(&self)
        });
        position.set(Position::NextChild);
        Drawn { element, plain: self }
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        self.element.remove();
    }

    fn mount(&mut self, parent: &Element, before: Option<&Node>) {
        // Fails for nothing but a parent that holds no elements, or a sibling that is elsewhere.
        let _ = parent.insert_before(&self.element, before);
    }

    fn insert_before_this(&self, other: &mut dyn Mountable) -> bool {
        let parent = self.element.parent_element();
        if let Some(parent) = &parent {
            other.mount(parent, Some(&self.element));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_data() {
        let nasty = "</b><script>\"'&";
        let html = Plain::new("b").attribute("title", nasty).text(nasty).to_html();
        assert_eq!(html, r#"<b title="&lt;/b&gt;&lt;script&gt;&quot;'&amp;">&lt;/b&gt;&lt;script&gt;"'&amp;</b>"#);
    }

    #[test]
    fn is_described_as_a_browser_reads_it() {
        let described = Plain::new("p").text("one").text("").text(", two").child(Plain::new("br").text(""));
        assert_eq!(described.content.len(), 2, "text is one where it stands side by side, and none where it is empty");
        assert_eq!(described.to_html(), "<p>one, two<br></br></p>");
    }
}
