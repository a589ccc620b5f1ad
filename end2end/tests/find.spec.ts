import type { Locator, Page } from "@playwright/test";

import { ada, ben, dora, expect, open, openHouse, signIn, test, titles, vera } from "../company.ts";
import { edit, row } from "../tree.ts";

const { root, returning, service, orders, minutes } = titles("Bakery");
const bakery = "/tree?cycle=Bakery";

const rows = (page: Page): Locator => page.getByRole("rowgroup").getByRole("row");
const field = (page: Page): Locator => page.getByRole("searchbox", { name: "Search titles" });
const chip = (page: Page, words: string): Locator => page.getByRole("link", { name: `Stop looking for ${words}` });

/** Fails unless the tree shows these titles and no other, and dims those that only lead to others. */
async function expectFound(page: Page, found: [title: string, matches: boolean][]): Promise<void> {
  await expect(rows(page)).toHaveCount(found.length);
  for (const [title, matches] of found) {
    const dimmed = expect(row(page, title));
    await (matches ? dimmed.not.toHaveClass(/dimmed/) : dimmed.toHaveClass(/dimmed/));
  }
}

async function openViews(page: Page): Promise<Locator> {
  const views = page.locator("details.views");
  if ((await views.getAttribute("open")) === null) await views.locator("> summary").click();
  return views;
}

async function saveView(page: Page, name: string): Promise<Locator> {
  const views = await openViews(page);
  await views.getByLabel("Save this view as").fill(name);
  await views.getByRole("button", { name: "Save", exact: true }).click();
  return openViews(page);
}

