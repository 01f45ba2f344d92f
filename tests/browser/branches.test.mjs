// A run that was left is not lost: each past stays in the list of runs, and goes on where it was left, also after a reload.
import assert from "node:assert/strict";
import { ready } from "./harness.mjs";
import { eventually, Harbor, harborTest, plain } from "./harbor.mjs";
import { link, seal } from "./links.mjs";

const KEY = "harbor-point-runs";

const takeUp = (harbor, number) => harbor.region("Runs").getByRole("listitem").nth(number - 1).getByRole("button").click();

/** Books C14, and crashes another node than the first time from within the past. */
async function branched(harbor) {
  await harbor.commands("reserve C14 for 5521 as r1", "run 40ms", "crash md-db-2");
  await harbor.slider.focus();
  await harbor.page.keyboard.press("Home");
  await harbor.stepUntil("md-db-4 | appended 27:981244");
  const left = await harbor.moment();
  await harbor.button("Crash md-db-4").click();
  await eventually(async () => assert.deepEqual(await harbor.runs(), ["1 crash md-db-2", "2* crash md-db-4"]));
  return left;
}

const settledAddress = (page, text) => eventually(() => assert.match(page.url(), text));

harborTest("what is done in the past branches off, and one goes from run to run and back", async ({ harbor, page }) => {
  await eventually(async () => assert.deepEqual(await harbor.runs(), ["1* nothing was done yet"]));
  const left = await branched(harbor);
  await page.getByText("The one that you left is kept under Runs.").waitFor();
  await harbor.command("run 5ms");
  const branch = await harbor.moment();
  await takeUp(harbor, 1);
  await eventually(async () => assert.deepEqual(await harbor.moment(), left));
  assert.deepEqual(await harbor.runs(), ["1* crash md-db-2", "2 crash md-db-4"]);
  const here = harbor.region("Runs").getByRole("button", { name: "1 crash md-db-2 this run" });
  assert.ok(await here.evaluate((button) => button === document.activeElement), "focus stays where it was");
  await takeUp(harbor, 2);
  await eventually(async () => assert.deepEqual(await harbor.moment(), branch));
});

harborTest("a new run begins with nothing done, and by keys one is back in the old one", async ({ harbor, page }) => {
  await harbor.commands("reserve C14 for 5521", "run 40ms");
  const left = await harbor.moment();
  await harbor.button("New run").click();
  await eventually(async () => assert.deepEqual(await harbor.promises(), []));
  assert.deepEqual(await harbor.runs(), ["1 reserve C14 for 5521 as r1", "2* nothing was done yet"]);
  assert.equal(await harbor.script(), "");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await eventually(async () => assert.deepEqual(await harbor.moment(), left));
  assert.deepEqual(await harbor.runs(), ["1* reserve C14 for 5521 as r1"], "where nothing was done, nothing is kept");
});

harborTest("the runs that were left are forgotten on request, also for the next visit", async ({ harbor, page }) => {
  await branched(harbor);
  await harbor.button("Forget the others …").click();
  await harbor.button("Keep them", harbor.dialog).click();
  assert.equal((await harbor.runs()).length, 2);
  await harbor.button("Forget the others …").click();
  await harbor.button("Forget them", harbor.dialog).click();
  await eventually(async () => assert.deepEqual(await harbor.runs(), ["2* crash md-db-4"]));
  await page.waitForFunction((key) => !localStorage.getItem(key).includes("run=1"), KEY);
  await page.reload();
  await ready(page);
  await eventually(async () => assert.deepEqual(await harbor.runs(), ["2* crash md-db-4"]));
});

harborTest("every run survives a reload, with the address or without", async ({ harbor, page, server }) => {
  await branched(harbor);
  await harbor.command("run 5ms");
  await settledAddress(page, /&at=[1-9]\d{4,}us/);
  const before = await harbor.moment();
  for (const come of [() => page.reload(), () => page.goto(`${server.address}?`)]) {
    await come();
    await ready(page);
    await eventually(async () => assert.deepEqual(await harbor.moment(), before));
    assert.deepEqual(await harbor.runs(), ["1 crash md-db-2", "2* crash md-db-4"]);
  }
  await takeUp(harbor, 1);
  await eventually(async () => assert.match(await harbor.script(), /crash md-db-2$/));
});

harborTest("what was done last is kept even if the page goes at once", async ({ harbor, page, server }) => {
  await harbor.choose("md-db-2", /^Crash/);
  await page.goto(`${server.address}?`);
  await ready(page);
  await eventually(async () => assert.deepEqual(await harbor.runs(), ["1* crash md-db-2"]));
});

harborTest("the address wins over what is kept, and that stays", async ({ harbor, page, server }) => {
  await branched(harbor);
  await page.goto(`${server.address}?#${link({ script: "crash sg-db-1", at: "0us", step: "1" })}`);
  await ready(page);
  await eventually(async () => assert.deepEqual(await harbor.runs(), ["1 crash md-db-2", "2 crash md-db-4", "3* crash sg-db-1"]));
});

harborTest("two windows lose nothing of each other", async ({ harbor, page, server }) => {
  const popup = page.waitForEvent("popup");
  await page.evaluate((address) => void open(address), server.address);
  const other = await popup;
  await ready(other);
  await harbor.command("crash md-db-2");
  const second = new Harbor(other);
  await second.command("crash sg-db-1");
  await eventually(async () => assert.deepEqual(await second.runs(), ["1* crash sg-db-1", "2 crash md-db-2"]));
  await other.goto(`${server.address}?`);
  await ready(other);
  await eventually(async () => assert.equal((await second.runs()).length, 2));
});

