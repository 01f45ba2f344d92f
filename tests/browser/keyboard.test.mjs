// The whole page without a pointer: where focus is can be seen, a dialog gives it back, and keys rest while one types.
import assert from "node:assert/strict";
import { eventually, harborTest } from "./harbor.mjs";

/** Presses Tab until the focused control has this name; resolves to it. */
async function tabTo(page, role, name) {
  const wanted = page.getByRole(role, { name, exact: typeof name === "string" });
  for (let presses = 0; presses < 160; presses += 1) {
    await page.keyboard.press("Tab");
    // After the last control, focus is the browser's own for one press.
    if (await page.evaluate(() => document.activeElement === document.body)) continue;
    await assertFocusSeen(page);
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement))) return wanted;
  }
  assert.fail(`Tab does not reach ${role} ${name}`);
}

const hasFocus = (control) => control.evaluate((element) => element === document.activeElement);

/** Something has focus, and is marked so that one sees it: with an outline, itself or on a part of its drawing. */
async function assertFocusSeen(page) {
  const focus = await page.evaluate(() => {
    const element = document.activeElement;
    const ring = (part) => {
      const { outlineStyle, outlineWidth, strokeWidth } = getComputedStyle(part);
      return `${outlineStyle} ${outlineWidth} ${strokeWidth}`;
    };
    const parts = [element, ...element.querySelectorAll("*")].slice(0, 12);
    const focused = parts.map(ring);
    element.blur();
    const rest = parts.map(ring);
    element.focus({ focusVisible: true });
    const box = element.getBoundingClientRect();
    const seen = focused.join() !== rest.join() && box.width > 0 && box.height > 0;
    return { tag: element.tagName, seen, text: element.textContent.slice(0, 40) };
  });
  assert.ok(focus.tag !== "BODY", "focus is somewhere");
  assert.ok(focus.seen, `focus is seen on ${focus.tag} ${focus.text}`);
}

harborTest("the first story by keyboard alone", async ({ harbor, page }) => {
  await tabTo(page, "button", "Reserve C14");
  await page.keyboard.press("Enter");
  await eventually(async () => assert.match(await harbor.promise(), /waiting$/));
  // The arrow steps from wherever focus is.
  await harbor.stepUntil("md-db-4 | durable through 27:981244", { step: () => page.keyboard.press("ArrowRight") });
  await page.keyboard.press("ArrowLeft");
  await eventually(async () => assert.ok(!(await harbor.transcript()).includes("md-db-4 | durable through 27:981244")));
  await harbor.stepUntil("heard for r1: 201 Created", { step: () => page.keyboard.press("Shift+ArrowRight") });
  await eventually(async () => assert.match(await harbor.promise(), / kept$/));
  await assertFocusSeen(page);

  // Space on a button presses it; anywhere else, it plays and pauses.
  await page.keyboard.press("Shift+Tab");
  await tabTo(page, "region", "Log of every node, by index");
  await page.keyboard.press("Space");
  await harbor.button("Pause").waitFor();
  await page.keyboard.press("Space");
  await harbor.button("Play").waitFor();

  // The list of keys, and back.
  await page.keyboard.press("?");
  await harbor.dialog.getByRole("heading", { name: "Keys" }).waitFor();
  for (const key of ["Space", "→", "←", "Shift →", "?", "Esc"]) {
    await harbor.dialog.getByText(key, { exact: true }).waitFor();
  }
  await page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
  assert.ok(await hasFocus(page.getByRole("region", { name: "Log of every node, by index" })), "focus comes back");

  // A node on the stage: crash the leader, promote the follower, and see the promise kept.
  await tabTo(page, "button", /^md-db-4, leader/);
  await page.keyboard.press("Enter");
  await tabTo(page, "button", /^Crash md-db-4/);
  await page.keyboard.press("Enter");
  await harbor.dialog.waitFor({ state: "detached" });
  await eventually(async () => assert.match(await harbor.head(), /leader nobody/));
  await tabTo(page, "button", /^md-db-2, /);
  await page.keyboard.press("Space");
  await tabTo(page, "button", /^Promote md-db-2 …/);
  await page.keyboard.press("Enter");
  await harbor.dialog.getByText(/Provably safe/).waitFor();
  await tabTo(page, "button", "Promote md-db-2");
  await page.keyboard.press("Enter");
  await harbor.dialog.waitFor({ state: "detached" });
  await assertFocusSeen(page);
  await harbor.stepUntil("md-db-2 | leads", { step: () => page.keyboard.press("Shift+ArrowRight") });
  await eventually(async () => assert.match(await harbor.promise(), / kept$/));
});

