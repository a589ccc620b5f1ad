import type { Page } from "@playwright/test";

import { ben, expect, openHouse, signIn, test, titles } from "../company.ts";
import { expectProgress, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "clicks wait for the script");

const { root, returning, service, orders, minutes } = titles("Bakery");

/** Keeps the client from arriving until what is returned is called. */
async function holdClient(page: Page): Promise<() => Promise<void>> {
  let letGo = (): void => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route("**/pkg/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return async () => {
    letGo();
    await page.locator("html[data-hydrated]").waitFor();
  };
}

/** Opens a page whose client does not arrive until what is returned is called. */
async function openWithoutClient(page: Page, path: string): Promise<() => Promise<void>> {
  const bringClient = await holdClient(page);
  await page.goto(path);
  return bringClient;
}

function rows(page: Page) {
  return page.getByRole("rowgroup").getByRole("row");
}

async function turn(page: Page, title: string, way: "Expand" | "Collapse"): Promise<void> {
  await row(page, title).getByRole("button", { name: way }).click();
}

test("branches open and close before the client is here, and stay so once it is", async ({ page, server }) => {
  await signIn(page, server, ben);
  const bringClient = await openWithoutClient(page, "/tree?cycle=Bakery&open=all");
  await expect(rows(page)).toHaveCount(5);
  await turn(page, service, "Collapse");
  await expect(rows(page)).toHaveCount(3);
  await turn(page, root, "Collapse");
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, root)).toHaveAttribute("aria-expanded", "false");
  // What was closed in it is closed still.
  await turn(page, root, "Expand");
  await expect(rows(page)).toHaveCount(3);
  await bringClient();
  await page.locator(".connection.live").waitFor();
  await expect(rows(page)).toHaveCount(3);
  await expect(row(page, service)).toHaveAttribute("aria-expanded", "false");
  await expectProgress(page, { [root]: "39 %", [returning]: "40 %", [service]: "38 %" });
  await turn(page, service, "Expand");
  await expect(rows(page)).toHaveCount(5);
  await expect(row(page, orders)).toBeVisible();
  await expect(row(page, minutes)).toBeVisible();
});

test("a branch whose lines were not sent along is opened as soon as the client is here", async ({ page, server }) => {
  await signIn(page, server, ben);
  const bringClient = await openWithoutClient(page, "/tree?cycle=Bakery&open=0");
  await turn(page, root, "Expand");
  await expect(row(page, root)).toHaveAttribute("aria-expanded", "true");
  await bringClient();
  await expect(rows(page)).toHaveCount(3);
});

test("the keys go on from the branch that was closed before the client was here", async ({ page, server }) => {
  await signIn(page, server, ben);
  const bringClient = await openWithoutClient(page, "/tree?cycle=Bakery&open=all");
  await turn(page, service, "Collapse");
  await bringClient();
  await expect(rows(page)).toHaveCount(3);
  await expect(row(page, service)).toHaveAttribute("tabindex", "0");
});

test("what else is clicked before the client is here is done once it is", async ({ page, server }) => {
  await signIn(page, server, ben);
  const bringClient = await openWithoutClient(page, "/tree?cycle=Bakery&open=all");
  await page.getByRole("button", { name: "Find or do anything" }).click();
  await bringClient();
  await expect(page.getByRole("dialog", { name: "Find or do anything" })).toBeVisible();
});

test("who goes back before the client is here sees what the address says", async ({ page, server }) => {
  await openHouse(page, server, ben, "Bakery");
  const opener = page.getByRole("button", { name: /^Filter/ });
  if (await opener.isVisible()) await opener.click();
  await page.locator("details.facet > summary", { hasText: "Owner" }).click();
  await page.getByRole("checkbox", { name: "Ada Holm" }).check();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("checkbox", { name: "Ben Okafor" }).check();
  await expect(rows(page)).toHaveCount(5);
  await expect(page).toHaveURL(/owner=.*owner=/);
  const bringClient = await holdClient(page);
  await page.reload();
  await expect(rows(page)).toHaveCount(5);
  await page.goBack();
  await expect(rows(page)).toHaveCount(1);
  await bringClient();
  await page.locator(".connection.live").waitFor();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Stop looking for Owner: Ada Holm" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Stop looking for Owner: Ben Okafor" })).toHaveCount(0);
});
