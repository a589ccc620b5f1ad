import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, open, openHouse, signIn, test as houses, titles, vera } from "../company.ts";
import { test as base } from "../fixtures.ts";
import { Server } from "../server.ts";
import { asPage, openNode, row } from "../tree.ts";

const long = `Long: ${"a title that goes on ".repeat(14)}`.slice(0, 300);
const rightToLeft = "هدف يُقرأ من اليمين إلى اليسار (2026)";
const combining = `Z̸̢͇a̷l̴g̵o̶ ${"é̂̃".repeat(20)}`;
const unbroken = "Hafenküchenbetriebsgesellschaft".repeat(5);
const level = (number: number): string => `Level ${number} of the long way down`;

/** Forty levels under one another, an objective with two thousand key results, titles that are hard to show, and one that leads nowhere. */
function hardTable(): string {
  const head = "kind,id,parent,title,owner,cycle,company,measure,unit,baseline,target,current";
  const objective = (id: string, parent: string, title: string): string =>
    `objective,${id},${parent},"${title}",${ada.email},Hard,${parent ? "" : "yes"},,,,,`;
  const keyResult = (id: string, parent: string, title: string): string =>
    `key_result,${id},${parent},"${title}",${ada.email},,,reach,points,0,100,30`;
  const rows = [head, objective("wide", "", "Two thousand ways")];
  for (let number = 0; number < 2_000; number++) rows.push(keyResult(`wide-${number}`, "wide", `Way ${number}`));
  for (let number = 1; number <= 40; number++) rows.push(objective(`deep-${number}`, number > 1 ? `deep-${number - 1}` : "", level(number)));
  rows.push(keyResult("deepest", "deep-40", "As deep as it gets"));
  rows.push(objective("texts", "", "Titles"), objective("long", "texts", long), objective("rtl", "texts", rightToLeft));
  rows.push(objective("combining", "texts", combining), objective("unbroken", "texts", unbroken));
  rows.push(`key_result,unbroken-points,unbroken,${unbroken},${ada.email},,,reach,${unbroken.slice(0, 60)},0,100,30`);
  rows.push(`objective,adrift,,Adrift,${ada.email},Hard,,,,,,`);
  return rows.join("\n");
}

const hard = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const year = new Date().getUTCFullYear();
      const cycles = [`Hard=${year}-01-01..${year}-12-31`];
      const server = await Server.start({ table: hardTable(), cycles, people: [ada] });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
});

const rows = (page: Page): Locator => page.getByRole("rowgroup").getByRole("row");

/** The id of the node that a row is of. */
async function idOf(page: Page, title: string): Promise<string> {
  const address = await row(page, title).getByRole("link", { name: title }).getAttribute("href");
  return address?.split("/").at(-1) ?? "";
}

function isScripted(): boolean {
  return houses.info().project.use.javaScriptEnabled !== false;
}

