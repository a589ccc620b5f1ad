/**
 * @typedef {object} Summary
 * @property {string} page
 * @property {string} what
 * @property {string} condition
 * @property {string} unit
 * @property {number} median
 * @property {number} p95
 * @property {number[]} values
 */

/** What was measured of one page under one condition. */
export class Samples {
  /** @type {Map<string, { unit: string, values: number[] }>} */
  #measured = new Map();

  /** @param {string} page @param {string} condition */
  constructor(page, condition) {
    this.page = page;
    this.condition = condition;
  }

  /** @param {string} what @param {string} unit @param {number} value */
  add(what, unit, value) {
    const measured = this.#measured.get(what) ?? { unit, values: [] };
    measured.values.push(Math.round(value * 100) / 100);
    this.#measured.set(what, measured);
  }

  /** @returns {Summary[]} */
  summaries() {
    const { page, condition } = this;
    return [...this.#measured].map(([what, { unit, values }]) => {
      const sorted = values.toSorted((a, b) => a - b);
      // The smallest value that so many of all are not above.
      const quantile = (/** @type {number} */ share) => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
      return { page, what, condition, unit, median: quantile(0.5), p95: quantile(0.95), values };
    });
  }
}
