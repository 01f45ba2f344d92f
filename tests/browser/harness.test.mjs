// The harness itself: a check that cannot fail is no check. Each of these pages has one fault.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { start } from "./harness.mjs";

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">`;
const PAGES = [
  ["a console message", `<script>console.info("hello")</script>`, /console info: hello/],
  ["an uncaught error", `<script>throw new Error("boom")</script>`, /uncaught: boom/],
  ["an inline style against the policy", `${POLICY}<p style="color: red">red</p>`, /Content Security Policy/],
  ["a missing file", `<img src="absent.png" alt="">`, /404: .*absent\.png/],
  ["an absolute address", `<img src="/icon.svg" alt="">`, /another place: .*\/icon\.svg/],
  ["a request to another port", `<img src="http://127.0.0.1:9/icon.svg" alt="">`, /another place: .*:9\/icon\.svg/],
];

test("every fault of a page is noticed", async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), "harbor-point-"));
  const { visit, stop } = await start({ folder });
  try {
    for (const [name, html, expected] of PAGES) {
      await context.test(name, async () => {
        writeFileSync(path.join(folder, "index.html"), `<!DOCTYPE html><link rel="icon" href="data:,">${html}`);
        const { faults } = await visit();
        assert.match(faults.join("\n"), expected);
      });
    }
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
});
