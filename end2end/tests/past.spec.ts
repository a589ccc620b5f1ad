import type { Page } from "@playwright/test";

import { expect, open, test } from "../fixtures.ts";
import { plain } from "../tree.ts";

/** The day so many days ago, as addresses write it. */
function ago(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** The same day, as pages tell it. */
function agoInWords(days: number): string {
  return new Date(ago(days)).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
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

  await page.getByRole("link", { name: "Line of sight" }).click();
  await expect(page).toHaveURL(/\/sight\?on=/);
  await expect(page.getByRole("note")).toContainText("As it was on");
  await expectAccessible();
  await page.getByRole("heading", { level: 2 }).getByRole("link").last().click();
  await expect(page).toHaveURL(/\/node\/[^/]*\?on=/);
  await page.getByRole("link", { name: "Back to today" }).click();
  await expect(page).not.toHaveURL(/on=/);
  await expect(page.getByRole("note")).toHaveCount(0);
});

test("at 320 pixels the cycle and the day stand beside each other", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await lookAround(page);
  await open(page, `/tree?on=${ago(40)}`);
  const [cycle, days] = [page.locator(".cycle > summary"), page.locator(".days > summary")];
  const [left, right] = [await cycle.boundingBox(), await days.boundingBox()];
  expect((left?.x ?? Infinity) + (left?.width ?? Infinity)).toBeLessThanOrEqual(right?.x ?? 0);
  await cycle.click();
  const panel = await page.getByRole("list", { name: "Cycles" }).boundingBox();
  expect(panel?.x).toBeGreaterThanOrEqual(0);
  expect((panel?.x ?? 0) + (panel?.width ?? Infinity)).toBeLessThanOrEqual(320);
});

test("the palette finds what was there on a past day, and stays there", async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "needs script");
  await lookAround(page);
  await open(page, `/tree?cycle=all&on=${ago(40)}`);
  const title = plain(await rows(page).first().locator(".title bdi").innerText());
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

test("on a past day what moved is counted back from it", async ({ page }) => {
  await lookAround(page);
  await open(page, `/tree?cycle=all&on=${ago(30)}`);
  await page.locator("details.days > summary").click();
  await expect(page.getByLabel("What moved since", { exact: true })).toHaveAttribute("max", ago(31));
  await page.getByRole("link", { name: "What moved in the week up to it" }).click();
  await expect(page.getByText("Marks tell what moved since")).toContainText(agoInWords(37));
  await expect(page.getByRole("note").filter({ hasText: "As it was on" })).toContainText(agoInWords(30));

  // A day to compare with that may be the later one is let go where an earlier day is chosen.
  await open(page, `/tree?cycle=all&since=${ago(7)}`);
  await page.locator("details.days > summary").click();
  await page.getByLabel("The tree as it was on").fill(ago(30));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`on=${ago(30)}`));
  await expect(page.getByRole("note").filter({ hasText: "As it was on" })).toContainText(agoInWords(30));
  await expect(page.getByText("Marks tell")).toHaveCount(0);
});

test("other cycles are shown on the same day", async ({ page }) => {
  await lookAround(page);
  await open(page, `/tree?on=${ago(30)}&since=${ago(40)}`);
  await page.locator("details.cycle > summary").click();
  await page.getByRole("link", { name: "All cycles" }).click();
  await expect(page).toHaveURL(/cycle=all/);
  await expect(page.getByRole("note").filter({ hasText: "As it was on" })).toContainText(agoInWords(30));
  await expect(page.getByText("Marks tell")).toContainText(agoInWords(40));

  await open(page, `/tree?on=${ago(30)}&since=${ago(40)}&q=xyzzy`);
  await page.getByRole("link", { name: "Look in all cycles" }).click();
  await expect(page).toHaveURL(/cycle=all.*q=xyzzy/);
  await expect(page.getByRole("note").filter({ hasText: "As it was on" })).toContainText(agoInWords(30));
  await expect(page.getByText("Marks tell")).toContainText(agoInWords(40));
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
    const reasons = [
      ["on=soon", "no day of the calendar"],
      [`on=${ago(-3)}`, "still to come"],
      ["on=1990-01-01", "what is kept here begins on"],
      [`on=${ago(30)}&since=${ago(7)}`, "Compare with an earlier day"],
    ] as const;
    for (const [asked, why] of reasons) {
      await page.goto(`/tree?${asked}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("That day cannot be shown");
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

test("a key leads to the line of sight of the same day", async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "needs script");
  await lookAround(page);
  await open(page, `/tree?cycle=all&on=${ago(30)}`);
  await rows(page).first().focus();
  await page.keyboard.press("Shift+L");
  await expect(page).toHaveURL(new RegExp(`/sight\\?on=${ago(30)}`));
  await expect(page.getByRole("note").filter({ hasText: "As it was on" })).toContainText(agoInWords(30));
});
