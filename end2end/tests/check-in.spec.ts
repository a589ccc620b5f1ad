import type { Locator, Page } from "@playwright/test";

import { ada, ben, expect, open, signIn, test as base, vera } from "../company.ts";
import { Server } from "../server.ts";

const day = 24 * 60 * 60 * 1000;
const ago = (days: number): string => new Date(Date.now() - days * day).toISOString().slice(0, 10);

/** The names of what belongs to one test, so that no test counts what another does: each has a person of its own. */
const tests = ["cards", "unchanged", "measures", "mistake", "skip", "late", "correct", "closed", "parallel", "small", "badge", "mend", "meeting", "begun"] as const;
type Name = (typeof tests)[number];

const person = (name: Name) => ({ name: `${name} tester`, email: `${name}@harbour.example`, role: "member" as const });
const titles = (name: Name) => ({
  root: `${name}: a harbour that people like to come to`,
  objective: `${name}: nobody waits at the pier`,
  boats: `${name}: boats a day`, // 40 of 100, last checked in three weeks ago
  minutes: `${name}: minutes at the pier`, // never checked in, from 20 to 10
});

const columns = [
  "kind", "id", "parent", "title", "team", "owner", "cycle", "company", "measure", "unit", "baseline", "target", "current", "confidence",
  "date", "note",
] as const;
type Row = Partial<Record<(typeof columns)[number], string>>;

function rowsOf(name: Name): Row[] {
  const { root, objective, boats, minutes } = titles(name);
  const owner = person(name).email;
  const keyResult = (id: string, title: string, row: Row): Row =>
    ({ kind: "key_result", id: `${name}-${id}`, parent: `${name}-pier`, title, owner, ...row });
  const first = { current: "40", confidence: "7", date: ago(21), note: "Fog in the mornings" };
  return [
    { kind: "objective", id: `${name}-root`, title: root, owner: ada.email, cycle: "Now", company: "yes" },
    { kind: "objective", id: `${name}-pier`, parent: `${name}-root`, title: objective, owner: ada.email, cycle: "Now", team: name === "meeting" ? "Dock" : "" },
    keyResult("boats", boats, { measure: "reach", unit: "boats", baseline: "0", target: "100" }),
    { kind: "check_in", id: `${name}-first`, parent: `${name}-boats`, ...first },
    ...(name === "measures"
      ? [
          keyResult("steps", "measures: the new pier", { measure: "milestones", target: "3" }),
          keyResult("grades", "measures: what guests say", { measure: "graded" }),
        ]
      : [keyResult("minutes", minutes, { measure: "reach", unit: "min", baseline: "20", target: "10" })]),
  ];
}

function table(): string {
  const rows = tests.flatMap(rowsOf).map((row) => columns.map((column) => row[column] ?? "").join(","));
  return [columns.join(","), ...rows].join("\n");
}

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const cycles = [`Now=${ago(120)}..${new Date(Date.now() + 120 * day).toISOString().slice(0, 10)}`];
      const server = await Server.start({ table: table(), cycles, people: [ada, ben, vera, ...tests.map(person)] });
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
});

const isScripted = (): boolean => test.info().project.use.javaScriptEnabled !== false;
const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const value = (page: Page): Locator => page.getByRole("textbox", { name: /^Now/ });
const save = (page: Page): Locator => page.getByRole("button", { name: "Save" });

async function start(page: Page, server: Server, name: Name): Promise<void> {
  await signIn(page, server, person(name));
  await open(page, "/check-in");
}

/** How many check-ins of a key result the server keeps, the imported one included. */
async function kept(server: Server, keyResult: string): Promise<number> {
  const [head, ...rows] = (await server.run("export")).split(/\r?\n/).map((row) => row.split(","));
  const [kind, parent] = [head?.indexOf("kind") ?? -1, head?.indexOf("parent") ?? -1];
  return rows.filter((row) => row[kind] === "check_in" && row[parent] === keyResult).length;
}

