import { join, relative } from "node:path";
import { parseArgs } from "node:util";

/**
 * @typedef {object} Options
 * @property {number[]} sizes how many nodes the workspaces have
 * @property {number} runs how often each page is measured in each size
 * @property {string[]} only which pages
 * @property {string} binary the server
 * @property {string} out the folder for the results
 */

export const PAGES = ["trellis", "tanstack", "arborist"];

const target = join(relative(process.cwd(), import.meta.dirname), "../../target");

const USAGE = `\
node end2end/bench/main.mjs [OPTION...]

  --sizes 100,10000   how many nodes the workspaces have (100,1000,5000,10000,50000)
  --runs 10           how often each page is measured in each size
  --only PAGE,...     which pages: ${PAGES.join(", ")} (all)
  --binary PATH       the server (target/dist/trellis)
  --out FOLDER        where the results go (target/bench)
  --smoke             see that everything works: 100 nodes, one run
`;

/** Reads the command line, and ends the program where it makes no sense. @param {string[]} words @returns {Options} */
export function options(words) {
  try {
    const list = /** @type {const} */ ({ type: "string" });
    const { values } = parseArgs({
      args: words,
      options: { sizes: list, runs: list, only: list, binary: list, out: list, smoke: { type: "boolean" }, help: { type: "boolean" } },
    });
    if (values.help) end(USAGE, 0);
    const parts = (/** @type {string | undefined} */ text) => text?.split(",");
    const sizes = parts(values.sizes) ?? (values.smoke ? ["100"] : ["100", "1000", "5000", "10000", "50000"]);
    const only = parts(values.only) ?? PAGES;
    const unknown = only.find((page) => !PAGES.includes(page));
    if (unknown !== undefined) throw new Error(`--only: there is no page ${unknown}`);
    return {
      sizes: sizes.map((size) => count("--sizes", size, 8)),
      runs: count("--runs", values.runs ?? (values.smoke ? "1" : "10"), 1),
      only,
      binary: values.binary ?? process.env.TRELLIS_BINARY ?? join(target, "dist/trellis"),
      out: values.out ?? join(target, "bench"),
    };
  } catch (error) {
    return end(`${error instanceof Error ? error.message : error}\n\n${USAGE}`, 2);
  }
}

/** @param {string} option @param {string} text @param {number} least */
function count(option, text, least) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) throw new Error(`${option}: ${text} is not a whole number from ${least} on`);
  return number;
}

/** @param {string} text @param {number} code @returns {never} */
function end(text, code) {
  console.error(text);
  process.exit(code);
}
