// What every browser test stands on: the built page in a real, headless Chromium, served from a sub-folder.
// A test fails by itself when the console is not empty, a script throws, the content policy is violated, a request
// fails, or anything is asked of another host.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.mjs";

export const ARTEFACTS = "tests/browser/artefacts";
export const WIDTHS = [1440, 1024, 390];
export const THEMES = ["light", "dark"];

const HEIGHTS = { 1440: 900, 1024: 768, 390: 844 };
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** A server and a browser; `visit` opens a page in an empty profile. `folder` is what is served. */
export async function start({ folder = "dist" } = {}) {
  const executablePath = execFileSync("scripts/setup", ["which-browser"], { encoding: "utf8" }).trim();
  const server = await serve({ folder, base: "/some/folder/" });
  const browser = await chromium.launch({ executablePath, args: FLAGS });

  /** Opens the page at `hash`. `faults` collects what must not happen. */
  async function visit({ hash = "", width = WIDTHS[0], theme = THEMES[0], ...context } = {}) {
    const viewport = { width, height: HEIGHTS[width] ?? 900 };
    const page = await browser.newPage({ viewport, colorScheme: theme, ...context });
    const faults = [];
    page.on("console", (message) => faults.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure().errorText;
      // What was still loading when the page was left, the browser itself gives up.
      if (reason !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()} (${reason})`);
    });
    page.on("response", (response) => response.status() < 400 || faults.push(`${response.status()}: ${response.url()}`));
    page.on("request", (request) => {
      const own = [server.address, "data:", "blob:"].some((start) => request.url().startsWith(start));
      if (!own) faults.push(`request to another place: ${request.url()}`);
    });
    await page.goto(server.address + hash);
    await ready(page);
    return { page, faults };
  }

  const stop = async () => { await browser.close(); server.close(); };
  return { server, visit, stop };
}

/** Waits until the application has replaced the skeleton. */
export async function ready(page) {
  await page.waitForFunction(() => !document.querySelector(".skeleton"), null, { timeout: 10_000 });
}

/** Stores a picture of what the window shows, or with `fullPage` of the whole page; returns its file. */
export async function picture(page, name, options = {}) {
  mkdirSync(ARTEFACTS, { recursive: true });
  const file = `${ARTEFACTS}/${name}.png`;
  await page.screenshot({ path: file, ...options });
  return file;
}

/** Stores pictures of the whole page at three widths, light and dark; returns their files. */
export async function pictures(page, name, { widths = WIDTHS, themes = THEMES } = {}) {
  const files = [];
  for (const colorScheme of themes) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });
      files.push(await picture(page, `${name}-${width}-${colorScheme}`, { fullPage: true }));
    }
  }
  return files;
}

/**
 * Declares a test of the page: `pageTest(name, [options of visit], async ({ page, server, visit }) => …)`. The option
 * `todo` says what is known to be wrong with the page: the test runs, and its failure is told, but fails nothing.
 * One browser serves a whole test file; each test has a page and a profile of its own. `visit(options)` opens another
 * page, as somebody else would; what must not happen there fails the test as well.
 */
export function pageTest(name, ...rest) {
  const body = rest.pop();
  const [{ todo = false, ...options } = {}] = rest;
  declareBrowser();
  test(name, { timeout: 180_000, todo }, async () => {
    const visits = [];
    const visit = async (more) => {
      visits.push(await shared.visit({ ...options, ...more }));
      return visits.at(-1).page;
    };
    try {
      await body({ page: await visit(), server: shared.server, visit });
      for (const { faults } of visits) assert.deepEqual(faults, [], "the page runs without a word in the console");
    } finally {
      await Promise.all(visits.map(({ page }) => page.context().close()));
    }
  });
}

let shared;
let declared = false;
function declareBrowser() {
  if (declared) return;
  declared = true;
  before(async () => { shared = await start(); });
  after(() => shared?.stop());
}
