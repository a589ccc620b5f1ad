import { ada, ben, expect, open, openHouse, signIn, test, titles, vera } from "../company.ts";
import { edit, row } from "../tree.ts";

test("a number tells its arithmetic", async ({ page, server, javaScriptEnabled, expectAccessible }) => {
  const { root, orders, service } = titles("Bakery");
  await openHouse(page, server, vera, "Bakery");
  await row(page, orders).getByRole("link", { name: "25 %" }).click();
  const dialog = page.getByRole("dialog", { name: "Why" });
  const section = javaScriptEnabled === false ? page.locator("#why") : dialog;
  await expect(section).toContainText("Why 25 %");
  await expect(section).toContainText("(50 − 0) / (200 − 0) = 25 %");
  await expect(section).toContainText(/Day \d+ of \d+: expected \d+ \/ \d+ = \d+\s%, reached 25\s%\./);
  await expect(section).toContainText("6 of 10, said by a table in the check-in of");
  await expectAccessible();
  if (javaScriptEnabled === false) return;
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(row(page, orders)).toBeFocused();
  await row(page, root).getByRole("gridcell").nth(4).getByRole("link").click();
  await expect(dialog).toContainText("77.5 / 2 = 39 %");
  await expect(dialog.getByRole("link", { name: service })).toBeVisible();
  await expect(dialog).toContainText("6 of 10, that of the weakest:");
});

test("the arithmetic follows what others do, and keys lead to it", async ({ page, openPage, server }) => {
  test.skip(test.info().project.use.javaScriptEnabled === false, "without script a page is as it was sent");
  const { orders } = titles("Cheesemonger");
  const other = await openPage();
  await openHouse(page, server, ada, "Cheesemonger");
  await openHouse(other, server, ben, "Cheesemonger");
  await row(page, orders).focus();
  await page.keyboard.press("Shift+W");
  const dialog = page.getByRole("dialog", { name: "Why" });
  await expect(dialog).toContainText("(50 − 0) / (200 − 0) = 25 %");
  const field = await edit(other, orders, "50");
  await field.fill("150");
  await field.press("Enter");
  await expect(dialog).toContainText("(150 − 0) / (200 − 0) = 75 %");
});

test("what has no number says why", async ({ page, server }) => {
  await signIn(page, server, ada);
  await open(page, "/new-objective");
  await page.getByRole("textbox", { name: "Title" }).fill("Nothing hangs under this yet");
  await page.getByRole("button", { name: "Write it down" }).click();
  await expect(page.locator("#why")).toContainText("A draft has no pace.");
  await expect(page.locator("#why")).toContainText("Nothing hangs under it that counts, so its progress is unknown");
});