test("one card after the other, and what came of them up to the root", async ({ page, server, expectAccessible }) => {
  const { root, objective, boats, minutes } = titles("cards");
  await start(page, server, "cards");
  await expect(heading(page)).toHaveText(boats);
  await expect(page.getByRole("link", { name: objective })).toBeVisible();
  await expect(page.getByText("Fog in the mornings")).toBeVisible();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Check in 2 due" })).toBeVisible();
  await expectAccessible();
  await value(page).fill("60");
  await page.getByRole("radio", { name: /^at risk/ }).check({ force: true });
  await page.getByRole("radio", { name: "5", exact: true }).check({ force: true });
  await page.getByRole("textbox", { name: "Note" }).fill("The fog is gone");
  await expectAccessible();
  await save(page).click();
  await expect(heading(page)).toHaveText(minutes);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await value(page).fill("18");
  await page.getByRole("radio", { name: /^on track/ }).check({ force: true });
  await save(page).click();
  await expect(heading(page)).toHaveText("All checked in");
  const moved = page.getByRole("listitem");
  // (60 + 20) / 2 after (40 + 0) / 2.
  await expect(moved.filter({ hasText: root })).toContainText(/20\s%.*40\s%/);
  await expect(moved.filter({ hasText: objective })).toContainText(/20\s%.*40\s%/);
  await expect(page.getByText(/^The next is due on/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Check in", exact: true })).toBeVisible();
  await expectAccessible();
  await expect.poll(() => kept(server, "cards-minutes")).toBe(1);
  const exported = await server.exported();
  expect(exported.get(boats)?.confidence).toBe(5);
  expect(exported.get(minutes)?.confidence, "a big button alone").toBe(9);
});

test("nothing changed is one tap, and no confidence is taken over", async ({ page, server }) => {
  const { boats, minutes } = titles("unchanged");
  await start(page, server, "unchanged");
  await expect(heading(page)).toHaveText(boats);
  await page.getByRole("button", { name: "Nothing changed" }).click();
  await expect(heading(page)).toHaveText(minutes);
  await expect(page.getByRole("button", { name: "Nothing changed" })).toHaveCount(0);
  await expect.poll(() => server.checkIns("unchanged-boats", "40")).toBe(2);
  expect((await server.exported()).get(boats)?.confidence).toBeNull();
});

test("every measure has its own field", async ({ page, server, expectAccessible }) => {
  await start(page, server, "measures");
  await page.getByRole("button", { name: "Nothing changed" }).click();
  await expect(heading(page)).toHaveText("measures: the new pier");
  await page.getByRole("checkbox", { name: "Step 2" }).check();
  await expectAccessible();
  await save(page).click();
  await expect(heading(page)).toHaveText("measures: what guests say");
  await page.getByRole("radio", { name: /^target/ }).check();
  await expectAccessible();
  await save(page).click();
  await expect(heading(page)).toHaveText("All checked in");
  await expect.poll(() => server.checkIns("measures-grades", "target")).toBe(1);
  await expect.poll(() => server.checkIns("measures-steps", "1")).toBe(1);
});

test("what is typed and not sent survives a reload and a tap beside it", async ({ page, server }) => {
  test.skip(!isScripted(), "without script nobody keeps it");
  const { objective, boats, minutes } = titles("begun");
  const note = page.getByRole("textbox", { name: "Note" });
  const expectTyped = async (): Promise<void> => {
    await expect(note).toHaveValue("Half a thought");
    await expect(value(page)).toHaveValue("62");
    await expect(page.getByRole("radio", { name: /^at risk/ })).toBeChecked();
    await expect(page.locator(".reading")).toContainText("62");
  };
  await start(page, server, "begun");
  await value(page).fill("61");
  await page.getByRole("radio", { name: /^at risk/ }).check({ force: true });
  await note.fill("Half a thought");
  await page.getByRole("button", { name: "More" }).click();
  await page.reload();
  await expectTyped();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("link", { name: objective }).click();
  await expect(heading(page)).toHaveText(objective);
  await page.goBack();
  await expectTyped();
  await save(page).click();
  await expect(heading(page)).toHaveText(minutes);
  await expect(value(page)).toHaveValue("");
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect.poll(() => server.checkIns("begun-boats", "62")).toBe(1);

  await open(page, "/check-in?card=begun-boats");
  await expect(heading(page)).toHaveText(boats);
  await expect(note).toHaveValue("");
  await expect(value(page)).toHaveValue("");
  await value(page).fill("70");
  await note.fill("Another thought");
  const form = { form: "check-in", card: "begun-boats", value: "65" };
  await page.request.post("/check-in?card=begun-boats", { form, headers: { accept: "text/html" } });
  await page.reload();
  await expect(note).toHaveValue("Another thought");
  await expect(value(page), "a value is of what was known then").toHaveValue("");
});

test("plus and minus go by a sensible step", async ({ page, server }) => {
  test.skip(!isScripted(), "the buttons need script");
  await start(page, server, "small");
  await page.getByRole("button", { name: "More" }).click();
  await expect(value(page)).toHaveValue("41");
  await page.getByRole("button", { name: "Less" }).click();
  await page.getByRole("button", { name: "Less" }).click();
  await expect(value(page)).toHaveValue("39");
  await expect(value(page)).toHaveAttribute("inputmode", "decimal");
});

test("at 320 pixels nothing scrolls sideways and everything is large enough for a thumb", async ({ page, server, isMobile }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await start(page, server, "small");
  await page.locator(".band", { hasText: "at risk" }).click();
  const width = (): Promise<number> => page.locator("html").evaluate((html) => html.scrollWidth);
  expect(await page.locator("html").boundingBox().then((box) => box?.width)).toBeLessThanOrEqual(320);
  if (isScripted()) expect(await width()).toBeLessThanOrEqual(320);
  const targets = page.locator("main").locator("button:visible, .band:visible, .grade:visible, summary:visible, input[type=text]:visible");
  for (const target of await targets.all()) {
    const box = await target.boundingBox();
    expect(box?.height, await target.textContent() ?? "").toBeGreaterThanOrEqual(44);
  }
  if (isMobile) {
    const left = async (target: Locator): Promise<number> => (await target.boundingBox())?.x ?? Infinity;
    const link = page.getByRole("link", { name: /^Check in/ });
    expect(await left(link)).toBeLessThan(await left(page.locator(".brand")));
  }
});

test("what is chosen has a frame where the colours are the reader’s own", async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await start(page, server, "small");
  await page.locator(".band", { hasText: "at risk" }).click();
  await page.locator(".grade", { hasText: "5" }).click();
  await heading(page).click();
  for (const chosen of [".band:has(:checked)", ".grade:has(:checked)"]) {
    await expect(page.locator(chosen)).toHaveCSS("outline-style", "solid");
  }
  await expect(page.locator(".band", { hasText: "on track" })).toHaveCSS("outline-style", "none");
});

test("the front page of a phone is what is due, and elsewhere it is the tree", async ({ page, server }) => {
  await signIn(page, server, ada);
  const front = async (agent: string): Promise<string | undefined> => {
    const answer = await page.request.get("/", { maxRedirects: 0, headers: { "User-Agent": agent, "Sec-CH-UA-Mobile": "?0" } });
    return answer.headers().location;
  };
  expect(await front("Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")).toBe("/check-in");
  expect(await front("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe("/tree");
});

test("the badge counts on every page", async ({ page, server }) => {
  await start(page, server, "badge");
  for (const path of ["/tree", "/node/badge-boats", "/new-objective", "/node/badge-boats/sight"]) {
    await open(page, path);
    await expect(page.getByRole("link", { name: "Check in 2 due" })).toBeVisible();
  }
  await signIn(page, server, vera);
  await open(page, "/check-in");
  await expect(heading(page)).toHaveText("Nothing is due");
  await expect(page.locator(".badge")).toHaveCount(0);
});

test("skipping goes on, keeps the reason, and it stays due", async ({ page, server }) => {
  const { boats, minutes } = titles("skip");
  await start(page, server, "skip");
  await page.getByText("Skip", { exact: true }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("Counted on Friday");
  await page.getByRole("button", { name: "Skip it for now" }).click();
  await expect(heading(page)).toHaveText(minutes);
  await page.getByText("Skip", { exact: true }).click();
  await page.getByRole("button", { name: "Skip it for now" }).click();
  await expect(heading(page)).toHaveText("2 are still due");
  await page.getByRole("link", { name: "Go over what is due" }).click();
  await expect(heading(page)).toHaveText(boats);
  await open(page, "/node/skip-boats");
  await expect(page.getByText("Counted on Friday").first()).toBeVisible();
});

test.describe("with a mistake", () => {
  test.use({ expectedMessages: /status of 422/ });

  test("what is wrong is told at its field, and nothing typed is lost", async ({ page, server, expectAccessible }) => {
    await start(page, server, "mistake");
    await value(page).fill("1e999");
    await page.getByRole("radio", { name: /^off track/ }).check({ force: true });
    await page.getByRole("textbox", { name: "Note" }).fill("a kept note");
    await save(page).click();
    await expect(page.getByRole("alert")).toContainText("too large");
    await expect(value(page)).toHaveValue("1e999");
    await expect(page.getByRole("radio", { name: /^off track/ })).toBeChecked();
    await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("a kept note");
    await expectAccessible();
    expect(await kept(server, "mistake-boats")).toBe(1);
  });

  test("on the narrowest phone Save leads to the field that is wrong, and its reason is in sight", async ({ page, server }) => {
    test.skip(!isScripted(), "without script the page comes back from its top");
    await page.setViewportSize({ width: 320, height: 640 });
    await start(page, server, "mistake");
    await value(page).fill("abc");
    await save(page).click();
    await expect(value(page)).toBeFocused();
    const reason = page.getByRole("alert");
    await expect(reason).toBeInViewport({ ratio: 1 });
    await expect(value(page)).toHaveAccessibleDescription(await reason.innerText());
    const bar = await page.locator(".top").boundingBox();
    expect((await value(page).boundingBox())?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? Infinity));
  });

  test("an earlier day is taken and a day to come is not", async ({ page, server }) => {
    await start(page, server, "late");
    await page.getByText("For another day").click();
    const field = page.getByLabel(/^Day/);
    await value(page).fill("35");
    if (isScripted()) {
      // The field offers no day to come, and whoever gets around that is told.
      await field.evaluate((input: HTMLInputElement) => input.removeAttribute("max"));
      await field.fill(`${new Date().getUTCFullYear() + 1}-01-01`);
      await save(page).click();
      await expect(page.getByRole("alert")).toContainText("still to come");
    }
    await field.fill(ago(18));
    await save(page).click();
    await expect(heading(page)).toHaveText(titles("late").minutes);
    await expect.poll(() => server.checkIns("late-boats", "35")).toBe(1);
    expect((await server.exported()).get(titles("late").boats)?.percent).toMatch(/^35/);
  });

  test("what was closed meanwhile is told, and what was typed stays", async ({ page, openPage, server }) => {
    await start(page, server, "closed");
    await value(page).fill("77");
    await page.getByRole("textbox", { name: "Note" }).fill("typed in the meantime");
    const other = await openPage();
    await signIn(other, server, ada);
    await open(other, "/node/closed-pier");
    await other.getByRole("button", { name: "Drop" }).click();
    if (isScripted()) await expect(page.getByRole("alert")).toContainText("frozen");
    else await expect(other.getByText("Saved.")).toBeVisible();
    await save(page).click();
    await expect(page.getByRole("alert").first()).toContainText("frozen");
    await expect(value(page)).toHaveValue("77");
    await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("typed in the meantime");
    expect(await kept(server, "closed-boats")).toBe(1);
  });
});

test("a note of a megabyte is refused in words", async ({ page, server }) => {
  await signIn(page, server, person("parallel"));
  const form = { form: "check-in", card: "parallel-boats", value: "50", note: "x".repeat((1 << 20) - 200) };
  const answer = await page.request.post("/check-in?card=parallel-boats", { form, headers: { accept: "text/html" } });
  expect(answer.status()).toBe(422);
  expect(await answer.text()).toContain("at most 10000 are kept");
  const longer = { ...form, note: "x".repeat(1 << 20) };
  expect((await page.request.post("/check-in?card=parallel-boats", { form: longer })).status()).toBe(413);
  expect(await kept(server, "parallel-boats")).toBe(1);
});

test("the same check-in sent fifty times at once is there once", async ({ page, server }) => {
  test.skip(!isScripted(), "it is the client that sends again");
  await start(page, server, "parallel");
  let tell = (_statuses: number[]): void => {};
  const statuses = new Promise<number[]>((told) => (tell = told));
  await page.route("**/api/submit", async (route) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => route.fetch()));
    await route.fulfill({ response: answers[49]! });
    tell(answers.map((answer) => answer.status()));
  });
  await value(page).fill("51");
  await save(page).click();
  await expect(heading(page)).toHaveText(titles("parallel").minutes);
  expect(await statuses).toEqual(Array(50).fill(200));
  expect(await kept(server, "parallel-boats")).toBe(2);
});

