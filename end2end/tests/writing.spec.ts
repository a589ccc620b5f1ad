import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, open, openHouse, signIn, test, titles, vera } from "../company.ts";
import { test as base } from "../fixtures.ts";
import { Server } from "../server.ts";
import { edit, row } from "../tree.ts";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

/** The branches of a shipyard: each test that changes something does it in one of its own. */
const branches = ["Far", "Once", "Typed", "Folded", "Order", "Moved", "Taken", "Left"] as const;
type Branch = (typeof branches)[number];

/** How many key results stand in a branch before its objectives: some screens of them. */
const ways = 120;
const way = (branch: Branch, number: number): string => `${branch}: way ${String(number).padStart(3, "0")}`;
const allOf = (branch: Branch): string => `${branch}: all of it`;
const first = (branch: Branch): string => `${branch}: the first`;
const second = (branch: Branch): string => `${branch}: the second`;
const measured = (branch: Branch): string => `${branch}: what is measured`;

function shipyard(): string {
  const objective = (id: string, parent: string, title: string): string => `objective,${id},${parent},${title},${ada.email},Yard,,,,,,`;
  const keyResult = (id: string, parent: string, title: string): string => `key_result,${id},${parent},${title},${ada.email},,,reach,points,0,100,30`;
  const branch = (name: Branch): string[] => {
    const id = name.toLowerCase();
    const isLong = name === "Far" || name === "Typed";
    return [
      objective(id, "", allOf(name)),
      ...Array.from({ length: isLong ? ways : 3 }, (_, number) => keyResult(`${id}-${number}`, id, way(name, number))),
      ...(isLong ? [] : [objective(`${id}-first`, id, first(name)), objective(`${id}-second`, id, second(name))]),
      ...(isLong ? [] : [keyResult(`${id}-measured`, `${id}-first`, measured(name))]),
    ];
  };
  return ["kind,id,parent,title,owner,cycle,company,measure,unit,baseline,target,current", ...branches.flatMap(branch)].join("\n");
}

const yard = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const year = new Date().getUTCFullYear();
      const server = await Server.start({ table: shipyard(), cycles: [`Yard=${year}-01-01..${year}-12-31`], people: [ada, ben] });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
});

/** Shows a branch as the whole page, with so much of it open. */
async function openBranch(page: Page, server: Server, branch: Branch, levels = "all"): Promise<void> {
  await signIn(page, server, ada);
  await open(page, `/tree?cycle=Yard&focus=${branch.toLowerCase()}&open=${levels}`);
  await expect(row(page, allOf(branch))).toBeVisible();
}

const objectiveField = (page: Page): Locator => page.getByRole("textbox", { name: "New objective" });
const titleField = (page: Page): Locator => page.getByRole("textbox", { name: "Title" });
const notice = (page: Page): Locator => page.locator(".bottom-notice");

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

