import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, open, signIn, test as base } from "../company.ts";
import { Server } from "../server.ts";
import { edit, progress, row } from "../tree.ts";

/** A town for each test that moves something. */
const towns = ["Drag", "Draft", "Touch", "Name", "Keys", "Found", "Told", "Order"];

/** Two branches under one root for each town. */
function table(): string {
  const branch = (name: string): string[] => [
    `objective,${name}-root,,${name}: a town that rides,,${name},yes,,,,`,
    `objective,${name}-north,${name}-root,${name}: the north side rides,,${name},,,,,`,
    `key_result,${name}-a,${name}-north,${name}: riders in the north,ben@harbour.example,,,reach,0,100,20`,
    `key_result,${name}-b,${name}-north,${name}: lanes in the north,ben@harbour.example,,,reach,0,100,20`,
    `objective,${name}-depot,${name}-north,${name}: a depot that never sleeps,,${name},,,,,`,
    `key_result,${name}-c,${name}-depot,${name}: bicycles repaired,ben@harbour.example,,,reach,0,100,80`,
    `objective,${name}-south,${name}-root,${name}: the south side rides,,${name},,,,,`,
    `key_result,${name}-d,${name}-south,${name}: riders in the south,ben@harbour.example,,,reach,0,100,40`,
  ];
  const head = "kind,id,parent,title,owner,cycle,company,measure,baseline,target,current";
  const third = "key_result,Found-e,Found-north,Found: riders by night,ben@harbour.example,,,reach,0,100,20";
  return [head, ...towns.flatMap(branch), third].join("\n");
}

const cycles = towns.map((name, place) => `${name}=2026-01-0${place + 1}..2026-12-0${place + 1}`);

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({ table: table(), cycles, people: [ada, ben] });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
});

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

function titles(name: string) {
  return {
    root: `${name}: a town that rides`, // (40 + 40) / 2
    north: `${name}: the north side rides`, // (20 + 20 + 80) / 3
    depot: `${name}: a depot that never sleeps`,
    riders: `${name}: riders in the north`,
    lanes: `${name}: lanes in the north`,
    south: `${name}: the south side rides`,
  };
}

async function openTown(page: Page, server: Server, name: string): Promise<void> {
  await signIn(page, server, ada);
  await open(page, `/tree?cycle=${name}&open=all`);
  await expect(page.getByRole("rowgroup").getByRole("row")).toHaveCount(8);
  // Moves need the workspace, which comes after the page.
  await expect(page.locator(".connection.live")).toBeAttached();
}

/** The middle of what a row is held by. */
async function grip(page: Page, title: string): Promise<{ x: number; y: number }> {
  const box = await row(page, title).locator(".grip").boundingBox();
  if (!box) throw new Error(`${title} is nowhere`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error("it is nowhere");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("a line that is dragged tells what it would do, and does it when it is let go", async ({ page, openPage, server }) => {
  const { root, north, depot, south } = titles("Drag");
  const other = await openPage();
  await openTown(other, server, "Drag");
  await openTown(page, server, "Drag");
  await expect(progress(page, north)).toHaveText("40 %");

  const from = await grip(page, depot);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const onto = await middle(row(page, south));
  await page.mouse.move(onto.x, onto.y, { steps: 6 });
  await expect(progress(page, north)).toHaveText("20 %");
  await expect(progress(page, south)).toHaveText("60 %");
  await expect(page.locator(".drag-ghost")).toContainText(`Under “${south}”`);
  await expect(progress(other, north)).toHaveText("40 %");
  await page.keyboard.press("Escape");
  await expect(page.locator(".drag-ghost")).toHaveCount(0);
  await page.mouse.up();
  await expect(progress(page, north)).toHaveText("40 %");
  await expect(row(page, depot)).toHaveAttribute("aria-level", "3");

  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const itself = await middle(row(page, `Drag: bicycles repaired`));
  await page.mouse.move(itself.x, itself.y, { steps: 4 });
  await expect(page.locator(".drag-ghost")).toContainText("This would put the objective under itself.");
  await page.mouse.move(onto.x, onto.y, { steps: 6 });
  await page.mouse.up();
  await expect(progress(page, north)).toHaveText("20 %");
  await expect(progress(other, north)).toHaveText("20 %");
  await expect(progress(other, south)).toHaveText("60 %");
  await expect(progress(other, root)).toHaveText("40 %");
  await expect(page.locator(".bottom-notice")).toContainText("Place of");
  await page.keyboard.press("Control+z");
  await expect(progress(other, north)).toHaveText("40 %");
  await expect(progress(page, south)).toHaveText("40 %");
});

test("a line is dragged from and to where it is seen, also below one that is being written", async ({ page, server }) => {
  const { riders, depot, south } = titles("Draft");
  await openTown(page, server, "Draft");
  await row(page, riders).focus();
  await page.keyboard.press("Shift+N");
  await expect(page.getByRole("textbox", { name: "New key result" })).toBeFocused();
  await page.keyboard.type("Draft: what is being written");
  const from = await grip(page, depot);
  const onto = await middle(row(page, south));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(onto.x, onto.y, { steps: 6 });
  await expect(page.locator(".drag-ghost .title")).toHaveText(depot);
  await expect(page.locator(".drag-ghost")).toContainText(`Under “${south}”`);
  await page.mouse.up();
  await expect(progress(page, south)).toHaveText("60 %");
});

test("a finger drags a line by its sign", async ({ page, server, isMobile, context }) => {
  test.skip(!isMobile, "needs a touch screen");
  const { north, depot, south } = titles("Touch");
  await openTown(page, server, "Touch");
  const screen = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]): Promise<unknown> =>
    screen.send("Input.dispatchTouchEvent", { type, touchPoints });
  const from = await grip(page, depot);
  const onto = await middle(row(page, south));
  await touch("touchStart", [from]);
  for (const part of [0.2, 0.4, 0.6, 0.8, 1]) {
    await touch("touchMove", [{ x: from.x + (onto.x - from.x) * part, y: from.y + (onto.y - from.y) * part }]);
  }
  await expect(page.locator(".drag-ghost")).toContainText(`Under “${south}”`);
  await expect(progress(page, north)).toHaveText("20 %");
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await touch("touchEnd", []);
  await expect(page.locator(".drag-ghost")).toHaveCount(0);
  await expect(progress(page, north)).toHaveText("20 %");
  await expect(progress(page, south)).toHaveText("60 %");
});

