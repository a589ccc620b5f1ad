// How the page answers keys and clicks.

/**
 * @typedef {import("./pages.mjs").Table} Table
 * @typedef {import("./samples.mjs").Samples} Samples
 * @typedef {import("./visit.mjs").Visit} Visit
 * @typedef {import("./watch.mjs").Answer} Answer
 */

/** How often each is done in one visit. */
const TIMES = 10;
/** The shortest time that Event Timing tells, which it rounds to 8 ms. */
const SHORTEST = 8;

/**
 * @param {Visit} visit an open page
 * @param {Table} table
 * @param {Samples} samples
 */
export async function interactions(visit, table, samples) {
  await record(visit, samples, "a key that does nothing", () => nothing(visit, table));
  await record(visit, samples, "inline update", () => updates(visit, table));
  await visit.toTop();
  await record(visit, samples, "collapse and expand the root, click", () => turnRoot(visit, table));
  await record(visit, samples, "collapse and expand a branch, arrow key", () => turnBranch(visit, table));
}

/**
 * Types a value into the field of a key result. Returns how its Enter was answered.
 *
 * @param {Visit} visit
 * @param {Table} table
 * @param {number} number which of the values that are typed one after the other
 */
export async function update(visit, { keyResult }, number) {
  const value = 1 + ((number * 37) % 97);
  await visit.subject.edit(await visit.row(keyResult));
  await visit.page.getByRole("textbox", { name: "Value" }).fill(String(value));
  return visit.press("Enter", { title: keyResult, what: "percent", is: `${value} %` });
}

/** The progress that the page shows of each title on the way up. @param {Visit} visit @param {Table} table */
export async function wayUp(visit, { wayUp }) {
  await visit.toTop();
  const shown = [];
  for (const title of wayUp) shown.push(await (await visit.row(title)).locator(".percent").innerText());
  return shown.map((percent) => percent.replace(/\s/g, " ")).join(", ");
}

/** @param {Visit} visit @param {Table} table */
async function updates(visit, table) {
  const answers = [];
  for (let number = 0; number < TIMES; number++) answers.push(await update(visit, table, number));
  return answers;
}

/** What a page that has nothing to do would need: the wait for the next frame. @param {Visit} visit @param {Table} table */
async function nothing(visit, { wayUp: [root = ""] }) {
  const answers = [];
  for (let number = 0; number < TIMES; number++) {
    answers.push(await visit.press("Shift", { title: root, what: "expanded", is: "true" }));
  }
  return answers;
}

/** @param {Visit} visit @param {Table} table */
async function turnRoot(visit, { wayUp: [root = ""] }) {
  const answers = [];
  for (let number = 0; number < TIMES; number++) {
    const [name, is] = number % 2 === 0 ? ["Collapse", "false"] : ["Expand", "true"];
    const button = (await visit.row(root)).getByRole("button", { name });
    answers.push(await visit.click(button, { title: root, what: "expanded", is }));
  }
  return answers;
}

/** @param {Visit} visit @param {Table} table */
async function turnBranch(visit, { wayUp: [, branch = ""] }) {
  await visit.subject.focus(await visit.row(branch));
  const answers = [];
  for (let number = 0; number < TIMES; number++) {
    const [key, is] = number % 2 === 0 ? ["ArrowLeft", "false"] : ["ArrowRight", "true"];
    answers.push(await visit.press(key, { title: branch, what: "expanded", is }));
  }
  return answers;
}

/** @param {Visit} visit @param {Samples} samples @param {string} what @param {() => Promise<Answer[]>} act */
async function record(visit, samples, what, act) {
  const answers = await act();
  const told = await toldByBrowser(visit);
  for (const { at, paint } of answers) {
    samples.add(`${what}: to paint`, "ms", paint);
    samples.add(`${what}: to paint, Event Timing`, "ms", told.get(at) ?? SHORTEST);
  }
}

/** How long the browser says each event took until the next paint, by its time stamp. @param {Visit} visit */
async function toldByBrowser({ page }) {
  const events = await page.evaluate(async () => {
    // It tells of an event when the frame is on the screen, a few frames later.
    for (let frame = 0; frame < 5; frame++) await window.bench.frame();
    await new Promise((idle) => requestIdleCallback(idle));
    return window.bench.events.map(({ name, startTime, duration }) => ({ name, startTime, duration }));
  });
  return new Map(events.filter(({ name }) => name === "keydown" || name === "click").map((event) => [event.startTime, event.duration]));
}
