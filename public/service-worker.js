// Lets Trellis open without a network: it keeps two pages, the workspace as it was last fetched, and the files that
// these pages need. The network comes first wherever there is one. What people do is not its business: that is kept and
// sent by the pages.
"use strict";

// Of the format of what is kept, not of Trellis: a new version of Trellis goes on with what an old one kept.
const FORMAT = 1;
const PAGES = `trellis-pages-${FORMAT}`;
const FILES = `trellis-files-${FORMAT}`;

// The pages that open without a network. Any other address leads to one of them, since a page must fit its address.
const DOCUMENTS = ["/check-in", "/tree"];
const SNAPSHOT = "/api/snapshot";
const FURNITURE = ["/favicon.svg", "/manifest.webmanifest", "/icon-192.png"];

// How long the network may take to begin an answer, in milliseconds, where there is something to fall back on.
const PATIENCE = 8000;

const NOTHING = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>No network – Trellis</title><h1>There is no network</h1>
<p>This page was not kept on this device. Nothing is lost: what you typed is sent when the network is back.</p>
<p><a href="">Try again</a></p></html>`;

// Counts what was forgotten, so that what was asked for before that is not kept after it.
let forgotten = 0;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll());
  if (event.data === "forget") event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname.startsWith("/sign-out")) event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(openPage(event, url));
  else if (url.pathname === SNAPSHOT && url.search === "") event.respondWith(fetchSnapshot(event));
  else if (isFile(url.pathname)) event.respondWith(fetchFile(event, url.pathname));
});

function isFile(path) {
  return path.startsWith("/pkg/") || FURNITURE.includes(path);
}

// What was answered to whoever is signed in, and to nobody else.
function isGood(response) {
  return response.status === 200 && response.type === "basic" && !response.redirected;
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== PAGES && name !== FILES).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Another person must not see what was kept for this one.
async function forget() {
  forgotten += 1;
  await caches.delete(PAGES);
}

async function openPage(event, url) {
  const before = forgotten;
  const answer = ask(event.request);
  const kept = await keptPage(url);
  try {
    const response = await inTime(answer, kept);
    if (url.pathname === "/sign-in") await forget();
    else if (url.search === "" && DOCUMENTS.includes(url.pathname) && isGood(response)) {
      event.waitUntil(keepPage(url.pathname, response.clone(), before));
    }
    return response;
  } catch {
    return kept ?? new Response(NOTHING, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }
}

// The page itself, or the way to one that is kept.
async function keptPage(url) {
  const pages = await caches.open(PAGES);
  const own = url.search === "" ? await pages.match(url.pathname, { ignoreVary: true }) : undefined;
  if (own) return asKept(own);
  for (const path of [url.pathname, ...DOCUMENTS]) {
    if (await pages.match(path, { ignoreVary: true })) return Response.redirect(path, 302);
  }
  return undefined;
}

// Tells the page that it is of an earlier time: what is due was so then.
async function asKept(page) {
  const headers = new Headers(page.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response((await page.text()).replace("<html ", "<html data-kept "), { headers });
}

async function fetchSnapshot(event) {
  const before = forgotten;
  const answer = ask(event.request);
  const pages = await caches.open(PAGES);
  const kept = await pages.match(SNAPSHOT, { ignoreVary: true });
  try {
    const response = await inTime(answer, kept);
    if (response.status === 401) await forget();
    else if (isGood(response) && before === forgotten) event.waitUntil(pages.put(SNAPSHOT, response.clone()));
    return response;
  } catch {
    if (!kept) return Response.error();
    // The page must know: the date of such an answer is not the time.
    return new Response(kept.body, { headers: { "content-type": "application/octet-stream", "x-trellis-kept": "yes" } });
  }
}

// What has the hash of its content in its name never changes; of anything else, the network has the newest.
async function fetchFile(event, path) {
  const files = await caches.open(FILES);
  const kept = await files.match(path, { ignoreVary: true });
  if (kept?.headers.get("cache-control")?.includes("immutable")) return kept;
  try {
    const response = await inTime(fetch(event.request), kept);
    if (isGood(response)) event.waitUntil(files.put(path, response.clone()));
    return response;
  } catch {
    return kept ?? Response.error();
  }
}

// Keeps a page together with the files that it names, so that both are of one version.
async function keepPage(path, response, before) {
  const names = namesOf(await response.clone().text());
  const files = await caches.open(FILES);
  for (const name of [...names, ...FURNITURE]) {
    if (!(await files.match(name, { ignoreVary: true }))) await files.add(name);
  }
  if (before !== forgotten) return;
  const pages = await caches.open(PAGES);
  await pages.put(path, response);
  await tidy(pages, files);
}

function namesOf(text) {
  return new Set(text.match(/\/pkg\/[\w.-]+/g));
}

// Throws away files that no page names any more.
async function tidy(pages, files) {
  const wanted = new Set(FURNITURE);
  for (const path of DOCUMENTS) {
    const page = await pages.match(path, { ignoreVary: true });
    for (const name of namesOf((await page?.text()) ?? "")) wanted.add(name);
  }
  for (const request of await files.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await files.delete(request);
  }
}

// Keeps what is not kept yet, such as after the first visit, which came without this worker.
async function keepAll() {
  const before = forgotten;
  const pages = await caches.open(PAGES);
  for (const path of DOCUMENTS) {
    if (await pages.match(path, { ignoreVary: true })) continue;
    const response = await fetch(path, { headers: { accept: "text/html" } });
    if (isGood(response)) await keepPage(path, response, before);
  }
  if (await pages.match(SNAPSHOT, { ignoreVary: true })) return;
  const response = await fetch(SNAPSHOT);
  if (isGood(response) && before === forgotten) await pages.put(SNAPSHOT, response);
}

// Asks the network; whoever waits for the answer hears of a failure.
function ask(request) {
  const answer = fetch(request);
  answer.catch(() => {});
  return answer;
}

// The answer of the network, which must begin soon where there is something else.
function inTime(answer, other) {
  if (!other) return answer;
  const tooLong = new Promise((_, fail) => setTimeout(() => fail(new Error("too long")), PATIENCE));
  return Promise.race([answer, tooLong]);
}