houses.describe("everywhere", () => {
  houses("levels are links, and the address says what is open", async ({ page, server, expectAccessible }) => {
    const { root, service } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await page.getByRole("link", { name: "2 levels" }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(page).toHaveURL(/[?&]open=1$/);
    await expect(page.getByRole("link", { name: "2 levels" })).toHaveAttribute("aria-current", "true");
    await expect(row(page, service)).toHaveAttribute("aria-expanded", "false");
    await expect(row(page, root)).toHaveAttribute("aria-expanded", "true");
    await expectAccessible();
  });

  houses("a branch is the whole page, with the way to the root", async ({ page, server, expectAccessible }) => {
    const { root, service, orders } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    const id = await idOf(page, service);
    await open(page, `/tree?cycle=Bakery&focus=${id}`);
    await expect(rows(page)).toHaveCount(3);
    await expect(row(page, service)).toHaveAttribute("aria-level", "1");
    await expect(row(page, orders)).toHaveAttribute("aria-level", "2");
    const way = page.getByRole("navigation", { name: "Way to this branch" });
    await expect(way.getByRole("listitem")).toHaveText(["Whole tree", root, service]);
    await expectAccessible();
    await way.getByRole("link", { name: root }).click();
    await expect(rows(page)).toHaveCount(5);
    await expect(way.getByRole("listitem")).toHaveText(["Whole tree", root]);
    await page.getByRole("link", { name: "Back to the whole tree" }).click();
    await expect(way).toHaveCount(0);
  });

  for (const focus of ["x", "00000000-0000-7000-8000-000000000000", "%00%ff", "9".repeat(2_000)]) {
    houses(`a branch that is not here is no dead end: ${focus.slice(0, 40)}`, async ({ page, server }) => {
      await signIn(page, server, vera);
      await open(page, `/tree?cycle=Bakery&focus=${focus}`);
      await expect(page.getByRole("status").filter({ hasText: "is not here" })).toBeVisible();
      await expect(rows(page)).toHaveCount(5);
    });
  }

  houses("the line of sight leads to the top", async ({ page, server, expectAccessible }) => {
    const { root, service, orders } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await openNode(page, orders);
    await page.getByRole("link", { name: "Line of sight" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(orders);
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([root, service, orders]);
    const steps = page.getByRole("main").getByRole("listitem");
    // 25 % with weight 1 of 2 are 12.5 of 38 %, which are in turn a half of what is above.
    await expect(steps.nth(2)).toContainText(/Counts 1 of 2, which is 50\s%: its 25\s% make 13 points of the 38\s% above/);
    await expect(steps.nth(1)).toContainText(/Would be 75\s%/);
    await expect(steps.nth(0)).toContainText(/Would be 58\s%/);
    await expectAccessible();
    await page.getByRole("link", { name: "Tree", exact: true }).click();
    await expect(rows(page)).toHaveCount(1);
  });
});

houses.describe("with script", () => {
  houses.skip(() => !isScripted(), "needs script");

  houses("what is open is in the address, for others and for later", async ({ page, server, openPage }) => {
    const { root, service, orders } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await row(page, service).getByRole("button", { name: "Collapse" }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(page).toHaveURL(/open=all|open=\d+\.\w{8}/);
    const other = await openPage();
    await signIn(other, server, ben);
    await open(other, page.url());
    await expect(rows(other)).toHaveCount(3);
    await expect(row(other, service)).toHaveAttribute("aria-expanded", "false");

    // Opening is no step of the history, a branch is one.
    await row(page, service).focus();
    await page.keyboard.press("Shift+F");
    await expect(page).toHaveURL(/focus=/);
    await expect(row(page, service)).toBeFocused();
    await expect(row(page, root)).toHaveCount(0);
    await expect(row(page, orders)).toBeVisible();
    await page.goBack();
    await expect(rows(page)).toHaveCount(3);
    await expect(row(page, service)).toHaveAttribute("aria-expanded", "false");
    await page.goForward();
    await expect(row(page, orders)).toBeVisible();
    await expect(row(page, root)).toHaveCount(0);
    await row(page, orders).focus();
    await page.keyboard.press("Escape");
    await expect(row(page, root)).toBeVisible();
    await expect(row(page, orders)).toBeFocused();
  });

  houses("the menu of a row shows where nothing hovers, also on a wide screen", async ({ page, server, isMobile }) => {
    houses.skip(!isMobile, "a mouse hovers");
    await page.setViewportSize({ width: 844, height: 390 });
    const { root } = titles("Bakery");
    await openHouse(page, server, ada, "Bakery");
    await expect(row(page, root).locator(".more")).not.toHaveCSS("color", "rgba(0, 0, 0, 0)");
  });

  houses("keys walk through cells and back", async ({ page, server, isMobile }) => {
    houses.fixme(isMobile, "the narrow layout gives some cells no box of their own, so they cannot take the focus");
    const { root, returning, orders, minutes } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await row(page, root).focus();
    const cell = (title: string, column: number): Locator => row(page, title).getByRole("gridcell").nth(column);
    const walk: [key: string, title: string, column: number | null][] = [
      ["ArrowRight", root, 0],
      ["ArrowRight", root, 1],
      ["ArrowDown", returning, 1],
      ["End", returning, 6],
      ["ArrowRight", returning, 6],
      ["Control+End", minutes, 6],
      ["Control+Home", root, 6],
      ["Home", root, 0],
      ["ArrowLeft", root, null],
      ["End", minutes, null],
      ["ArrowRight", minutes, 0],
      ["Escape", minutes, null],
      ["Home", root, null],
    ];
    for (const [key, title, column] of walk) {
      await page.keyboard.press(key);
      await expect(column === null ? row(page, title) : cell(title, column)).toBeFocused();
    }
    await expect(page.locator("[role=treegrid] [tabindex='0']")).toHaveCount(1);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await asPage(page, orders);
  });

  houses("keys open and close levels, siblings and branches", async ({ page, server }) => {
    const { root, service, orders } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await row(page, orders).focus();
    await page.keyboard.press("Shift+Digit1");
    await expect(rows(page)).toHaveCount(1);
    await expect(row(page, root)).toBeFocused();
    await page.keyboard.press("Shift+Digit2");
    await expect(rows(page)).toHaveCount(3);
    await page.keyboard.press("Shift+Digit0");
    await expect(rows(page)).toHaveCount(5);
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press("Shift+ArrowRight");
    await expect(rows(page)).toHaveCount(5);
    await row(page, service).focus();
    await page.keyboard.press("Space");
    await expect(rows(page)).toHaveCount(3);
    await page.keyboard.press("*");
    await expect(rows(page)).toHaveCount(5);
    await row(page, root).getByRole("button", { name: "Collapse" }).click({ modifiers: ["Alt"] });
    await expect(rows(page)).toHaveCount(1);
    await page.keyboard.press("ArrowRight");
    await expect(rows(page)).toHaveCount(3);
  });

  houses("letters lead to titles", async ({ page, server }) => {
    const { root, returning, orders, minutes } = titles("Bakery");
    await openHouse(page, server, vera, "Bakery");
    await row(page, root).focus();
    await page.keyboard.type("b");
    await expect(row(page, returning)).toBeFocused();
    await page.keyboard.type("bb");
    await expect(row(page, orders)).toBeFocused();
    await page.keyboard.press("Home");
    await page.keyboard.type("bakery: min");
    await expect(row(page, minutes)).toBeFocused();
  });

  houses("a menu says what can be done with a row", async ({ page, server, expectAccessible, context }) => {
    const { service, orders } = titles("Bakery");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openHouse(page, server, vera, "Bakery");
    await row(page, service).hover();
    await row(page, service).getByRole("button", { name: "Actions" }).click();
    const menu = page.getByRole("menu", { name: "Actions" });
    await expect(menu.getByRole("menuitem").first()).toBeFocused();
    await expectAccessible();
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
    await expect(row(page, service)).toBeFocused();
    await page.keyboard.press("Shift+F10");
    await menu.getByRole("menuitem", { name: "Copy link" }).click();
    await expect(page.getByText("Link copied.")).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto(link);
    await expect(rows(page)).toHaveCount(3);
    await expect(row(page, orders)).toBeVisible();
  });
});

hard.describe("a tree that is hard to show", () => {
  hard("forty levels and any title fit on the narrowest phone", async ({ page, server, javaScriptEnabled, expectAccessible }) => {
    await signIn(page, server, ada);
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, "/tree?cycle=Hard&focus=deep-1&open=all");
    if (javaScriptEnabled !== false) {
      await row(page, "Level 1 of the long way down").focus();
      await page.keyboard.press("End");
    } else {
      await page.getByRole("link", { name: "Rows after" }).click();
    }
    await expect(row(page, "As deep as it gets")).toHaveAttribute("aria-level", "41");
    const overhang = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overhang()).toBeLessThanOrEqual(0);
    await open(page, "/tree?cycle=Hard&focus=deepest");
    await expect(page.getByRole("navigation", { name: "Way to this branch" })).toContainText("37 more");
    expect(await overhang()).toBeLessThanOrEqual(0);
    await open(page, "/tree?cycle=Hard&focus=texts&open=all");
    await expect(rows(page)).toHaveCount(6);
    await expect(row(page, rightToLeft).locator("bdi")).toHaveCSS("direction", "rtl");
    await expect(row(page, combining)).toBeVisible();
    expect(await overhang()).toBeLessThanOrEqual(0);
    await expectAccessible();
    await open(page, "/node/deepest/sight");
    await expect(page.getByRole("heading", { level: 2 })).toHaveCount(41);
    expect(await overhang()).toBeLessThanOrEqual(0);
  });

  hard("a word that has no end fits on the narrowest phone, and so does the way to it", async ({ page, server }) => {
    await signIn(page, server, ada);
    await page.setViewportSize({ width: 320, height: 640 });
    const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    for (const path of ["/node/unbroken-points", "/check-in?card=unbroken-points"]) {
      await open(page, path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(unbroken);
      expect(await width(), path).toBe(320);
    }
    await open(page, "/node/unbroken-points");
    const way = page.getByRole("navigation", { name: "Way from the root" }).getByRole("link");
    await expect(way).toHaveText(["Titles", unbroken]);
    expect((await way.last().boundingBox())?.height).toBeLessThan(50);
  });

  hard("what is unaligned says so on one line of the narrowest phone", async ({ page, server }) => {
    await signIn(page, server, ada);
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, "/tree?cycle=Hard&unaligned=1");
    const title = page.getByRole("treegrid").getByText("Unaligned", { exact: true });
    expect((await title.boundingBox())?.height).toBeLessThan(30);
    expect((await title.boundingBox())?.width).toBeGreaterThan(50);
  });

  hard("what the topmost row hangs under stays in sight", async ({ page, server, javaScriptEnabled }) => {
    hard.skip(javaScriptEnabled === false, "needs script");
    await signIn(page, server, ada);
    await open(page, "/tree?cycle=Hard&focus=wide&open=all");
    await expect(page.getByRole("treegrid")).toHaveAttribute("aria-rowcount", "2002");
    const stack = page.locator(".stack button");
    await expect(stack).toHaveCount(0);
    const before = await rows(page).first().boundingBox();
    await row(page, "Way 0").focus();
    await page.keyboard.press("End");
    await expect(row(page, "Way 1999")).toBeFocused();
    await expect(row(page, "Way 1999")).toBeInViewport({ ratio: 1 });
    await expect(stack).toHaveText([/Two thousand ways/]);
    await stack.first().click();
    await expect(row(page, "Two thousand ways")).toBeFocused();
    await expect(stack).toHaveCount(0);
    expect(await rows(page).first().boundingBox()).toEqual(before);
  });

  hard("what is dropped on an ancestor that stays in sight hangs under that", async ({ page, server, javaScriptEnabled }) => {
    hard.skip(javaScriptEnabled === false, "needs script");
    await signIn(page, server, ada);
    await open(page, "/tree?cycle=Hard&focus=deep-1&open=all");
    await row(page, level(1)).focus();
    await page.keyboard.press("End");
    const deepest = row(page, level(40));
    await expect(deepest).toBeInViewport({ ratio: 1 });
    const ancestor = page.locator(".stack button").first();
    await expect(ancestor).toContainText(level(1));
    const [from, onto] = [await deepest.locator(".grip").boundingBox(), await ancestor.boundingBox()];
    if (!from || !onto) throw new Error("they are nowhere");
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(onto.x + onto.width / 2, onto.y + onto.height * 0.75, { steps: 6 });
    await expect(page.locator(".drag-ghost")).toContainText(`Under “${level(1)}”`);
    await expect(ancestor).toHaveClass(/drop-under/);
    await page.keyboard.press("Escape");
    await expect(page.locator(".drag-ghost")).toHaveCount(0);
    await page.mouse.up();
    await expect(deepest).toHaveAttribute("aria-level", "40");
  });

  hard("all rows are printed", async ({ page, server, javaScriptEnabled }) => {
    hard.skip(javaScriptEnabled === false, "needs script");
    await signIn(page, server, ada);
    await page.setViewportSize({ width: 1000, height: 300 });
    await open(page, "/tree?cycle=Hard&focus=deep-1&open=all");
    await expect(rows(page)).not.toHaveCount(41);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await expect(rows(page)).toHaveCount(41);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await expect(rows(page)).not.toHaveCount(41);
  });

  hard("a sheet of paper that stands upright shows whole titles, none over anything else", async ({ page, server }) => {
    await signIn(page, server, ada);
    await page.setViewportSize({ width: 718, height: 1_000 });
    await page.emulateMedia({ media: "print" });
    await open(page, "/tree?cycle=Hard&focus=texts&open=all");
    await expect(page.locator(".on-paper")).toHaveText(/ · Hard · \d+ \w+ \d{4}$/);
    const title = row(page, long.trim()).locator(".title bdi");
    const cut = await title.evaluate((text) => [text.scrollWidth - text.clientWidth, text.scrollHeight - text.clientHeight]);
    expect(cut).toEqual([0, 0]);
    const owner = row(page, long.trim()).locator(".avatar");
    await expect(owner.locator("[aria-hidden]")).toBeHidden();
    expect((await owner.locator(".visually-hidden").boundingBox())?.width).toBeGreaterThan(20);
    const overlaps = await row(page, long.trim()).evaluate((shown) => {
      const parts = [...shown.querySelectorAll(".title, .bar, .percent, .pace, .confidence, .avatar")];
      const boxes = parts.map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0);
      return boxes.some((one, place) =>
        boxes.slice(place + 1).some((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom),
      );
    });
    expect(overlaps).toBe(false);
  });

  hard("a phone gives a title two lines, and one where rows stand compactly", async ({ page, server, isMobile, javaScriptEnabled }) => {
    hard.skip(!isMobile || javaScriptEnabled === false, "chosen by script, on a phone");
    await signIn(page, server, ada);
    await open(page, "/tree?cycle=Hard&focus=texts&open=all");
    const [first, title] = [rows(page).first(), row(page, long.trim()).locator(".title bdi")];
    const looks = async (): Promise<string> => {
      const [height, ofTitle] = await Promise.all([first, title].map(async (element) => (await element.boundingBox())?.height ?? 0));
      return `${height} px with ${Math.round((ofTitle ?? 0) / 20)} lines of title`;
    };
    expect(await looks()).toBe("80 px with 2 lines of title");
    await page.locator(".account > summary").click();
    await page.getByRole("button", { name: "Compact" }).click();
    await expect.poll(looks).toBe("64 px with 1 lines of title");
    await page.reload();
    expect(await looks()).toBe("64 px with 1 lines of title");
  });

  hard("a key leads back to a row that was scrolled away", async ({ page, server, javaScriptEnabled }) => {
    hard.skip(javaScriptEnabled === false, "needs script");
    await signIn(page, server, ada);
    await open(page, "/tree?cycle=Hard&focus=wide&open=all");
    await row(page, "Way 0").focus();
    await page.keyboard.press("End");
    await expect(row(page, "Way 1999")).toBeFocused();
    await page.evaluate(() => scrollTo(0, 4_000));
    await expect(row(page, "Way 1999")).not.toBeInViewport();
    await page.keyboard.press("ArrowUp");
    await expect(row(page, "Way 1998")).toBeFocused();
    await expect(row(page, "Way 1998")).toBeInViewport({ ratio: 1 });
  });
});
