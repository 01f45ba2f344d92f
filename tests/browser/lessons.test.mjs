// Lessons are taken from the first click to the last step, by pointer and by keys, with wrong answers on the way.
import assert from "node:assert/strict";
import { eventually, harborTest } from "./harbor.mjs";
import { picture } from "./harness.mjs";
import { Reader } from "./reader.mjs";

async function theWrite(harbor, options) {
  const reader = new Reader(harbor, "The write, step by step", options);
  await reader.press(harbor.button("Start the first lesson"));
  await reader.lesson.waitFor();

  assert.match(await reader.answer("The customer's mind"), /^Not this time\. 981244 is not committed/);
  assert.match(await reader.choice("The customer's mind").innerText(), /r1 has no answer yet/);
  assert.deepEqual(await harbor.column(981244), { "md-db-4": "C14 t27 appended only", "md-db-2": "", "sg-db-1": "" });
  await reader.next();
  assert.match(await reader.answer("It is on one disk and not decided; md-db-2 has it"), /^Right\./);
  await reader.next();
  assert.match(await reader.answer("Yes. The rule asks"), /^Not this time\./);
  assert.match(await reader.choice("Yes. The rule asks").innerText(), /981243/);
  await reader.next();
  assert.match(await reader.answer("Those of md-db-4 and md-db-2"), /^Right\./);
  await eventually(async () => assert.match(await harbor.promise(), / kept$/));
  await reader.next();

  // What the exercise does not allow is not done, and says so; going on without it is possible, and back again.
  const script = await harbor.script();
  await reader.does("promote md-db-2");
  await harbor.page.getByText("Here these may be used: reserve, crash, pause, cut; not promote.").waitFor();
  assert.equal(await harbor.script(), script);
  await reader.press(harbor.button("A hint", reader.lesson));
  await reader.lesson.getByText("Which of the seven lines").waitFor();
  await reader.does("crash md-db-2", "reserve C16 for 7733", "run until r2 in-doubt");
  await reader.lesson.getByText("Done, with 2 commands").waitFor();
  await reader.next();
  assert.equal(await reader.step(), "In one sentence");
  return reader;
}

harborTest("the first lesson by pointer, wrong answers included", async ({ harbor, page }) => {
  const reader = await theWrite(harbor);
  await reader.press(harbor.button("All lessons", reader.lesson));
  await harbor.dialog.getByRole("button", { name: /The write, step by step.*finished/ }).waitFor();
  await picture(page, "lessons-map");
});

harborTest("the first lesson by keys alone", async ({ harbor }) => {
  await theWrite(harbor, { keys: true });
});

harborTest("the first lesson on a phone", { width: 390 }, async ({ harbor }) => {
  await theWrite(harbor);
});
