import { expect, type Locator, type Page } from "@playwright/test";

/** The row of that title. */
export function row(page: Page, title: string): Locator {
  return page.locator(".rows").getByRole("row").filter({ has: page.getByRole("link", { name: title }) });
}

/** The cell of a row that tells its progress. */
export function progress(page: Page, title: string): Locator {
  return row(page, title).getByRole("gridcell").nth(1);
}

/** Fails unless the rows of these titles show that progress. */
export async function expectProgress(page: Page, shown: Record<string, string>): Promise<void> {
  for (const [title, percent] of Object.entries(shown)) await expect(progress(page, title)).toHaveText(percent);
}

/** The progress that a page shows of each of these titles. */
export async function progressOf(page: Page, titles: string[]): Promise<Record<string, string>> {
  const shown = titles.map(async (title) => [title, plain(await progress(page, title).innerText())] as const);
  return Object.fromEntries(await Promise.all(shown));
}

/** Begins to edit the value that a row shows. Returns the field. */
export async function edit(page: Page, title: string, value: string): Promise<Locator> {
  await row(page, title).getByRole("link", { name: value, exact: true }).click();
  return row(page, title).getByRole("textbox", { name: "Value" });
}

/** Text with plain spaces. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Opens the page of a node by the link in its row. */
export async function openNode(page: Page, title: string): Promise<void> {
  await row(page, title).getByRole("link", { name: title }).click();
  await asPage(page, title);
}

/** Waits until a node is shown, and makes it a page of its own where it is shown beside the tree. */
export async function asPage(page: Page, title: string): Promise<void> {
  const beside = page.getByRole("link", { name: "Open as a page" });
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading.filter({ hasText: new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }).or(beside).first()).toBeVisible();
  if (await beside.isVisible()) await beside.click();
  await expect(heading).toHaveText(title);
}
