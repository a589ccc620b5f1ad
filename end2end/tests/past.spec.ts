import type { Page } from "@playwright/test";

import { expect, open, test } from "../fixtures.ts";
import { plain } from "../tree.ts";

/** The day so many days ago, as addresses write it. */
function ago(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** Signs in as the admin of the example company, whose history begins a year ago. */
async function lookAround(page: Page): Promise<void> {
  await open(page, "/sign-in");
  await page.getByRole("form", { name: "People of the example company" }).getByRole("button").first().click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
}

function rows(page: Page) {
  return page.getByRole("rowgroup").getByRole("row");
}

async function texts(page: Page): Promise<string[]> {
  return (await rows(page).allInnerTexts()).map(plain);
}

test("a past day is marked, read-only, and leads back", async ({ page, expectAccessible }) => {
  await lookAround(page);
  await open(page, "/tree?cycle=all");
  const now = await texts(page);
  await open(page, `/tree?cycle=all&on=${ago(40)}`);
  await expect(page.getByRole("note")).toContainText("As it was on");
  await expect(rows(page).first()).toBeVisible();
  expect(await texts(page)).not.toEqual(now);
  await expect(page.locator("a.current.editable")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Objective", exact: true })).toHaveCount(0);
  await expectAccessible();

  await rows(page).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/node\/.*\?on=/);
  await expect(page.getByRole("note")).toContainText("As it was on");
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await page.getByRole("link", { name: "Back to today" }).click();
  await expect(page).not.toHaveURL(/on=/);
  await expect(page.getByRole("note")).toHaveCount(0);
});

test("the palette finds what was there on a past day, and stays there", async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "needs script");
  await lookAround(page);
  await open(page, `/tree?cycle=all&on=${ago(40)}`);
  const title = plain(await rows(page).first().getByRole("link").first().innerText());
  const palette = page.getByRole("dialog", { name: "Find or do anything" });
  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill(title);
  await expect(palette.getByRole("option").first()).toContainText(title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/node/.*[?]on=${ago(40)}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("note")).toContainText("As it was on");

  // Also where the page of a node was opened first, which brings nothing but that.
  await open(page, page.url());
  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill("all cycles");
  await expect(palette.getByRole("option").first()).toContainText("Show all cycles");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/tree[?].*on=${ago(40)}`));
  await expect(rows(page).first()).toContainText(title);
});

test("what moved since a day is marked in words", async ({ page, expectAccessible }) => {
  await lookAround(page);
  await open(page, "/tree");
  await page.locator("details.days > summary").click();
  await page.getByRole("link", { name: "What moved since last week" }).click();
  await expect(page).toHaveURL(/since=last-week/);
  await expect(page.getByRole("note")).toContainText("what moved since");
  await expect(page.locator(".moved").first()).toContainText(/percentage points? since|new since|closed or dropped since/);
  await expectAccessible();
});

test("a day is chosen in a form", async ({ page }) => {
  await lookAround(page);
  await open(page, "/tree");
  await page.locator("details.days > summary").click();
  await page.getByLabel("The tree as it was on").fill(ago(30));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`on=${ago(30)}`));
  await expect(page.getByRole("note")).toContainText("As it was on");
});

test.describe("no such day", () => {
  test.use({ expectedMessages: /status of 404/ });

  test("is told calmly", async ({ page, expectAccessible }) => {
    await lookAround(page);
    for (const [day, why] of [["soon", "no day of the calendar"], [ago(-3), "still to come"], ["1990-01-01", "what is kept here begins on"]]) {
      await page.goto(`/tree?on=${day}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no tree of that day");
      await expect(page.getByText(why)).toBeVisible();
    }
    await expectAccessible();
    await page.getByRole("link", { name: "Go to the tree of today" }).click();
    await expect(rows(page).first()).toBeVisible();
  });
});

test("live changes do not touch the past", async ({ page, openPage, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "needs script");
  await lookAround(page);
  const fetched = page.waitForResponse("**/api/snapshot?on=*");
  await open(page, `/tree?on=${ago(14)}`);
  await fetched;
  const before = await texts(page);
  const other = await openPage();
  await lookAround(other);
  await open(other, "/tree");
  const value = other.locator("a.current.editable").first();
  await value.click();
  await other.getByRole("textbox", { name: "Value" }).fill("+1");
  await other.getByRole("textbox", { name: "Value" }).press("Enter");
  await expect(other.locator(".bottom-notice")).toContainText("Value of");
  await page.keyboard.press("Control+z");
  await expect(page.locator(".bottom-notice")).toContainText("This is a past day");
  // More rows may have come below; those that were there say what they said.
  expect(await texts(page)).toEqual(expect.arrayContaining(before));
});
