import { ada, ben, expect, openEarly, openHouse, signIn, test, titles, vera } from "../company.ts";
import { asPage, edit, expectProgress, openNode, plain, row } from "../tree.ts";

test.describe("everywhere", () => {
  test("the tree of a cycle shows every number", async ({ page, server, expectAccessible }) => {
    const { root, returning, service, orders, minutes } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await expect(page.getByRole("treegrid", { name: "Objectives and key results" })).toBeVisible();
    await expect(page.getByRole("rowgroup").getByRole("row")).toHaveCount(5);
    await expectProgress(page, { [root]: "39 %", [returning]: "40 %", [service]: "38 %", [orders]: "25 %", [minutes]: "50 %" });
    await expect(row(page, orders)).toContainText("50/ 200 orders");
    await expect(row(page, root)).toHaveAttribute("aria-level", "1");
    await expect(row(page, orders)).toHaveAttribute("aria-level", "3");
    await expectAccessible();
  });

  test("a viewer is offered nothing to change", async ({ page, server }) => {
    await openHouse(page, server, vera, "Bakery");
    await expect(row(page, titles("Bakery").orders)).toContainText("50");
    // The title, and three numbers that tell their arithmetic.
    await expect(row(page, titles("Bakery").orders).getByRole("link")).toHaveCount(4);
    await expect(page.getByRole("link", { name: "Objective", exact: true })).toHaveCount(0);
    await openNode(page, titles("Bakery").orders);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(titles("Bakery").orders);
    await expect(page.getByText(/viewer/i)).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Check in" })).toHaveCount(0);
  });
});

test.describe("without script", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled !== false, "a page that runs scripts has all rows in one");

  test("a value leads to the form that changes it", async ({ page, server }) => {
    await openHouse(page, server, ben, "Bakery");
    await row(page, titles("Bakery").orders).getByRole("link", { name: "50", exact: true }).click();
    await expect(page).toHaveURL(/\/node\/.*#check-in$/);
    await expect(page.getByRole("textbox", { name: "Value" })).toBeVisible();
  });

  test("the rows that do not fit are on the next page", async ({ page, server }) => {
    await signIn(page, server, vera);
    await page.goto("/tree?cycle=all");
    const rows = page.getByRole("rowgroup").getByRole("row");
    await expect(rows).toHaveCount(30);
    const nextRows = (await page.getByRole("navigation", { name: "More rows" }).innerText()).match(/of (\d+)/)?.[1];
    await page.getByRole("link", { name: "Rows after" }).click();
    await expect(rows).toHaveCount(Math.min(Number(nextRows) - 30, 30));
    await page.getByRole("link", { name: "Rows before" }).click();
    await expect(rows).toHaveCount(30);
  });
});