yard.describe("in a yard", () => {
  yard.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "needs script");

  yard("a line far below gets the keyboard at once, and when it is undone its neighbour does", async ({ page, server }) => {
    await openBranch(page, server, "Far");
    await row(page, allOf("Far")).focus();
    await page.keyboard.press("Shift+C");
    await page.keyboard.type("Cleaner yards");
    await expect(objectiveField(page)).toHaveValue("Cleaner yards");
    await expect(objectiveField(page)).toBeInViewport();
    await page.keyboard.press("Enter");
    await expect(objectiveField(page)).toHaveValue("");
    await expect(objectiveField(page)).toBeFocused();
    await expect(row(page, "Cleaner yards")).toBeInViewport();
    await expect(row(page, way("Far", ways - 1))).toBeInViewport();
    await page.keyboard.press("Escape");
    await expect(row(page, "Cleaner yards")).toBeFocused();
    await page.keyboard.press("Control+z");
    await expect(row(page, "Cleaner yards")).toHaveCount(0);
    await expect(row(page, way("Far", ways - 1))).toBeFocused();
    await expect(row(page, way("Far", ways - 1))).toBeInViewport();
  });

  yard("what is written shows, whatever is closed or looked for, and is written once", async ({ page, server }) => {
    await openBranch(page, server, "Once", "1");
    // Under what had nothing under it.
    await row(page, second("Once")).focus();
    await page.keyboard.press("Shift+C");
    await page.keyboard.type("Under the second");
    await page.keyboard.press("Enter");
    await expect(row(page, "Under the second")).toBeVisible();
    await expect(objectiveField(page)).toHaveValue("");
    await page.keyboard.press("Enter");
    await expect(objectiveField(page)).toHaveCount(0);
    await expect(row(page, "Under the second")).toHaveCount(1);

    // Into what was closed.
    await expect(row(page, first("Once"))).toHaveAttribute("aria-expanded", "false");
    await row(page, first("Once")).focus();
    await page.keyboard.press("Shift+N");
    await page.keyboard.type("In the first");
    await page.keyboard.press("Tab");
    await expect(row(page, first("Once"))).toHaveAttribute("aria-expanded", "true");
    await expect(objectiveField(page)).toHaveValue("In the first");
    await expect(objectiveField(page)).toBeFocused();
    // What was typed is not typed over.
    await page.keyboard.type(" one");
    await page.keyboard.press("Enter");
    await expect(row(page, "In the first one")).toHaveAttribute("aria-level", "3");
    await expect(objectiveField(page)).toHaveValue("");
    await page.keyboard.press("Escape");

    // Beside the branch, where it would not show.
    await row(page, allOf("Once")).focus();
    await page.keyboard.press("Shift+N");
    await expect(notice(page)).toContainText("outside of this branch");
    await expect(objectiveField(page)).toHaveCount(0);

    // Beside what is found.
    await open(page, "/tree?cycle=Yard&focus=once&open=all&q=measured");
    await row(page, measured("Once")).focus();
    await page.keyboard.press("Shift+N");
    const field = page.getByRole("textbox", { name: "New key result" });
    await field.fill("Like nothing that is looked for");
    await page.keyboard.press("Enter");
    await expect(row(page, "Like nothing that is looked for")).toBeVisible();
    await expect(field).toHaveValue("");
    await page.keyboard.press("Enter");
    await expect(field).toHaveCount(0);
    await expect(row(page, "Like nothing that is looked for")).toHaveCount(1);
  });

  yard("what is typed stays while one scrolls, and is saved where another field opens", async ({ page, server }) => {
    await openBranch(page, server, "Typed");
    const scroll = (to: number): Promise<void> => page.evaluate((top) => scrollTo(0, top), to);

    // A title, left for a while.
    await row(page, way("Typed", 1)).focus();
    await page.keyboard.press("F2");
    await titleField(page).fill("Typed: another way");
    await row(page, way("Typed", 3)).focus();
    await scroll(4_000);
    await expect(row(page, way("Typed", 2))).toHaveCount(0);
    await scroll(0);
    await expect(row(page, way("Typed", 2))).toBeVisible();
    await expect(titleField(page)).toHaveValue("Typed: another way");

    // A new line saves it, stays while one scrolls, and is saved by a value.
    await row(page, way("Typed", 2)).focus();
    await page.keyboard.press("Shift+N");
    await expect(row(page, "Typed: another way")).toBeVisible();
    const field = page.getByRole("textbox", { name: "New key result" });
    await field.fill("Typed: a new way");
    await scroll(4_000);
    await expect(row(page, way("Typed", 0))).toHaveCount(0);
    await scroll(0);
    await expect(row(page, way("Typed", 0))).toBeVisible();
    await expect(field).toHaveValue("Typed: a new way");
    const value = await edit(page, way("Typed", 3), "30");
    await expect(field).toHaveCount(0);
    await expect(row(page, "Typed: a new way")).toBeVisible();

    // One value is saved by the next, unless it cannot be one.
    await value.fill("41");
    const next = await edit(page, way("Typed", 4), "30");
    await expect(row(page, way("Typed", 3))).toContainText("41");
    await next.fill("--3");
    await row(page, way("Typed", 5)).getByRole("link", { name: "30", exact: true }).click();
    await expect(notice(page)).toContainText("What you typed is kept, but cannot be saved");
    await expect(next).toHaveValue("--3");
    await expect(next).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(row(page, way("Typed", 4))).toContainText("30");
  });

  yard("a field that comes back with its row takes no focus from where somebody types", async ({ page, server }) => {
    await openBranch(page, server, "Left");
    await row(page, way("Left", 1)).focus();
    await page.keyboard.press("F2");
    await titleField(page).fill("Left: half a way");
    // Its row goes and comes while somebody types elsewhere.
    const search = page.getByRole("searchbox");
    await search.fill("nothing of that kind");
    await expect(titleField(page)).toHaveCount(0);
    await search.fill("");
    await expect(titleField(page)).toHaveValue("Left: half a way");
    await expect(search).toBeFocused();
    await titleField(page).press("Enter");
    await expect.poll(async () => (await server.exported()).has("Left: half a way")).toBe(true);
  });

  yard("what is typed outlives a branch that is closed over it", async ({ page, server }) => {
    await openBranch(page, server, "Folded");
    await row(page, first("Folded")).focus();
    await page.keyboard.press("Shift+K");
    const field = page.getByRole("textbox", { name: "New key result" });
    await field.fill("Folded: half a line");
    await row(page, allOf("Folded")).getByRole("button", { name: "Collapse" }).click();
    await expect(field).toHaveCount(0);
    await row(page, allOf("Folded")).getByRole("button", { name: "Expand" }).click();
    await expect(field).toHaveValue("Folded: half a line");
    await field.press("Escape");
    await expect(field).toHaveCount(0);
  });

  yard("a line that is moved and moved back keeps the keyboard", async ({ page, server }) => {
    await openBranch(page, server, "Order");
    await row(page, second("Order")).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(row(page, second("Order"))).toHaveAttribute("aria-posinset", "4");
    await expect(row(page, second("Order"))).toBeFocused();
    await page.keyboard.press("Control+z");
    await expect(row(page, second("Order"))).toHaveAttribute("aria-posinset", "5");
    await expect(row(page, second("Order"))).toBeFocused();
    await page.keyboard.press("Home");
    await expect(row(page, allOf("Order"))).toBeFocused();
  });

  yard("a value is typed on while somebody else moves its branch", async ({ page, openPage, server }) => {
    const other = await openPage();
    await openBranch(page, server, "Moved");
    await openBranch(other, server, "Moved");
    const field = await edit(page, measured("Moved"), "30");
    await field.fill("5");
    for (const [key, position] of [["Alt+ArrowDown", "5"], ["Alt+ArrowUp", "4"]] as const) {
      await row(other, first("Moved")).focus();
      await other.keyboard.press(key);
      await expect(row(page, first("Moved"))).toHaveAttribute("aria-posinset", position);
      await expect(field).toBeFocused();
    }
    await page.keyboard.type("5");
    await expect(field).toHaveValue("55");
    await page.keyboard.press("Enter");
    await expect(row(page, measured("Moved"))).toContainText("55");
  });

  yard("a new line stays where the one before it is taken back", async ({ page, server }) => {
    await openBranch(page, server, "Taken");
    await row(page, second("Taken")).focus();
    await page.keyboard.press("Shift+N");
    await page.keyboard.type("Taken: written too early");
    await page.keyboard.press("Enter");
    await expect(row(page, "Taken: written too early")).toBeVisible();
    await objectiveField(page).fill("Taken: written in time");
    await page.locator(".bottom-notice").getByRole("button", { name: "Undo" }).click();
    await expect(row(page, "Taken: written too early")).toHaveCount(0);
    await expect(objectiveField(page)).toHaveValue("Taken: written in time");
    await objectiveField(page).press("Enter");
    await expect(row(page, "Taken: written in time")).toHaveAttribute("aria-level", "2");
  });
});