harborTest("what one window forgets does not come back from the other, and a run that goes on stays one", async ({ harbor, page, server }) => {
  await branched(harbor);
  const popup = page.waitForEvent("popup");
  await page.evaluate((address) => void open(address), `${server.address}?#new`);
  const second = new Harbor(await popup);
  await ready(second.page);
  await second.command("crash sg-db-1");
  await eventually(async () => assert.deepEqual(await second.runs(), ["1 crash md-db-2", "2 crash md-db-4", "3* crash sg-db-1"]));
  await harbor.button("Forget the others …").click();
  await harbor.button("Forget them", harbor.dialog).click();
  await page.waitForFunction((key) => !localStorage.getItem(key).includes("run=1&"), KEY);
  for (const [line, here] of [["heal", "heal"], ["restart sg-db-1", "restart sg-db-1"]]) {
    await second.command(line);
    await eventually(async () => assert.deepEqual(await second.runs(), ["2 crash md-db-4", `3* ${here}`]));
    await harbor.command("run 1ms");
    await eventually(async () => assert.deepEqual(await harbor.runs(), ["2* crash md-db-4", `3 ${here}`]));
  }
});

for (const [what, text, says] of [
  ["damaged", "0badc0de&v=1&present=1&run=1&script=heal&end=0us&at=0us&step=1", "it was cut off or changed since it was written"],
  ["newer", seal([["v", "9"], ["histories", "…"]]), "a newer page wrote it, in version 9; this page reads up to version 1"],
]) {
  harborTest(`what is kept and ${what} is told, and written over only on request`, async ({ harbor, page }) => {
    const kept = () => page.evaluate((key) => localStorage.getItem(key), KEY);
    await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, text]);
    await page.reload();
    await ready(page);
    const alert = page.getByRole("alert").filter({ hasText: "The runs that this browser keeps cannot be read" });
    await alert.getByText(says).waitFor();
    await harbor.command("crash md-db-2");
    await settledAddress(page, /crash\+md-db-2/);
    assert.equal(await kept(), text, "it is left alone");
    const [download] = await Promise.all([page.waitForEvent("download"), harbor.button("Save what is there").click()]);
    assert.equal(download.suggestedFilename(), "harbor-point-kept.txt");
    await harbor.button("Replace it").click();
    await alert.waitFor({ state: "detached" });
    await eventually(async () => assert.match(await kept(), /script=crash\+md-db-2&/));
  });
}

harborTest("what cannot be read can be left, and stays", async ({ harbor, page }) => {
  await page.evaluate((key) => localStorage.setItem(key, "x"), KEY);
  await page.reload();
  await ready(page);
  await harbor.button("Leave it").click();
  await harbor.command("crash md-db-2");
  await settledAddress(page, /crash\+md-db-2/);
  assert.equal(await page.evaluate((key) => localStorage.getItem(key), KEY), "x");
  assert.deepEqual(await harbor.alerts(), []);
});

harborTest("where the browser keeps nothing, that is told once", async ({ harbor, page }) => {
  await page.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await page.reload();
  await ready(page);
  await harbor.command("crash md-db-2");
  await eventually(async () => assert.match((await harbor.alerts()).join(), /This browser keeps nothing more for this page/));
  await harbor.button("Go on").click();
  await eventually(async () => assert.deepEqual(await harbor.alerts(), []));
  await harbor.command("crash sg-db-1");
  await settledAddress(page, /crash\+sg-db-1/);
  assert.deepEqual(await harbor.alerts(), []);
});

harborTest("the address carries what stands in front of the page, and the rest of what is shown", async ({ harbor, page, visit }) => {
  await harbor.commands("reserve C14 for 5521", "run 40ms");
  await harbor.button("Why? r1").click();
  await harbor.button("Large, for a class").click();
  await harbor.button("Words: Raft, PostgreSQL or MongoDB").click();
  await page.getByRole("radio", { name: "PostgreSQL" }).check();
  await settledAddress(page, /&run=1&show=words&why=r1&words=PostgreSQL&class=on$/);
  const seen = async (harbor) => [
    plain(await harbor.dialog.getByRole("heading", { level: 2 }).innerText()),
    plain(await harbor.page.locator(".why-says").first().innerText()), await harbor.page.locator(".is-class").count(),
  ];
  const expected = await seen(harbor);
  const other = new Harbor(await visit({ hash: new URL(page.url()).hash }));
  assert.deepEqual(await seen(other), expected);
  await other.page.keyboard.press("Escape");
  await settledAddress(other.page, /&run=1&why=r1&words=PostgreSQL&class=on$/);
});

harborTest("a link that shows what is not there says so, with a way on", async ({ harbor, page, server }) => {
  const fields = [["v", "1"], ["script", "heal"], ["at", "0us"], ["step", "1"], ["show", "<img src=x onerror=alert(1)>"]];
  await page.goto(`${server.address}?#${seal(fields)}`);
  await ready(page);
  const told = /cannot be opened.*"show" in this link is wrong; expected keys/;
  await eventually(async () => assert.match((await harbor.alerts()).join(), told));
  await page.reload();
  await ready(page);
  await eventually(async () => assert.match((await harbor.alerts()).join(), told, "it is still there"));
  await harbor.button("Go on").click();
  await harbor.command("crash md-db-2");
  await settledAddress(page, /crash\+md-db-2/);
});
