import { CONDITIONS } from "./browser.mjs";
import { update } from "./interactions.mjs";
import { Visit } from "./visit.mjs";

const TIMES = 20;

/**
 * Someone else's change: one types, and another one sees it.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {import("./pages.mjs").Subject} subject
 * @param {import("./pages.mjs").Table} table
 * @param {import("./samples.mjs").Samples} samples
 */
export async function others(browser, subject, table, samples) {
  const visit = (/** @type {(visit: Visit) => Promise<void>} */ work) => Visit.with(browser, subject, CONDITIONS.desk, work);
  await visit((mine) =>
    visit(async (theirs) => {
      await mine.open(table);
      await theirs.open(table);
      await theirs.settle();
      for (let number = 0; number < TIMES; number++) {
        await mine.row(table.keyResult);
        await mine.page.evaluate((title) => window.bench.expectChange(title), table.keyResult);
        const { at } = await update(theirs, table, number);
        const pressed = at + (await theirs.page.evaluate(() => performance.timeOrigin));
        const painted = await mine.page.evaluate(() => window.bench.change);
        samples.add("someone else's change: their Enter to my paint", "ms", painted - pressed);
      }
    }),
  );
}
