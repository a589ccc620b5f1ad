import { ada, ben, expect, openHouse, test, titles, vera } from "../company.ts";
import { edit, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

test("lines are written one after the other, deeper and higher", async ({ page, server, expectAccessible }) => {
  const { service } = titles("Teppanyaki");
  await openHouse(page, server, ada, "Teppanyaki");
  await expect(page.locator(".connection.live")).toBeAttached();
  await row(page, service).focus();
  await page.keyboard.press("Shift+N");
  const field = page.getByRole("textbox", { name: "New objective" });
  await expect(field).toBeFocused();
  await page.keyboard.type("Teppanyaki: a show at every table");
  await page.keyboard.press("Enter");
  await expect(row(page, "Teppanyaki: a show at every table")).toHaveAttribute("aria-level", "2");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("");
  await page.keyboard.type("Teppanyaki: knives that sing");
  await page.keyboard.press("Tab");
  await expect(field).toHaveValue("Teppanyaki: knives that sing");
  await expect(field).toBeFocused();
  await expectAccessible();
  await page.keyboard.press("Enter");
  await expect(row(page, "Teppanyaki: knives that sing")).toHaveAttribute("aria-level", "3");
  await expect(row(page, "Teppanyaki: knives that sing")).toContainText("draft");
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);

  await row(page, "Teppanyaki: a show at every table").focus();
  await page.keyboard.press("Shift+K");
  await page.getByRole("textbox", { name: "New key result" }).fill("Teppanyaki: guests who film it");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(row(page, "Teppanyaki: guests who film it")).toContainText("–");
  await expect.poll(async () => [...(await server.exported()).keys()].filter((title) => title.startsWith("Teppanyaki: ")).length).toBe(8);
});

test("a title is changed where it stands, and of two who do it nobody's words vanish", async ({ page, openPage, server }) => {
  const { service, orders } = titles("Trattoria");
  const other = await openPage();
  await openHouse(page, server, ben, "Trattoria");
  await openHouse(other, server, ada, "Trattoria");
  await expect(other.locator(".connection.live")).toBeAttached();
  await expect(page.locator(".connection.live")).toBeAttached();
  await row(other, service).focus();
  await other.keyboard.press("F2");
  const theirs = other.getByRole("textbox", { name: "Title" });
  await theirs.fill("x".repeat(100_000));
  await expect(theirs).toHaveValue(/^x{300}x*$/);
  await theirs.fill("Trattoria: Ada's words");

  await row(page, service).focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Title" }).fill("  Trattoria: Ben's words ");
  await page.keyboard.press("Enter");
  await expect(row(page, "Trattoria: Ben's words")).toBeFocused();
  await expect.poll(async () => (await server.exported()).has("Trattoria: Ben's words")).toBe(true);

  await theirs.press("Enter");
  const alert = other.getByRole("alert");
  await expect(alert).toContainText("Trattoria: Ben's words");
  await expect(alert).toContainText("Trattoria: Ada's words");
  await expect(alert).toContainText("Ben Okafor changed this today");
  // What happens below it pulses up to the row, and leaves both versions there.
  const value = await edit(page, orders, "50");
  await value.fill("60");
  await value.press("Enter");
  await expect(row(other, orders).getByText("Ben, just now")).toBeVisible();
  await expect(alert).toContainText("Trattoria: Ada's words");
  await alert.getByRole("button", { name: "Write mine over it" }).click();
  await expect(row(page, "Trattoria: Ada's words")).toBeVisible();
});

test("whoever may not change a title is told", async ({ page, server }) => {
  const { service } = titles("Bakery");
  await openHouse(page, server, vera, "Bakery");
  await expect(page.locator(".connection.live")).toBeAttached();
  await row(page, service).focus();
  await page.keyboard.press("F2");
  await expect(page.getByText(/viewers change nothing/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveCount(0);
});
