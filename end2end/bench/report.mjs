import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {import("./samples.mjs").Summary} Summary
 *
 * @typedef {object} Report
 * @property {ReturnType<typeof import("./machine.mjs").machine>} machine
 * @property {import("./options.mjs").Options} options
 * @property {{ nodes: number, measures: Summary[] }[]} sizes
 */

/** Prints what was measured in workspaces of one size. @param {Report["sizes"][number]} size */
export function print({ nodes, measures }) {
  const pages = [...new Set(measures.map(({ page }) => page))];
  /** @type {Map<string, Record<string, string>>} */
  const lines = new Map();
  for (const { page, what, condition, unit, median, p95 } of measures) {
    const name = [what, condition].filter(Boolean).join(", ") + (unit && ` (${unit})`);
    const line = lines.get(name) ?? {};
    line[page] = `${shown(median)} / ${shown(p95)}`;
    lines.set(name, line);
  }
  const first = Math.max(...[...lines.keys()].map((name) => name.length));
  const row = (/** @type {string} */ name, /** @type {string[]} */ cells) =>
    console.log(`${name.padEnd(first)}${cells.map((cell) => cell.padStart(20)).join("")}`);
  console.log(`\n${nodes} nodes, all expanded: median / p95\n`);
  row("", pages);
  for (const [name, line] of lines) row(name, pages.map((page) => line[page] ?? ""));
}

/** @param {number} value */
function shown(value) {
  return Number.isNaN(value) ? "–" : value.toFixed(value < 100 ? 1 : 0);
}

/** Keeps everything as JSON. Returns where. @param {Report} report */
export function write(report) {
  const folder = report.options.out;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `browser-${report.machine.date.replaceAll(":", "-").slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}
