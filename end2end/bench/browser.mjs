import { chromium } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

/** Starts the whole Chromium, which people have: silent, and calling nobody. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      ...(isRoot ? ["--no-sandbox"] : []),
    ],
  });
}

/**
 * @typedef {object} Condition what a page has to cope with
 * @property {string} name
 * @property {number} slowdown how much slower the processor is made
 * @property {{ latency: number, downloadThroughput: number, uploadThroughput: number }} [network] milliseconds and bytes a second
 */

/** How much slower than this machine a phone is taken to be. */
const PHONE = 4;

/** @satisfies {Record<string, Condition>} */
export const CONDITIONS = {
  desk: { name: "", slowdown: 1 },
  phone: { name: `${PHONE}× slower`, slowdown: PHONE },
  // What Chromium's developer tools called "Fast 3G", and call "Slow 4G" now.
  road: {
    name: `${PHONE}× slower, fast 3G`,
    slowdown: PHONE,
    network: { latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 },
  },
};
