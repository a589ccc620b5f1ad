/**
 * @typedef {object} Line a row that shows
 * @property {string} id
 * @property {number} depth
 * @property {number} position among its siblings, from 1
 * @property {number} setSize how many siblings there are
 * @property {boolean} isParent
 * @property {boolean} isOpen
 */

/**
 * The lines that show, in order: a node's key results before the objectives below it.
 *
 * @param {import("./workspace.js").Node[]} siblings in the order of the table, which is that order
 * @param {ReadonlySet<string>} closed
 */
export function outline(siblings, closed, depth = 0, /** @type {Line[]} */ lines = []) {
  siblings.forEach(({ input: { id }, children }, index) => {
    const isParent = children.length > 0;
    const isOpen = isParent && !closed.has(id);
    lines.push({ id, depth, position: index + 1, setSize: siblings.length, isParent, isOpen });
    if (isOpen) outline(children, closed, depth + 1, lines);
  });
  return lines;
}
