import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, type House, openHouse, signIn, test, titles, vera } from "../company.ts";
import { openNode, row } from "../tree.ts";

/** Opens the page of the objective `service` of a house. Returns its form for closing. */
async function openService(page: Page, server: Parameters<typeof signIn>[1], person: typeof ada, house: House): Promise<Locator> {
  const { service } = titles(house);
  await openHouse(page, server, person, house);
  await openNode(page, service);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(service);
  return page.getByRole("group").filter({ has: page.getByRole("button", { name: "Close the objective" }) });
}

test.describe("closing an objective", () => {
  test.use({ expectedMessages: /status of 422/ });

  test("takes scores, a lesson and a verdict, and shows them from then on", async ({ page, server, expectAccessible, javaScriptEnabled }) => {
    const house = "Bistro";
    const { orders, minutes } = titles(house);
    const form = await openService(page, server, ben, house);
    await page.getByText("Close it", { exact: true }).click();
    await expect(form.getByLabel(orders)).toHaveValue("0.25");
    await expect(form.getByLabel(minutes)).toHaveValue("0.5");
    await expect(form.getByText("Not a success: committed takes 1.0.")).toBeVisible();
    await expect(form.getByRole("radio", { checked: true })).toHaveCount(0);

    await form.getByLabel(orders).fill("1.2");
    await form.getByLabel(minutes).fill("0,7");
    await form.getByLabel("What was learned").fill("A kept lesson.");
    await form.getByRole("radio", { name: "Adapt" }).check();
    await form.getByRole("button", { name: "Close the objective" }).click();
    await expect(form.getByRole("alert")).toHaveText("A score is a number from 0.0 to 1.0, such as 0.7.");
    await expect(form.getByLabel(orders)).toHaveValue("1.2");
    await expect(form.getByLabel("What was learned")).toHaveValue("A kept lesson.");
    await expect(form.getByRole("radio", { name: "Adapt" })).toBeChecked();
    await expectAccessible();

    await form.getByLabel(orders).fill("0.3");
    if (javaScriptEnabled !== false) await expect(form.getByText("0.5", { exact: true })).toBeVisible();
    await form.getByRole("button", { name: "Close the objective" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByRole("heading", { name: "How it ended" })).toBeVisible();
    await expect(page.getByText("Not a success: committed takes 1.0.")).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: minutes }).first()).toContainText("0.7");
    await expect(page.getByText("A kept lesson.")).toBeVisible();
    await expect(page.getByText("Adapt: go on with it, changed.")).toBeVisible();
    await expect(page.getByText(/Closed by Ben Okafor on \d{4}-\d\d-\d\d\./)).toBeVisible();
    await expect(page.getByText("closed, committed")).toBeVisible();
    await expect(page.getByText("Add a key result")).toBeHidden();
    await expect(page.getByText("Close it", { exact: true })).toBeHidden();
    await expect(page.getByText("Edit", { exact: true })).toBeHidden();
    await expectAccessible();

    await page.getByRole("link", { name: orders }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(orders);
    await expect(page.getByRole("button", { name: "Check in" })).toBeHidden();
    await expect(page.locator("#check-in")).toContainText("is closed, and its numbers are frozen");
  });
});

test("whoever may not close it is not asked to", async ({ page, server }) => {
  await openService(page, server, vera, "Bakery");
  await expect(page.getByText("Close it", { exact: true })).toBeHidden();
});
