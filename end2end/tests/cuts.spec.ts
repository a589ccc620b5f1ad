import type { Page } from "@playwright/test";

import { checkIn, checkIns, expect, expectAllSent, heading, random, start, test, waiting } from "../harbour.ts";
import type { Network } from "../network.ts";
import type { Server } from "../server.ts";

test.setTimeout(300_000);

/** Lets the network, the page or the server fail, or not. */
async function disturb(dice: number, page: Page, server: Server, network: Network): Promise<void> {
  if (dice < 0.25) network.cut();
  else if (dice < 0.4) network.loseAnswers();
  else if (dice < 0.65) network.mend();
  else if (dice < 0.8) await page.goto("/check-in");
  else if (dice < 0.9) {
    await server.stop("SIGKILL");
    await server.start();
  }
}

test("twenty-five check-ins through a network that comes and goes are there once each", async ({ page, server, network }) => {
  await start(page, server, "random");
  const dice = random(20_261_126);
  const said: string[] = [];
  for (let number = 1; number <= 25; number += 1) {
    await disturb(dice(), page, server, network);
    const shown = await checkIn(page, String(100 + number));
    said.push(`random-pier-${shown.replace(/\D+/g, "")}=${100 + number}`);
  }
  await expect(heading(page)).toHaveText("All checked in");
  network.mend();
  await expectAllSent(page);
  expect(await checkIns(server, "random")).toEqual(said.sort());
  expect(new Set(said.map((each) => each.split("=")[0])).size, "each key result was asked for once").toBe(25);
});

test("two tabs check in at once, and each check-in is there once", async ({ page, context, server, network }) => {
  await start(page, server, "tabs");
  const other = await context.newPage();
  await other.goto("/check-in");
  await other.locator(".connection.live").waitFor();
  const dice = random(42);
  const said: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    await disturb(dice(), round % 2 === 0 ? page : other, server, network);
    const values = [200 + round, 300 + round] as const;
    const shown = await Promise.all([checkIn(page, String(values[0])), checkIn(other, String(values[1]))]);
    shown.forEach((title, tab) => said.push(`tabs-pier-${title.replace(/\D+/g, "")}=${values[tab]}`));
  }
  // One tab is enough to send what both have kept.
  await other.close();
  network.mend();
  await expectAllSent(page);
  expect(await checkIns(server, "tabs")).toEqual(said.sort());
});

test("what one tab keeps the other shows", async ({ page, context, server, cut, mend }) => {
  await start(page, server, "both");
  const other = await context.newPage();
  await other.goto("/tree");
  await other.locator(".connection.live").waitFor();
  await cut();
  await checkIn(page, "3");
  await expect(waiting(other)).toContainText("1 waiting");
  await expect(other.getByRole("link", { name: "Check in 1 due" })).toBeVisible();
  await mend();
  await expectAllSent(other);
  await expectAllSent(page);
  expect(await checkIns(server, "both")).toEqual(["both-pier-1=3"]);
});
