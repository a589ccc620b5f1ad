import { expect, open, test } from "../fixtures.ts";
import { lostConnection } from "../network.ts";

test("a stranger is asked to sign in", async ({ page, expectAccessible }) => {
  await open(page, "/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page).toHaveTitle("Sign in – Trellis");
  await expectAccessible();
});

test.describe("an unknown address", () => {
  test.use({ expectedMessages: /status of 404/ });

  test("says so to whoever is signed in", async ({ page, expectAccessible }) => {
    await open(page, "/sign-in");
    await page.getByRole("form", { name: "People of the example company" }).getByRole("button").first().click();
    await page.waitForURL((address) => address.pathname !== "/sign-in");
    const response = await page.goto("/nowhere");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading")).toHaveText("Nothing is here");
    await expectAccessible();
  });
});

test.describe("a server that is killed", () => {
  test.use({ expectedMessages: lostConnection });

  test("comes back where it was", async ({ page, server }) => {
    await open(page, "/sign-in");
    await server.stop("SIGKILL");
    await expect(page.request.get("/healthz")).rejects.toThrow();
    await server.start();
    await page.reload();
    await expect(page).toHaveTitle("Sign in – Trellis");
  });
});