test.describe("by a clock that is wrong by a year", () => {
  test("a check-in is of today all the same", async ({ page, server }) => {
    test.skip(!isScripted(), "without script no clock but the server's is asked");
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 366 * 24 * 60 * 60 * 1000;
    });
    await start(page, server, "correct");
    await value(page).fill("44");
    await save(page).click();
    await expect(heading(page)).toHaveText(titles("correct").minutes);
    await expect.poll(() => server.checkIns("correct-boats", "44")).toBe(1);
    await open(page, "/node/correct-boats");
    await expect(page.locator(".check-ins time").first()).toHaveAttribute("datetime", ago(0));
  });
});

test("a correction counts, and what it corrects stays in sight", async ({ page, server, expectAccessible }) => {
  const { boats } = titles("mend");
  await signIn(page, server, person("mend"));
  await open(page, "/node/mend-boats");
  const history = page.locator(".check-ins");
  await history.getByRole("link", { name: "Correct" }).click();
  await history.getByRole("textbox", { name: "Value" }).fill("30");
  await expectAccessible();
  await history.getByRole("button", { name: "Correct it" }).click();
  await expect(history).toContainText("corrected to 30\u00a0boats by mend tester");
  await expect(history.locator(".replaced b")).toHaveCSS("text-decoration-line", "line-through");
  await expect(history.getByRole("link", { name: "Correct" })).toHaveCount(1);
  await expect.poll(() => server.exported().then((nodes) => nodes.get(boats)?.percent)).toMatch(/^30/);
  await expectAccessible();
  if (!isScripted()) return;
  await page.locator(".bottom-notice").getByRole("button", { name: "Undo" }).click();
  await expect(history.locator(".replaced")).toHaveCount(0);
  await expect.poll(() => server.exported().then((nodes) => nodes.get(boats)?.percent)).toMatch(/^40/);
});

