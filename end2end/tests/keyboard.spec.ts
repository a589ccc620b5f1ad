import { ada, expect, openHouse, test, titles } from "../company.ts";
import { expectProgress, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "keys belong to the script");

test("a keyboard alone does everything", async ({ page, server, isMobile }) => {
  const { root, returning, service, orders, minutes } = titles("Teahouse");
  const keys = page.keyboard;
  const notice = page.locator(".bottom-notice");
  const option = page.getByRole("option");
  await openHouse(page, server, ada, "Teahouse");

  // To the rows by the tab key, and down to the orders.
  for (let tabs = 0; tabs < 60 && (await row(page, root).evaluate((it) => it !== document.activeElement)); tabs++) await keys.press("Tab");
  await expect(row(page, root)).toBeFocused();
  await keys.press("End");
  await keys.press("ArrowUp");
  await expect(row(page, orders)).toBeFocused();

  // A value, and why it says what it says.
  await keys.press("Enter");
  await keys.type("150");
  await keys.press("Enter");
  await expectProgress(page, { [orders]: "75 %", [service]: "63 %", [root]: "51 %" });
  await expect(row(page, orders)).toBeFocused();
  await keys.press("Shift+W");
  await expect(page.getByRole("dialog", { name: "Why" })).toContainText("(150 − 0) / (200 − 0) = 75 %");
  await keys.press("Escape");
  await expect(row(page, orders)).toBeFocused();

  // A title, undone and redone.
  const renamed = `${orders} and nights`;
  await keys.press("F2");
  await keys.press("End");
  await keys.type(" and nights");
  await keys.press("Enter");
  await expect(row(page, renamed)).toBeFocused();
  await keys.press("Control+z");
  await expect(notice).toContainText("Undid: title");
  await expect(row(page, renamed)).toHaveCount(0);
  await keys.press("Control+Shift+z");
  await expect(row(page, renamed)).toBeVisible();

  // An owner, from the menu.
  await keys.press("Shift+F10");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  const owner = page.getByRole("menuitem", { name: "Owner", exact: true });
  for (let steps = 0; steps < 30 && (await owner.evaluate((it) => it !== document.activeElement)); steps++) await keys.press("ArrowDown");
  await keys.press("Enter");
  await expect(page.getByRole("combobox", { name: "Owner" })).toBeFocused();
  await keys.type("vera");
  await expect(option).toHaveText([/Vera Lind/]);
  await keys.press("Enter");
  await expect(row(page, renamed).getByText("Vera Lind")).toBeAttached();

  // A new objective under the root, moved under another, and a key result in it.
  await keys.press("Home");
  await expect(row(page, root)).toBeFocused();
  await keys.press("Shift+C");
  await keys.type("Guests bring their friends");
  await keys.press("Enter");
  await keys.press("Escape");
  const friends = row(page, "Guests bring their friends");
  await expect(friends).toBeVisible();
  await keys.press("End");
  await expect(friends).toBeFocused();
  await keys.press("Alt+ArrowUp");
  await expect(friends).toHaveAttribute("aria-posinset", "2");
  await keys.press("Shift+M");
  await expect(page.getByRole("combobox", { name: "Move under" })).toBeFocused();
  await keys.type(service);
  await expect(option.first()).toContainText(service);
  await keys.press("Enter");
  await expect(friends).toHaveAttribute("aria-level", "3");

  // A search, a branch as the whole page and back, everything about it and back.
  await keys.press("/");
  await keys.type("plate");
  await expect(page.getByRole("rowgroup").getByRole("row")).toHaveCount(3);
  await keys.press("Escape");
  await expect(page.getByRole("rowgroup").getByRole("row")).toHaveCount(6);
  await row(page, service).focus();
  await keys.press("Shift+F");
  await expect(page.getByRole("navigation", { name: "Way to this branch" })).toBeVisible();
  await expect(row(page, service)).toBeFocused();
  await keys.press("Escape");
  await expect(row(page, returning)).toBeVisible();
  await expect(row(page, minutes)).toBeVisible();
  await keys.press("Shift+O");
  await expect(page.getByRole("heading", { name: service })).toBeVisible();
  if (isMobile) return;
  await keys.press("Escape");
  await expect(row(page, service)).toBeFocused();
});