const DIALOGS = [
  ["the list of keys", (harbor) => harbor.button("Keys")],
  ["the commit rule", (harbor) => harbor.button("On the disks of the leader and of every synchronous follower.")],
  ["a node's menu", (harbor) => harbor.node("md-db-2")],
  ["a link's menu", (harbor) => harbor.page.getByRole("button", { name: /^Link md-db-4 to sg-db-1/ })],
  ["a promotion", (harbor) => harbor.button(/^Promote sg-db-1: /)],
];

harborTest("a dialog keeps focus, and gives it back however it is closed", async ({ harbor, page }) => {
  for (const [name, find] of DIALOGS) {
    const opener = find(harbor);
    const closings = [
      () => page.keyboard.press("Escape"),
      () => harbor.button("Close", harbor.dialog).press("Enter"),
      () => page.mouse.click(2, 400),
    ];
    for (const close of closings) {
      await opener.focus();
      await page.keyboard.press("Enter");
      await harbor.dialog.waitFor();
      for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Tab");
      const within = await page.evaluate(() => document.activeElement.matches("body, dialog *"));
      assert.ok(within, `${name}: Tab stays within`);
      await close();
      await harbor.dialog.waitFor({ state: "detached" });
      assert.ok(await hasFocus(opener), `${name}: focus comes back`);
    }
  }
});

harborTest("a dialog that is opened again at once stays open", async ({ harbor, page }) => {
  await harbor.button("Keys").press("Enter");
  await harbor.dialog.waitFor();
  // The browser tells of the closing only after the opening that follows it.
  await page.evaluate(() => {
    document.querySelector("dialog").close();
    document.querySelector("[aria-label=Keys]").click();
  });
  for (let turns = 0; turns < 3; turns += 1) await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  assert.ok(await harbor.dialog.isVisible());
});

harborTest("focus comes back through a dialog that led to another", async ({ harbor, page }) => {
  await harbor.node("sg-db-1").focus();
  await page.keyboard.press("Enter");
  await harbor.dialog.waitFor();
  await tabTo(page, "button", /^Promote sg-db-1/);
  await page.keyboard.press("Enter");
  await harbor.dialog.getByRole("heading", { name: "Promote sg-db-1" }).waitFor();
  await page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
  assert.ok(await hasFocus(harbor.node("sg-db-1")));
});

harborTest("keys do nothing while one types, and a dialog leaves what was typed", async ({ harbor, page }) => {
  await harbor.reserve.click();
  const before = await harbor.moment();
  await harbor.commandBox.focus();
  await page.keyboard.type("run 5 ? ms");
  for (const key of ["ArrowLeft", "ArrowRight", "Shift+ArrowRight", "Space"]) await page.keyboard.press(key);
  assert.equal(await harbor.dialog.count(), 0);
  assert.deepEqual(await harbor.moment(), before);
  const customer = page.getByRole("textbox", { name: "for customer" });
  await customer.fill("77");
  await customer.press("ArrowRight");
  assert.deepEqual(await harbor.moment(), before);

  const typed = await harbor.commandBox.inputValue();
  await harbor.button("Keys").press("Enter");
  await harbor.dialog.waitFor();
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await harbor.moment(), before, "nor while a dialog is open");
  await page.keyboard.press("Escape");
  await harbor.dialog.waitFor({ state: "detached" });
  assert.equal(await harbor.commandBox.inputValue(), typed);
  assert.equal(await customer.inputValue(), "77");
});

harborTest("earlier lines come back in the command box", async ({ harbor }) => {
  await harbor.commands("cut md-db-4 md-db-2", "heal");
  const recalled = [["ArrowUp", "heal"], ["ArrowUp", "cut md-db-4 md-db-2"], ["ArrowDown", "heal"], ["ArrowDown", ""]];
  for (const [key, line] of recalled) {
    await harbor.commandBox.press(key);
    await eventually(async () => assert.equal(await harbor.commandBox.inputValue(), line));
  }
});
