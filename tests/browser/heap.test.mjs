// A page that is left to run does not grow.
import assert from "node:assert/strict";
import { kept, seconds, watchMemory } from "../../benches/gauge.mjs";
import { harborTest } from "./harbor.mjs";
import { ready } from "./harness.mjs";

harborTest("a minute at 1× leaves the heap as large as it was", async ({ harbor, page }) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  await watchMemory(page);
  await ready(page);
  await harbor.command("burst 8/s for 600s");
  await page.getByLabel("Speed").selectOption("1×");
  await harbor.play.click();
  await seconds(5);
  const before = await kept(page, cdp);
  await seconds(60);
  const after = await kept(page, cdp);
  const [began, ended] = [before, after].map((it) => `${it.script.toFixed(2)} MB of script, ${it.module.toFixed(2)} MB of module`);
  console.log(`${began}; a minute later ${ended}`);
  assert.ok(after.script <= before.script * 1.1, "script's heap");
});
