import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import type { RunOptions } from "axe-core";

import { Server } from "./server.ts";

export { expect };

interface TestFixtures {
  /** Console messages that a test provokes on purpose, such as failed requests while the server is down. */
  expectedMessages: RegExp;
  /** Opens a page for another person: a browser with cookies of its own. */
  openPage: () => Promise<Page>;
  /** Fails unless the page meets WCAG 2.2 AA, as far as a program can tell. */
  expectAccessible: (page?: Page) => Promise<void>;
}

interface WorkerFixtures {
  /** The server that the tests of a worker share. */
  server: Server;
}

/** What Playwright says where a test has no use for a service worker. */
const blocked = "Service Worker registration blocked by Playwright";

const axeOptions: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  resultTypes: ["violations"],
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  expectedMessages: [/(?!)/, { option: true }],

  // Every page of a test fails it by a warning, an error or an exception in the console.
  context: async ({ context, expectedMessages }, use) => {
    const messages = watch(context);
    await use(context);
    expect(unexpected(messages, expectedMessages)).toEqual([]);
  },

  openPage: async ({ browser, contextOptions, baseURL, expectedMessages }, use) => {
    const contexts: BrowserContext[] = [];
    const messages: string[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL });
      contexts.push(context);
      watch(context, messages);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(unexpected(messages, expectedMessages)).toEqual([]);
  },

  expectAccessible: async ({ browser, contextOptions, page: own }, use) => {
    await use(async (shown = own) => {
      // What is still appearing has not its colours yet.
      if (runsScripts()) await shown.evaluate(settle);
      const page = runsScripts() ? shown : await copyOf(shown, await browser.newContext({ ...contextOptions, javaScriptEnabled: true }));
      // No page has a frame, so axe need not open another page to end in, which takes as long as the rest.
      const { violations } = await new AxeBuilder({ page }).options(axeOptions).setLegacyMode().analyze();
      if (page !== shown) await page.context().close();
      expect(violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.html) }))).toEqual([]);
    });
  },
});

/** Waits for animations that began at once and come to an end. */
async function settle(): Promise<void> {
  const isBrief = (animation: Animation): boolean => {
    const timing = animation.effect?.getTiming();
    return timing?.delay === 0 && timing.iterations !== Infinity;
  };
  await Promise.allSettled(document.getAnimations().filter(isBrief).map((animation) => animation.finished));
}

function watch(context: BrowserContext, messages: string[] = []): string[] {
  context.on("console", (message) => {
    if (message.text() === blocked) return;
    if (["error", "warning"].includes(message.type())) messages.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => messages.push(`exception: ${error.error().message}`));
  return messages;
}

function unexpected(messages: string[], expected: RegExp): string[] {
  return messages.filter((message) => !expected.test(message));
}

/** Shows what `page` shows, without its scripts, where axe's script may run. */
async function copyOf(page: Page, context: BrowserContext): Promise<Page> {
  const html = (await page.content()).replace(/<script\b.*?<\/script>/gs, "");
  await context.route(page.url(), (route) => route.fulfill({ contentType: "text/html", body: html }));
  const copy = await context.newPage();
  await copy.goto(page.url());
  return copy;
}

function runsScripts(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Opens `path` and waits, where the project runs scripts, until the sign of a live connection is on; a past day has none. */
export async function open(page: Page, path: string): Promise<void> {
  await openEarly(page, path);
  if (runsScripts() && !/[?&]on=/.test(path)) await page.locator("html:not(:has(.connection:not(.live)))").waitFor();
}

/** Opens `path` and waits, where the project runs scripts, until every handler is in place: the workspace may still be on its way. */
export async function openEarly(page: Page, path: string): Promise<void> {
  await page.goto(path);
  if (runsScripts()) await page.locator("html[data-hydrated]").waitFor();
}

/** Signs in as one of the people of the example company, by their name. */
export async function signIn(page: Page, person: string): Promise<void> {
  await open(page, "/sign-in");
  const people = page.getByRole("combobox");
  const value = await people.locator("option", { hasText: person }).first().getAttribute("value");
  await people.selectOption(value);
  await page.getByRole("button", { name: "Look around" }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
}
