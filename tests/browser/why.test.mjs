// Every "why" on the page is answered by the core, with a chain whose events lead to their moments.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";

const FORCED = ["cut md-db-4 sg-db-1", "cut md-db-2 sg-db-1", "reserve C14 for 5521", "run until r1 201", "crash md-db-4",
  "promote sg-db-1 force", "run until leader sg-db-1", "heal", "restart md-db-4", "run until rolled-back 1", "run 20ms"];

/** The answer that is shown: what is asked, what is said. */
async function answer(harbor) {
  const panel = harbor.region(/^Why\?/);
  await panel.waitFor();
  return plain(`${await panel.getByRole("heading", { level: 2 }).innerText()} | ${await panel.getByRole("paragraph").first().innerText()}`);
}

harborTest("a lost promise: why, and back to the crash", async ({ harbor, page }) => {
  await harbor.commands(...FORCED);
  await harbor.button("Why? r1").click();
  const said = "Why? r1 | md-db-4 promised 27:981244, but sg-db-1, the leader of term 28, does not hold it.";
  assert.equal(await answer(harbor), said);
  const end = await harbor.slider.getAttribute("aria-valuetext");
  const chain = page.getByRole("list", { name: "What led there" });
  const event = (words) => chain.getByRole("button").filter({ hasText: words });
  for (const words of ["request r1", "crash md-db-4", "promote sg-db-1 force", "promise r1 at 27:981244 is lost"]) {
    await event(words).first().waitFor();
  }
  await event("crash md-db-4").click();
  await eventually(async () => assert.equal(await event("crash md-db-4").getAttribute("aria-current"), "step"));
  assert.match(await harbor.head(), /leader nobody/);
  assert.equal(await answer(harbor), said, "the answer stays as it was given");
  await harbor.button("Ask again here").click();
  await eventually(async () => assert.match(await answer(harbor), /md-db-4, the leader of term 27, went down/));
  await harbor.button("Close the answer").click();
  await harbor.region(/^Why\?/).waitFor({ state: "detached" });
  await harbor.button("Why? r1").click();
  assert.match(await answer(harbor), /went down/);
  assert.notEqual(await harbor.slider.getAttribute("aria-valuetext"), end);
});

harborTest("an entry that waits, by keys alone, on a phone", { width: 390 }, async ({ harbor, page }) => {
  await harbor.commands("cut md-db-4 md-db-2", "reserve C14 for 5521", "run 100ms");
  await page.getByRole("button", { name: /^C14 t27 durable/ }).first().press("Enter");
  assert.equal(await answer(harbor),
    "Why? 27:981244 | 981244 is not committed: sync-quorum waits for word from md-db-2 that it is on disk.");
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), "why-title"));
  for (const key of ["Tab", "Enter"]) await page.keyboard.press(key);
  await harbor.region(/^Why\?/).waitFor({ state: "detached" });
  const back = () => page.evaluate(() => document.activeElement.getAttribute("title"));
  await eventually(async () => assert.match(await back(), /^27:981244: /));
  await page.keyboard.press("Enter");
  await harbor.region(/^Why\?/).waitFor();
  await page.keyboard.press("Escape");
  await harbor.region(/^Why\?/).waitFor({ state: "detached" });
  await eventually(async () => assert.match(await back(), /^27:981244: /, "focus is back where it was asked from"));
});

harborTest("a rolled back entry, a node that may not lead, and one that leads no more", async ({ harbor, page }) => {
  await harbor.commands(...FORCED);
  await page.getByRole("button", { name: /rolled back/ }).first().click();
  assert.match(await answer(harbor), /27:981244 was rolled back on md-db-4/);
  await harbor.choose("md-db-4", "Why does it lead no more?");
  await eventually(async () => assert.match(await answer(harbor), /^Why\? md-db-4 leads no more \|/));
  await harbor.choose("md-db-2", "Why is it safe to promote, or not?");
  await eventually(async () => assert.match(await answer(harbor), /^Why\? May md-db-2 lead\? \|/));
  await page.keyboard.press("Escape");
  await harbor.node("md-db-2").click();
  await harbor.dialog.getByRole("button", { name: "Why is it safe to promote, or not?" }).waitFor();
  assert.equal(await harbor.dialog.getByRole("button", { name: "Why does it lead no more?" }).count(), 0, "it never led");
  await page.keyboard.press("Escape");
  await harbor.commands("cut sg-db-1 md-db-2", "set ack=majority", "set retain=0", "reserve C15 for 5530", "run 1s", "reserve C16 for 5530", "run 1s",
    "heal", "run until md-db-2 needs snapshot");
  await harbor.choose("md-db-2", "Why does it need a snapshot?");
  await eventually(async () => assert.match(await answer(harbor), /^Why\? md-db-2 needs a snapshot \| /));
});
