import type { Page } from "@playwright/test";

import { ada, ben, expect, type House, openHouse, ordersId, test, titles } from "../company.ts";
import { lostConnection } from "../network.ts";
import type { Server } from "../server.ts";
import { edit, expectProgress, openNode, plain, progressOf, row } from "../tree.ts";

/** Types a value into the row and saves it. */
async function save(page: Page, title: string, was: string, text: string): Promise<void> {
  const field = await edit(page, title, was);
  await field.fill(text);
  await field.press("Enter");
}

/** Fails unless all pages show the numbers that `trellis export` tells. */
async function expectExported(server: Server, pages: Page[], house: House): Promise<void> {
  const names = Object.values(titles(house));
  const exported = await server.exported();
  const expected = Object.fromEntries(names.map((name) => [name, plain(exported.get(name)?.percent ?? "")]));
  for (const page of pages) expect(await progressOf(page, names)).toEqual(expected);
}

test("each sees what the other does, the whole way up, and who did it", async ({ page, openPage, server }) => {
  const { root, returning, service, orders } = titles("Creamery");
  const other = await openPage();
  await openHouse(page, server, ada, "Creamery");
  await openHouse(other, server, ben, "Creamery");

  await save(other, orders, "50", "150");
  await expectProgress(page, { [orders]: "75 %", [service]: "63 %", [root]: "51 %" });
  await expect(row(page, orders).getByText("Ben, just now")).toBeVisible();

  await save(page, returning, "40", "+50");
  await expectProgress(other, { [returning]: "90 %", [root]: "76 %" });
  await expect(row(other, returning).getByText("Ada, just now")).toBeVisible();
  await expectExported(server, [page, other], "Creamery");
});

test("what is added to a value is added to what somebody else said meanwhile", async ({ page, openPage, server }) => {
  const { orders } = titles("Chocolaterie");
  const other = await openPage();
  await openHouse(page, server, ada, "Chocolaterie");
  await openHouse(other, server, ben, "Chocolaterie");
  const field = await edit(page, orders, "50");
  await field.fill("+10");
  await expect(row(page, orders).locator("#reading")).toContainText("60");
  await save(other, orders, "50", "100");
  await expect(row(page, orders).locator("#reading")).toContainText("110");
  await field.press("Enter");
  await expectProgress(page, { [orders]: "55 %" });
  await expectProgress(other, { [orders]: "55 %" });
  // What is merely opened follows.
  const opened = await edit(page, orders, "110");
  await save(other, orders, "110", "120");
  await expect(opened).toHaveValue("120");
  // And is typed over.
  await page.keyboard.type("130");
  await page.keyboard.press("Enter");
  await expectProgress(page, { [orders]: "65 %" });
});

test("somebody else's change leaves the focus, the pointer and what is typed where they are", async ({ page, openPage, server }) => {
  const { root, returning, service, orders } = titles("Dairy");
  const other = await openPage();
  await openHouse(page, server, ada, "Dairy");
  await openHouse(other, server, ben, "Dairy");
  const field = await edit(page, returning, "40");
  await field.fill("7");
  const pace = row(page, service).getByRole("gridcell").nth(3).getByRole("link");
  await pace.focus();
  await row(page, service).evaluate((shown) => {
    const parts = [...shown.querySelectorAll("*")];
    Object.assign(window, { kept: parts.filter((part) => part.matches("a, button, .bar-fill, .ring-fill")) });
  });

  await save(other, orders, "50", "150");
  await expectProgress(page, { [orders]: "75 %", [service]: "63 %", [root]: "51 %" });
  await expect(pace).toBeFocused();
  const kept = await page.evaluate(() => (window as unknown as { kept: Element[] }).kept.map((part) => part.isConnected));
  expect(kept.length).toBeGreaterThan(5);
  expect(kept).not.toContain(false);
  await expect(field).toHaveValue("7");
  const actions = await row(page, returning).locator(".more").elementHandle();
  await save(other, returning, "40", "50");
  await expect(row(page, returning).getByText("Ben, just now")).toBeVisible();
  await expect(field).toHaveValue("7");
  expect(await actions?.evaluate((button) => button.isConnected), "what stands after the words that come stays").toBe(true);
});

