import { CONDITIONS } from "./browser.mjs";
import { interactions, wayUp } from "./interactions.mjs";
import { firstClick, load, weight } from "./load.mjs";
import { others } from "./others.mjs";
import { Samples } from "./samples.mjs";
import { scroll } from "./scroll.mjs";
import { Visit } from "./visit.mjs";

/** How often a page is opened in each run, which differs more from one time to the next than what is done in it. */
const LOADS = 5;

/** What is done with a page in each run, and what came out. */
export class Turn {
  /** What the page shows from the root to the value that was typed last. */
  shown = "";
  /** How many of the visits did not come to an end. */
  failures = 0;
  #desk;
  #phone;
  #road;

  /**
   * @param {import("@playwright/test").Browser} browser
   * @param {import("./pages.mjs").Subject} subject
   * @param {import("./pages.mjs").Table} table
   */
  constructor(browser, subject, table) {
    this.browser = browser;
    this.subject = subject;
    this.table = table;
    this.#desk = new Samples(subject.name, CONDITIONS.desk.name);
    this.#phone = new Samples(subject.name, CONDITIONS.phone.name);
    this.#road = new Samples(subject.name, CONDITIONS.road.name);
  }

  async take() {
    const { browser, subject, table } = this;
    await this.#visit(CONDITIONS.road, (visit) => firstClick(visit, this.#road));
    for (let visits = 1; visits < LOADS; visits++) {
      await this.#visit(CONDITIONS.phone, (visit) => load(visit, table, this.#phone));
      await this.#visit(CONDITIONS.desk, (visit) => load(visit, table, this.#desk));
    }
    await this.#visit(CONDITIONS.phone, async (visit) => {
      await load(visit, table, this.#phone);
      await this.#use(visit, this.#phone);
    });
    await this.#visit(CONDITIONS.desk, async (visit) => {
      await load(visit, table, this.#desk);
      await weight(visit, this.#desk);
      await this.#use(visit, this.#desk);
    });
    if (subject.name === "Trellis") await this.#attempt(() => others(browser, subject, table, this.#desk));
  }

  summaries() {
    return [this.#desk, this.#phone, this.#road].flatMap((samples) => samples.summaries());
  }

  /** @param {Visit} visit @param {Samples} samples */
  async #use(visit, samples) {
    await interactions(visit, this.table, samples);
    this.shown = await wayUp(visit, this.table);
    await scroll(visit, samples);
  }

  /** @param {import("./browser.mjs").Condition} condition @param {(visit: Visit) => Promise<void>} work */
  async #visit(condition, work) {
    await this.#attempt(() => Visit.with(this.browser, this.subject, condition, work));
  }

  /** Goes on after what fails: one visit shall not cost a long measurement. @param {() => Promise<void>} work */
  async #attempt(work) {
    try {
      await work();
    } catch (error) {
      this.failures += 1;
      console.error(`${this.subject.name} failed:`, error);
    }
  }
}
