import type { Page } from "@playwright/test";

import { ada, ben, expect, openHouse, test, titles } from "../company.ts";
import { openNode, row } from "../tree.ts";

test.use({ expectedMessages: /status of 422/ });

/** Opens the edit form of a node for two people, in two browsers. */
async function openForms(pages: [Page, Page], server: Parameters<typeof openHouse>[1], title: string): Promise<void> {
  for (const [page, person] of [[pages[0], ben], [pages[1], ada]] as const) {
    await openHouse(page, server, person, "Deli");
    await openNode(page, title);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await page.getByText("Edit", { exact: true }).click();
  }
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
}

/** The two versions of a field and the choice between them, as the second person sees them. */
function clash(page: Page, theirs: string) {
  return page.getByRole("alert").filter({ hasText: theirs });
}

test("description, owner and weight of an objective: both versions are shown, and either can be taken", async ({ page, openPage, server, expectAccessible }) => {
  const { service } = titles("Deli");
  const other = await openPage();
  await openForms([page, other], server, service);
  await other.getByLabel("Description").last().fill("Mine, says Ada");
  await other.getByLabel("Owner").last().selectOption({ label: "nobody yet" });
  await other.getByLabel("Weight").last().fill("3");

  await page.getByLabel("Description").last().fill("Mine, says Ben");
  await page.getByLabel("Owner").last().selectOption({ label: "Ada Holm" });
  await page.getByLabel("Weight").last().fill("2");
  await save(page);
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByText("Mine, says Ben").first()).toBeVisible();

  await save(other);
  await expect(clash(other, "Mine, says Ben")).toContainText("Ben Okafor changed this today");
  await expect(other.getByLabel("Description").last()).toHaveValue("Mine, says Ada");
  await expect(clash(other, "Ada Holm").filter({ hasNotText: "description" }).first()).toBeVisible();
  await expectAccessible(other);
  await clash(other, "Mine, says Ben").getByRole("radio", { name: "Take theirs" }).check();
  await other.locator('[name="take:owner"][value="mine"]').check();
  await other.locator('[name="take:weight"][value="mine"]').check();
  await save(other);
  await expect(other.getByText("Saved.")).toBeVisible();
  await expect(other.getByText("Mine, says Ben").first()).toBeVisible();
  await expect(other.getByText("nobody yet").first()).toBeVisible();
  await expect.poll(async () => (await server.run("export")).includes("Mine, says Ben")).toBe(true);
  expect(await server.run("export")).not.toContain("Mine, says Ada");
});

test("the target of a key result: both versions are shown, and the second person's can be taken", async ({ page, openPage, server }) => {
  const { orders } = titles("Deli");
  const other = await openPage();
  await openForms([page, other], server, orders);
  await other.getByLabel("Target, or bound").last().fill("400");
  await page.getByLabel("Target, or bound").last().fill("100");
  await save(page);
  await expect(page.getByText("/ 100 orders").first()).toBeVisible();

  await save(other);
  const choice = clash(other, "from 0 to 100");
  await expect(choice).toContainText("Ben Okafor changed this today");
  await expect(other.getByLabel("Target, or bound").last()).toHaveValue("400");
  await choice.getByRole("radio", { name: "Write mine over it" }).check();
  await save(other);
  await expect(other.getByText("/ 400 orders").first()).toBeVisible();
});
