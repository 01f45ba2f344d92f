// Time is the learner's: whichever way a moment is reached, the transcript reads the same, and the past stays as it was.
import assert from "node:assert/strict";
import { eventually, harborTest } from "./harbor.mjs";

/** Books C14 and steps on until Singapore has it; resolves to the transcript. */
async function wholeWrite(harbor) {
  await harbor.reserve.click();
  await harbor.stepUntil("sg-db-1 | applied 981244");
  return harbor.moments();
}

/** Milliseconds on the clock. */
async function clockMillis(harbor) {
  const [shown] = (await harbor.clock()).split(" ms");
  return Number(shown.replaceAll(" ", ""));
}

/** Presses until the clock stands still, and notes each transcript on the way. */
async function pressThrough(harbor, press, times) {
  const seen = [];
  for (let time = 0; time < times; time += 1) {
    const before = await harbor.clock();
    await press();
    await eventually(async () => assert.notEqual(await harbor.clock(), before));
    seen.push(await harbor.moment());
  }
  return seen;
}

harborTest("stepping back and on again shows the same moments", async ({ harbor, page }) => {
  await harbor.reserve.click();
  const on = await pressThrough(harbor, () => harbor.button("Step").click(), 7);
  const back = await pressThrough(harbor, () => harbor.button("Step back").click(), 6);
  assert.deepEqual(back.map((moment) => moment.transcript), on.slice(0, -1).reverse().map((moment) => moment.transcript));
  const again = await pressThrough(harbor, () => page.keyboard.press("ArrowRight"), 6);
  assert.deepEqual(again.map(withoutEnd), on.slice(1).map(withoutEnd));
  const backByKey = await pressThrough(harbor, () => page.keyboard.press("ArrowLeft"), 6);
  assert.deepEqual(backByKey.map(withoutEnd), on.slice(0, -1).reverse().map(withoutEnd));
});

harborTest("the scrubber reaches every moment, by key and by pointer", async ({ harbor, page }) => {
  const whole = await wholeWrite(harbor);
  const end = await harbor.moment();
  await harbor.slider.focus();
  await page.keyboard.press("Home");
  await eventually(async () => assert.match(await harbor.clock(), /^0\.000 ms/));
  await page.keyboard.press("PageUp");
  await eventually(async () => assert.ok(await clockMillis(harbor) > 5));
  assertBeginning(whole, await harbor.moments());
  await page.keyboard.press("End");
  await eventually(async () => assert.deepEqual(await harbor.moment(), end));

  const box = await harbor.slider.boundingBox();
  const at = (share) => [box.x + box.width * share, box.y + box.height / 2];
  await page.mouse.move(...at(0.98));
  await page.mouse.down();
  for (const share of [0.7, 0.3, 0.05]) await page.mouse.move(...at(share));
  await eventually(async () => assert.ok(await clockMillis(harbor) < 20));
  assertBeginning(whole, await harbor.moments());
  await page.mouse.move(...at(0.5));
  await eventually(async () => assert.ok(await clockMillis(harbor) > 20));
  assertBeginning(whole, await harbor.moments());
  await page.mouse.move(...at(1.1));
  await page.mouse.up();
  await eventually(async () => assert.deepEqual(await harbor.moment(), end));
});

harborTest("a line of the transcript leads to its moment", async ({ harbor }) => {
  const whole = await wholeWrite(harbor);
  for (const text of ["reserve C14 for 5521 as r1", "request r1", "md-db-2 | durable through", "md-db-2 | applied"]) {
    const line = whole.find((line) => line.includes(text));
    await harbor.goTo(line);
    await eventually(async () => assert.ok((await harbor.clock()).startsWith(line.split(" | ")[0])));
    const moments = await harbor.moments();
    assertBeginning(whole, moments);
    assert.ok(moments.includes(line), "what the line says has just happened");
    // Later lines are not shown yet; at the end, they are again.
    await harbor.slider.press("End");
    await eventually(async () => assert.deepEqual(await harbor.moments(), whole));
  }
});

harborTest("play, pause and play again: a second run reads like the first", async ({ harbor, page }) => {
  await page.getByLabel("Speed").selectOption("1×");
  await harbor.reserve.click();
  await harbor.button("Play").click();
  await eventually(async () => assert.ok((await harbor.transcript()).includes("sg-db-1 | applied 981244")));
  await harbor.button("Pause").click();
  const first = await harbor.moments();
  const paused = await harbor.clock();
  await harbor.button("Play").waitFor();
  assert.equal(await harbor.clock(), paused, "time stands");

  await harbor.button("To the start").click();
  await eventually(async () => assert.match(await harbor.clock(), /^0\.000 ms step 0 of/));
  const start = harbor.button("To the start");
  assert.ok(await start.evaluate((button) => button === document.activeElement), "focus stays");
  await start.evaluate((button) => button.blur());
  await page.locator("body").press("Space");
  await eventually(async () => assert.ok((await harbor.moments()).length >= first.length));
  await page.locator("body").press("Space");
  assertBeginning(await harbor.moments(), first);
});

