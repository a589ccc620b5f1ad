import type { Page } from "@playwright/test";

import { open, signIn } from "../company.ts";
import {
  ada, ben, changeFormat, checkIn, checkIns, type Crew, expect, expectAllSent, heading, keyResult, person, start, test, title, value, waiting,
} from "../harbour.ts";
import type { Server } from "../server.ts";

test("without a network it opens, takes check-ins, and sends them afterwards", async ({ page, server, cut, mend, expectAccessible }) => {
  await start(page, server, "first");
  await cut();
  await page.reload();
  await expect(heading(page)).toHaveText(title("first", 1));
  await expect(page.getByRole("status").filter({ hasText: /Offline|Reconnecting/ })).toBeVisible();
  await checkIn(page, "11");
  await expect(page.locator("main").getByText(/Kept on this (phone|device)\./)).toBeVisible();
  await checkIn(page, "12");
  await page.reload();
  await expect(heading(page)).toHaveText(title("first", 3));
  await page.goto(`/node/${keyResult("first", 1)}`);
  await expect(page).toHaveURL(/\/check-in$/);
  await expect(heading(page)).toHaveText(title("first", 3));
  await page.getByText("2 waiting").click();
  await expect(page.getByRole("listitem").filter({ hasText: `“${title("first", 1)}”` })).toContainText("11");
  await expectAccessible();
  expect(await checkIns(server, "first")).toEqual([]);
  await mend();
  await expect(page.getByText("All saved")).toBeVisible({ timeout: 30_000 });
  await expect(waiting(page).getByText("Saved.")).toHaveCount(2);
  expect(await checkIns(server, "first")).toEqual([`${keyResult("first", 1)}=11`, `${keyResult("first", 2)}=12`]);
});

test("what is kept outlives the browser's pages, and says where it is", async ({ page, context, server, cut, mend }) => {
  await start(page, server, "restart");
  await cut();
  await checkIn(page, "21");
  await expect(page.locator("main").getByText(/Kept on this (phone|device)\./)).toBeVisible();
  await page.close();
  const later = await context.newPage();
  await later.goto("/tree");
  await expect(waiting(later)).toContainText("1 waiting");
  await mend();
  await expectAllSent(later);
  expect(await checkIns(server, "restart")).toEqual([`${keyResult("restart", 1)}=21`]);
  await later.goto("/check-in");
  await expect(heading(later)).toHaveText(title("restart", 2));
  await expect(value(later)).toBeVisible();
});

test("what was refused says why, and is mended with what was typed or discarded", async ({ page, openPage, server, cut, mend, expectAccessible }) => {
  await start(page, server, "refused");
  await cut();
  await value(page).fill("31");
  await page.getByRole("textbox", { name: "Note" }).fill("typed at sea");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("main").getByText(/Kept on this (phone|device)\./)).toBeVisible();
  await checkIn(page, "32");
  await drop(await openPage(), server, "refused");
  await mend();
  await expect(waiting(page)).toContainText("2 refused", { timeout: 30_000 });
  await page.reload();
  await waiting(page).getByText("2 refused").click();
  const first = page.getByRole("listitem").filter({ hasText: title("refused", 1) });
  await expect(first).toContainText("Refused: “refused: nobody waits” is dropped, and its numbers are frozen.");
  await expectAccessible();
  await first.getByRole("link", { name: "Mend" }).click();
  await expect(heading(page)).toHaveText(title("refused", 1));
  await expect(value(page)).toHaveValue("31");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("typed at sea");
  await waiting(page).getByText("2 refused").click();
  await page.getByRole("listitem").filter({ hasText: title("refused", 2) }).getByRole("button", { name: "Discard" }).click();
  await expect(waiting(page)).toContainText("1 refused");
  expect(await checkIns(server, "refused")).toEqual([]);

  // What was wrong is mended: it goes out, and what was refused is no longer told.
  await agree(await openPage(), server, "refused");
  // What stands at the form says why it came back; that it cannot be sent now is no longer said.
  await expect(page.locator("main").getByText("its numbers are frozen")).toHaveCount(1);
  await page.getByRole("button", { name: "Save" }).click();
  await expectAllSent(page);
  expect(await checkIns(server, "refused")).toEqual([`${keyResult("refused", 1)}=31`]);
  await page.reload();
  await page.locator(".connection.live").waitFor();
  await expect(waiting(page)).toHaveCount(0);
});

