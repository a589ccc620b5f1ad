//! The keys of the tree in words.

/// A key and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key as it is printed on a keyboard; several that do the same with a comma between them.
    pub key: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn key(key: &'static str, does: &'static str) -> Key {
    Key { key, does }
}

/// The keys that work while a line of the tree has the focus.
pub const TREE_KEYS: &[Key] = &[
    key("↓, ↑", "The next line, the line before; in cells the column stays"),
    key("→", "Open the line; on an open one go into its cells"),
    key("←", "Close the line, or go up to what it hangs under; from the first cell back to the line"),
    key("Home, End", "The first line, the last line; in cells the first cell, the last cell"),
    key("Ctrl Home, Ctrl End", "The first line, the last line, in the same column"),
    key("Page Down, Page Up", "A screen on, a screen back"),
    key("Enter", "Change the value, or show everything about it; in a cell, what the cell is for"),
    key("F2", "Change the title; in a cell, what the cell is for"),
    key("Space", "Open or close the line"),
    key("*", "Open all lines beside this one"),
    key("Shift →, Shift ←", "Open or close everything under the line"),
    key("Shift 1 … Shift 9", "Show so many levels"),
    key("Shift 0", "Show all levels"),
    key("a … z", "Go to the next line whose title begins so"),
    key("Shift F", "Make the branch the whole page"),
    key("Shift L", "Line of sight: the way to the top"),
    key("Shift N, Insert", "Write a new line after it: Enter writes the next, Tab goes deeper"),
    key("Shift C", "Write an objective under it"),
    key("Shift K", "Write a key result under it"),
    key("Shift O", "Show everything about it"),
    key("Shift W", "Why its numbers are what they are"),
    key("Shift M", "Move it under something else"),
    key("Alt ↑, Alt ↓", "Move it up or down among its siblings"),
    key("Shift F10, Menu", "What can be done with the line"),
    key("Esc", "From a cell back to the line; from a branch back to the whole tree"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_listed_twice() {
        let keys: Vec<&str> = TREE_KEYS.iter().flat_map(|entry| entry.key.split(", ")).collect();
        for (place, key) in keys.iter().enumerate() {
            assert!(!keys[..place].contains(key), "{key}");
        }
    }
}
