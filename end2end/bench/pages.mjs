// The pages that are measured, and how each is served and used. They differ in nothing else.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { start } from "./child.mjs";

/**
 * @typedef {import("@playwright/test").Locator} Locator
 *
 * @typedef {object} Subject a page that is measured
 * @property {string} name
 * @property {string} url of the tree with all of its nodes expanded
 * @property {{ name: string, value: string, url: string }[]} cookies that let somebody in
 * @property {string} rows selects the rows that exist
 * @property {string} scroller selects what scrolls
 * @property {string} ready selects what is there once the page answers
 * @property {(row: Locator) => Promise<void>} focus gives the focus to a row
 * @property {(row: Locator) => Promise<void>} edit begins to edit the value of a row
 *
 * @typedef {{ subjects: Subject[], stop: () => Promise<void> }} Served
 * @typedef {ReturnType<typeof import("../large.js").largeTable>} Table
 */

const EMAIL = "ada@harbour.example";
/** Whoever looks, and owns the first objective. */
const VIEWER = "Ada Holm";

/** Who owns what there is. */
export const OWNERS = [
  VIEWER, "Ben Okafor", "Cleo Marsh", "Dirk Vos", "Elin Sand", "Femi Bello", "Grete Lunde", "Hugo Prado", "Iris Kato", "Jan Novak",
  "Kaya Demir", "Liam Byrne", "Mira Shah", "Nils Aho", "Olga Petrova", "Pia Rossi", "Quentin Roy", "Rosa Cruz", "Sven Dahl", "Tara Singh",
];

/** Serves Trellis with a workspace of its own. @param {string} binary @param {Table} table @returns {Promise<Served>} */
export async function trellis(binary, table) {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const database = ["--database", `sqlite:${join(folder, "trellis.db")}`];
  const run = (/** @type {string[]} */ ...words) => execFileSync(binary, [...words, ...database], { encoding: "utf8" });
  const link = /\/set-up\/\S+/.exec(run("user", "add", VIEWER, EMAIL, "--role", "admin"))?.[0] ?? "";
  const file = join(folder, "table.csv");
  writeFileSync(file, table.csv);
  run("import", file);
  const { url, stop } = await start(binary, ["serve", ...database, "--listen", "127.0.0.1:0"]);
  /** @type {Subject} */
  const subject = {
    name: "Trellis",
    url: `${url}/tree?open=all`,
    cookies: [{ ...(await choosePassword(url + link)), url }],
    rows: '[role="row"][aria-level]',
    scroller: "html",
    ready: "html[data-hydrated]",
    focus: (row) => row.focus(),
    edit: async (row) => {
      await row.focus();
      await row.press("Enter");
    },
  };
  return {
    subjects: [subject],
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} link @returns {Promise<{ name: string, value: string }>} the cookie that it gives */
async function choosePassword(link) {
  const body = new URLSearchParams({ password: "correct horse battery staple" });
  const answer = await fetch(link, { method: "POST", body, redirect: "manual" });
  const [name, value] = answer.headers.getSetCookie()[0]?.split(";")[0]?.split("=") ?? [];
  if (!name || !value) throw new Error(`${link} let nobody in: ${answer.status}`);
  return { name, value };
}

const peersFolder = join(import.meta.dirname, "peers");

/** Installs what the peers are made of, unless just that is installed, and builds them for production. */
export function buildPeers() {
  const modified = (/** @type {string} */ file) => statSync(join(peersFolder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const npm = (/** @type {string[]} */ ...words) => execFileSync("npm", words, { cwd: peersFolder, stdio: "inherit" });
  if (modified("node_modules/.package-lock.json") < modified("package-lock.json")) npm("ci");
  npm("run", "build");
}

/** Serves the peers with the same nodes. @param {Table} table @returns {Promise<Served>} */
export async function peers(table) {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const file = join(folder, "tree.json");
  const now = new Date();
  const year = now.getUTCFullYear();
  const cycle = { first: `${year}-01-01`, last: `${year}-12-31` };
  writeFileSync(file, JSON.stringify({ today: now.toISOString().slice(0, 10), cycle, rows: table.rows }));
  const { url, stop } = await start(process.execPath, [join(peersFolder, "serve.mjs"), file]);
  const common = { cookies: [], edit: (/** @type {Locator} */ row) => row.locator("button.current").click() };
  /** @type {Subject[]} */
  const subjects = [
    {
      ...common,
      name: "TanStack",
      url: `${url}/tanstack`,
      rows: '[role="row"][aria-level]',
      scroller: "html",
      ready: '[role="row"][aria-level]',
      focus: (row) => row.focus(),
    },
    {
      ...common,
      name: "Arborist",
      url: `${url}/arborist`,
      rows: '[role="treeitem"]',
      scroller: ".scroller",
      ready: '[role="treeitem"]',
      // It keeps a focus of its own, which follows a click and not the browser's focus.
      focus: (row) => row.locator(".pace").click(),
    },
  ];
  return {
    subjects,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
