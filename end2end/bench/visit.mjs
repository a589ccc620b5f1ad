import { watch } from "./watch.mjs";

/**
 * @typedef {import("./browser.mjs").Condition} Condition
 * @typedef {import("./pages.mjs").Subject} Subject
 * @typedef {import("./pages.mjs").Table} Table
 * @typedef {import("./watch.mjs").Answer} Answer
 * @typedef {import("./watch.mjs").Expectation} Expectation
 */

/** How long anything may take before it counts as broken, in milliseconds. */
const LIMIT = 60_000;
/** How long a new window is left alone, in milliseconds. It loads an interface of its own first, which is no page's doing. */
const OPENING = 500;
/** What the page says in the console when the first rows were painted. */
const PAINTED = "The first rows were painted.";
/** The types of requests that bring the workspace. One that is made before the script asks has no type of its own. */
const DATA = ["Fetch", "XHR", "Other"];

/** A person's visit to a page, with a browser that has never been there. */
export class Visit {
  /** @type {Error | undefined} what went wrong in the page */
  #error;
  /** @type {Map<string, { type: string, bytes: number, isDone: boolean }>} what was asked for, by the browser's name for it */
  #requests = new Map();

  /**
   * @private
   * @param {Subject} subject
   * @param {import("@playwright/test").Page} page
   * @param {import("@playwright/test").CDPSession} devtools
   */
  constructor(subject, page, devtools) {
    this.subject = subject;
    this.page = page;
    this.devtools = devtools;
    page.on("pageerror", (error) => (this.#error ??= error));
    devtools.on("Network.requestWillBeSent", ({ requestId, type = "Other", request }) => {
      this.#requests.set(requestId, { type: kind(request.url) ?? type, bytes: 0, isDone: false });
    });
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const request = this.#requests.get(requestId);
      if (request) Object.assign(request, { bytes: encodedDataLength, isDone: true });
    });
    devtools.on("Network.loadingFailed", ({ requestId }) => {
      const request = this.#requests.get(requestId);
      if (request) request.isDone = true;
    });
  }

  /**
   * Lets `work` visit a page.
   *
   * @template T
   * @param {import("@playwright/test").Browser} browser
   * @param {Subject} subject
   * @param {Condition} condition
   * @param {(visit: Visit) => Promise<T>} work
   * @returns {Promise<T>}
   */
  static async with(browser, subject, { slowdown, network }, work) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId: "UTC" });
    try {
      context.setDefaultTimeout(LIMIT);
      await context.addCookies(subject.cookies);
      await context.addInitScript(watch, { rows: subject.rows, painted: PAINTED });
      const page = await context.newPage();
      await page.waitForTimeout(OPENING);
      const devtools = await context.newCDPSession(page);
      await devtools.send("Network.enable");
      if (network) await devtools.send("Network.emulateNetworkConditions", { offline: false, ...network });
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      const visit = new Visit(subject, page, devtools);
      const result = await work(visit);
      if (visit.#error) throw visit.#error;
      return result;
    } finally {
      await context.close();
    }
  }

  /** Asks for the page, and does not wait for it. */
  async go() {
    await this.page.goto(this.subject.url, { waitUntil: "commit" });
  }

  /** Opens the page, and waits until there is room for all rows. @param {Table} table */
  async open({ nodes }) {
    // Told by the page itself: to ask one that is still loading would hold it up.
    await Promise.all([this.page.waitForEvent("console", (message) => message.text() === PAINTED), this.go()]);
    await this.page.waitForFunction(
      ({ scroller, height }) => (document.querySelector(scroller)?.scrollHeight ?? 0) > height,
      { scroller: this.subject.scroller, height: nodes * 20 },
    );
    await this.page.locator(this.subject.ready).first().waitFor({ state: "attached" });
    await this.#expectAnswers();
  }

  /** Waits until nothing more is under way, so that what is measured next is measured alone. */
  async settle() {
    await this.page.waitForLoadState("load");
    await this.page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  }

  /** Waits until the page has got what it asked for. */
  async #expectAnswers() {
    const deadline = Date.now() + LIMIT;
    await this.nextFrame();
    while ([...this.#requests.values()].some(({ type, isDone }) => DATA.includes(type) && !isDone)) {
      if (Date.now() > deadline) throw new Error("the page waits for an answer");
      await this.nextFrame();
    }
    await this.nextFrame();
  }

  /** How many bytes came over the wire, headers included, by what they are. */
  bytes() {
    const sum = (/** @type {(type: string) => boolean} */ wanted) =>
      [...this.#requests.values()].filter(({ type }) => wanted(type)).reduce((sum, { bytes }) => sum + bytes, 0);
    const isCode = (/** @type {string} */ type) => type === "Script" || type === "Wasm";
    return {
      code: sum(isCode),
      page: sum((type) => type === "Document"),
      data: sum((type) => DATA.includes(type)),
      all: sum((type) => type !== "EventSource"),
    };
  }

  /** The row of that title; scrolls down to where it is made. @param {string} title */
  async row(title) {
    const row = this.page.locator(this.subject.rows).filter({ hasText: title });
    while ((await row.count()) === 0) {
      await this.page.mouse.move(600, 500);
      await this.page.mouse.wheel(0, 400);
      await this.nextFrame();
    }
    return row;
  }

  async toTop() {
    await this.page.evaluate((scroller) => document.querySelector(scroller)?.scrollTo(0, 0), this.subject.scroller);
    await this.nextFrame();
  }

  async nextFrame() {
    await this.page.evaluate(() => window.bench.frame());
  }

  /**
   * Presses a key, and waits for what it shall do.
   *
   * @param {string} key
   * @param {Expectation} expectation
   */
  async press(key, expectation) {
    return this.#measure("keydown", expectation, () => this.page.keyboard.press(key));
  }

  /** Clicks, and waits for what that shall do. @param {import("@playwright/test").Locator} target @param {Expectation} expectation */
  async click(target, expectation) {
    return this.#measure("click", expectation, () => target.click());
  }

  /** @param {"keydown" | "click"} type @param {Expectation} expectation @param {() => Promise<void>} act @returns {Promise<Answer>} */
  async #measure(type, expectation, act) {
    await this.page.evaluate(([type, expectation]) => window.bench.expect(type, expectation), /** @type {const} */ ([type, expectation]));
    await act();
    return this.page.evaluate((limit) => {
      const late = new Promise((_, fail) => setTimeout(() => fail(new Error("the page did not answer")), limit));
      return Promise.race([window.bench.answer, late]);
    }, LIMIT);
  }
}

/** What the browser has no word of its own for. @param {string} url */
function kind(url) {
  if (url.endsWith(".wasm")) return "Wasm";
  return /favicon/.test(url) ? "Image" : undefined;
}
