import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, openHouse, test, titles } from "../company.ts";
import { openNode, row } from "../tree.ts";

const nasty = "</textarea><script>alert(1)</script>";

/** Opens the page of a node by way of the tree. */
async function follow(page: Page, title: string): Promise<void> {
  await openNode(page, title);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

function checkIn(page: Page): Locator {
  return page.getByRole("region", { name: "Check in" }).or(page.locator("#check-in"));
}

test("a node says why its number is what it is", async ({ page, server, expectAccessible }) => {
  const { root, returning, service } = titles("Bakery");
  await openHouse(page, server, ben, "Bakery");
  await follow(page, root);
  const why = page.getByRole("table").filter({ hasText: "Together" });
  await expect(page.getByRole("heading", { name: "Why 39 %" })).toBeVisible();
  await expect(why.getByRole("row").filter({ hasText: returning })).toContainText("1 × 40 %");
  await expect(why.getByRole("row").filter({ hasText: service })).toContainText("1 × 38 %");
  await expect(why.getByRole("row").filter({ hasText: "Together" })).toContainText("/ 2 = 39 %");
  await expectAccessible();
  await why.getByRole("link", { name: service }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(service);
  await expect(page.getByRole("navigation", { name: "Way from the root" }).getByRole("link")).toHaveText([root]);
});

test("a check-in with a note counts, and the note is only text", async ({ page, server, expectAccessible }) => {
  const { service, orders } = titles("Oyster bar");
  await openHouse(page, server, ben, "Oyster bar");
  await follow(page, orders);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expectAccessible();
  await checkIn(page).getByRole("textbox", { name: "Value" }).fill("+100");
  await checkIn(page).getByRole("radio", { name: "9", exact: true }).check();
  await checkIn(page).getByRole("textbox", { name: "Note" }).fill(nasty);
  await checkIn(page).getByRole("button", { name: "Check in" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByText(nasty).first()).toBeVisible();
  await expect(page.getByText("75 %").first()).toBeVisible();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect.poll(() => server.checkIns("Oyster bar-orders", "150")).toBe(1);
  const exported = await server.exported();
  expect(exported.get(orders)?.confidence).toBe(9);
  expect(exported.get(service)?.percent.replace(/\s/, " ")).toBe("63 %");
});

test.describe("a form with a mistake", () => {
  test.use({ expectedMessages: /status of 422/ });

  test("says what is wrong at the field and keeps what was typed", async ({ page, server, expectAccessible }) => {
    await openHouse(page, server, ben, "Bakery");
    await follow(page, titles("Bakery").orders);
    await checkIn(page).getByRole("textbox", { name: "Value" }).fill("1e999");
    await checkIn(page).getByRole("radio", { name: "3", exact: true }).check();
    await checkIn(page).getByRole("textbox", { name: "Note" }).fill(`a kept note ${nasty}`);
    await checkIn(page).getByRole("button", { name: "Check in" }).click();
    await expect(checkIn(page).getByRole("alert")).toContainText("too large");
    const value = checkIn(page).getByRole("textbox", { name: "Value" });
    await expect(value).toHaveValue("1e999");
    await expect(value).toHaveAttribute("aria-invalid", "true");
    await expect(checkIn(page).getByRole("radio", { name: "3", exact: true })).toBeChecked();
    await expect(checkIn(page).getByRole("textbox", { name: "Note" })).toHaveValue(`a kept note ${nasty}`);
    await expectAccessible();
    expect(await server.checkIns("Bakery-orders", "50")).toBe(1);
  });
});

test("a tree grows: an objective, a key result, another title", async ({ page, server, expectAccessible }) => {
  const { root } = titles("Roastery");
  await openHouse(page, server, ada, "Roastery");
  await follow(page, root);
  await page.getByRole("link", { name: "Align an objective under it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A new objective");
  await expectAccessible();
  await page.getByRole("textbox", { name: "Title" }).fill("Roastery: a smell that stops people");
  await page.getByLabel("State").selectOption("agreed");
  await page.getByRole("button", { name: "Write it down" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Roastery: a smell that stops people");

  await page.getByText("Add a key result", { exact: true }).click();
  const form = page.getByRole("group").filter({ has: page.getByRole("button", { name: "Add the key result" }) });
  await form.getByRole("textbox", { name: "Title" }).fill("Roastery: people who stop");
  await form.getByRole("textbox", { name: "Baseline" }).fill("0");
  await form.getByRole("textbox", { name: "Target" }).fill("80");
  await form.getByRole("button", { name: "Add the key result" }).click();
  const keyResult = page.getByRole("link", { name: "Roastery: people who stop" });
  await expect(keyResult).toBeVisible();
  await keyResult.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Roastery: people who stop");

  await page.getByText("Edit", { exact: true }).click();
  await page.getByRole("textbox", { name: "Title" }).last().fill("Roastery: passers-by who stop");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Roastery: passers-by who stop");
  await expect.poll(async () => (await server.exported()).has("Roastery: passers-by who stop")).toBe(true);
});

test.describe("the edit form", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

  test("leaves selected what is selected as soon as it is open", async ({ page, server }) => {
    await openHouse(page, server, ada, "Roastery");
    await follow(page, titles("Roastery").orders);
    const selected = await page.locator("#edit").evaluate(async (section) => {
      const [details] = section.getElementsByTagName("details");
      const toggled = new Promise((resolve) => details!.addEventListener("toggle", resolve));
      details!.querySelector("summary")!.click();
      // All that the click itself begins is over before the browser tells that the form is open.
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
      const title = section.querySelector<HTMLInputElement>("#edit-title")!;
      title.select();
      await toggled;
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return [title.selectionStart, title.selectionEnd, title.value.length];
    });
    expect(selected).toEqual([0, selected[2], selected[2]]);
  });
});

test.describe("an unknown node", () => {
  test.use({ expectedMessages: /status of 404/ });

  for (const id of ["objective-0190a000-0000-7000-8000-000000000000", "nonsense"]) {
    test(`is told kindly: ${id}`, async ({ page, server, expectAccessible }) => {
      await openHouse(page, server, ben, "Bakery");
      const response = await page.goto(`/node/${id}`);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is here");
      await expectAccessible();
    });
  }
});