test("a check-in for what was moved meanwhile counts where that is now", async ({ page, server, cut, mend }) => {
  await start(page, server, "moved");
  await cut();
  await checkIn(page, "41");
  await server.import(`kind,id,parent,title,owner,cycle\nobjective,moved,frozen,moved: nobody waits,${ada.email},Now`);
  await mend();
  await expectAllSent(page);
  expect(await checkIns(server, "moved")).toEqual([`${keyResult("moved", 1)}=41`]);
});

test("whoever lost the right to check in reads that, and may discard it", async ({ page, server, cut, mend }) => {
  await start(page, server, "right");
  await cut();
  await checkIn(page, "51");
  const row = `key_result,${keyResult("right", 1)},right,${title("right", 1)},${ben.email},reach,boats,0,1000`;
  await server.import(`kind,id,parent,title,owner,measure,unit,baseline,target\n${row}`);
  await mend();
  await expect(waiting(page)).toContainText("1 refused", { timeout: 30_000 });
  await open(page, "/tree");
  await waiting(page).getByText("1 refused").click();
  await expect(page.getByRole("listitem").filter({ hasText: title("right", 1) })).toContainText(/Refused: .*key result/);
  await page.getByRole("button", { name: "Discard" }).click();
  // The list of what waits goes when nothing is left in it.
  await expect(waiting(page)).toHaveCount(0);
  expect(await checkIns(server, "right")).toEqual([]);
});

test("what a check-in was for is gone meanwhile: that is told, and what waits behind it is sent", async ({ page, openPage, server, cut, mend }) => {
  const other = await openPage();
  await signIn(other, server, ada);
  await open(other, `${server.url}/node/gone`);
  await other.getByText("Add a key result", { exact: true }).click();
  const form = other.getByRole("group").filter({ has: other.getByRole("button", { name: "Add the key result" }) });
  await form.getByRole("textbox", { name: "Title" }).fill("gone: pier 0");
  await form.getByRole("textbox", { name: "Baseline" }).fill("0");
  await form.getByRole("textbox", { name: "Target" }).fill("10");
  await form.getByLabel("Owner").selectOption({ label: person("gone").name });
  await form.getByRole("button", { name: "Add the key result" }).click();
  await expect.poll(async () => (await server.run("export")).includes("gone: pier 0")).toBe(true);
  await start(page, server, "gone");
  await cut();
  const said = [await checkIn(page, "1"), await checkIn(page, "2"), await checkIn(page, "3")];
  expect(said.sort()).toEqual(["gone: pier 0", "gone: pier 1", "gone: pier 2"]);
  await other.keyboard.press("Control+z");
  await expect.poll(async () => (await server.run("export")).includes("gone: pier 0")).toBe(false);
  await mend();
  await waiting(page).getByText("1 refused").click({ timeout: 30_000 });
  await expect(page.getByRole("listitem").filter({ hasText: "gone: pier 0" })).toContainText("Refused: There is no such key result here (any more).");
  expect(await checkIns(server, "gone")).toHaveLength(2);
});

test("a note of a megabyte is refused at its field, and stays there", async ({ page, server, cut, mend }) => {
  await start(page, server, "long");
  await cut();
  await value(page).fill("61");
  const note = page.getByRole("textbox", { name: "Note" });
  await note.evaluate((area: HTMLTextAreaElement) => (area.value = "x".repeat(1 << 20)));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("at most 10000 are kept");
  expect(await note.inputValue()).toHaveLength(1 << 20);
  // What waited would be sent now.
  await mend();
  await expectAllSent(page);
  expect(await checkIns(server, "long")).toEqual([]);
});

