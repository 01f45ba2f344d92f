// The page in the words of other systems, and back.
import assert from "node:assert/strict";
import { ready } from "./harness.mjs";
import { eventually, harborTest } from "./harbor.mjs";

/** Chooses whose words the page speaks, by keys alone, and closes the choice. */
async function speak(harbor, name) {
  await harbor.button("Words: Raft, PostgreSQL or MongoDB").press("Enter");
  await harbor.dialog.getByRole("radio", { name }).press("Space");
  await harbor.page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
}

harborTest("the whole page speaks another system's words, and what is written stays", async ({ harbor, page }) => {
  await harbor.commands("set ack=leader-fsync", "reserve C14 for 5521", "run 20ms");
  for (const [name, leads, written, promise] of [
    ["PostgreSQL", "primary md-db-4 timeline 27", "written", "md-db-4, the primary of timeline 27, holds 27:981244."],
    ["MongoDB", "primary md-db-4 term 27", "written", "md-db-4, the primary of term 27, holds 27:981244."],
    ["Raft", "leader md-db-4 term 27", "appended", "md-db-4, the leader of term 27, holds 27:981244."],
  ]) {
    await speak(harbor, name);
    await eventually(async () => assert.ok((await harbor.head()).startsWith(leads), await harbor.head()));
    await page.getByRole("list", { name: "What the marks mean" }).getByText(`${written} (memory)`).waitFor();
    await harbor.region("Promises").getByText(promise).waitFor();
    await harbor.node("md-db-4").and(page.locator(`[aria-label*="${written} 981244"]`)).waitFor();
    assert.match(await page.locator("pre").innerText(), /set ack=leader-fsync/);
    await harbor.region("201 Created means").getByRole("radio", { name: /^leader-fsync/ }).waitFor();
  }
});

harborTest("the words are remembered, and their false friends are named", async ({ harbor, page }) => {
  await speak(harbor, "MongoDB");
  await page.reload();
  await ready(page);
  await eventually(async () => assert.match(await harbor.head(), /^primary /));
  await harbor.button("Words: Raft, PostgreSQL or MongoDB").click();
  await harbor.dialog.getByText("lastApplied may pass the commit point").waitFor();
  await harbor.dialog.getByRole("cell", { name: "oplog entry" }).waitFor();
});

harborTest("what was remembered wrongly changes nothing", async ({ harbor, page }) => {
  await page.evaluate(() => localStorage.setItem("harbor-point-words", "Paxos"));
  await page.reload();
  await ready(page);
  await eventually(async () => assert.match(await harbor.head(), /^leader /));
});