test.describe("everywhere", () => {
  test("an address says what is looked for", async ({ page, server, expectAccessible }) => {
    await signIn(page, server, vera);
    await open(page, `${bakery}&q=ORDÉRS`);
    await expectFound(page, [[root, false], [service, false], [orders, true]]);
    await expect(page.getByText("1 of 5 match")).toBeVisible();
    await expect(page.locator("mark")).toHaveText(["orders"]);
    await expect(row(page, orders)).toHaveAttribute("aria-setsize", "1");
    await expect(field(page)).toHaveValue("ORDÉRS");
    await expectAccessible();
  });

  test("parts are taken away one by one, or all at once", async ({ page, server }) => {
    await signIn(page, server, vera);
    await open(page, `${bakery}&owner=ben+okafor&confidence=at_risk&q=a`);
    await expect(chip(page, "Confidence: at risk")).toBeVisible();
    await chip(page, "Owner: Ben Okafor").click();
    await expect(page).not.toHaveURL(/owner=/);
    await chip(page, "“a”").click();
    await expect(page).toHaveURL(/confidence=at_risk$/);
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(page).not.toHaveURL(/owner=|confidence=|q=/);
    await expect(rows(page)).toHaveCount(5);
    await expect(field(page)).toHaveValue("");
  });

  test("the search field is a form", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    await field(page).fill("first plate");
    await field(page).press("Enter");
    await expectFound(page, [[root, false], [service, false], [minutes, true]]);
    await expect(page).toHaveURL(/cycle=Bakery.*q=first(\+|%20)plate/);
  });

  test("who finds nothing is told what to leave out", async ({ page, server, expectAccessible }) => {
    await signIn(page, server, vera);
    await open(page, `${bakery}&q=orders&owner=Ada+Holm`);
    await expect(page.getByRole("heading", { name: "Nothing matches all of that" })).toBeVisible();
    await expect(page.getByText("0 of 5 match")).toBeVisible();
    await expectAccessible();
    await page.getByRole("link", { name: "Without “Owner: Ada Holm”" }).click();
    await expectFound(page, [[root, false], [service, false], [orders, true]]);

    await open(page, `${bakery}&focus=Bakery-service&q=guests`);
    await page.getByRole("link", { name: "Look in all cycles" }).click();
    await expect(page).toHaveURL(/cycle=all.*focus=Bakery-service.*q=guests/);
  });

  test("what is not here is told, and nothing breaks", async ({ page, server }) => {
    await signIn(page, server, vera);
    await open(page, `${bakery}&team=Nobody&pace=%FF%00&q=%E2%80%AE`);
    await expect(page.getByText("“Nobody”")).toBeVisible();
    await open(page, `${bakery}&team=Nobody`);
    await expect(rows(page)).toHaveCount(5);
    await open(page, "/tree?cycle=Closed+long+ago");
    await expect(page.getByText("“Closed long ago”")).toBeVisible();
    const long = "Nope".repeat(15);
    await open(page, `${bakery}&team=${long}`);
    await expect(page.getByText(long)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  test("a view has a name of any length that is kept", async ({ page, server }) => {
    await signIn(page, server, ben);
    await open(page, `${bakery}&stale`);
    const name = "ש".repeat(300);
    const views = await saveView(page, name);
    await expect(views.getByRole("link", { name })).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(width).toBeLessThanOrEqual(0);
  });
});

test.describe("saved views", () => {
  // What is refused without script comes back as a page with that status.
  test.use({ expectedMessages: /status of 422/ });

  test("a view is saved, told apart, renamed and deleted", async ({ page, server, expectAccessible }) => {
    await signIn(page, server, vera);
    await open(page, `${bakery}&q=orders`);
    let views = await saveView(page, "Orders");
    await expect(views.getByRole("link", { name: "Orders" })).toBeVisible();
    await expect(views.getByLabel("Share it with everybody")).toHaveCount(0);
    await expectAccessible();
    views = await saveView(page, "Orders");
    await expect(views.getByRole("alert")).toContainText("name already");
    await open(page, bakery);
    views = await openViews(page);
    await views.getByRole("link", { name: "Orders" }).click();
    await expect(page).toHaveURL(/q=orders/);
    await expectFound(page, [[root, false], [service, false], [orders, true]]);

    views = await openViews(page);
    await views.locator("summary[aria-label='Change “Orders”']").click();
    await views.getByLabel("Name", { exact: true }).fill("Orders a day");
    await views.getByRole("button", { name: "Rename" }).click();
    views = await openViews(page);
    await expect(views.getByRole("link", { name: "Orders a day" })).toBeVisible();
    await views.locator("summary[aria-label='Change “Orders a day”']").click();
    await views.getByRole("button", { name: "Delete" }).click();
    views = await openViews(page);
    await expect(views.getByRole("link")).toHaveCount(0);
    await page.reload();
    await expect((await openViews(page)).getByRole("link")).toHaveCount(0);
  });
});

test.describe("with script", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

  test("rows follow what is typed, and the address follows", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    await page.getByRole("link", { name: "1 level: collapse all" }).click();
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press("/");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("plate");
    await expectFound(page, [[root, false], [service, false], [minutes, true]]);
    await expect(page.getByRole("status").getByText("1 of 5 match")).toBeVisible();
    await expect(page).toHaveURL(/q=plate/);
    await expect(field(page)).toBeFocused();
    await open(page, page.url());
    await expectFound(page, [[root, false], [service, false], [minutes, true]]);
    await field(page).focus();
    await page.keyboard.press("Escape");
    await expect(field(page)).toHaveValue("");
    await expect(page).not.toHaveURL(/q=/);
    await expect(rows(page)).toHaveCount(5);
  });

  test("what was open before is open again", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    await page.getByRole("link", { name: "1 level: collapse all" }).click();
    await field(page).fill("plate");
    await expect(rows(page)).toHaveCount(3);
    await field(page).fill("");
    await expect(rows(page)).toHaveCount(1);
  });

  test("back and forward go through what was looked for", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    if (await page.getByRole("button", { name: /^Filter/ }).isVisible()) await page.getByRole("button", { name: /^Filter/ }).click();
    await page.locator("details.facet > summary", { hasText: "Owner" }).click();
    await page.getByRole("checkbox", { name: "Ada Holm" }).check();
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole("checkbox", { name: "Ben Okafor" }).check();
    await expect(rows(page)).toHaveCount(5);
    await page.goBack();
    await expect(rows(page)).toHaveCount(1);
    await expect(page.getByRole("checkbox", { name: "Ben Okafor" })).not.toBeChecked();
    await page.goBack();
    await expect(rows(page)).toHaveCount(5);
    await expect(page.getByText("match", { exact: false }).filter({ visible: true }).filter({ hasText: " of 5 match" })).toHaveCount(0);
    await page.goForward();
    await expect(rows(page)).toHaveCount(1);
  });

  test("a row that does not match any more stays while one looks", async ({ page, server }) => {
    const pantry = titles("Pantry");
    await signIn(page, server, ben);
    await open(page, "/tree?cycle=Pantry&confidence=at_risk&q=orders");
    await expect(page.getByText("1 of 5 match")).toBeVisible();
    const value = await edit(page, pantry.orders, "50");
    await value.fill("60");
    await value.press("Enter");
    await expect(row(page, pantry.orders)).toHaveClass(/dimmed/);
    await expect(page.getByText("0 of 5 match")).toBeVisible();
  });

  test("a megabyte in the search field is cut short", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    await field(page).evaluate((input: HTMLInputElement) => {
      input.value = "א".repeat(100_000);
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await expect(page.getByRole("heading", { name: "Nothing matches all of that" })).toBeVisible();
    await expect(field(page)).toHaveValue("א".repeat(200));
    await page.getByRole("link", { name: "Show everything" }).click();
    await expect(rows(page)).toHaveCount(5);
  });

  test("a shared view is on everybody's screen, and an admin may delete it", async ({ page, openPage, server }) => {
    const other = await openPage();
    await signIn(page, server, ben);
    await signIn(other, server, ada);
    await open(page, "/tree?cycle=Pantry&q=guests");
    await open(other, "/tree?cycle=Pantry");
    const theirs = await openViews(other);
    const views = await openViews(page);
    await views.getByLabel("Save this view as").fill("Guests of the pantry");
    await views.getByLabel("Share it with everybody").check();
    await views.getByRole("button", { name: "Save", exact: true }).click();
    await expect(theirs.getByRole("link", { name: "Guests of the pantry by Ben Okafor" })).toBeVisible();
    await theirs.locator("summary[aria-label='Change “Guests of the pantry”']").click();
    await theirs.getByRole("button", { name: "Delete" }).click();
    await expect(views.getByRole("link", { name: "Guests of the pantry" })).toHaveCount(0);
  });

  test("the palette finds anything and goes there", async ({ page, server, expectAccessible }) => {
    await openHouse(page, server, dora, "Bakery");
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Find or do anything" });
    const input = palette.getByRole("combobox", { name: "Find or do anything" });
    await expect(input).toBeFocused();
    await expect(palette.getByRole("option").first()).toContainText("New objective");
    await input.fill("bakery min");
    const first = palette.getByRole("option").first();
    await expect(first).toContainText(minutes);
    await expect(first).toHaveAttribute("aria-selected", "true");
    await expect(input).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id")) ?? "");
    await expectAccessible();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(minutes);

    await page.getByRole("button", { name: "Find or do anything" }).click();
    await input.fill("okafor");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect(chip(page, "Owner: Ben Okafor")).toBeVisible();
  });

  test("the palette gives the focus back, and does what the page can do", async ({ page, server }) => {
    await openHouse(page, server, dora, "Bakery");
    await row(page, returning).focus();
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Find or do anything" });
    await palette.getByRole("combobox").fill("no such thing at all");
    await expect(palette.getByText("Nothing of that name")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette).toBeHidden();
    await expect(row(page, returning)).toBeFocused();
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill("collapse");
    await palette.getByRole("option", { name: "Collapse all" }).click();
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill("sign out");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/sign-in/);
  });

  test("what is chosen in the palette has the focus", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    await row(page, returning).focus();
    await page.keyboard.press("Control+k");
    const input = page.getByRole("combobox", { name: "Find or do anything" });
    await input.fill("search in");
    await expect(page.getByRole("option").first()).toContainText("Search in the tree");
    await page.keyboard.press("Enter");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("plate");
    await expectFound(page, [[root, false], [service, false], [minutes, true]]);

    const name = page.getByLabel("Save this view as");
    const save = page.getByRole("option", { name: "Save this view" });
    await page.keyboard.press("Control+k");
    await input.fill("save this");
    await expect(save).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(name).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(name).toBeHidden();
    await page.keyboard.press("Control+k");
    await input.fill("save this");
    await save.click();
    await expect(name).toBeFocused();
    await page.keyboard.type("plates");
    await expect(name).toHaveValue("plates");
  });

  test("who takes away what is looked for by a key keeps the focus", async ({ page, server }) => {
    await signIn(page, server, vera);
    await open(page, `${bakery}&owner=ben+okafor&confidence=at_risk&q=a`);
    await chip(page, "Owner: Ben Okafor").press("Enter");
    await expect(chip(page, "Confidence: at risk")).toBeFocused();
    await chip(page, "“a”").press("Enter");
    await expect(chip(page, "Confidence: at risk")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("plate");
    await expect(rows(page)).toHaveCount(3);
    await page.getByRole("link", { name: "Clear" }).press("Enter");
    await expect(rows(page)).toHaveCount(5);
    await expect(field(page)).toBeFocused();
    await open(page, `${bakery}&q=orders&owner=Ada+Holm`);
    await page.getByRole("link", { name: "Without the text" }).press("Enter");
    await expect(chip(page, "Owner: Ada Holm")).toBeFocused();
  });

  test("who renames or deletes a view keeps the focus", async ({ page, server }) => {
    await signIn(page, server, ada);
    await open(page, `${bakery}&q=plate`);
    const views = await saveView(page, "Plates");
    const change = (name: string): Locator => views.locator(`summary[aria-label='Change “${name}”']`);
    const item = (name: string): Locator => views.getByRole("listitem").filter({ has: page.getByRole("link", { name }) });
    await change("Plates").press("Enter");
    await item("Plates").getByLabel("Name", { exact: true }).fill("Plates of the bakery");
    await page.keyboard.press("Enter");
    await expect(change("Plates of the bakery")).toBeFocused();
    await page.keyboard.press("Enter");
    await item("Plates of the bakery").getByRole("button", { name: "Delete" }).press("Enter");
    await expect(change("Plates of the bakery")).toHaveCount(0);
    await expect(views.locator("> summary")).toBeFocused();
  });

  test("the keys are told, and single ones can be turned off", async ({ page, server, expectAccessible }) => {
    await openHouse(page, server, vera, "Bakery");
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await expect(keys.getByText("Find or do anything")).toBeVisible();
    await expectAccessible();
    await keys.getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await expect(keys).toBeHidden();
    await page.keyboard.press("/");
    await expect(field(page)).not.toBeFocused();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find or do anything" }).fill("keys");
    await expect(page.getByRole("option", { name: /keys/i }).first()).toBeVisible();
    await page.keyboard.press("Enter");
    await keys.getByRole("checkbox").check();
    await keys.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("/");
    await expect(field(page)).toBeFocused();
    await page.keyboard.type("?");
    await expect(keys).toBeHidden();
  });

  test("the sheet of a phone closes by Escape as soon as it is open", async ({ page, server, isMobile }) => {
    test.skip(!isMobile, "there is room for the menus");
    await openHouse(page, server, vera, "Bakery");
    const opener = page.getByRole("button", { name: /^Filter/ });
    await opener.press("Enter");
    await expect(opener).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Escape");
    await expect(opener).toHaveAttribute("aria-expanded", "false");
    await expect(opener).toBeFocused();
  });

  test("menus close by Escape and by a click beside them", async ({ page, server, isMobile }) => {
    test.skip(isMobile, "in the sheet of the phone the menus are part of it");
    await openHouse(page, server, vera, "Bakery");
    const pace = page.locator("details.facet", { hasText: "Pace" });
    await pace.locator("summary").click();
    await expect(pace.getByRole("checkbox", { name: "behind" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(pace.getByRole("checkbox", { name: "behind" })).toBeHidden();
    await expect(pace.locator("summary")).toBeFocused();
    await pace.locator("summary").click();
    await row(page, root).getByRole("gridcell").nth(1).click();
    await expect(pace.getByRole("checkbox", { name: "behind" })).toBeHidden();
  });

  test("the phone has one button for everything", async ({ page, server, isMobile, expectAccessible }) => {
    test.skip(!isMobile, "other screens have room for all of it");
    await openHouse(page, server, vera, "Bakery");
    const opener = page.getByRole("button", { name: /^Filter/ });
    await opener.click();
    await page.getByRole("checkbox", { name: "Mine" }).check();
    await page.locator("summary", { hasText: "Confidence" }).click();
    await page.getByRole("checkbox", { name: "at risk" }).filter({ visible: true }).check();
    await expectAccessible();
    await page.getByRole("button", { name: "Show 0 matches" }).click();
    await expect(opener).toBeFocused();
    await expect(opener).toHaveText(/Filter\s*2/);
    await chip(page, "Mine").click();
    await expect(page.getByText(" of 5 match")).toBeVisible();
  });
});