test("a line moves under what is chosen by name, and what is impossible says why", async ({ page, server, expectAccessible }) => {
  const { north, depot, south } = titles("Name");
  await openTown(page, server, "Name");
  await row(page, depot).focus();
  await page.keyboard.press("Shift+M");
  const dialog = page.getByRole("dialog", { name: "Move under" });
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("Name: bicycles");
  await expect(dialog.getByRole("option").first()).toContainText("under itself");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await expectAccessible();
  await dialog.getByRole("combobox").fill("Name: the south");
  await expect(dialog.getByRole("option").first()).toContainText(south);
  await expect(dialog).toContainText(`“${north}” 40 % → 20 %`);
  await expect(dialog).toContainText(`“${south}” 40 % → 60 %`);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(page, depot)).toBeFocused();
  await expect(progress(page, south)).toHaveText("60 %");
  await expect.poll(async () => (await server.exported()).get(south)?.percent.replace(/\s/, " ")).toBe("60 %");
});

test("a line moves among its siblings by a key, and stays there", async ({ page, server }) => {
  const { north, riders, lanes, south } = titles("Keys");
  const order = async (...shown: string[]): Promise<void> => {
    const places = shown.map(async (title) => Number(await row(page, title).getAttribute("aria-posinset")));
    expect(await Promise.all(places)).toEqual(shown.map((_, place) => place + 1));
  };
  await openTown(page, server, "Keys");
  await order(riders, lanes);
  await row(page, lanes).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(row(page, lanes)).toBeFocused();
  await expect(row(page, lanes)).toHaveAttribute("aria-posinset", "1");
  await order(lanes, riders);
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByText("It is the first of its siblings here.")).toBeVisible();
  await row(page, south).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(row(page, south)).toHaveAttribute("aria-posinset", "1");
  await expect(page.locator(".connection.live")).toBeAttached();
  await expect.poll(async () => (await server.run("export")).indexOf("Keys-south") < (await server.run("export")).indexOf("Keys-north")).toBe(true);
  await openTown(page, server, "Keys");
  await order(south, north);
  await order(lanes, riders);
});

test("a line moves past the next one that was found, and not past one that is hidden", async ({ page, server }) => {
  const { riders } = titles("Found");
  const night = "Found: riders by night";
  await signIn(page, server, ada);
  await open(page, "/tree?cycle=Found&open=all&q=riders");
  await expect(row(page, riders)).toHaveAttribute("aria-setsize", "2");
  await row(page, riders).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(row(page, riders)).toHaveAttribute("aria-posinset", "2");
  await expect(row(page, night)).toHaveAttribute("aria-posinset", "1");
  await expect(row(page, riders)).toBeFocused();
});

test("what is told is told again, and makes way for what was done", async ({ page, server }) => {
  const { riders } = titles("Told");
  const told = page.locator(".bottom-notice");
  await openTown(page, server, "Told");
  await row(page, riders).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(told).toHaveText(/It is the first of its siblings here/);
  // A screen reader says what comes into the page.
  const first = await told.getByText("It is the first").elementHandle();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => first?.evaluate((words) => words.isConnected)).toBe(false);
  await expect(told).toHaveText(/It is the first of its siblings here/);
  const value = await edit(page, riders, "20");
  await value.fill("30");
  await value.press("Enter");
  await expect(told).toContainText(`Value of “${riders}” 20 → 30`);
  await expect(told.getByRole("button", { name: "Undo" })).toBeVisible();
  await expect(page.getByText("It is the first of its siblings here.")).toHaveCount(0);
});

test("of two who move two lines under each other, the second is told", async ({ page, openPage, server }) => {
  const { north, south } = titles("Order");
  const other = await openPage();
  await openTown(page, server, "Order");
  await openTown(other, server, "Order");
  const under = async (on: Page, what: string, where: string): Promise<void> => {
    await row(on, what).focus();
    await on.keyboard.press("Shift+M");
    await on.keyboard.type(where);
    await expect(on.getByRole("option").first()).toContainText(where);
    await on.keyboard.press("Enter");
  };
  // What one does is kept from the server until the other has done the opposite.
  let go = (): void => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route("**/api/submit", async (route) => {
    await held;
    await route.continue();
  });
  await under(page, south, north);
  await expect(row(page, south)).toHaveAttribute("aria-level", "3");
  const taken = other.waitForResponse("**/api/submit");
  await under(other, north, south);
  await expect(row(other, north)).toHaveAttribute("aria-level", "3");
  await taken;
  go();
  await expect(row(page, south).getByRole("alert").or(row(page, north).getByRole("alert"))).toContainText("under itself");
  await expect(row(page, north)).toHaveAttribute("aria-level", "3");
  await expect(row(page, south)).toHaveAttribute("aria-level", "2");
});
