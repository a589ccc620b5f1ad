// A workspace of any size as a table, and what is to be known of it. Plain JavaScript, so that the bench runs without a compiler.

/** How many objectives are aligned under each, until there are no more. */
const BRANCHES = 6;

/** The columns of the table. What they mean is in docs/tables.md. */
const COLUMNS = [
  "kind", "id", "parent", "title", "team", "owner", "cycle", "company", "measure", "unit", "baseline", "target", "current",
  "confidence",
];

/** @typedef {Record<string, string | number | undefined>} Row what a row of the table says, by column */

/**
 * A tree of so many objectives, each with three key results, that all hang under one root.
 *
 * @param {number} objectives
 * @param {...string} owners who owns the objectives with their key results, in turn: names, or e-mail addresses of people
 */
export function largeTable(objectives, ...owners) {
  /** @type {Row[]} */
  const rows = [];
  const cycle = new Date().getUTCFullYear();
  for (let number = 0; number < objectives; number++) {
    const id = `o${number}`;
    const owner = owners[number % owners.length] ?? "";
    const place = number === 0 ? { company: "yes" } : { parent: `o${Math.floor((number - 1) / BRANCHES)}` };
    rows.push({ kind: "objective", id, title: objective(number), team: `Team ${number % 40}`, owner, cycle, ...place });
    for (let place = 0; place < 3; place++) {
      rows.push({
        kind: "key_result",
        id: `k${number}-${place}`,
        parent: id,
        title: keyResult(number, place),
        owner,
        measure: "reach",
        unit: "points",
        baseline: 0,
        target: 100,
        current: value(number, place),
        confidence: (number + place) % 11,
      });
    }
  }
  /** @type {number[]} */
  const way = [];
  // Down the first branch as far as it goes: there the whole way up is on the first screen.
  for (let number = 0; number < objectives; number = number * BRANCHES + 1) way.push(number);
  const deepest = way.at(-1) ?? 0;
  return {
    rows,
    csv: [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((column) => row[column] ?? "").join(","))].join("\n"),
    /** How many objectives and key results there are. */
    nodes: rows.length,
    /** The key result whose value may be typed, near the top of the screen. */
    keyResult: keyResult(deepest, 0),
    /** Its value. */
    value: value(deepest, 0),
    /** The titles from the root to that key result. */
    wayUp: [...way.map(objective), keyResult(deepest, 0)],
    /** The title of the last row. */
    last: keyResult(lastBelow(0, objectives), 2),
  };
}

/**
 * The last objective that a tree shows below this one: its last branch, as far down as that goes.
 *
 * @param {number} number
 * @param {number} objectives
 * @returns {number}
 */
function lastBelow(number, objectives) {
  if (number * BRANCHES + 1 >= objectives) return number;
  return lastBelow(Math.min(number * BRANCHES + BRANCHES, objectives - 1), objectives);
}

/** @param {number} number */
function objective(number) {
  return `Objective ${number}: the harbour that everybody likes`;
}

/** @param {number} number @param {number} place */
function keyResult(number, place) {
  return `Key result ${number}.${place}: boats that come back`;
}

/** A value from 0 to 97 that differs from one to the next. @param {number} number @param {number} place */
function value(number, place) {
  return (number * 31 + place * 17) % 98;
}
