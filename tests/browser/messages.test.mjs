// A message on its way can be opened, and dropped, delayed or doubled; whatever one points at lights up everywhere.
import assert from "node:assert/strict";
import { ready } from "./harness.mjs";
import { eventually, harborTest, plain } from "./harbor.mjs";

const list = (harbor) => harbor.page.getByRole("button", { name: /^Messages \d+$/ });
const token = (page, label) => page.locator(".token", { hasText: label }).locator("svg").first();
const lines = async (harbor, end) => (await harbor.transcript()).filter((line) => line.endsWith(end));

/** C14 is on its way to both followers. */
async function underWay(harbor) {
  await harbor.commands("reserve C14 for 5521 as r1", "run until md-db-4 appended 981244");
  await eventually(async () => assert.equal(plain(await list(harbor).innerText()), "Messages 2"));
}

harborTest("a token opens what it is and says, and can be dropped", async ({ harbor, page }) => {
  await underWay(harbor);
  await harbor.command("run 0.5ms");
  await token(page, "append 981244").click();
  const dialog = page.getByRole("dialog", { name: "append 981244" });
  const says = plain(await dialog.innerText());
  assert.match(says, /append md-db-4 → md-db-2\. .* append 981244 after 27:981243, commit index 981243 Sent at 6\.000 ms, due at 7\.0\d\d ms: in 5\d\d µs\./);
  await dialog.getByRole("button", { name: "Drop it: it never arrives" }).click();
  await dialog.waitFor({ state: "detached" });
  await eventually(async () => assert.equal((await lines(harbor, "drop append md-db-4 > md-db-2")).length, 1));
  assert.equal((await lines(harbor, "(it was dropped)")).length, 1);
  assert.equal(plain(await list(harbor).innerText()), "Messages 1");
  assert.match(await harbor.script(), /\ndrop append md-db-4 > md-db-2$/);

  await token(page, "append 981244").click();
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.ok(await list(harbor).evaluate((button) => button === document.activeElement), "focus is at the list of messages");
});

harborTest("by keys: the list of messages leads to each, and focus comes back", async ({ harbor, page }) => {
  await underWay(harbor);
  await list(harbor).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Messages on their way" }).getByRole("button", { name: /md-db-4 → sg-db-1/ }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "append 981244" });
  await dialog.getByRole("button", { name: "Delay it by 100 ms" }).focus();
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal((await lines(harbor, "delay append md-db-4 > sg-db-1 by 100ms")).length, 1));
  assert.ok(await list(harbor).evaluate((button) => button === document.activeElement), "focus is where it was");
  await harbor.command("run 150ms");
  assert.equal((await lines(harbor, "appended 27:981244 reserve C14 for 5521 from md-db-4")).length, 1, "not in Singapore yet");
  await harbor.command("run 100ms");
  await eventually(async () => assert.equal((await lines(harbor, "appended 27:981244 reserve C14 for 5521 from md-db-4")).length, 2));
});

harborTest("of several alike the one that was clicked is meant, and a link doubles it", async ({ harbor, page }) => {
  await underWay(harbor);
  await harbor.commands("reserve C16 for 5522 as r2", "run until md-db-4 appended 981245", "run 5ms");
  await list(harbor).click();
  await page.getByRole("button", { name: /^append 981245 md-db-4 → sg-db-1/ }).click();
  await page.getByRole("button", { name: "Duplicate it: it arrives twice" }).click();
  await eventually(async () => assert.equal((await lines(harbor, "duplicate append md-db-4 > sg-db-1 number=2")).length, 1));
  assert.equal((await lines(harbor, "doubled from md-db-4 to sg-db-1: append 981245 after 27:981244, commit index 981244")).length, 1);
});

harborTest("what passes the gateway comes once; why is answered", async ({ harbor, page }) => {
  await harbor.reserve.click();
  await list(harbor).click();
  await page.getByRole("button", { name: /^r1 C14 customers → gateway/ }).click();
  const dialog = page.getByRole("dialog", { name: "r1 C14" });
  await dialog.getByRole("button", { name: "Why? r1" }).waitFor();
  assert.equal(await dialog.getByRole("button", { name: /^Duplicate/ }).count(), 0);
  await dialog.getByRole("button", { name: "Why? r1" }).click();
  await harbor.region(/^Why\?/).waitFor();
});