test.describe("the server is killed", () => {
  test.use({ expectedMessages: lostConnection });

  test("while somebody types: nothing is lost and nothing counts twice", async ({ page, openPage, server }) => {
    const { root, service, orders, minutes } = titles("Distillery");
    const other = await openPage();
    await openHouse(page, server, ben, "Distillery");
    await openHouse(other, server, ada, "Distillery");
    await save(page, orders, "50", "100");
    await expectProgress(other, { [orders]: "50 %", [service]: "50 %", [root]: "45 %" });

    const field = await edit(page, minutes, "15");
    await field.fill("1");
    await server.stop("SIGKILL");
    await expect(page.getByRole("status").filter({ hasText: "Reconnecting…" })).toBeVisible();
    await expect(field).toHaveValue("1");
    await field.pressSequentially("2");
    await field.press("Enter");
    await expectProgress(page, { [minutes]: "80 %", [service]: "65 %", [root]: "53 %" });
    await expect(page.getByRole("status").filter({ hasText: "one change is kept here until it is sent" })).toBeVisible();

    await server.start();
    await expectProgress(other, { [minutes]: "80 %", [service]: "65 %", [root]: "53 %" });
    await expect(page.getByText("Reconnecting…")).toBeHidden({ timeout: 30_000 });
    await expect(other.getByText("Reconnecting…")).toBeHidden({ timeout: 30_000 });
    expect(await server.checkIns(ordersId("Distillery"), "100")).toBe(1);
    expect(await server.checkIns("Distillery-minutes", "12")).toBe(1);
    await expectExported(server, [page, other], "Distillery");
  });
});

test.describe("an answer that is lost", () => {
  test.use({ expectedMessages: lostConnection });

  test("what was sent again counts once", async ({ page, server }) => {
    const { root, orders } = titles("Fishmonger");
    await openHouse(page, server, ben, "Fishmonger");
    let answersLost = 0;
    await page.route(/\/api\/submit/, async (route) => {
      if (answersLost > 0) return route.continue();
      await route.fetch();
      answersLost += 1;
      return route.abort();
    });
    await save(page, orders, "50", "200");
    await expectProgress(page, { [orders]: "100 %", [root]: "58 %" });
    await expect(page.getByText("one change is kept here")).toBeVisible();
    await expect(page.getByText("one change is kept here")).toBeHidden();
    expect(answersLost).toBe(1);
    expect(await server.checkIns(ordersId("Fishmonger"), "200")).toBe(1);
    await expectExported(server, [page], "Fishmonger");
  });
});

test.describe("no network", () => {
  test.use({ expectedMessages: lostConnection });

  test("it is told in words, and what was typed is sent afterwards", async ({ page, openPage, server }) => {
    const { root, orders } = titles("Greengrocer");
    const other = await openPage();
    await openHouse(page, server, ben, "Greengrocer");
    await openHouse(other, server, ada, "Greengrocer");
    await page.context().setOffline(true);
    await expect(page.getByText("Offline: what you type is kept and sent when the connection is back")).toBeVisible();
    await save(page, orders, "50", "100");
    await expectProgress(page, { [orders]: "50 %", [root]: "45 %" });
    await expectProgress(other, { [orders]: "25 %", [root]: "39 %" });

    await page.context().setOffline(false);
    await expectProgress(other, { [orders]: "50 %", [root]: "45 %" });
    await expect(page.getByText(/Offline|Reconnecting/)).toBeHidden({ timeout: 30_000 });
    expect(await server.checkIns(ordersId("Greengrocer"), "100")).toBe(1);
    await save(other, orders, "100", "150");
    await expectProgress(page, { [orders]: "75 %", [root]: "51 %" });
  });

  test("what the rules no longer allow is undone, and its row says why", async ({ page, openPage, server }) => {
    const { root, service, orders } = titles("Tea room");
    const other = await openPage();
    await openHouse(page, server, ben, "Tea room");
    await page.context().setOffline(true);
    await save(page, orders, "50", "100");
    await expectProgress(page, { [orders]: "50 %", [root]: "45 %" });
    await openHouse(other, server, ada, "Tea room");
    await openNode(other, service);
    await other.getByRole("button", { name: "Drop" }).click();
    // It shows before the server knows it, and what comes first counts.
    await expect.poll(async () => (await server.run("export")).includes(",dropped,")).toBe(true);

    await page.context().setOffline(false);
    await expect(row(page, orders).getByRole("alert")).toContainText("is dropped");
    await expect(row(page, orders)).toContainText("50");
    await expectProgress(page, { [orders]: "25 %", [root]: "40 %" });
    expect(await server.checkIns(ordersId("Tea room"), "100")).toBe(0);
  });

  test("what was typed outlives the page", async ({ page, server }) => {
    const { orders } = titles("Greengrocer");
    await openHouse(page, server, ben, "Greengrocer");
    const before = await server.checkIns(ordersId("Greengrocer"), "7");
    await page.route(/\/api\/submit/, (route) => route.abort("internetdisconnected"));
    await row(page, orders).focus();
    await page.keyboard.press("Enter");
    await row(page, orders).getByRole("textbox", { name: "Value" }).fill("7");
    await page.keyboard.press("Enter");
    await expect(page.getByText("one change is kept here")).toBeVisible();
    await page.unroute(/\/api\/submit/);
    await page.reload();
    await expect(row(page, orders).getByRole("link", { name: "7", exact: true })).toBeVisible();
    await expect.poll(() => server.checkIns(ordersId("Greengrocer"), "7")).toBe(before + 1);
  });
});

