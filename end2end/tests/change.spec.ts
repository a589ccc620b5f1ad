import { ada, ben, expect, openHouse, test, titles, vera } from "../company.ts";
import { expectProgress, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "without script the links lead to the form of the page");

test("owner, team, state and weight are changed where they stand", async ({ page, openPage, server, expectAccessible, isMobile }) => {
  const { root, returning, service } = titles("Chocolatier");
  const other = await openPage();
  await openHouse(page, server, ada, "Chocolatier");
  await openHouse(other, server, vera, "Chocolatier");
  await row(page, service).getByRole("link", { name: "Ben Okafor" }).click();
  const chooser = page.getByRole("dialog", { name: "Change" });
  await chooser.getByRole("combobox", { name: "Owner" }).fill("vera");
  await expect(chooser.getByRole("option")).toHaveText([/Vera Lind/]);
  await expectAccessible();
  await page.keyboard.press("Enter");
  await expect(row(page, service).getByText("Vera Lind")).toBeAttached();
  await expect(row(other, service).getByText("Vera Lind")).toBeAttached();
  await expect(row(page, service)).toBeFocused();

  const act = async (title: string, words: string): Promise<void> => {
    await row(page, title).focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: words, exact: true }).click();
  };
  await act(service, "State");
  await chooser.getByRole("option", { name: /Proposed/ }).click();
  await expect(row(page, service).getByText("proposed")).toBeVisible();
  await expectProgress(page, { [root]: "40 %" });
  await row(page, service).getByRole("link", { name: "proposed" }).click();
  await chooser.getByRole("option", { name: /Agreed/ }).click();
  await expectProgress(page, { [root]: "39 %" });

  await act(returning, "Measure");
  const numbers = page.getByRole("dialog", { name: "Measure and weight" });
  await expectAccessible();
  await numbers.getByRole("textbox", { name: "Weight" }).fill("3");
  await numbers.getByRole("textbox", { name: "Target, or bound" }).fill("80");
  await numbers.getByRole("button", { name: "Save" }).click();
  await expect(numbers).toBeHidden();
  // (3 × 50 + 37.5) / 4
  await expectProgress(page, { [returning]: "50 %", [root]: "47 %" });
  await expectProgress(other, { [returning]: "50 %", [root]: "47 %" });
  await expect(row(page, returning).getByRole("link", { name: "weight 3" })).toBeVisible();

  await act(service, "Teams");
  await chooser.getByRole("option", { name: /Harbour kitchens/ }).click();
  await row(page, service).focus();
  await page.keyboard.press("Control+z");
  await expect(page.locator(".bottom-notice")).toContainText("teams");
  if (isMobile) return;
  await expect(row(page, service)).toContainText("Harbour kitchens");
});

test("a mistake in the numbers is told at its field, and nothing is changed", async ({ page, server }) => {
  const { orders } = titles("Chocolatier");
  await openHouse(page, server, ada, "Chocolatier");
  await row(page, orders).focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Measure" }).click();
  const numbers = page.getByRole("dialog", { name: "Measure and weight" });
  for (const [field, text, told] of [
    ["Target, or bound", "0", "Baseline and target are the same"],
    ["Target, or bound", "1e999", "too large"],
    ["Weight", "1001", "from 0 to 1000"],
  ] as const) {
    const input = numbers.getByRole("textbox", { name: field });
    const was = await input.inputValue();
    await input.fill(text);
    await numbers.getByRole("button", { name: "Save" }).click();
    await expect(numbers.getByRole("alert")).toContainText(told);
    await input.fill(was);
  }
  await page.keyboard.press("Escape");
  await expect(row(page, orders)).toContainText("200 orders");
});

test("who may not change a line is offered nothing, and told why", async ({ page, server }) => {
  const { root, orders } = titles("Bakery");
  await openHouse(page, server, ben, "Bakery");
  await expect(row(page, orders).getByRole("link", { name: "Ben Okafor" })).toHaveCount(1);
  await expect(row(page, root).getByRole("link", { name: "Ada Holm" })).toHaveCount(0);
  await row(page, root).focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Owner" }).click();
  await expect(page.getByText("This objective belongs to others.")).toBeVisible();
});
