//! Makes plain elements in the document, and writes what changes of them.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use leptos::tachys::renderer::Rndr;
use leptos::wasm_bindgen::{JsCast, intern};
use leptos::web_sys::{Element, Node};
use rustc_hash::{FxHashMap, FxHasher};

use super::{Content, Plain};

/// How many elements are kept to be copied.
const MOST_MODELS: usize = 64;

const SVG: &str = "http://www.w3.org/2000/svg";

thread_local! {
    /// What is kept to be copied, and its description, by what it is made of.
    static MODELS: RefCell<FxHashMap<u64, (Plain, Element)>> = RefCell::default();
}

/// Makes an element. A copy is much quicker than one that is made part by part: it saves most calls into the browser.
pub(super) fn make(wanted: &Plain) -> Element {
    let mut hasher = FxHasher::default();
    wanted.hash(&mut hasher);
    let kind = hasher.finish();
    let copied = MODELS.with_borrow(|models| {
        let (model, element) = models.get(&kind)?;
        let copy = copy(element)?;
        bring_in_step(&copy, model, wanted);
        Some(copy)
    });
    copied.unwrap_or_else(|| {
        let element = make_parts(wanted);
        MODELS.with_borrow_mut(|models| {
            if models.len() == MOST_MODELS {
                models.clear();
            }
            models.extend(copy(&element).map(|copy| (kind, (wanted.clone(), copy))));
        });
        element
    })
}

fn copy(element: &Element) -> Option<Element> {
    element.clone_node_with_deep(true).ok()?.dyn_into().ok()
}

fn make_parts(wanted: &Plain) -> Element {
    let element = Rndr::create_element(wanted.tag, wanted.is_svg().then_some(SVG));
    for (name, value) in &wanted.attributes {
        Rndr::set_attribute(&element, intern(name), value);
    }
    for content in &wanted.content {
        Rndr::insert_node(&element, &make_content(content), None);
    }
    element
}

fn make_content(content: &Content) -> Node {
    match content {
        Content::Element(element) => make_parts(element).into(),
        Content::Text(text) => Rndr::create_text_node(text).into(),
    }
}

/// Writes to an element that was described as `before` what differs from that in `now`.
pub(super) fn bring_in_step(element: &Element, before: &Plain, now: &Plain) {
    if before.attributes != now.attributes {
        write_attributes(element, before, now);
    }
    if before.content != now.content {
        write_content(element, &before.content, &now.content);
    }
}

fn write_attributes(element: &Element, before: &Plain, now: &Plain) {
    for (name, value) in &now.attributes {
        if before.value(name) != Some(&**value) {
            Rndr::set_attribute(element, name, value);
        }
    }
    for (name, _) in before.attributes.iter().filter(|(name, _)| now.value(name).is_none()) {
        Rndr::remove_attribute(element, name);
    }
}

/// What is alike at both ends stays where it is, so that the focus stays where something comes or goes beside it.
fn write_content(element: &Element, before: &[Content], now: &[Content]) {
    let fewest = before.len().min(now.len());
    let tail = if before.len() == now.len() {
        0
    } else {
        let alike = before.iter().rev().zip(now.iter().rev()).take_while(|(before, now)| before.is_like(now));
        alike.take(fewest).count()
    };
    let head = fewest - tail;

    let mut node = element.first_child();
    for (before, now) in before[..head].iter().zip(&now[..head]) {
        node = write_one(element, node, before, now);
    }
    for _ in head..before.len() - tail {
        let next = node.as_ref().and_then(Node::next_sibling);
        if let Some(gone) = node {
            Rndr::remove_node(element, &gone);
        }
        node = next;
    }
    for new in &now[head..now.len() - tail] {
        Rndr::insert_node(element, &make_content(new), node.as_ref());
    }
    for (before, now) in before[before.len() - tail..].iter().zip(&now[now.len() - tail..]) {
        node = write_one(element, node, before, now);
    }
}

/// Writes to one node in an element, and goes to the next.
fn write_one(parent: &Element, node: Option<Node>, before: &Content, now: &Content) -> Option<Node> {
    let Some(node) = node else {
        Rndr::insert_node(parent, &make_content(now), None);
        return None;
    };
    let next = node.next_sibling();
    if before != now {
        match (before, now, node.dyn_ref::<Element>()) {
            (Content::Element(before), Content::Element(now), Some(element)) if before.tag == now.tag => {
                bring_in_step(element, before, now);
            }
            (Content::Text(_), Content::Text(now), None) => node.set_node_value(Some(now)),
            _ => {
                Rndr::insert_node(parent, &make_content(now), Some(&node));
                Rndr::remove_node(parent, &node);
            }
        }
    }
    next
}

impl Content {
    /// Whether one can be made of the other by writing to it.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Element(one), Self::Element(other)) => one.tag == other.tag,
            (Self::Text(_), Self::Text(_)) => true,
            _ => false,
        }
    }
}
