import { defineConfig, type PlaywrightTestOptions } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

// Chromium as Debian ships it, and silent: it calls nobody but the server under test.
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    ...(isRoot ? ["--no-sandbox"] : []),
  ],
};

const desktop: Partial<PlaywrightTestOptions> = { viewport: { width: 1280, height: 800 } };
const phone: Partial<PlaywrightTestOptions> = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
};
const withoutScript: Partial<PlaywrightTestOptions> = { javaScriptEnabled: false };

// What happens while a page is open needs script, and 10 000 nodes take time to bring in: they are tried once.
const live = "live.spec.ts";
const large = "large.spec.ts";
const offline = ["offline.spec.ts", "cuts.spec.ts"];

export default defineConfig({
  testDir: "tests",
  forbidOnly: true,
  fullyParallel: true,
  retries: 0,
  // Two browsers beside 10 000 nodes on two slow cores take their time.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  // What failed and why stands at the end, where whoever comes back looks first.
  reporter: "dot",
  // A page's requests go past a service worker where a test looks at them; what it is for has tests of its own.
  use: { launchOptions, browserName: "chromium", locale: "en-GB", timezoneId: "UTC", serviceWorkers: "block" },
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: phone, testIgnore: large },
    { name: "desktop without script", use: { ...desktop, ...withoutScript }, testIgnore: [live, large, ...offline] },
    { name: "phone without script", use: { ...phone, ...withoutScript }, testIgnore: [live, large, ...offline] },
  ],
});
