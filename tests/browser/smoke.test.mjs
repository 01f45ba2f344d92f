// The page opens, from any folder, in any theme, and stays within its weight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageTest, pictures, start } from "./harness.mjs";

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

// What the page loads is changed underway, which no visit of another test does; so these faults are the test's own.
for (const [name, change, told] of [
  ["is missing", { status: 404, body: "" }, /its module is missing: 404/],
  ["was cut short", { body: (whole) => whole.subarray(0, whole.length / 2) }, /could not start/],
]) {
  test(`a module that ${name} is told, with a way on`, async () => {
    const { visit, stop } = await start();
    try {
      const { page } = await visit();
      await page.route("**/*_bg.wasm.lzma", async (route) => {
        const answer = await route.fetch();
        const { status = 200, body } = change;
        await route.fulfill({ status, body: body instanceof Function ? body(await answer.body()) : body });
      });
      await page.reload();
      await page.getByRole("status").filter({ hasText: told }).filter({ hasText: "reload to try again" }).waitFor();
    } finally {
      await stop();
    }
  });
}

test("what comes later and does not come is told, and asked for anew", async () => {
  const { visit, stop } = await start();
  try {
    const { page } = await visit();
    const later = "**/*_later.wasm.lzma";
    await page.route(later, (route) => route.fulfill({ status: 404, body: "" }));
    const keys = page.getByRole("button", { name: "Keys" });
    await keys.click();
    await page.getByRole("status").filter({ hasText: "could not be fetched" }).waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.unroute(later);
    await keys.click();
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
  } finally {
    await stop();
  }
});
