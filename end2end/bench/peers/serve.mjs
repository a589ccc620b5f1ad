// Serves the peers' pages: `node serve.mjs DATA`. Everything is compressed once, before it is asked for.
//
// The headers are those that Trellis sends: hashed names for good, pages and data not at all.

import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** @type {Record<string, string>} */
const TYPES = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json" };
/** Files of the build are compressed as well as can be; data as a server does that makes it anew for each request. */
const QUALITY = { file: 11, data: 5 };

const dist = join(import.meta.dirname, "dist");
const data = process.argv[2];
if (!data) throw new Error("usage: node serve.mjs DATA");

/** @type {Map<string, { body: Buffer, headers: Record<string, string | number> }>} */
const answers = new Map([["/tree.json", answer(data, QUALITY.data, "no-store")]]);
for (const page of ["tanstack", "arborist"]) answers.set(`/${page}`, answer(join(dist, `${page}.html`), QUALITY.file, "no-store"));
for (const file of readdirSync(join(dist, "assets"))) {
  answers.set(`/assets/${file}`, answer(join(dist, "assets", file), QUALITY.file, "public, max-age=31536000, immutable"));
}

/** @param {string} file @param {number} quality @param {string} caching */
function answer(file, quality, caching) {
  const body = brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  const headers = {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Content-Encoding": "br",
    "Content-Length": body.length,
    "Cache-Control": caching,
  };
  return { body, headers };
}

const server = createServer((request, response) => {
  const found = answers.get(new URL(request.url ?? "/", "http://localhost").pathname);
  if (found) response.writeHead(200, found.headers).end(found.body);
  else response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`The peers are at http://127.0.0.1:${port}`);
});
