// The command box offers what could come next, as the grammar has it, and stays a box that one can type in.
import assert from "node:assert/strict";
import { eventually, harborTest } from "./harbor.mjs";

const offered = (page) => page.getByRole("listbox", { name: "What could come next" }).getByRole("option").allInnerTexts();
const offers = (page, words) => eventually(async () => assert.deepEqual(await offered(page), words));
const holds = (harbor, line) => eventually(async () => assert.equal(await harbor.commandBox.inputValue(), line));

harborTest("a line is put together from what is offered", async ({ harbor, page }) => {
  const box = harbor.commandBox;
  await box.focus();
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  await page.keyboard.type("cr");
  await offers(page, ["crash"]);
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await eventually(async () => {
    const list = await page.getByRole("listbox", { name: "What could come next" }).boundingBox();
    const bar = await harbor.region("Time").boundingBox();
    assert.ok(list.y + list.height <= bar.y, "what is offered is not behind the bar");
  });
  // A word that was begun is completed by Tab; then the next one is offered.
  await page.keyboard.press("Tab");
  await holds(harbor, "crash ");
  await offers(page, ["md-db-4", "md-db-2", "sg-db-1"]);
  // The arrows go round, and say where they are.
  for (const [key, place] of [["ArrowDown", 0], ["ArrowDown", 1], ["ArrowDown", 2], ["ArrowDown", 0], ["ArrowDown", 1]]) {
    await page.keyboard.press(key);
    await eventually(async () => {
      const marked = await box.getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`#${marked}`).getAttribute("aria-selected"), "true");
      assert.equal(await page.locator("[role=option]").nth(place).getAttribute("aria-selected"), "true");
    });
  }
  await page.keyboard.press("Enter");
  await holds(harbor, "crash md-db-2 ");
  assert.match(await harbor.nodeSays("md-db-2"), /follower/, "what is taken is not done yet");
  await offers(page, []);
  await page.keyboard.press("Enter");
  await eventually(async () => assert.match(await harbor.nodeSays("md-db-2"), /^md-db-2, down/));
  await holds(harbor, "");
});

harborTest("what is offered can be taken by pointer, closed, and left alone", async ({ harbor, page }) => {
  const box = harbor.commandBox;
  await box.focus();
  await page.keyboard.type("set ack=sync");
  await offers(page, ["sync-received", "sync-quorum", "sync-applied"]);
  await page.getByRole("option", { name: "sync-applied" }).click();
  await holds(harbor, "set ack=sync-applied ");
  await eventually(async () => assert.ok(await box.evaluate((element) => element === document.activeElement)));
  await page.keyboard.press("Enter");
  await eventually(async () => assert.match(await harbor.head(), /sync-applied/));

  await page.keyboard.type("heal");
  await offers(page, []);
  await page.keyboard.press("Enter");
  await holds(harbor, "");
  // Escape closes the list and nothing else; the down arrow opens it again, or at an empty line.
  await page.keyboard.type("promote ");
  await offers(page, ["md-db-4", "md-db-2", "sg-db-1"]);
  await page.keyboard.press("Escape");
  await offers(page, []);
  await holds(harbor, "promote ");
  await page.keyboard.press("ArrowDown");
  await offers(page, ["md-db-4", "md-db-2", "sg-db-1"]);
  // Earlier lines come back while nothing is marked, and then nothing is offered.
  await page.keyboard.press("ArrowUp");
  await holds(harbor, "heal");
  await offers(page, []);
  // Without a word begun, Tab goes on: the box holds nobody.
  await box.fill("promote ");
  await offers(page, ["md-db-4", "md-db-2", "sg-db-1"]);
  await page.keyboard.press("Tab");
  await eventually(async () => assert.equal(await box.evaluate((element) => element === document.activeElement), false));
  await holds(harbor, "promote ");
  assert.equal(await page.getByRole("listbox").isVisible(), false);
});

harborTest("names made in this run are offered", async ({ harbor, page }) => {
  await harbor.commands("reserve C14 for 5521", "read C14 for 5521");
  await harbor.commandBox.fill("retry ");
  await offers(page, ["r1"]);
  await harbor.commandBox.fill("expect q");
  await offers(page, ["q1"]);
  await harbor.commandBox.fill("crush ");
  await offers(page, []);
});
