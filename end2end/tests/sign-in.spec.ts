import { expect, open, test as base } from "../fixtures.ts";
import { Server } from "../server.ts";

/** Tests on a server without anybody, one for each. */
const test = base.extend<{ fresh: Server }>({
  fresh: async ({}, use) => {
    const server = await Server.start("empty");
    await use(server);
    await server.remove();
  },
  baseURL: async ({ fresh }, use) => use(fresh.url),
});

const email = "ada@harbour.example";
const password = "correct horse battery staple";

test.use({ expectedMessages: /status of (401|410|422)/ });

test("the first admin: set up, out, in again", async ({ page, fresh, expectAccessible }) => {
  const link = /http:\S+\/set-up\/\S+/.exec(fresh.welcome)?.[0];
  expect(link).toBeDefined();
  await open(page, link ?? "");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome to Trellis");
  await expectAccessible();
  await page.getByLabel("Your organisation’s name").fill("Harbour kitchens");
  await page.getByLabel("Your name").fill("Ada Holm");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("heading", { name: "Nothing grows here yet" })).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Harbour kitchens");
  await expectAccessible();

  await page.getByLabel("Ada Holm: account").click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/tree?cycle=all&q=R%26D%2523");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expectAccessible();

  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("not that one at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await expectAccessible();

  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/tree\?cycle=all&q=R%26D%2523$/);
  await expect(page.getByRole("heading", { name: "Nothing grows here yet" })).toBeVisible();

  const answer = await page.goto(link ?? "");
  await expect(page.getByRole("heading", { name: "This link holds no more" })).toBeVisible();
  expect(answer?.status()).toBeLessThan(500);
});

test("an unknown account gets the same answer as a wrong password", async ({ page, fresh }) => {
  await fresh.run("user", "add", "Ben Okafor", "ben@harbour.example");
  const answers: string[] = [];
  for (const address of ["ben@harbour.example", "nobody@harbour.example"]) {
    await open(page, "/sign-in");
    await page.getByLabel("E-mail address").fill(address);
    await page.getByLabel("Password").fill("not that one at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    answers.push(await page.getByRole("alert").innerText());
  }
  expect(answers[0]).toBe(answers[1]);
});
