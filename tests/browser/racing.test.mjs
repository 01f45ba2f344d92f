// While time races nobody reads back: what is drawn then is enough to follow it by, and nothing is lost by it.
import assert from "node:assert/strict";
import { eventually, harborTest, plain } from "./harbor.mjs";

const CROWD = ["link md-db-4 sg-db-1 latency=1s", "burst 75/s for 600s", "run 1s"];

const at = (harbor, speed) => harbor.page.getByLabel("Speed").selectOption(speed);

harborTest("when time stands again the log shows its newest entry", async ({ harbor, page }) => {
  await harbor.commands("burst 200/s for 400ms", "run 3s");
  await at(harbor, "1/10");
  await harbor.play.click();
  const heads = page.locator(".grid-index");
  await eventually(async () => assert.ok(await heads.count() < 60, "of the log, about as much as is in sight"));
  await harbor.button("Pause").click();
  await eventually(async () => assert.ok(await heads.count() > 60, "all of it"));
  await eventually(async () => {
    const [newest, log] = await Promise.all([page.locator(".is-newest").boundingBox(), page.locator(".grid-scroll").boundingBox()]);
    assert.ok(newest.x >= log.x && newest.x + newest.width <= log.x + log.width, "the newest is in sight");
  });
});

harborTest("focus stays in the part whose rows go", async ({ harbor, page }) => {
  await harbor.commands(...CROWD);
  await at(harbor, "1×");
  await harbor.play.click();
  await harbor.button("Pause").waitFor();
  await page.waitForTimeout(500);
  // In one go: it may be gone before a hand gets there.
  const line = await page.evaluateHandle(() => {
    const [first] = document.querySelectorAll(".transcript .line button");
    first.focus();
    return first;
  });
  await eventually(async () => assert.equal(await line.evaluate((it) => it.isConnected), false));
  await eventually(async () => assert.ok(await page.evaluate(() => document.activeElement.closest(".transcript") !== null)));
});

harborTest("the timeline goes along though nothing happens, and folds at once", async ({ harbor, page }) => {
  await harbor.commands("crash md-db-4", "crash md-db-2", "crash sg-db-1");
  await at(harbor, "1/10");
  await harbor.region("Timeline").locator(".sheet").waitFor();
  await harbor.play.click();
  const last = async () => parseFloat(await page.locator(".tick-says").last().textContent());
  await eventually(async () => assert.ok(await last() > 400, "milliseconds that the window reaches to"));
  await harbor.button("Timeline").click();
  await harbor.region("Timeline").locator(".sheet").waitFor({ state: "detached" });
  await harbor.button("Pause").click();
});

harborTest("messages too fast to be watched stand on their way, and say how many they are", async ({ harbor, page }) => {
  await harbor.commands("burst 75/s for 600s", "run 1s");
  await at(harbor, "1×");
  await harbor.play.click();
  await harbor.button("Pause").waitFor();
  const appends = page.locator(".token", { has: page.locator(".token-name", { hasText: /^\d+ appends$/ }) });
  const place = () => eventually(async () => {
    const box = await appends.locator("svg").boundingBox();
    assert.ok(box);
    return box;
  });
  const before = await place();
  await page.waitForTimeout(300);
  const after = await place();
  assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1, "it stands");
  const alike = await page.locator(".token").evaluateAll((all) => all.map((one) => one.getAttribute("style")));
  assert.equal(new Set(alike).size, alike.length, "one on each way for each kind");
  // Slower, each moves by itself again.
  await at(harbor, "1/100");
  await eventually(async () => assert.ok(await page.locator(".token[style*='animation']").count() > 0));
});

harborTest("whoever books finds Reserve where it was, and is told how time goes on", async ({ harbor }) => {
  const before = await harbor.reserve.boundingBox();
  await harbor.reserve.click();
  await eventually(async () => assert.match(await harbor.script(), /^reserve C14/m));
  assert.deepEqual(await harbor.reserve.boundingBox(), before);
  const now = harbor.region("What just happened");
  assert.match(plain(await now.innerText()), /Now press Play, or step on with →\./);
  await harbor.button("Step").click();
  await eventually(async () => assert.doesNotMatch(await now.innerText(), /press Play/));
});

harborTest("a booking in the past says that another run branches off", async ({ harbor, page }) => {
  await harbor.commands("reserve C14 for 5521 as r1", "run 40ms");
  for (let back = 0; back < 3; back += 1) await harbor.button("Step back").click();
  await harbor.reserve.click();
  await page.getByText("Another run branches off here.").waitFor();
});