test("the server restarts between receipt and answer: it counts once", async ({ page, server, network, mend }) => {
  await start(page, server, "answer");
  network.loseAnswers();
  await checkIn(page, "71");
  await expect.poll(() => checkIns(server, "answer")).toEqual([`${keyResult("answer", 1)}=71`]);
  await expect(waiting(page)).toContainText("1 waiting");
  await server.stop("SIGKILL");
  await server.start();
  await mend();
  await expectAllSent(page);
  expect(await checkIns(server, "answer")).toEqual([`${keyResult("answer", 1)}=71`]);
});

for (const [crew, what, fault] of [
  ["full", "has no room", () => (IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); })],
  ["refusing", "keeps nothing", () => Object.defineProperty(window, "indexedDB", { get: () => undefined })],
] as const) {
  test(`a browser that ${what} says so, and everything works while the page is open`, async ({ page, server, cut, mend }) => {
    await page.addInitScript(fault);
    await start(page, server, crew);
    await checkIn(page, "81");
    await expect.poll(() => checkIns(server, crew)).toEqual([`${keyResult(crew, 1)}=81`]);
    await cut();
    await checkIn(page, "82");
    await expect(page.getByText("This browser keeps nothing: leave the page open until it is saved")).toBeVisible();
    const asked = page.waitForEvent("dialog");
    void page.evaluate(() => location.reload()).catch(() => {});
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await mend();
    await expectAllSent(page);
    expect(await checkIns(server, crew)).toEqual([`${keyResult(crew, 1)}=81`, `${keyResult(crew, 2)}=82`]);
  });
}

test("with a session that has expired it waits, and goes out under its own name alone", async ({ page, context, server, cut, mend }) => {
  await start(page, server, "expired");
  await cut();
  await checkIn(page, "91");
  await context.clearCookies();
  await mend();
  await expect(page.getByText("You are signed out – one change is kept here until it is sent")).toBeVisible({ timeout: 30_000 });
  // Somebody else signs in on the same phone.
  await signIn(page, server, person("other"));
  await open(page, "/check-in");
  await expect(heading(page)).toHaveText(title("other", 1));
  await expectAllSent(page);
  await checkIn(page, "1");
  await expect.poll(() => checkIns(server, "other")).toEqual([`${keyResult("other", 1)}=1`]);
  expect(await checkIns(server, "expired")).toEqual([]);
  await signIn(page, server, person("expired"));
  await open(page, "/check-in");
  await expect.poll(() => checkIns(server, "expired")).toEqual([`${keyResult("expired", 1)}=91`]);
  await expect(heading(page)).toHaveText(title("expired", 2));
});

test("a page of somebody who is no longer signed in sends nothing as somebody else", async ({ page, server, cut, mend }) => {
  await start(page, server, "stranger");
  await cut();
  await checkIn(page, "1");
  await signIn(page, server, ada);
  await mend();
  await expect(page.getByText("You are signed out – one change is kept here until it is sent")).toBeVisible({ timeout: 30_000 });
  expect(await checkIns(server, "stranger")).toEqual([]);
});

test("what somebody said later counts, and is shown beside what was kept", async ({ page, openPage, server, cut, mend }) => {
  await start(page, server, "newer");
  await cut();
  await checkIn(page, "5");
  const other = await openPage();
  await signIn(other, server, ada);
  await open(other, `${server.url}/check-in?card=${keyResult("newer", 1)}`);
  await value(other).fill("42");
  await other.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => checkIns(server, "newer")).toEqual([`${keyResult("newer", 1)}=42`]);
  await waiting(page).getByText("1 waiting").click();
  await mend();
  const told = page.getByText(/Saved\. Meanwhile Ada Holm said 42 \(\d\d:\d\d\), which is newer and counts\./);
  await expect(told.first()).toBeVisible({ timeout: 30_000 });
  expect(await checkIns(server, "newer")).toEqual([`${keyResult("newer", 1)}=42`, `${keyResult("newer", 1)}=5`]);
  const percent = (await server.exported()).get(title("newer", 1))?.percent ?? "";
  expect(percent).toMatch(/^4/);
});

