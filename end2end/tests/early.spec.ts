import type { Page } from "@playwright/test";

import { ben, expect, openEarly, signIn, test, titles } from "../company.ts";
import { edit, expectProgress, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "what comes later is fetched by the script");

/** Keeps the workspace from arriving until what is returned is called. */
async function holdWorkspace(page: Page): Promise<() => void> {
  let letGo = (): void => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route("**/api/snapshot", async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test("the tree is walked, opened and searched before the workspace is here", async ({ page, server }) => {
  const { root, returning, service, orders, minutes } = titles("Bakery");
  const rows = page.getByRole("rowgroup").getByRole("row");
  const letGo = await holdWorkspace(page);
  await signIn(page, server, ben);
  await openEarly(page, "/tree?cycle=Bakery&open=0");
  await expect(rows).toHaveCount(1);
  // What was not sent along is asked for.
  await row(page, root).getByRole("button", { name: "Expand" }).click();
  await expect(rows).toHaveCount(3);
  await row(page, service).getByRole("button", { name: "Expand" }).click();
  await expect(rows).toHaveCount(5);
  await expectProgress(page, { [root]: "39 %", [orders]: "25 %" });
  await row(page, root).focus();
  await page.keyboard.press("PageDown");
  await expect(row(page, minutes)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.type("bakery: guests who");
  await expect(row(page, returning)).toBeFocused();
  await row(page, orders).focus();
  await row(page, service).getByRole("button", { name: "Collapse" }).click();
  await expect(rows).toHaveCount(3);
  await page.getByRole("link", { name: /collapse all/ }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole("link", { name: /expand all/ }).click();
  await expect(rows).toHaveCount(5);
  const search = page.getByRole("searchbox");
  await search.fill("plate");
  await expect(rows).toHaveCount(3);
  await search.fill("");
  await expect(rows).toHaveCount(5);
  letGo();
  await page.locator(".connection.live").waitFor();
  await expect(rows).toHaveCount(5);
  await expectProgress(page, { [root]: "39 %", [returning]: "40 %", [service]: "38 %", [orders]: "25 %", [minutes]: "50 %" });
});

test("what is typed before the workspace is here counts once it is", async ({ page, server }) => {
  const { root, service, orders, minutes } = titles("Izakaya");
  const letGo = await holdWorkspace(page);
  await signIn(page, server, ben);
  await openEarly(page, "/tree?cycle=Izakaya&open=all");
  for (const [title, was, text] of [[orders, "50", "150"], [minutes, "15", "nonsense"]] as const) {
    const field = await edit(page, title, was);
    await field.fill(text);
    await field.press("Enter");
    await expect(page.getByText(`“${text}” is kept, and counts as soon as the tree is here.`)).toBeVisible();
  }
  letGo();
  await expectProgress(page, { [orders]: "75 %", [service]: "63 %", [root]: "51 %" });
  await expect(row(page, minutes).getByRole("alert")).toContainText("“nonsense”");
});