harborTest("time stands while one looks at messages", async ({ harbor, page }) => {
  await page.getByLabel("Speed").selectOption("1/1000");
  await harbor.reserve.click();
  await harbor.button("Play").click();
  await list(harbor).click();
  await harbor.button("Play").waitFor();
  await page.getByRole("dialog", { name: "Messages on their way" }).getByRole("button", { name: /^r1 C14/ }).waitFor();
});

/** What is lit: how often each kind of element that names it has a ring around it. */
const lit = (page, name) => page.locator(`[data-entry~="${name}"]`).evaluateAll((all) => {
  const counts = {};
  for (const element of all) {
    const rect = element.matches("g") ? element.querySelector("rect") : element;
    const style = getComputedStyle(rect);
    const ring = element.matches("g") ? style.strokeWidth === "3px" : style.outlineStyle === "solid" && style.outlineWidth === "3px";
    const kind = element.classList[0] ?? element.closest("[class]").classList[0];
    counts[kind] = (counts[kind] ?? true) && ring;
  }
  return counts;
});
const ALL = { token: true, cabin: true, entry: true, receipt: true, position: true, belief: true, truth: true };

harborTest("an entry lights up everywhere, and nothing is drawn anew for it", async ({ harbor, page }) => {
  await harbor.commands("reserve C14 for 5521 as r1", "run until r1 201");
  await page.mouse.move(2, 2);
  const unlit = Object.fromEntries(Object.keys(ALL).map((kind) => [kind, false]));
  await eventually(async () => assert.deepEqual(await lit(page, "27:981244"), unlit));
  await page.evaluate(() => {
    window.drawn = 0;
    new MutationObserver((changes) => { window.drawn += changes.length; })
      .observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const cells = page.locator(".entry[data-entry~='27:981244']");
  await cells.first().hover();
  await eventually(async () => assert.deepEqual(await lit(page, "27:981244"), ALL));
  assert.deepEqual(Object.values(await lit(page, "27:981243")).filter(Boolean), [], "and no other");
  await page.locator(".receipt-what").hover();
  await eventually(async () => assert.deepEqual(await lit(page, "r1"), { cabin: true, entry: true, receipt: true }));
  await page.mouse.move(2, 2);
  await eventually(async () => assert.deepEqual(await lit(page, "27:981244"), unlit));
  assert.equal(await page.evaluate(() => window.drawn), 0);
  // By keys, and after something was drawn anew.
  await page.locator(".grid-scroll").focus();
  while (await cells.first().evaluate((cell) => cell !== document.activeElement)) await page.keyboard.press("Tab");
  await eventually(async () => assert.deepEqual(await lit(page, "27:981244"), ALL));
  await page.keyboard.press("Shift+Tab");
  await eventually(async () => assert.deepEqual(await lit(page, "27:981244"), unlit));
});

harborTest("the legend names every mark, and stays where it is pinned", async ({ harbor, page }) => {
  await harbor.button("Legend").click();
  const marks = harbor.dialog.getByRole("listitem");
  await marks.first().waitFor();
  const named = (await marks.allInnerTexts()).map(plain);
  for (const mark of ["append", "acknowledgement", "applied: reads see it", "rolled back", "something was done", "a connection that is cut"]) {
    assert.ok(named.includes(mark), `${mark}: ${named}`);
  }
  await harbor.button("Pin it below the stage").click();
  await harbor.dialog.waitFor({ state: "detached" });
  assert.deepEqual((await harbor.region("Legend").getByRole("listitem").allInnerTexts()).map(plain), named);
  await page.reload();
  await ready(page);
  await harbor.region("Legend").waitFor();
  await harbor.button("Unpin").click();
  await harbor.region("Legend").waitFor({ state: "detached" });
  await page.reload();
  await ready(page);
  await harbor.button("Legend").click();
  await harbor.button("Pin it below the stage").waitFor();
  assert.equal(await harbor.region("Legend").count(), 0);
});
