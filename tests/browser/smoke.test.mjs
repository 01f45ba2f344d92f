// The page opens, from any folder, in any theme, and stays within its weight.
import assert from "node:assert/strict";
import { pageTest, pictures } from "./harness.mjs";

const WIRE_BYTES_MAX = 200_000;

pageTest("the page opens", async ({ page }) => {
  await page.getByRole("heading", { level: 1, name: "Harbor Point" }).waitFor();
  assert.equal((await pictures(page, "start")).length, 6);
});

pageTest("a first visit loads at most 200 kB, gzipped", async ({ page, server }) => {
  // A headless browser asks for no icon.
  const icon = await page.locator("link[rel=icon]").getAttribute("href");
  await page.request.get(new URL(icon, server.address).href);
  const files = new Map(server.sent.map(({ file, bytes }) => [file, bytes]));
  const total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log([...files].map(([file, bytes]) => `${bytes} ${file}`).join("\n"));
  console.log(`wire size: ${(total / 1000).toFixed(1)} kB gzip of ${WIRE_BYTES_MAX / 1000} kB`);
  assert.ok(files.size >= 3, "document, script and module were loaded");
  assert.ok(total <= WIRE_BYTES_MAX, `${total} bytes`);
});
