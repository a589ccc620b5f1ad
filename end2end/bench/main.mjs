// What the tree costs in a browser, next to two peers on the same nodes, as a table and as JSON.
//
// "To paint" is from the browser's own time stamp of the key press or click to a message that is handled right after the
// frame that shows what it did was rendered. It holds the wait for that frame, up to 16.7 ms at 60 Hz, and not the time that
// a screen needs to light up. Event Timing is the browser's own word, rounded to 8 ms.
// Chromium runs headless, and servers and browser share the machine. The pages take turns, so that whatever else the machine
// does meets them all.

import { largeTable } from "../large.js";
import { launch } from "./browser.mjs";
import { machine } from "./machine.mjs";
import { options } from "./options.mjs";
import { OWNERS, buildPeers, peers, trellis } from "./pages.mjs";
import { print, write } from "./report.mjs";
import { Turn } from "./turn.mjs";

const chosen = options(process.argv.slice(2));
const isChosen = (/** @type {string} */ name) => chosen.only.includes(name.toLowerCase());
const hasPeers = chosen.only.some((page) => page !== "trellis");
if (hasPeers) buildPeers();
const browser = await launch();
/** @type {import("./report.mjs").Report} */
const report = { machine: machine(browser), options: chosen, sizes: [] };
console.log(report.machine);
let failures = 0;
try {
  for (const nodes of chosen.sizes) {
    const size = await measureSize(largeTable(Math.round(nodes / 4), ...OWNERS));
    report.sizes.push(size);
    print(size);
    console.log(`\n${write(report)}`);
  }
} finally {
  await browser.close();
}
if (failures > 0) {
  console.error(`\n${failures} times something failed, as told above: these numbers are not complete`);
  process.exitCode = 1;
}

/** @param {import("./pages.mjs").Table} table */
async function measureSize(table) {
  const served = [];
  try {
    if (isChosen("trellis")) served.push(await trellis(chosen.binary, table));
    if (hasPeers) served.push(await peers(table));
    const subjects = served.flatMap(({ subjects }) => subjects).filter(({ name }) => isChosen(name));
    const turns = subjects.map((subject) => new Turn(browser, subject, table));
    for (let run = 1; run <= chosen.runs; run++) {
      console.log(`${table.nodes} nodes: run ${run} of ${chosen.runs}`);
      for (const turn of turns) await turn.take();
      expectSameNumbers(turns);
    }
    failures += turns.reduce((sum, turn) => sum + turn.failures, 0);
    return { nodes: table.nodes, measures: turns.flatMap((turn) => turn.summaries()) };
  } finally {
    for (const { stop } of served) await stop();
  }
}

/** Pages that show other numbers have not done the same. @param {Turn[]} turns */
function expectSameNumbers(turns) {
  const shown = new Set(turns.map((turn) => turn.shown));
  if (shown.size <= 1) return;
  failures += 1;
  for (const turn of turns) console.error(`${turn.subject.name} shows ${turn.shown}`);
}
