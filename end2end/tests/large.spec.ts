import type { Page } from "@playwright/test";

import { ada, ben, expect, open, signIn } from "../company.ts";
import { test as base } from "../fixtures.ts";
import { largeTable } from "../large.js";
import { Server } from "../server.ts";
import { edit, plain, progressOf, row } from "../tree.ts";

const large = largeTable(2_500, ben.email);

/** Tests in a workspace of 10 000 nodes. */
const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({ table: large.csv, cycles: [], people: [ada, ben] });
      await use(server);
      await server.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

// One server for both, one after the other.
test.describe.configure({ mode: "default", timeout: 120_000 });

/** Waits until all of the workspace has arrived. */
async function openTree(page: Page): Promise<void> {
  await open(page, "/tree?open=all");
  await expect(page.getByRole("treegrid")).toHaveAttribute("aria-rowcount", String(large.nodes + 1));
  await expect.poll(() => page.evaluate(() => document.body.scrollHeight), { timeout: 60_000 }).toBeGreaterThan(large.nodes * 20);
}

test("10 000 nodes: a value typed by one is on the other's screen, with the whole way up", async ({ page, openPage, server }) => {
  const other = await openPage();
  await signIn(page, server, ben);
  await signIn(other, server, ada);
  await openTree(page);
  await openTree(other);
  const before = await progressOf(other, large.wayUp);

  const field = await edit(page, large.keyResult, String(large.value));
  await field.fill("100");
  await field.press("Enter");
  await expect(row(other, large.keyResult)).toContainText("Ben, just now");
  const after = await progressOf(other, large.wayUp);
  expect(after[large.keyResult]).toBe("100 %");
  expect(after).not.toEqual(before);
  // The field may have been scrolled to, and rows far above it do not exist then.
  await page.evaluate(() => scrollTo(0, 0));
  expect(await progressOf(page, large.wayUp)).toEqual(after);
  const exported = await server.exported();
  expect(exported.size).toBe(large.nodes);
  expect(after).toEqual(Object.fromEntries(large.wayUp.map((title) => [title, plain(exported.get(title)?.percent ?? "")])));
});

test("10 000 nodes: all rows can be reached, and few of them exist", async ({ page, server }) => {
  await signIn(page, server, ada);
  await openTree(page);
  const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll("*").length);
  expect(await elements()).toBeLessThan(3_000);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(row(page, large.last)).toBeInViewport();
  await expect(row(page, large.last)).toHaveAttribute("aria-rowindex", String(large.nodes + 1));
  expect(await elements()).toBeLessThan(3_000);
  await row(page, large.last).focus();
  await page.keyboard.press("Home");
  await expect(row(page, large.wayUp[0] ?? "")).toBeFocused();
});