test("a team runs its meeting from one page, and an admin sets its days", async ({ page, server, expectAccessible }) => {
  await signIn(page, server, ada);
  const id = await teamId(page);
  await open(page, `/check-in/team/${id}`);
  await expect(heading(page)).toHaveText("Dock");
  await expect(page.getByText("Check-ins are due every Monday.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("What moved");
  await page.getByRole("link", { name: /^Not checked in .*→/ }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Not checked in");
  await expect(page.getByRole("listitem").filter({ hasText: titles("meeting").boats })).toContainText("Fog in the mornings");
  await expectAccessible();
  if (isScripted()) {
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText("Pace and confidence disagree");
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText("Not checked in");
  }
  await page.getByText("When check-ins are due").click();
  await page.getByRole("combobox", { name: "How often" }).selectOption("monthly");
  await page.getByRole("combobox", { name: "On which day" }).selectOption("Fri");
  await expectAccessible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Check-ins are due the first Friday of a month.")).toBeVisible();
  await signIn(page, server, vera);
  await open(page, `/check-in/team/${id}`);
  await expect(heading(page)).toHaveText("Dock");
  await expect(page.getByText("When check-ins are due")).toHaveCount(0);
});

/** The id of the only team. */
async function teamId(page: Page): Promise<string> {
  const box = page.locator('input[type="checkbox"]');
  await open(page, "/new-objective");
  return (await box.and(page.locator('[name="team"]')).first().getAttribute("value")) ?? "";
}
