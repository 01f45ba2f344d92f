// Drawing anew touches only what changed.
import assert from "node:assert/strict";
import { changes, sum } from "./changes.mjs";
import { eventually, harborTest } from "./harbor.mjs";

harborTest("a step changes only the parts that it is about", async ({ harbor, page }) => {
  await harbor.reserve.click();
  await harbor.stepUntil("md-db-2 | appended 27:981244");
  await harbor.region("Timeline").locator(".sheet").waitFor();
  const before = await harbor.clock();
  // The leader's disk is done: a node, its entry, its follower's lag, and what tells of it.
  const counts = await changes(page, async () => {
    await harbor.button("Step").click();
    await eventually(async () => assert.notEqual(await harbor.clock(), before));
  });
  console.log(`${sum(counts)} changes: ${JSON.stringify(counts)}`);
  assert.match((await harbor.transcript()).at(-1), /^md-db-4 \| durable through 27:981244/);
  for (const part of ["stage", "grid-panel", "transcript", "now"]) assert.ok(counts[part] > 0, part);
  for (const part of ["head", "reserve", "violations", "rule", "switches", "script-panel", "runs"]) {
    assert.equal(counts[part], undefined, part);
  }
  assert.ok(counts["grid-panel"] <= 12, "of the log, one entry");
  assert.ok(sum(counts) <= 120, `${sum(counts)} changes`);
});

harborTest("while only time moves, only what shows it changes", async ({ harbor, page }) => {
  await harbor.reserve.click();
  await harbor.stepUntil("md-db-4 | appended 27:981244");
  await page.getByLabel("Speed").selectOption("1/1000");
  await harbor.play.click();
  await harbor.button("Pause").waitFor();
  const [step, millis] = [/step \d+/, 400];
  const before = step.exec(await harbor.clock())[0];
  const counts = await changes(page, () => page.waitForTimeout(millis));
  console.log(`${sum(counts)} changes in ${millis} ms: ${JSON.stringify(counts)}`);
  assert.equal(step.exec(await harbor.clock())[0], before, "nothing happened meanwhile");
  // The clock, the scrubbers, the tokens, and since when a follower lags.
  const moves = ["transport", "timeline", "stage", "progress"];
  assert.deepEqual(Object.keys(counts).filter((part) => !moves.includes(part)), []);
  assert.ok(counts.transport > 0);
});

harborTest("an entry more draws its neighbours in the log, and not all of them", async ({ harbor, page }) => {
  await harbor.commands("burst 50/s for 2s", "run 4s", "reserve C14 for 5521 as r1");
  await eventually(async () => assert.match(await harbor.script(), /r1$/));
  assert.ok(await page.locator(".grid-index").count() > 60, "the log is long");
  const counts = await changes(page, async () => {
    await harbor.command("run until r1 201");
    await eventually(async () => assert.ok((await harbor.promises()).some((receipt) => /^201 r1 .* kept$/.test(receipt))));
  });
  console.log(`${sum(counts)} changes: ${JSON.stringify(counts)}`);
  assert.ok(counts["grid-panel"] > 0);
  assert.ok(counts["grid-panel"] <= 200, `${counts["grid-panel"]} changes in a log of hundreds of entries`);
});

harborTest("while time races, what takes long is drawn by turns", async ({ harbor, page }) => {
  await harbor.commands("link md-db-4 sg-db-1 latency=1s", "burst 75/s for 600s", "run 2s");
  await page.getByLabel("Speed").selectOption("1×");
  await harbor.play.click();
  await harbor.button("Pause").waitFor();
  await page.waitForTimeout(500);
  // Each time that the page is drawn, the parts in which anything comes or goes.
  const drawn = await page.evaluate(() => new Promise((resolve) => {
    const all = [];
    const slow = ["grid-panel", "promises", "transcript"];
    const observer = new MutationObserver((records) => {
      const parts = records.filter(({ type }) => type === "childList").flatMap(({ target }) =>
        slow.filter((name) => target.closest?.(`.${name}`)));
      if (parts.length > 0) all.push([...new Set(parts)].join(" and "));
      if (all.length < 12) return;
      observer.disconnect();
      resolve(all);
    });
    observer.observe(document.body, { subtree: true, childList: true });
  }));
  console.log(drawn.join(", "));
  assert.deepEqual([...new Set(drawn)].sort(), ["grid-panel", "promises", "transcript"], "never two at once, and all of them");
  const columns = await page.locator(".grid-index").count();
  await harbor.button("Pause").click();
  await eventually(async () => assert.ok(await page.locator(".grid-index").count() > columns + 20, "all of it is there when time stands"));
});
