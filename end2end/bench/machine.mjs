import { cpus, release, totalmem } from "node:os";

/** What numbers are worth nothing without. @param {import("@playwright/test").Browser} browser */
export function machine(browser) {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    chromium: browser.version(),
    node: process.version,
    date: new Date().toISOString(),
  };
}