test("by a clock that is wrong by a year, also without a network, a check-in is of today", async ({ page, server, cut, mend }) => {
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 366 * 24 * 60 * 60 * 1000;
  });
  await start(page, server, "late");
  await cut();
  await page.reload();
  await checkIn(page, "6");
  await mend();
  await expectAllSent(page);
  const today = new Date().toISOString().slice(0, 10);
  expect(await server.run("export")).toMatch(new RegExp(`check_in,[^\n]*${keyResult("late", 1)}[^\n]*${today}`));
});

test.describe("a day's length ahead of the workspace", () => {
  test.use({ timezoneId: "Pacific/Kiritimati" });

  test("also without a network, today is the workspace's", async ({ page, server, cut, mend }) => {
    await start(page, server, "ahead");
    await cut();
    await page.reload();
    await checkIn(page, "7");
    // This card is made on the device.
    await expect(heading(page)).toHaveText(title("ahead", 2));
    const today = new Date().toISOString().slice(0, 10);
    await expect(page.locator('input[name="day"]')).toHaveAttribute("max", today);
    await mend();
    await expectAllSent(page);
  });
});

test("signing out with something unsent warns, and it stays for whoever signs in again", async ({ page, server, network, mend, expectAccessible }) => {
  await start(page, server, "leaving");
  network.loseAnswers();
  await checkIn(page, "7");
  await expect(waiting(page)).toContainText("1 waiting");
  await page.getByLabel("leaving sailor: account").click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Sign out" });
  await expect(dialog).toContainText("One change is not sent yet.");
  await expect(dialog).toContainText(/What waits stays on this (phone|device), and goes out when you sign in again here\./);
  await expectAccessible();
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(dialog).toBeHidden();
  await mend();
  await expectAllSent(page);
  await page.getByLabel("leaving sailor: account").click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("**/sign-in");
  // Nobody sees the pages that were kept.
  await expect.poll(() => page.evaluate(() => caches.has("trellis-pages-1"))).toBe(false);
  network.cut();
  await page.goto("/check-in");
  await expect(heading(page)).toHaveText("There is no network");
});

test("what another version of Trellis kept is sent, although it cannot be read", async ({ page, server, cut, mend }) => {
  await start(page, server, "version");
  await cut();
  await checkIn(page, "8");
  await expect(page.locator("main").getByText(/Kept on this (phone|device)\./)).toBeVisible();
  await page.evaluate(changeFormat);
  await page.reload();
  await waiting(page).getByText("1 waiting").click();
  await expect(page.getByText("This version cannot show more of it, and sends it all the same.")).toBeVisible();
  await mend();
  await expect(waiting(page)).toContainText("All saved", { timeout: 30_000 });
  expect(await checkIns(server, "version")).toEqual([`${keyResult("version", 1)}=8`]);
});

test("at 320 pixels the list of what waits fits, and is large enough for a thumb", async ({ page, server, cut }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await start(page, server, "narrow");
  await cut();
  await checkIn(page, "9");
  await waiting(page).getByText("1 waiting").click();
  await expect(page.locator("details.waiting .menu-panel")).toBeInViewport({ ratio: 1 });
  expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
});

/** Ada drops the objective of a crew. */
async function drop(other: Page, server: Server, crew: Crew): Promise<void> {
  await signIn(other, server, ada);
  await open(other, `${server.url}/node/${crew}`);
  await other.getByRole("button", { name: "Drop" }).click();
  await expect.poll(async () => (await server.run("export")).includes(",dropped,")).toBe(true);
}

/** Ada takes it up again. */
async function agree(other: Page, server: Server, crew: Crew): Promise<void> {
  await signIn(other, server, ada);
  await open(other, `${server.url}/tree`);
  await other.keyboard.press("Control+z");
  await expect.poll(async () => (await server.run("export")).includes(",dropped,")).toBe(false);
}
