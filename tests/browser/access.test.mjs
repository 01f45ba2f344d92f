// What the page is to those who hear it, speak to it, or see it in colours of their own.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";
import { picture } from "./harness.mjs";

const HEARD_MS = 2_000;

harborTest("while time runs, whole sentences are said, and no more than can be heard", async ({ harbor, page }) => {
  await page.evaluate(() => {
    window.said = [];
    window.shown = new Set();
    const note = () => {
      const text = (selector) => document.querySelector(selector).textContent;
      window.shown.add(text(".now-sentence"));
      const says = text(".now [aria-live]");
      if (says !== window.said.at(-1)?.says) window.said.push({ says, at: performance.now() });
    };
    note();
    new MutationObserver(note).observe(document.querySelector(".now"), { childList: true, characterData: true, subtree: true });
  });
  await harbor.reserve.click();
  await page.getByRole("combobox", { name: "Speed" }).selectOption("1/1000");
  await harbor.button("Play").click();
  await page.waitForFunction(() => window.said.length >= 5, null, { timeout: 15_000 });
  const [said, shown] = await page.evaluate(() => [window.said, [...window.shown]]);
  for (const { says } of said) assert.ok(shown.includes(says), `said, and shown: ${says}`);
  const playing = said.slice(1);
  for (const [place, { at, says }] of playing.slice(1).entries()) {
    assert.ok(at - playing[place].at > HEARD_MS - 100, `${says}: after ${at - playing[place].at} ms`);
  }
  await harbor.button("Pause").click();
  await eventually(async () => assert.equal(await page.locator(".now [aria-live]").textContent(),
    await page.locator(".now-sentence").textContent()));
});

harborTest("in forced colours a shape tells how far an entry has come", { forcedColors: "active" }, async ({ harbor, page }) => {
  const looks = (locator) => locator.evaluate((entry) => {
    const { borderTopStyle } = getComputedStyle(entry);
    return `${borderTopStyle} ${getComputedStyle(entry, "::after").content}`;
  });
  const legend = page.getByRole("list", { name: "What the marks mean" }).locator(".entry");
  const samples = async () => Promise.all((await legend.all()).map(looks));
  await eventually(async () => assert.equal(new Set(await samples()).size, 5, (await samples()).join(", ")));
  const [appended, durable, committed, applied] = await samples();
  await harbor.reserve.click();
  const cell = page.getByRole("row", { name: /^md-db-4/ }).locator(".entry", { hasText: "C14" });
  for (const [line, look] of [
    ["md-db-4 | appended 27:981244", appended], ["md-db-4 | durable through 27:981244", durable],
    ["md-db-4 | applied 981244", applied],
  ]) {
    await harbor.stepUntil(line);
    await eventually(async () => assert.equal(await looks(cell), look, line));
  }
  assert.match(committed, /^double/);
  const edges = await page.locator(".lane-head").evaluateAll((heads) => heads.map((head) => {
    const { borderLeftColor, backgroundColor } = getComputedStyle(head);
    return borderLeftColor !== backgroundColor;
  }));
  assert.deepEqual(edges, [true, false, false], "only the leader's lane has a bar");
  await picture(page, "forced-colours", { fullPage: true });
});

harborTest("the page's keys are switched off, and stay off", async ({ harbor, page }) => {
  await harbor.reserve.click();
  await page.keyboard.press("?");
  for (const key of ["Shift ←", "↑ ↓"]) await harbor.dialog.getByText(key, { exact: true }).waitFor();
  const keys = harbor.dialog.getByRole("switch", { name: "Keys of the page" });
  assert.ok(await keys.isChecked());
  await keys.press("Space");
  await eventually(async () => assert.ok(!(await keys.isChecked())));
  await page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
  const nothing = async () => {
    await page.locator("body").evaluate(() => document.activeElement.blur());
    const before = await harbor.moment();
    for (const key of ["c", "?", "ArrowRight", "Shift+ArrowRight", "Space"]) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    assert.deepEqual(await harbor.moment(), before);
    assert.equal(await harbor.dialog.count(), 0);
    assert.equal(await page.locator(".is-class").count(), 0);
    await harbor.button("Play").waitFor();
  };
  await nothing();
  await page.reload();
  await harbor.reserve.waitFor();
  await nothing();

  await harbor.button("Keys").click();
  assert.ok(!(await keys.isChecked()));
  await keys.press("Space");
  await page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await page.locator(".is-class").waitFor();
});