test.describe("what the server does not take", () => {
  test.use({ expectedMessages: /status of (413|401)/ });

  test("is taken back with its reason, and what waits behind it is sent", async ({ page, server }) => {
    const { orders, minutes, root } = titles("Grill");
    await openHouse(page, server, ben, "Grill");
    let first = true;
    let release = (): void => {};
    const released = new Promise<void>((done) => (release = done));
    await page.route(/\/api\/submit/, async (route) => {
      if (!first) return route.continue();
      first = false;
      await released;
      return route.fulfill({ status: 413, contentType: "text/html", body: "<h1>Request Entity Too Large</h1>" });
    });
    await save(page, orders, "50", "100");
    await expectProgress(page, { [orders]: "50 %" });
    await save(page, minutes, "15", "12");
    await expectProgress(page, { [minutes]: "80 %" });
    release();
    await expect(row(page, orders).getByRole("alert")).toContainText("The server does not take this");
    await expectProgress(page, { [orders]: "25 %", [minutes]: "80 %", [root]: "46 %" });
    await expect.poll(() => server.checkIns("Grill-minutes", "12")).toBe(1);
    expect(await server.checkIns(ordersId("Grill"), "100")).toBe(0);
    await expect(page.getByText("is kept here")).toBeHidden();
  });

  test("a form comes back with what was typed", async ({ page, server }) => {
    const { minutes } = titles("Grill");
    await openHouse(page, server, ben, "Grill");
    await openNode(page, minutes);
    await page.route(/\/api\/submit/, (route) => route.fulfill({ status: 413, body: "too long" }));
    await page.getByRole("textbox", { name: "Value" }).fill("10");
    await page.getByRole("textbox", { name: "Note" }).fill("a kept note");
    await page.getByRole("button", { name: "Check in" }).click();
    await expect(page.locator("#check-in").getByRole("alert")).toContainText("The server does not take this");
    await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("a kept note");
    await expect(page.getByRole("textbox", { name: "Value" })).toHaveValue("10");
  });

  test("whoever is signed out reads it, and what was typed is sent after signing in", async ({ page, server }) => {
    const { returning } = titles("Grill");
    await openHouse(page, server, ben, "Grill");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.route(/\/api\/submit/, (route) => route.fulfill({ status: 401, body: "You are not signed in." }));
    await save(page, returning, "40", "50");
    await expect(page.getByText("You are signed out – one change is kept here until it is sent")).toBeVisible();
    expect(asked.filter((address) => address.includes("/key-result/"))).toEqual([]);
    await page.unroute(/\/api\/submit/);
    await expect.poll(() => server.checkIns("Grill-returning", "50"), { timeout: 30_000 }).toBe(1);
  });
});

test("whoever closes an objective looks again where somebody checks in meanwhile", async ({ page, openPage, server }) => {
  const { service, orders } = titles("Noodle bar");
  const other = await openPage();
  await openHouse(page, server, ada, "Noodle bar");
  await openNode(page, service);
  await page.getByText("Close it", { exact: true }).click();
  await page.getByLabel("What was learned").fill("A kept lesson.");
  await page.getByRole("radio", { name: "Keep" }).check();
  await openHouse(other, server, ben, "Noodle bar");
  await save(other, orders, "50", "150");
  await expect(page.getByText("at 75 %")).toBeVisible();
  await page.getByRole("button", { name: "Close the objective" }).click();
  await expect(page.getByRole("alert")).toContainText("has moved in the meantime and is at 75");
  await expect(page.getByLabel("What was learned")).toHaveValue("A kept lesson.");

  // A note that somebody writes stays where it is, too.
  await openNode(other, orders);
  await other.getByRole("textbox", { name: "Note" }).fill("a note in the making");
  await page.getByLabel(orders).fill("0.75");
  await page.getByRole("button", { name: "Close the objective" }).click();
  await expect(page.getByRole("heading", { name: "How it ended" })).toBeVisible();
  await expect(other.locator("#check-in")).toContainText("is closed, and its numbers are frozen");
  await expect(other.getByRole("textbox", { name: "Note" })).toHaveValue("a note in the making");
});

test("two people write one title: nobody's words vanish", async ({ page, openPage, server }) => {
  const { service } = titles("Pantry");
  const other = await openPage();
  const pages: [Page, typeof ada][] = [[page, ada], [other, ben]];
  for (const [each, person] of pages) {
    await openHouse(each, server, person, "Pantry");
    await openNode(each, service);
    await expect(each.getByRole("heading", { level: 1 })).toHaveText(service);
    await each.getByText("Edit", { exact: true }).click();
  }
  const theirs = other.getByRole("textbox", { name: "Title" }).last();
  await theirs.fill("Pantry: Ben's words");
  await page.getByRole("textbox", { name: "Title" }).last().fill("Pantry: Ada's words");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pantry: Ada's words");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Pantry: Ada's words");

  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "Ada Holm changed this today" })).toContainText("Pantry: Ada's words");
  await expect(theirs).toHaveValue("Pantry: Ben's words");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pantry: Ada's words");
});
