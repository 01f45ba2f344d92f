// Serves the built page, gzipped as static hosts do: `make serve`, or `PORT=8081 node scripts/serve.mjs`.
// The browser tests use `serve` too, under a folder of their own, to prove that every address is relative.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml",
  ".wasm": "application/wasm", ".png": "image/png", ".woff2": "font/woff2",
};
const COMPRESSED_ALREADY = [".png", ".woff2"];

/**
 * Serves `folder` at `base` on the loopback address; port 0 is any free one. Resolves to the page's `address`, the
 * bodies `sent` so far (`{ file, bytes }`, bytes as on the wire), and `close`.
 */
export async function serve({ folder = "dist", port = 0, base = "/" } = {}) {
  const sent = [];
  const server = createServer(async (request, response) => {
    response.setHeader("Cache-Control", "no-cache");
    try {
      const { pathname } = new URL(request.url, "http://localhost");
      if (!pathname.startsWith(base)) throw new Error("outside the folder");
      const file = decodeURIComponent(pathname.slice(base.length)) || "index.html";
      const kind = path.extname(file);
      const content = await readFile(path.join(folder, path.normalize(`/${file}`)));
      const zipped = !COMPRESSED_ALREADY.includes(kind) && /\bgzip\b/.test(request.headers["accept-encoding"]);
      const body = zipped ? gzipSync(content) : content;
      if (zipped) response.setHeader("Content-Encoding", "gzip");
      response.setHeader("Content-Type", TYPES[kind] ?? "application/octet-stream");
      response.end(body);
      sent.push({ file, bytes: body.length });
    } catch {
      response.writeHead(404, { "Content-Type": TYPES[".txt"] }).end("Not found\n");
    }
  });
  await new Promise((listening, failed) => server.once("error", failed).listen(port, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${server.address().port}${base}`;
  const close = () => { server.close(); server.closeAllConnections(); };
  return { address, sent, close };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const port = process.env.PORT || 8080;
  try {
    const { address } = await serve({ port: Number(port) });
    console.log(`Harbor Point is at ${address} (stop with Ctrl-C)`);
  } catch (error) {
    const reason = error.code === "EADDRINUSE" ? "is in use" : "cannot be opened";
    console.error(`Port ${port} ${reason}: choose another one, for example make serve PORT=8090`);
    process.exit(1);
  }
}
