// The page as a person meets it: what stands where, by role and name, and what a hand can do to it. Nothing here
// reaches behind what is shown.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";

const PATIENCE_MS = 5_000;

/** Tries until `check` throws no more; what it threw last is the failure. Resolves to what it returned. */
export async function eventually(check) {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise(setImmediate);
    }
  }
}

/** One space wherever the layout has any white space. */
export const plain = (text) => text.replace(/\s+/g, " ").trim();

/** The page in the hands of a person. */
export class Harbor {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
    this.dialog = page.getByRole("dialog");
    this.commandBox = page.getByRole("combobox", { name: "Script line" });
    this.slider = page.getByRole("slider", { name: "Moment" });
    this.reserve = this.button(/^Reserve /);
    this.play = this.button(/^(Play|Pause)$/);
  }

  region(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  button(name, within = this.page) {
    return within.getByRole("button", { name, exact: true });
  }

  // What is read.

  /** The head of the page in one line: who leads, what is committed, what is not, what 201 means. */
  async head() {
    return plain(await this.page.getByRole("banner").locator("dl").innerText());
  }

  /** The sentence of the last step. */
  async justHappened() {
    return plain(await this.region("What just happened").getByRole("paragraph").first().innerText());
  }

  /** The transcript: each line as `md-db-4 | appended 27:981244 …`, without its moment. */
  async transcript() {
    const lines = await this.moments();
    return lines.map((line) => line.slice(line.indexOf("|") + 2));
  }

  /** The transcript with its moments: `6.000 ms | md-db-4 | appended 27:981244 …`. */
  async moments() {
    const lines = this.region("Transcript").getByRole("listitem").getByRole("button");
    return lines.evaluateAll((all) => all.map((line) => [...line.children].map((part) => part.textContent).join(" | ")));
  }

  /** The receipts, newest first, without their buttons. */
  async promises() {
    const receipts = await this.region("Promises").getByRole("listitem").allInnerTexts();
    return receipts.map((receipt) => plain(receipt).replace(" Why? ", " "));
  }

  /** The newest receipt. */
  async promise() {
    return (await this.promises())[0];
  }

  /** What the log grid says of an index: `{ "md-db-4": "C14 t27 durable, committed, applied", … }`. */
  async column(index) {
    const lanes = await this.region("Log of every node, by index").getByRole("row").evaluateAll((rows) =>
      rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim())));
    const place = lanes[0].findIndex((head) => head.startsWith(String(index)));
    assert.ok(place > 0, `the log has no column ${index}: ${lanes[0]}`);
    const state = (cell) => cell.replace(/ ?[●▸] (match|next)/g, "");
    return Object.fromEntries(lanes.slice(1).map((lane) => [lane[0].split(" ")[0], state(lane[place])]));
  }

  /** A node on the stage. Its name says all that is drawn on it. */
  node(name) {
    return this.page.getByRole("button", { name: new RegExp(`^${name}, `) });
  }

  async nodeSays(name) {
    return this.node(name).getAttribute("aria-label");
  }

  /** What the page has to tell: each alert that says something. */
  async alerts() {
    const texts = await this.page.getByRole("alert").allInnerTexts();
    return texts.map(plain).filter((text) => text !== "");
  }

  async clock() {
    return plain(await this.page.getByRole("timer", { name: "clock" }).innerText());
  }

  async script() {
    return (await this.region("Script").locator("pre").innerText()).trim();
  }

  /** All that a moment is to a person: equal moments read the same. */
  async moment() {
    return {
      head: await this.head(), clock: await this.clock(), sentence: await this.justHappened(),
      transcript: await this.moments(), promises: await this.promises(), nodes: await this.nodesSay(),
      log: plain(await this.region("Log of every node, by index").innerText()), alerts: await this.alerts(),
    };
  }

  async nodesSay() {
    return Promise.all(["md-db-4", "md-db-2", "sg-db-1"].map((name) => this.nodeSays(name)));
  }

  // What is done.

  /** A line typed into the command box. */
  async command(line) {
    await this.commandBox.fill(line);
    await this.commandBox.press("Enter");
  }

  /** Several lines, each typed. */
  async commands(...lines) {
    for (const line of lines) await this.command(line);
  }

  /** Steps until the transcript has a line that contains `text`. */
  async stepUntil(text, { step = () => this.button("Step").click(), most = 60 } = {}) {
    for (let steps = 0; steps <= most; steps += 1) {
      if ((await this.transcript()).some((line) => line.includes(text))) return;
      const before = await this.clock();
      await step(this);
      await eventually(async () => assert.notEqual(await this.clock(), before, "the step is done"));
    }
    assert.fail(`no line with "${text}" after ${most} steps:\n${(await this.transcript()).join("\n")}`);
  }

  /** Once a step's motion is over. */
  async settled() {
    await this.page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  }

  /** The runs as the list has them, the present one with a star: `1* crash md-db-4`. */
  async runs() {
    const items = this.region("Runs").getByRole("listitem").getByRole("button");
    return items.evaluateAll((all) => all.map((run) => {
      const [number, last] = [...run.children].map((part) => part.textContent);
      return `${number}${run.getAttribute("aria-current") ? "*" : ""} ${last}`;
    }));
  }

  /** Clicks a line of the transcript; `line` as `moments()` has it. */
  async goTo(line) {
    const place = (await this.moments()).indexOf(line);
    assert.ok(place >= 0, `the transcript has no line ${line}`);
    await this.region("Transcript").getByRole("listitem").nth(place).getByRole("button").click();
  }

  /** Opens a text as a file, as someone does who picks it in the system's dialog. */
  async open(text, name = "story.txt") {
    const chooser = this.page.waitForEvent("filechooser");
    await this.button("Open …", this.region("Script")).click();
    await (await chooser).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  }

  /** Copies the link to this moment and resolves to it, as pasted somewhere. */
  async copyLink() {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.button("Copy a link to this moment").click();
    await this.page.getByText("link copied").waitFor();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Opens a panel that is folded; resolves to it. */
  async unfold(name) {
    const panel = this.region(name);
    const title = this.button(name, panel);
    if (await title.getAttribute("aria-expanded") === "false") await title.click();
    await this.page.locator("[aria-expanded=true]", { hasText: name }).waitFor();
    return panel;
  }

  /** Cuts the links between pairs of nodes on the stage, by pointer. */
  async cut(...pairs) {
    for (const [a, b] of pairs) {
      await this.page.getByRole("button", { name: new RegExp(`^Link ${a} to ${b}`) }).click();
      await this.dialog.getByRole("button", { name: "Cut both ways" }).click();
      await this.dialog.waitFor({ state: "detached" });
    }
  }

  /** Something in the node's menu on the stage, by pointer. */
  async choose(node, name) {
    await this.node(node).click();
    await this.dialog.getByRole("button", { name }).click();
  }
}

/** `pageTest` with the page in a person's hands; without motion, unless the options say otherwise. */
export function harborTest(name, ...rest) {
  const body = rest.pop();
  pageTest(name, { reducedMotion: "reduce", ...rest[0] }, (given) => body({ ...given, harbor: new Harbor(given.page) }));
}
