// The workspace in the browser's memory: the arithmetic of docs/semantics.md, as far as the rows show it.

const WHOLE = 1_000_000;
const DAY = 24 * 60 * 60 * 1000;

/**
 * @typedef {object} Input a row of the table
 * @property {"objective" | "key_result"} kind
 * @property {string} id
 * @property {string} [parent]
 * @property {string} title
 * @property {string} owner
 * @property {string} [team]
 * @property {string} [unit]
 * @property {number} [baseline]
 * @property {number} [target]
 * @property {number} [current]
 * @property {number} [confidence]
 *
 * @typedef {Readonly<{
 *   isObjective: boolean, title: string, owner: string, team: string, percent: string, progress: number, expected: number,
 *   pace: "on track" | "behind" | "at risk", confidence?: number, current?: number, aim: string, checked: string, pulse: number,
 * }>} Row what a row shows; a new one after each change
 *
 * @typedef {object} Node
 * @property {Input} input
 * @property {Node} [parent]
 * @property {Node[]} children
 * @property {number} [current]
 * @property {number} [confidence]
 * @property {Date} [checked]
 * @property {number} progress what it contributes, in parts per million
 * @property {number} sum of what its children contribute
 * @property {number} pulse how many times it has changed
 * @property {Row} [row] what it shows, once somebody has asked
 * @property {Set<() => void>} listeners
 */

/** A tree of objectives and key results whose numbers are always those of the key results below. */
export class Workspace {
  /** @type {Map<string, Node>} */
  #nodes = new Map();
  /** @type {Date} */
  #today;
  /** @type {number} */
  #expected;

  /** @param {{ today: string, cycle: { first: string, last: string }, rows: Input[] }} data */
  constructor({ today, cycle, rows }) {
    this.#today = new Date(today);
    const days = (/** @type {string} */ to) => (new Date(to).getTime() - new Date(cycle.first).getTime()) / DAY + 1;
    this.#expected = Math.min(Math.max(roundedShare(days(today) * WHOLE, days(cycle.last)), 0), WHOLE);
    for (const input of rows) this.#add(input);
    // Children stand after their parents, so that backwards each is complete before it is added up.
    for (const node of [...this.#nodes.values()].reverse()) {
      node.progress = progressOf(node);
      node.confidence = confidenceOf(node);
      if (node.parent) node.parent.sum += node.progress;
    }
  }

  /** @param {Input} input */
  #add(input) {
    const parent = input.parent === undefined ? undefined : this.#nodes.get(input.parent);
    const checked = input.current === undefined ? undefined : this.#today;
    const { current, confidence } = input;
    /** @type {Node} */
    const node = { input, parent, children: [], current, confidence, checked, progress: 0, sum: 0, pulse: 0, listeners: new Set() };
    this.#nodes.set(input.id, node);
    parent?.children.push(node);
  }

  /** The nodes that hang under nothing. */
  get roots() {
    return [...this.#nodes.values()].filter(({ parent }) => !parent);
  }

  /** @param {string} id @returns {Row} the same one until it changes */
  row(id) {
    const node = this.#node(id);
    return (node.row ??= this.#show(node));
  }

  /** @param {string} id @param {() => void} listener @returns {() => void} ends it */
  subscribe(id, listener) {
    const { listeners } = this.#node(id);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /**
   * Checks a key result in, and brings everything above up to date as far as it changes.
   *
   * @param {string} id
   * @param {number} value
   */
  checkIn(id, value) {
    const node = this.#node(id);
    Object.assign(node, { current: value, confidence: undefined, checked: this.#today });
    /** @type {Node | undefined} */
    let changed = node;
    while (changed) {
      const progress = progressOf(changed);
      if (changed.parent) changed.parent.sum += progress - changed.progress;
      changed.progress = progress;
      changed.pulse += 1;
      changed.row = undefined;
      for (const listener of changed.listeners) listener();
      changed = this.#isAffected(changed.parent) ? changed.parent : undefined;
    }
  }

  /** @param {Node | undefined} node @returns {boolean} whether it shows something else now; also notes its confidence */
  #isAffected(node) {
    if (!node) return false;
    const confidence = confidenceOf(node);
    const isAffected = progressOf(node) !== node.progress || confidence !== node.confidence;
    node.confidence = confidence;
    return isAffected;
  }

  /** What the value that was typed would be: `42`, `+3` or `50%`. @param {string} id @param {string} text */
  read(id, text) {
    const { input, current } = this.#node(id);
    const typed = text.trim().replace("\u2212", "-");
    const number = Number(typed.replace(/%$/, ""));
    if (typed === "" || Number.isNaN(number)) return undefined;
    const { baseline = 0, target = 0 } = input;
    if (typed.endsWith("%")) return baseline + ((target - baseline) * number) / 100;
    return /^[+-]/.test(typed) ? (current ?? 0) + number : number;
  }

  /** How far a value is, for the line below the field. @param {string} id @param {number} value */
  percentAt(id, value) {
    return percent(roundHalfUp(rawProgress(this.#node(id).input, value) * WHOLE));
  }

  /** @param {string} id @returns {Node} */
  #node(id) {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`there is no ${id}`);
    return node;
  }

  /** @param {Node} node @returns {Row} */
  #show({ input, current, confidence, checked, progress, pulse }) {
    const isObjective = input.kind === "objective";
    const own = isObjective ? progress : roundHalfUp(rawProgress(input, current) * WHOLE);
    return {
      isObjective,
      title: input.title,
      owner: input.owner,
      team: input.team ?? "",
      percent: percent(own),
      progress,
      expected: this.#expected,
      pace: pace(this.#expected - progress, progress),
      confidence,
      current,
      aim: isObjective ? "" : `/ ${input.target} ${input.unit}`,
      checked: checked ? age((this.#today.getTime() - checked.getTime()) / DAY) : "",
      pulse,
    };
  }
}

/** @param {Node} node */
function progressOf({ input, current, children, sum }) {
  if (input.kind === "objective") return children.length === 0 ? 0 : roundedShare(sum, children.length);
  return Math.min(Math.max(roundHalfUp(rawProgress(input, current) * WHOLE), 0), WHOLE);
}

/** A key result's own, an objective's weakest. @param {Node} node */
function confidenceOf({ input, confidence, children }) {
  if (input.kind === "key_result") return confidence;
  const known = children.flatMap(({ confidence }) => confidence ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** @param {Input} input @param {number | undefined} value */
function rawProgress({ baseline = 0, target = 0 }, value = baseline) {
  return (value - baseline) / (target - baseline);
}

/** @param {number} number */
function roundHalfUp(number) {
  return Math.floor(number + 0.5);
}

/** Exact for whole numbers. @param {number} sum @param {number} count */
function roundedShare(sum, count) {
  return Math.floor((2 * sum + count) / (2 * count));
}

/** @param {number} ppm */
function percent(ppm) {
  const whole = Math.floor((ppm + 5_000) / 10_000);
  if (whole === 0 && ppm > 0) return "<1\u00a0%";
  if (whole === 100 && ppm < WHOLE) return "99\u00a0%";
  return `${whole < 0 ? "\u2212" : ""}${Math.abs(whole)}\u00a0%`;
}

/** @param {number} gap in parts per million @param {number} progress @returns {Row["pace"]} */
function pace(gap, progress) {
  if (gap <= 100_000 || progress >= WHOLE) return "on track";
  return gap <= 250_000 ? "behind" : "at risk";
}

/** @param {number} days */
function age(days) {
  if (days < 1) return "today";
  return days < 14 ? `${days} d` : `${Math.floor(days / 7)} w`;
}
