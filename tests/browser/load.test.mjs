// Customers by the hundred: they are let in from the page, counted rather than listed, and what was measured is drawn
// and told.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";

const figures = async (panel, title) =>
  plain(await panel.getByRole("figure").filter({ hasText: title }).locator("figcaption").innerText());

harborTest("a burst is measured, and its customers are counted", async ({ harbor, page }) => {
  const panel = await harbor.unfold("Load");
  assert.equal(await panel.getByRole("figure").count(), 0, "nothing was measured yet");
  await harbor.button("Let them come", panel).click();
  await eventually(async () => assert.equal(await harbor.script(), "burst 200/s for 2s"));
  await harbor.command("run 1s");
  await panel.getByText(/^Nothing is at its limit: \d+ customers came in a second, \d+ heard 201; half of the 201s came within \d+ ms\.$/).waitFor();
  assert.match(await figures(panel, "Customers a second"), /^Customers a second came \d+ heard 201 \d+ heard 503 0$/);
  assert.match(await figures(panel, "How long a 201 takes"), /half, within 1\d ms 99 %, within \d+ ms$/);
  assert.match(await figures(panel, "Lag behind the leader"), /sg-db-1 1\d\d ms/);
  assert.match(await figures(panel, "Processor busy"), /md-db-4 0 %/);
  assert.match(await figures(panel, "One disk write takes"), /md-db-4 2 ms/);
  assert.match(await figures(panel, "Entries together"), /in a message 1/);
  // A series is drawn across the whole width of its axes.
  const lines = await panel.getByRole("figure").first().locator("path.chart-line[d*=V]").count();
  assert.ok(lines >= 2, "what came and what was answered are steps");

  // Of two hundred customers a few are listed, all are counted.
  const crowd = harbor.region("Promises").getByRole("list", { name: "All customers together" });
  await eventually(async () => assert.match(plain(await crowd.innerText()), /^\d{3} asked( \d+ wait)? \d{3} promises kept$/));
  assert.equal(await harbor.region("Promises").locator(".receipt").count(), 3);
  // Nor does each message on its way say its name.
  assert.ok(await page.locator(".token").count() < 100);
  assert.ok(await page.locator(".token-name").count() < 20);
  assert.match((await page.locator(".token-name").allTextContents()).join(), /\d\d appends/);
});

harborTest("too many for the leader: its processor is the bottleneck, and the settings relieve it", async ({ harbor }) => {
  const panel = await harbor.unfold("Load");
  await harbor.button("Too many for the leader", panel).click();
  await harbor.command("run 1s");
  await panel.getByText(/^The bottleneck is md-db-4's processor: it worked 100 % of the time/).waitFor();
  const choice = (name) => panel.getByRole("combobox", { name });
  assert.equal(await choice("entries in a message, at most").inputValue(), "1");
  assert.equal(await choice("work on an entry or a message").inputValue(), "40us");
  for (const [name, value, line] of [
    ["entries in a message, at most", "64", "set batch=64"],
    ["uncommitted entries, then 503", "100", "set bound=100"],
    ["holds back at a follower’s lag of", "2s", "set throttle=2s"],
    ["work on an entry or a message", "0ms", "cpu sg-db-1 entry=0ms message=0ms"],
  ]) {
    await choice(name).selectOption(value);
    await eventually(async () => assert.equal((await harbor.script()).split("\n").at(-1), line));
  }
  await harbor.command("run 900ms");
  await panel.getByText(/^Nothing is at its limit/).waitFor();
});

harborTest("a promise lost in a crowd is counted and shown", async ({ harbor }) => {
  await harbor.commands("set ack=leader-fsync", "burst 200/s for 600ms", "run 400ms", "cut md-db-4 sg-db-1", "run 100ms");
  await harbor.commands("crash md-db-4", "promote sg-db-1 force", "run 2s");
  const crowd = harbor.region("Promises").getByRole("list", { name: "All customers together" });
  await eventually(async () => assert.match(plain(await crowd.innerText()), /\d+ promises lost/));
  await harbor.region("Promises").getByText("lost", { exact: true }).first().waitFor();
});
