// A program that ends at once leaves a page that says so, and a way on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ready, start } from "./harness.mjs";
import { Harbor, eventually } from "./harbor.mjs";

/** A module of one function, which is called at once and traps. */
const TRAP = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11];

// A trap is a fault to every other test; so this one opens a browser of its own.
test("after a trap the run comes back with one click, or a new one begins", async () => {
  const { visit, stop } = await start();
  try {
    const { page } = await visit();
    const harbor = new Harbor(page);
    await harbor.commands("reserve C14 for 5521", "run 50ms");
    await eventually(() => assert.match(page.url(), /C14/));
    const trap = () => page.evaluate((bytes) => {
      setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))));
    }, TRAP);

    const before = page.url();
    await harbor.play.click();
    await eventually(() => assert.notEqual(page.url(), before, "the address follows while time runs"));
    await trap();
    const alert = page.getByRole("alert").filter({ hasText: "The page has stopped" });
    await alert.getByText("unreachable").waitFor();
    await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.textContent), "Open it again"));
    assert.equal(await alert.locator("pre").innerText(), "reserve C14 for 5521 as r1");
    const [download] = await Promise.all([page.waitForEvent("download"), alert.getByRole("button", { name: "Save the script" }).click()]);
    assert.equal(readFileSync(await download.path(), "utf8"), "reserve C14 for 5521 as r1");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await alert.waitFor({ state: "detached" });
    await ready(page);
    await eventually(async () => assert.match(await harbor.promise(), /kept$/));

    await trap();
    await alert.getByRole("button", { name: "Begin a new run" }).click();
    await ready(page);
    await eventually(async () => assert.deepEqual(await harbor.promises(), []));
    // It stays so, and what was left is still there.
    await page.reload();
    await ready(page);
    await eventually(async () => assert.deepEqual(await harbor.promises(), []));
    await harbor.region("Runs").getByRole("button", { name: /^1 reserve C14/ }).click();
    await eventually(async () => assert.match(await harbor.promise(), /kept$/));
  } finally {
    await stop();
  }
});
