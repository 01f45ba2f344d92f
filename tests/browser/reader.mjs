// A person who takes a lesson: by pointer, or by keys alone.
import assert from "node:assert/strict";
import { eventually, plain } from "./harbor.mjs";

const MOST_TABS = 150;

export class Reader {
  constructor(harbor, title, { keys = false } = {}) {
    this.harbor = harbor;
    this.page = harbor.page;
    this.keys = keys;
    this.lesson = this.page.getByRole("region", { name: title, exact: true });
  }

  /** Presses a button: with the pointer, or after the Tab key has reached it. */
  async press(button) {
    if (!this.keys) return button.click();
    await button.waitFor();
    const before = await button.evaluate((element) =>
      (document.activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0);
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      if (await button.evaluate((element) => element === document.activeElement)) return this.page.keyboard.press("Enter");
      await this.page.keyboard.press(before ? "Shift+Tab" : "Tab");
    }
    assert.fail(`Tab does not reach ${button}`);
  }

  /** Answers the open question with the choice that begins so; resolves to what is told then. */
  async answer(begins) {
    const before = await this.told();
    const choice = this.lesson.getByRole("listitem").getByRole("button", { name: new RegExp(`^${begins}`) });
    await this.press(choice);
    return eventually(async () => {
      const told = await this.told();
      assert.notDeepEqual(told, before, "something is told of the answer");
      return told.at(-1);
    });
  }

  /** What was told of each answer of this step, in order. */
  async told() {
    const all = await this.lesson.locator(".verdict-told").allInnerTexts();
    return all.map(plain);
  }

  /** The choice that begins so, once it was judged. */
  choice(begins) {
    return this.lesson.getByRole("listitem").filter({ hasText: begins });
  }

  async next() {
    const before = await this.step();
    await this.press(this.harbor.button("Next", this.lesson));
    await eventually(async () => assert.notEqual(await this.step(), before));
  }

  /** The title of the step. */
  async step() {
    return this.lesson.getByRole("heading", { level: 3 }).first().innerText();
  }

  /** Opens it from the list of lessons. */
  async open(name) {
    await this.press(this.harbor.button("Lessons"));
    await this.press(this.harbor.dialog.getByRole("listitem").getByRole("button", { name }));
    await this.lesson.waitFor();
  }

  /** Types lines into the command box, as an exercise wants it. */
  async does(...lines) {
    for (const line of lines) {
      if (this.keys) {
        await this.harbor.commandBox.focus();
        // A line that was refused is still there.
        await this.page.keyboard.press("ControlOrMeta+a");
        await this.page.keyboard.type(line);
        await this.page.keyboard.press("Enter");
      } else {
        await this.harbor.command(line);
      }
    }
  }
}