harborTest("arrows lead from rule to rule, and only Space or Enter sets one", async ({ harbor, page }) => {
  const rules = page.getByRole("radiogroup", { name: "Commit rule" });
  const rule = (name) => rules.getByRole("radio", { name: new RegExp(`^${name} `) });
  await rule("sync-quorum").focus();
  for (const key of ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
  await eventually(async () => assert.ok(await rule("leader-fsync").evaluate((it) => it === document.activeElement)));
  assert.ok(await rule("sync-quorum").isChecked());
  assert.doesNotMatch(await harbor.script(), /ack/);
  await page.keyboard.press("Space");
  await eventually(async () => assert.match(await harbor.script(), /^set ack=leader-fsync$/m));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await eventually(async () => assert.match(await harbor.script(), /^set ack=sync-received$/m));
  assert.equal((await harbor.script()).match(/set ack/g).length, 2);
});

harborTest("the name of a node has all that is written on it of its disk", async ({ harbor }) => {
  await eventually(async () => assert.match(await harbor.nodeSays("md-db-4"), /\. disk idle\. Open/));
  await harbor.reserve.click();
  await harbor.stepUntil("md-db-4 | appended 27:981244");
  await eventually(async () => assert.match(await harbor.nodeSays("md-db-4"), /\. fsync 981244\. Open/));
  await harbor.command("crash md-db-4");
  await eventually(async () => assert.match(await harbor.nodeSays("md-db-4"), /\. disk kept\. Open/));
});

harborTest("what cannot be opened is dismissed: focus goes on, and the address is true", { hash: "#v=1&script=nonsense" }, async ({ harbor, page }) => {
  await eventually(async () => assert.equal((await harbor.alerts()).length, 1));
  assert.match(page.url(), /nonsense/);
  await harbor.button("Go on").press("Enter");
  await eventually(async () => assert.deepEqual(await harbor.alerts(), []));
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Step");
  assert.doesNotMatch(page.url(), /nonsense/);
});

harborTest("a notice that is told again is said again", async ({ harbor, page }) => {
  await harbor.button("Step").click();
  await eventually(async () => assert.equal((await harbor.alerts()).length, 1));
  const first = await page.locator(".notice").elementHandle();
  for (const name of ["Step", "Next milestone"]) {
    const before = await page.locator(".notice").elementHandle();
    await harbor.button(name).click();
    await eventually(async () => assert.ok(!(await before.evaluate((notice) => notice.isConnected)), name));
    assert.match(plain((await harbor.alerts())[0]), /^Nothing is due but heartbeats/);
  }
  assert.ok(!(await first.evaluate((notice) => notice.isConnected)));
});

for (const width of [1440, 1024, 390]) {
  harborTest(`a receipt's words are covered by nothing, ${width} wide`, { width }, async ({ harbor, page }) => {
    await harbor.commands("run 1s", "reserve C14 for 5521", "run 1s");
    await eventually(async () => assert.match(await harbor.promise(), /heard 1.016\.\d+ ms/));
    for (const large of [false, true]) {
      if (large) await harbor.button("Large, for a class").click();
      const overlaps = await page.locator(".receipt").first().evaluate((receipt) => {
        const words = [...receipt.querySelectorAll("p")].flatMap((words) => {
          const range = document.createRange();
          range.selectNodeContents(words);
          return [...range.getClientRects()];
        });
        const over = [...receipt.querySelectorAll("button, :scope > .stamp")].map((part) => part.getBoundingClientRect());
        const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        return over.flatMap((part) => words.filter((word) => meet(word, part))).length;
      });
      assert.equal(overlaps, 0, large ? "for a class" : "as usual");
      await picture(page, `receipt-${width}-${large ? "class" : "usual"}`, { fullPage: true });
    }
  });
}

harborTest("time rests while one reads whether a node may lead", async ({ harbor, page }) => {
  await harbor.reserve.click();
  await harbor.button("Play").click();
  await harbor.button(/^Promote sg-db-1: /).click();
  await harbor.dialog.waitFor();
  const clock = await harbor.page.locator(".clock").innerText();
  await page.waitForTimeout(400);
  assert.equal(await harbor.page.locator(".clock").innerText(), clock);
});
