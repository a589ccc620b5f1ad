import { randomUUID } from "node:crypto";

import type { Browser, Locator, Page } from "@playwright/test";

import { ada, ben, expect, open, signIn, test as base } from "../company.ts";
import { expectAllSent } from "../harbour.ts";
import { Server } from "../server.ts";

// The workspace is in UTC, and its readers are not. Ben owes two check-ins today, on whatever weekday that is.
const day = 24 * 60 * 60 * 1000;
const date = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

const table = [
  "kind,id,parent,title,team,owner,cycle,company,measure,baseline,target",
  `objective,pier,,Nobody waits at the pier,Dock,${ada.email},Now,yes,,,`,
  `key_result,boats,pier,Boats a day,,${ben.email},,,reach,0,100`,
  `key_result,minutes,pier,Minutes at the pier,,${ben.email},,,reach,20,10`,
].join("\n");

async function start(browser: Browser): Promise<Server> {
  const cycles = [`Now=${date(Date.now() - 120 * day)}..${date(Date.now() + 120 * day)}`];
  const server = await Server.start({ table, cycles, people: [ada, ben] });
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: true });
  const page = await context.newPage();
  await signIn(page, server, ada);
  await open(page, "/new-objective");
  const team = await page.locator('input[type="checkbox"][name="team"]').first().getAttribute("value");
  await open(page, `/check-in/team/${team}`);
  await page.getByText("When check-ins are due").click();
  await page.getByRole("combobox", { name: "On which day" }).selectOption({ label: weekday(Date.now(), "UTC") });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Check-ins are due every ${weekday(Date.now(), "UTC")}.`)).toBeVisible();
  await expectAllSent(page);
  await context.close();
  return server;
}

const test = base.extend<{ moving: Server }, { server: Server }>({
  server: [
    async ({ browser }, use) => {
      const server = await start(browser);
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
  /** A server of the test's own, whose workspace moves into another time zone. */
  moving: async ({ browser }, use) => {
    const server = await start(browser);
    await use(server);
    await server.remove();
  },
});

const isScripted = (): boolean => test.info().project.use.javaScriptEnabled !== false;
const due = (page: Page): Locator => page.locator(".check-in-card header .hint");

function format(moment: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(moment);
}

const weekday = (moment: number, timeZone: string): string => format(moment, timeZone, { weekday: "long" });
const time = (moment: number, timeZone: string): string => format(moment, timeZone, { hour: "2-digit", minute: "2-digit" });

/** What a reader is told of a day that ends at a moment. */
function until(end: number, timeZone: string): string {
  const name = weekday(end, timeZone);
  const isToday = name === weekday(Date.now(), timeZone);
  return `due today, until ${isToday ? "" : `${name} `}${time(end, timeZone)} your time`;
}

/** When today ends in UTC. */
const midnight = (): number => Date.parse(date(Date.now() + day));

for (const timezoneId of ["UTC", "Africa/Abidjan"]) {
  test.describe(`in ${timezoneId}, where it is as late as in the workspace`, () => {
    test.use({ timezoneId });

    test("nothing is added to what is due today", async ({ page, server }) => {
      await signIn(page, server, ben);
      await open(page, "/check-in");
      await expect(due(page)).toHaveText("due today one more after it");
    });
  });
}

const elsewhere = ["America/Phoenix", "Asia/Tokyo", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"];
for (const timezoneId of elsewhere) {
  test.describe(`in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("what is due today says until when by the reader's clock", async ({ page, server, expectAccessible }) => {
      await signIn(page, server, ben);
      await open(page, "/check-in");
      const words = isScripted() ? until(midnight(), timezoneId) : "due today";
      await expect(due(page)).toHaveText(`${words} one more after it`);
      await expectAccessible();
    });
  });
}

test.describe("in Tokyo", () => {
  test.use({ timezoneId: "Asia/Tokyo" });

  test("nothing moves when the words come", async ({ page, server }) => {
    test.skip(!isScripted(), "without script no words come");
    await signIn(page, server, ben);
    await open(page, "/check-in");
    await expect(due(page)).toContainText("your time");
    expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
  });

  test("at 320 pixels the words fit", async ({ page, server }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await signIn(page, server, ben);
    await open(page, "/check-in");
    if (isScripted()) await expect(due(page)).toContainText("your time");
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
  });

  test("the words follow the workspace into another time zone", async ({ page, moving }) => {
    test.skip(!isScripted(), "without script nobody knows where the reader is");
    await signIn(page, moving, ben);
    await open(page, `${moving.url}/check-in`);
    await expect(due(page)).toContainText(until(midnight(), "Asia/Tokyo"));
    // Where today is the same day still.
    const hours = new Date().getUTCHours() < 12 ? 5 : -5;
    await moveTo(moving, hours > 0 ? "Etc/GMT-5" : "Etc/GMT+5");
    await expect(due(page)).toContainText(until(midnight() - hours * 60 * 60 * 1000, "Asia/Tokyo"));
  });
});

/** How much has moved on the page without anybody's doing, as browsers measure it. */
function layoutShift(): number {
  const observer = new PerformanceObserver(() => undefined);
  observer.observe({ type: "layout-shift", buffered: true });
  const shifts = observer.takeRecords() as (PerformanceEntry & { value: number })[];
  return shifts.reduce((sum, { value }) => sum + value, 0);
}

/** Ada puts the workspace into another time zone. */
async function moveTo(server: Server, zone: string): Promise<void> {
  const { name, value } = server.session(ada);
  const commands = [{ edit: { settings: { was: { time_zone: "UTC" }, is: { time_zone: zone } } } }];
  const answer = await fetch(`${server.url}/api/submit`, {
    method: "POST",
    headers: { cookie: `${name}=${value}`, "content-type": "application/json" },
    body: JSON.stringify({ mutation: randomUUID(), commands }),
  });
  expect(answer.status).toBe(200);
}

for (const timezoneId of ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
  test.describe(`in ${timezoneId}, of what was said and done`, () => {
    test.use({ timezoneId });

    test("each moment is the reader's", async ({ page, server }) => {
      const said = `Seen from ${timezoneId} in ${test.info().project.name}`;
      await signIn(page, server, ben);
      await open(page, "/node/boats");
      const conversation = page.locator("#conversation");
      await conversation.getByRole("textbox", { name: "Say something" }).fill(said);
      await conversation.getByRole("button", { name: "Send" }).click();
      const comment = conversation.getByRole("listitem").filter({ hasText: said }).getByRole("time");
      await expect(comment).toBeVisible();
      if (isScripted()) await expectAllSent(page);
      await open(page, "/node/boats");
      await expectLocal(comment, timezoneId);
      if (!isScripted()) return;
      await page.getByText("Activity", { exact: true }).click();
      await expectLocal(page.locator(".activity time").first(), timezoneId);
    });
  });
}

/** Fails unless a moment of just now is the reader's, where the page has a script to know it. */
async function expectLocal(shown: Locator, timeZone: string): Promise<void> {
  // Midnight may have passed since.
  await expect(shown).toHaveText(/^(today|1 d)$/);
  const at = Date.parse((await shown.getAttribute("datetime")) ?? "");
  const words = `${format(at, timeZone, { day: "numeric", month: "long", year: "numeric" })}, ${time(at, timeZone)}`;
  if (isScripted()) await expect(shown).toHaveAttribute("title", words);
  else expect(await shown.getAttribute("title")).toBeNull();
}
