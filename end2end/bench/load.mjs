// How the page comes to be there.

/** @typedef {import("./samples.mjs").Samples} Samples */
/** @typedef {import("./visit.mjs").Visit} Visit */

/** How many frames a click is given before it is tried again. */
const PATIENCE = 6;

/**
 * How long until there is something to see, and until all is there.
 *
 * @param {Visit} visit
 * @param {import("./pages.mjs").Table} table
 * @param {Samples} samples
 */
export async function load(visit, table, samples) {
  await visit.open(table);
  const { there, first, largest, rows } = await visit.page.evaluate(() => ({
    there: performance.now(),
    first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    largest: window.bench.largestAt,
    rows: window.bench.rowsAt ?? NaN,
  }));
  samples.add("first contentful paint", "ms", first);
  samples.add("largest contentful paint", "ms", largest);
  samples.add("first paint of the tree", "ms", rows);
  samples.add("everything there", "ms", there);
  await visit.settle();
}

/**
 * What the page weighs, once it is open.
 *
 * @param {Visit} visit
 * @param {Samples} samples
 */
export async function weight(visit, samples) {
  const { code, page, data, all } = visit.bytes();
  samples.add("on the wire: script and wasm", "kB", code / 1000);
  samples.add("on the wire: page", "kB", page / 1000);
  samples.add("on the wire: data", "kB", data / 1000);
  samples.add("on the wire: everything", "kB", all / 1000);
  samples.add("DOM elements", "", await visit.page.evaluate(() => document.querySelectorAll("*").length));
  await visit.devtools.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0 } = await visit.devtools.send("Runtime.getHeapUsage");
  const wasm = await visit.page.evaluate(() => window.bench.wasmBytes());
  samples.add("memory: script", "MB", usedSize / 1e6);
  samples.add("memory: wasm", "MB", wasm / 1e6);
  samples.add("memory: script, wasm and buffers", "MB", (usedSize + Math.max(backingStorageSize, wasm)) / 1e6);
}

/**
 * How long until a click does what it says. Clicks again and again, as a person does who sees that nothing happens.
 *
 * @param {Visit} visit
 * @param {Samples} samples
 */
export async function firstClick(visit, samples) {
  await visit.go();
  for (;;) {
    const place = await visit.page.evaluate(() => window.bench.toggle());
    if (place) await visit.page.mouse.click(place.x, place.y);
    const worked = await visit.page.evaluate((patience) => window.bench.turned(patience), place ? PATIENCE : 1);
    if (worked === undefined) continue;
    samples.add("first click that works", "ms", worked);
    return;
  }
}
