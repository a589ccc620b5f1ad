import type { BrowserContext, Locator, Page } from "@playwright/test";

import { ada, ben, test as base, expect } from "./company.ts";
import { cutNetwork, Network } from "./network.ts";
import { type Person, Server } from "./server.ts";

const day = 24 * 60 * 60 * 1000;
const ago = (days: number): string => new Date(Date.now() - days * day).toISOString().slice(0, 10);

/** Whose key results a test checks in, so that no test counts what another does; and how many each has. */
const crews = {
  first: 3, restart: 2, refused: 3, moved: 2, right: 2, gone: 2, long: 2, full: 2, refusing: 2, expired: 2, other: 1, newer: 2, late: 2, leaving: 2,
  ahead: 2, version: 2, narrow: 2, answer: 2, stranger: 1, random: 25, tabs: 25, both: 2, frozen: 2,
} as const;
export type Crew = keyof typeof crews;

export const person = (crew: Crew): Person => ({ name: `${crew} sailor`, email: `${crew}@harbour.example`, role: "member" });
export const title = (crew: Crew, number: number): string => `${crew}: pier ${number}`;
export const keyResult = (crew: Crew, number: number): string => `${crew}-pier-${number}`;

function table(): string {
  const rows = Object.entries(crews).flatMap(([crew, count]) => [
    `objective,${crew},,${crew}: nobody waits,${ada.email},Now,,,,,,`,
    ...Array.from({ length: count }, (_, number) => {
      const id = keyResult(crew as Crew, number + 1);
      return `key_result,${id},${crew},${title(crew as Crew, number + 1)},${person(crew as Crew).email},Now,reach,boats,0,1000,,`;
    }),
  ]);
  return ["kind,id,parent,title,owner,cycle,measure,unit,baseline,target,current,date", ...rows].join("\n");
}

interface Fixtures {
  network: Network;
  /** Cuts the network, as the browser notices it too. */
  cut: () => Promise<void>;
  /** Mends it. */
  mend: () => Promise<void>;
}

/** Tests of a browser whose network is cut and mended, with a service worker. */
export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    async ({}, use) => {
      const cycles = [`Now=${ago(100)}..${ago(-100)}`];
      const people = [ada, ben, ...Object.keys(crews).map((crew) => person(crew as Crew))];
      const server = await Server.start({ table: table(), cycles, people });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
  network: async ({ server }, use) => {
    const network = await Network.before(server);
    await use(network);
    await network.end();
  },
  baseURL: async ({ network }, use) => use(network.url),
  serviceWorkers: "allow",
  expectedMessages: [cutNetwork, { option: true }],
  cut: async ({ context, network }, use) =>
    use(async () => {
      network.cut();
      await context.setOffline(true);
    }),
  mend: async ({ context, network }, use) =>
    use(async () => {
      network.mend();
      await context.setOffline(false);
    }),
});

export const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
export const value = (page: Page): Locator => page.getByRole("textbox", { name: /^Now/ });
export const waiting = (page: Page): Locator => page.locator("details.waiting");

/** Opens the page for check-ins as one of the people, and waits until it would open without a network. */
export async function start(page: Page, server: Server, crew: Crew): Promise<void> {
  await page.context().addCookies([server.session(person(crew))]);
  await page.goto("/check-in");
  await page.locator(".connection.live").waitFor();
  await expectKept(page);
}

/** Waits until both pages and the workspace are kept. */
export async function expectKept(page: Page): Promise<void> {
  const kept = (): Promise<number> => page.evaluate(async () => (await (await caches.open("trellis-pages-1")).keys()).length);
  await expect.poll(kept, { timeout: 30_000 }).toBe(3);
}

/** Says what stands on the card that is shown, and waits for the next page. Returns its title. */
export async function checkIn(page: Page, text: string): Promise<string> {
  await page.locator("html[data-hydrated]").waitFor();
  await value(page).fill(text);
  // A card that is being filled in is not exchanged for another.
  const shown = (await heading(page).textContent()) ?? "";
  await page.getByRole("button", { name: "Save" }).click();
  await expect(heading(page)).not.toHaveText(shown);
  return shown;
}

/** Waits until everything is sent. */
export async function expectAllSent(page: Page): Promise<void> {
  await expect(page.locator(".connection.live:not(.sending)")).toBeAttached({ timeout: 60_000 });
  await expect(waiting(page)).toHaveCount(0);
}

/** What the server holds of a crew's key results: the check-ins by key result, as `id=value`. */
export async function checkIns(server: Server, crew: Crew): Promise<string[]> {
  const [head, ...rows] = (await server.run("export")).split(/\r?\n/).map((row) => row.split(","));
  const at = (column: string): number => head?.indexOf(column) ?? -1;
  const [kind, parent, current] = [at("kind"), at("parent"), at("current")];
  const own = rows.filter((row) => row[kind] === "check_in" && row[parent]?.startsWith(`${crew}-`));
  return own.map((row) => `${row[parent]}=${row[current]}`).sort();
}

/** Writes the details of everything that is kept as another version of Trellis might. */
export async function changeFormat(): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((found, fail) => {
      request.onsuccess = () => found(request.result);
      request.onerror = () => fail(request.error);
    });
  const database = await done(indexedDB.open("trellis"));
  const store = database.transaction("outbox", "readwrite").objectStore("outbox");
  const [keys, records] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  await Promise.all(records.map((record, place) => done(store.put({ ...record, details: new Uint8Array([200, 1, 2]) }, keys[place]))));
  database.close();
}

/** Numbers that look random and are the same each time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export { ada, ben, expect };
export type { BrowserContext };
