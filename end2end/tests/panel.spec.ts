import { ada, ben, expect, openHouse, test, titles, vera } from "../company.ts";
import { expectProgress, openNode, row } from "../tree.ts";

test("a node is shown beside the tree, and the address says which", async ({ page, server, isMobile, javaScriptEnabled, expectAccessible }) => {
  test.skip(isMobile || javaScriptEnabled === false, "there is room on the desktop only");
  const { root, service, orders } = titles("Patisserie");
  await openHouse(page, server, ben, "Patisserie");
  await expect(page.locator(".connection.live")).toBeAttached();
  await row(page, service).getByRole("link", { name: service }).click();
  const panel = page.getByRole("complementary", { name: "Everything about it" });
  await expect(panel.getByRole("heading", { name: service })).toBeVisible();
  await expect(panel).toContainText("Why 38 %");
  await expect(page).toHaveURL(/[?&]node=/);
  await expectAccessible();
  await page.reload();
  await expect(panel.getByRole("heading", { name: service })).toBeVisible();

  // What is done in it is in the tree at once.
  await row(page, orders).getByRole("link", { name: orders }).click();
  await expect(panel.getByRole("heading", { name: orders })).toBeVisible();
  await panel.getByRole("textbox", { name: "Value" }).fill("150");
  await panel.getByRole("button", { name: "Check in" }).click();
  await expectProgress(page, { [orders]: "75 %", [service]: "63 %", [root]: "51 %" });
  await panel.getByText("Activity", { exact: true }).click();
  await expect(panel.locator(".activity")).toContainText(`value of “${orders}” 50 → 150`);
  await panel.focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(row(page, orders)).toBeFocused();
  await expect(page).not.toHaveURL(/[?&]node=/);
});

test("half a comment stays until it is sent", async ({ page, server, isMobile, javaScriptEnabled }) => {
  test.skip(isMobile || javaScriptEnabled === false, "there is room on the desktop only");
  const { service, orders } = titles("Bakery");
  await openHouse(page, server, ben, "Bakery");
  const panel = page.getByRole("complementary", { name: "Everything about it" });
  const field = panel.getByRole("textbox", { name: "Say something" });
  const show = async (title: string): Promise<void> => {
    await row(page, title).getByRole("link", { name: title }).click();
    await expect(panel.getByRole("heading", { name: title })).toBeVisible();
  };
  await show(service);
  await field.fill("Half a");
  await field.press("Escape");
  await expect(panel).toBeFocused();
  await expect(field).toHaveValue("Half a");
  await show(orders);
  await expect(field).toHaveValue("");
  await show(service);
  await expect(field).toHaveValue("Half a");
  await panel.focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await show(service);
  await expect(field).toHaveValue("Half a");
});

test("people talk about a node, and mention each other", async ({ page, openPage, server, expectAccessible }) => {
  const { service } = titles("Rotisserie");
  await openHouse(page, server, ben, "Rotisserie");
  await openNode(page, service);
  const said = "@Ada Holm, who can help? </textarea><script>alert(1)</script>";
  await page.getByRole("textbox", { name: "Say something" }).fill(said);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator(".comments")).toContainText(said);
  await expect(page.locator(".mention")).toHaveText("@Ada Holm");
  await expectAccessible();
  const other = await openPage();
  await openHouse(other, server, vera, "Rotisserie");
  await openNode(other, service);
  await expect(other.locator(".comments")).toContainText(said);
  await expect(other.getByRole("button", { name: "Send" })).toHaveCount(0);
  await page.reload();
  await expect(page.locator(".comments li")).toHaveCount(1);
});

test.describe("with script", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

  test("an at sign offers people", async ({ page, server }) => {
    await openHouse(page, server, ben, "Bakery");
    await openNode(page, titles("Bakery").service);
    const field = page.getByRole("textbox", { name: "Say something" });
    await field.pressSequentially("Thanks @ad");
    await page.getByRole("button", { name: "Ada Holm", exact: true }).click();
    await expect(field).toHaveValue("Thanks @Ada Holm ");
    await expect(field).toBeFocused();
  });

  test("Escape closes the dialog, and not what it lies over", async ({ page, server, isMobile }) => {
    test.skip(isMobile, "there is room beside the tree on the desktop only");
    const { service } = titles("Bakery");
    await openHouse(page, server, ada, "Bakery");
    await row(page, service).getByRole("link", { name: service }).click();
    const panel = page.getByRole("complementary", { name: "Everything about it" });
    const opener = panel.getByRole("button", { name: "Support an objective…" });
    await opener.click();
    const dialog = page.getByRole("dialog", { name: "Support an objective" });
    await expect(dialog.getByRole("combobox")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(panel).toBeVisible();
    await expect(opener).toBeFocused();
  });

  test("an objective supports another one across the tree, and no number changes", async ({ page, server }) => {
    const { root, service } = titles("Creperie");
    const other = titles("Bakery").service;
    await openHouse(page, server, ada, "Creperie");
    await openNode(page, service);
    await page.getByRole("button", { name: "Support an objective…" }).click();
    const dialog = page.getByRole("dialog", { name: "Support an objective" });
    await dialog.getByRole("combobox").fill(root);
    await expect(dialog.getByRole("option").first()).toContainText("hangs under this");
    await dialog.getByRole("combobox").fill(other);
    await expect(dialog.getByRole("option").first()).toContainText(other);
    await page.keyboard.press("Enter");
    await expect(page.locator(".support")).toContainText(other);
    await page.locator(".support").getByRole("link", { name: other }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(other);
    await expect(page.locator(".support")).toContainText("It is supported by");
    await openHouse(page, server, ada, "Creperie");
    await expect(row(page, service)).toContainText("Supports an objective elsewhere");
    await expectProgress(page, { [root]: "39 %", [service]: "38 %" });

    await openNode(page, service);
    await page.getByRole("button", { name: `No longer support “${other}”` }).press("Enter");
    await expect(page.locator(".support")).not.toContainText(other);
    await expect(page.getByRole("button", { name: "Support an objective…" })).toBeFocused();
  });
});
