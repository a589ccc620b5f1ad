import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, open, openHouse, signIn, test, titles, vera } from "../company.ts";
import { edit, expectProgress, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

/** What is told at the bottom of the screen. */
function notice(page: Page): Locator {
  return page.locator(".bottom-notice");
}

/** Types a value into the row and saves it. */
async function save(page: Page, title: string, was: string, text: string): Promise<void> {
  const field = await edit(page, title, was);
  await field.fill(text);
  await field.press("Enter");
}

test("a value is undone and redone, here and on every other screen", async ({ page, openPage, server, isMobile, expectAccessible }) => {
  const { orders, service } = titles("Vineyard");
  const other = await openPage();
  await openHouse(other, server, ada, "Vineyard");
  await openHouse(page, server, ben, "Vineyard");
  await save(page, orders, "50", "150");
  await expect(notice(page)).toContainText(`Value of “${orders}” 50 → 150`);
  await expectProgress(other, { [orders]: "75 %" });
  await expectAccessible();
  const undo = notice(page).getByRole("button", { name: "Undo" });
  if (isMobile) expect((await undo.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await undo.click();
  await expect(notice(page)).toContainText(`Undid: value of “${orders}” 150 → 50`);
  await expectProgress(page, { [orders]: "25 %", [service]: "38 %" });
  await expectProgress(other, { [orders]: "25 %", [service]: "38 %" });
  await page.keyboard.press("Control+Shift+z");
  await expect(notice(page)).toContainText(`Redid: value of “${orders}” 50 → 150`);
  await expectProgress(other, { [orders]: "75 %" });
  await page.keyboard.press("Escape");
  await expect(notice(page)).toBeHidden();

  // Also after the page was loaded anew, and before it knows what was done until then.
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/own-changes", async (route) => {
    await answered;
    await route.continue();
  });
  await openHouse(page, server, ben, "Vineyard");
  await expectProgress(page, { [orders]: "75 %" });
  await page.keyboard.press("Control+z");
  answer();
  await expect(notice(page)).toContainText(`Undid: value of “${orders}” 150 → 50`);
  await expectProgress(other, { [orders]: "25 %" });
});

test("in a field the browser undoes what was typed there, and behind a dialog nothing is undone", async ({ page, server }) => {
  const { orders, minutes } = titles("Waffle stand");
  await openHouse(page, server, ben, "Waffle stand");
  await save(page, orders, "50", "150");
  await expectProgress(page, { [orders]: "75 %" });
  const field = await edit(page, minutes, "15");
  await field.press("End");
  await field.pressSequentially("9");
  await expect(field).toHaveValue("159");
  await field.press("Control+z");
  await expect(field).not.toHaveValue("159");
  await expectProgress(page, { [orders]: "75 %" });

  await field.press("Escape");
  await expect(row(page, minutes)).toBeFocused();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toBeVisible();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await expectProgress(page, { [orders]: "75 %" });
  await page.keyboard.press("Control+z");
  await expect(notice(page)).toContainText(`Undid: value of “${orders}” 150 → 50`);
});

test("what is in the way is told, and the next undo goes on", async ({ page, openPage, server }) => {
  const { orders, minutes } = titles("Brewery");
  const other = await openPage();
  await openHouse(page, server, ben, "Brewery");
  await openHouse(other, server, ada, "Brewery");
  await save(page, minutes, "15", "12");
  await save(page, orders, "50", "150");
  await expectProgress(other, { [orders]: "75 %" });
  await save(other, orders, "150", "160");
  await expect(row(page, orders)).toContainText("160");
  await page.keyboard.press("Control+z");
  await expect(notice(page)).toContainText(`Not undone: Ada Holm has checked “${orders}” in at 160 since.`);
  await expectProgress(page, { [orders]: "80 %" });
  await page.keyboard.press("Control+z");
  await expect(notice(page)).toContainText(`Undid: value of “${minutes}” 12 → 15`);
  await expectProgress(other, { [minutes]: "50 %" });
});

test("today chosen as the day to show is no past day", async ({ page, server }) => {
  await signIn(page, server, vera);
  await open(page, `/tree?cycle=Bakery&on=${new Date().toISOString().slice(0, 10)}`);
  await page.locator(".connection.live").waitFor();
  await page.keyboard.press("Control+z");
  await expect(notice(page)).toContainText(/There is nothing of yours left to undo|Undid/);
});