test.describe("with script", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

  test("the script finds the page as it should be", async ({ page, server, browser, contextOptions }) => {
    const without = await browser.newContext({ ...contextOptions, baseURL: server.url, javaScriptEnabled: false });
    const plainPage = await without.newPage();
    await signIn(plainPage, server, ben);
    await plainPage.goto("/tree?cycle=Bakery");
    await openHouse(page, server, ben, "Bakery");
    await expect(page.getByRole("button", { name: "Collapse" }).first()).toBeVisible();
    const before = await plainPage.getByRole("rowgroup").getByRole("row").allInnerTexts();
    const after = await page.getByRole("rowgroup").getByRole("row").allInnerTexts();
    expect(after.map(plain)).toEqual(before.map(plain));
    await without.close();
  });

  test("branches open and close", async ({ page, server }) => {
    const { root, returning, service, orders } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    const rows = page.getByRole("rowgroup").getByRole("row");
    await row(page, service).getByRole("button", { name: "Collapse" }).click();
    await expect(rows).toHaveCount(3);
    await expect(row(page, service)).toHaveAttribute("aria-expanded", "false");
    await row(page, service).getByRole("button", { name: "Expand" }).click();
    await expect(row(page, orders)).toBeVisible();
    await page.getByRole("link", { name: /collapse all/ }).click();
    await expect(rows).toHaveCount(1);
    await row(page, root).getByRole("button", { name: "Expand" }).click();
    await expect(row(page, returning)).toBeVisible();
    await expect(rows).toHaveCount(3);
    await page.getByRole("link", { name: /expand all/ }).click();
    await expect(rows).toHaveCount(5);
  });

  test("keys walk the tree", async ({ page, server }) => {
    const { root, returning, service, orders, minutes } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await row(page, root).focus();
    const walk: [key: string, title: string][] = [
      ["ArrowDown", returning],
      ["End", minutes],
      ["ArrowUp", orders],
      ["ArrowLeft", service],
      ["Home", root],
      ["PageDown", minutes],
      ["PageUp", root],
    ];
    for (const [key, title] of walk) {
      await page.keyboard.press(key);
      await expect(row(page, title)).toBeFocused();
    }
    await page.keyboard.press("ArrowLeft");
    await expect(row(page, root)).toHaveAttribute("aria-expanded", "false");
    await expect(row(page, root)).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(row(page, root)).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Enter");
    await asPage(page, root);
  });

  test("a typed value moves the whole way up, for good", async ({ page, server }) => {
    const { root, service, orders, minutes } = titles("Canteen");
    await openHouse(page, server, ben, "Canteen");
    const typed: [was: string, text: string, becomes: Record<string, string>][] = [
      ["50", "150", { [orders]: "75 %", [service]: "63 %", [root]: "51 %" }],
      ["150", "+10", { [orders]: "80 %", [service]: "65 %", [root]: "53 %" }],
      ["160", "50%", { [orders]: "50 %", [service]: "50 %", [root]: "45 %" }],
      ["100", "0.21k", { [orders]: "105 %", [service]: "75 %", [root]: "58 %" }],
    ];
    for (const [was, text, becomes] of typed) {
      const field = await edit(page, orders, was);
      await expect(field).toBeFocused();
      await field.fill(text);
      await field.press("Enter");
      await expectProgress(page, becomes);
      await expect(row(page, orders)).toBeFocused();
    }
    await row(page, minutes).focus();
    await page.keyboard.press("Enter");
    await expect(row(page, minutes).getByRole("textbox", { name: "Value" })).toBeFocused();
    await page.keyboard.type("1.2m");
    await expect(row(page, minutes)).toContainText("1.2m / 10 min");
    await page.keyboard.press("Escape");
    await expect(row(page, minutes).getByRole("textbox")).toHaveCount(0);
    await expect(row(page, minutes)).toBeFocused();
    await expect(row(page, minutes)).toContainText("15/ 10 min");

    const last = { [orders]: "105 %", [service]: "75 %", [minutes]: "50 %", [root]: "58 %" };
    await expect.poll(() => server.checkIns("Canteen-orders", "210")).toBe(1);
    await page.reload();
    await expectProgress(page, last);
    const exported = await server.exported();
    for (const [title, percent] of Object.entries(last)) expect(plain(exported.get(title)?.percent ?? "")).toBe(percent);
  });

  test("a value typed before the workspace has arrived is read as soon as it has", async ({ page, server }) => {
    const { orders } = titles("Bakery");
    let arrive = () => {};
    const held = new Promise<void>((resolve) => (arrive = resolve));
    await page.route("**/api/snapshot", async (route) => {
      await held;
      await route.continue();
    });
    await signIn(page, server, ada);
    await openEarly(page, "/tree?cycle=Bakery");
    const field = await edit(page, orders, "50");
    await field.fill("1e999");
    await expect(row(page, orders)).toContainText("still loading");
    arrive();
    await expect(row(page, orders)).toContainText(/too large/i);
    await field.press("Escape");
  });

  test("a value that cannot be is refused where it was typed", async ({ page, server }) => {
    const { root, orders } = titles("Bakery");
    await openHouse(page, server, ada, "Bakery");
    const field = await edit(page, orders, "50");
    const refused: [text: string, why: RegExp][] = [
      ["1e999", /too large/i],
      ["--3", /not a number/i],
      ["NaN", /not a number/i],
      ["", /type a number/i],
      ["9x".repeat(1_000_000), /not a number/i],
    ];
    for (const [text, why] of refused) {
      await field.fill(text);
      await expect(row(page, orders)).toContainText(why);
      await field.press("Enter");
      await expect(field).toHaveValue(text);
      await expect(field).toHaveAttribute("aria-invalid", "true");
    }
    await field.press("Escape");
    await expect(row(page, orders)).toContainText("50/ 200 orders");
    await expectProgress(page, { [root]: "39 %", [orders]: "25 %" });
  });
});