harborTest("what is done in the past opens another future, and leaves the past alone", async ({ harbor }) => {
  const whole = await wholeWrite(harbor);
  await harbor.goTo(whole.find((line) => line.includes("md-db-2 | sent to md-db-4: acknowledge")));
  await eventually(async () => assert.match(await harbor.head(), /not yet committed 981244/));
  const past = await harbor.moments();
  assertBeginning(whole, past);
  await harbor.button("Crash md-db-4").click();
  await harbor.page.getByText("Another run branches off here. The one that you left is kept under Runs.").waitFor();
  await eventually(async () => assert.deepEqual((await harbor.moments()).slice(0, past.length), past));
  assert.match((await harbor.transcript())[past.length], /^md-db-4 \| crash md-db-4$/);
  assert.equal(await harbor.script(), "reserve C14 for 5521 as r1\nrun 9.041ms\ncrash md-db-4");

  // The other future lacks the 201; the customer is told nothing, and in the end the request is in doubt.
  await harbor.command("run until r1 in-doubt within 3s");
  const inDoubt = /^no answer r1 .* No answer came in time; its entry 27:981244 is on md-db-4 and .* in doubt$/;
  await eventually(async () => assert.match(await harbor.promise(), inDoubt));
  assert.deepEqual((await harbor.moments()).slice(0, past.length), past);
  assert.equal((await harbor.transcript()).filter((line) => line.includes("201 Created")).length, 0);
});

harborTest("a run that was left can be taken up again", async ({ harbor }) => {
  const whole = await wholeWrite(harbor);
  await harbor.goTo(whole.find((line) => line.includes("md-db-4 | appended 27:981244")));
  await harbor.button("Crash md-db-4").click();
  await harbor.region("Runs").getByRole("button", { name: /^1 reserve C14 for 5521 as r1 left at / }).click();
  await eventually(async () => assert.match(await harbor.clock(), /^6\.000 ms/));
  await harbor.slider.press("End");
  await eventually(async () => assert.deepEqual(await harbor.moments(), whole));
});

harborTest("every speed can be chosen, and time runs as fast as it says", async ({ harbor, page }) => {
  const speed = page.getByLabel("Speed");
  const names = await speed.getByRole("option").allInnerTexts();
  assert.deepEqual(names, ["1/1000", "1/500", "1/200", "1/100", "1/20", "1/10", "1×", "10×"]);
  await harbor.reserve.click();
  await speed.selectOption("1/1000");
  await harbor.button("Play").click();
  await eventually(async () => assert.ok(await clockMillis(harbor) > 0));
  await harbor.button("Pause").click();
  assert.ok(await clockMillis(harbor) < 10, "a millisecond takes a second");
  await speed.selectOption("10×");
  await harbor.button("Play").click();
  await eventually(async () => assert.ok(await clockMillis(harbor) > 3_000));
  await speed.selectOption("1/100");
  await harbor.button("Pause").click();
  await eventually(async () => assert.match(await harbor.promise(), / kept$/));
});

harborTest("stepping where nothing is due says so, and the notice goes with the next act", async ({ harbor }) => {
  const notice = "Nothing is due but heartbeats: do something, or let time run. Go on";
  await eventually(async () => {
    await harbor.button("Step").click();
    assert.deepEqual(await harbor.alerts(), [notice]);
  });
  const stood = await harbor.clock();
  await harbor.button("Step").click();
  assert.equal(await harbor.clock(), stood, "time has not moved");
  await harbor.button("Go on").click();
  await eventually(async () => assert.deepEqual(await harbor.alerts(), []));
});

harborTest("arrow keys on the scrubber go from event to event", async ({ harbor, page }) => {
  await wholeWrite(harbor);
  const steps = async () => Number(/step (\d+) of/.exec(await harbor.clock())[1]);
  await harbor.slider.focus();
  await page.keyboard.press("Home");
  await eventually(async () => assert.equal(await steps(), 1));
  for (const [key, step] of [["ArrowRight", 2], ["ArrowRight", 3], ["ArrowLeft", 2], ["ArrowLeft", 1], ["ArrowLeft", 0]]) {
    await page.keyboard.press(key);
    await eventually(async () => assert.equal(await steps(), step, key));
  }
});

harborTest("from a minute on the clock shows minutes, and nothing is cut off", async ({ harbor, page }) => {
  await harbor.commands("run 59s", "run 1s");
  await eventually(async () => assert.match(await harbor.clock(), /^1 min 00\.000 s /));
  await harbor.command("run 3540s");
  await eventually(async () => assert.match(await harbor.clock(), /^60 min 00\.000 s /));
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const fits = await page.getByRole("timer").evaluate((clock) => [...clock.children].every((part) =>
      part.scrollWidth <= clock.clientWidth) && clock.scrollHeight <= clock.clientHeight);
    assert.ok(fits, `the clock, ${width} wide`);
  }
});

/** A moment without how far time has ever come. */
function withoutEnd({ clock, ...moment }) {
  return { ...moment, clock: clock.replace(/ of \d+$/, "") };
}

function assertBeginning(whole, beginning) {
  assert.deepEqual(beginning, whole.slice(0, beginning.length), "the same past");
}
