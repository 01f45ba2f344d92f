// What can be broken, by what it hits, and how near a follower is wanted: every click leaves the line that does the same.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";

const lastLine = async (harbor) => (await harbor.script()).split("\n").at(-1);
const lineIs = (harbor, line) => eventually(async () => assert.equal(await lastLine(harbor), line));

harborTest("every fault is at hand, and leaves its line", async ({ harbor }) => {
  const panel = harbor.region("Break things");
  for (const [button, line] of [
    ["Pause md-db-2", "pause md-db-2"],
    ["Resume md-db-2", "resume md-db-2"],
    ["Lose disk of sg-db-1: it stops, and all that it had is gone", "lose-disk sg-db-1"],
    ["Restart sg-db-1", "restart sg-db-1"],
    ["Demote md-db-4: it stops leading", "demote md-db-4"],
    ["Crash md-db-2", "crash md-db-2"],
    ["Restart md-db-2", "restart md-db-2"],
    ["Cut the link md-db-4 to md-db-2", "cut md-db-4 md-db-2"],
    ["Heal the link md-db-4 to md-db-2", "heal md-db-4 md-db-2"],
    ["Cut →, md-db-4 to sg-db-1 only", "cut md-db-4 > sg-db-1"],
    ["Cut ←, sg-db-1 to md-db-4 only", "cut sg-db-1 > md-db-4"],
    ["Heal every cut", "heal"],
    ["Cut sg-db-1 off from every other node", "partition sg-db-1"],
    ["Cut md-db-4 off from the gateway", "cut gateway md-db-4"],
    ["Cut md-db-2 off from the control plane", "cut control md-db-2"],
  ]) {
    await harbor.button(button, panel).click();
    await lineIs(harbor, line);
  }
  // What is cut already cannot be cut again.
  assert.equal(await harbor.button("Already cut: md-db-4 off from the gateway", panel).getAttribute("aria-disabled"), "true");
  assert.equal(await harbor.button("Cut sg-db-1 off from every other node", panel).getAttribute("aria-disabled"), "true");
});

harborTest("a link made worse says so, and only what was changed is written", async ({ harbor, page }) => {
  const panel = harbor.region("Break things");
  await harbor.button("Quality … of the link md-db-4 to sg-db-1", panel).click();
  await harbor.dialog.getByLabel("lost").fill("2.5%");
  await harbor.dialog.getByLabel("bandwidth").fill("64kB/s");
  await harbor.button("Set", harbor.dialog).click();
  await lineIs(harbor, "link md-db-4 sg-db-1 loss=2.5% bandwidth=64kB/s");
  await harbor.dialog.getByLabel("latency, one way").fill("very long");
  await harbor.button("Set", harbor.dialog).click();
  await eventually(async () => assert.match((await harbor.alerts())[0], /link md-db-4 sg-db-1 latency=very long line 1, column 30/));
  await page.keyboard.press("Escape");
  await panel.getByText("110 ms, 2.5% lost, 64 kB/s").waitFor();
});

harborTest("a lag objective is set beside the lag, and tells since when it is broken", async ({ harbor }) => {
  const row = harbor.region("Follower progress").getByRole("row").filter({ hasText: /^sg-db-1/ });
  const objective = row.getByRole("combobox", { name: "lag objective of sg-db-1" });
  await objective.selectOption("50ms");
  await lineIs(harbor, "objective sg-db-1 lag=50ms");
  await row.getByText("met").waitFor();
  await harbor.commands("reserve C14 for 5521", "run 80ms");
  await row.getByText(/broken since 5\d\.\d+ ms/).waitFor();
  await harbor.command("run 1s");
  await row.getByText("met").waitFor();
  // A moment before it was set, it is not there.
  await harbor.button("To the start").click();
  await eventually(async () => assert.equal(await objective.inputValue(), "off"));
  await objective.selectOption("2s");
  await lineIs(harbor, "objective sg-db-1 lag=2s");
  await objective.selectOption("off");
  await lineIs(harbor, "objective sg-db-1 lag=off");
  assert.doesNotMatch(plain(await row.innerText()), /met|broken/);
  // An objective of the script's own is shown, though no choice names it.
  await harbor.command("objective sg-db-1 lag=123ms");
  await eventually(async () => assert.equal(await objective.inputValue(), "123ms"));
});
