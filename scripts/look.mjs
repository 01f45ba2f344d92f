#!/usr/bin/env node
// Looks at the built page: six pictures (widths 1440, 1024 and 390, light and dark) under tests/browser/artefacts.
//
//   make look                                           builds if needed, then looks at the start
//   make look LOOK="'#s=…' --name c14"                  opens that fragment; pictures are c14-1440-light.png, …
//   scripts/look.mjs '#s=…' --click 'text=Step' --click 'role=button[name="Play"]' --wait 500
//   scripts/look.mjs --press ArrowRight --fill 'role=textbox' 'crash md-db-4' --width 390 --theme dark
//
// Actions happen in the order given, at the first width; a selector is Playwright's. Every console message, error and
// failed request is printed, and makes the exit code 1.
import { pictures, start, THEMES, WIDTHS } from "../tests/browser/harness.mjs";

const args = process.argv.slice(2);
const options = { hash: "", name: "look", widths: WIDTHS, themes: THEMES };
const actions = [];
while (args.length > 0) {
  const word = args.shift();
  const value = () => args.shift() ?? usage(`${word} needs a value`);
  if (word.startsWith("#")) options.hash = word;
  else if (word === "--name") options.name = value();
  else if (word === "--width") options.widths = [Number(value())];
  else if (word === "--theme") options.themes = [value()];
  else if (word === "--click") actions.push(((selector) => (page) => page.click(selector))(value()));
  else if (word === "--press") actions.push(((key) => (page) => page.keyboard.press(key))(value()));
  else if (word === "--fill") actions.push(((selector, text) => (page) => page.fill(selector, text))(value(), value()));
  else if (word === "--wait") actions.push(((time_ms) => (page) => page.waitForTimeout(time_ms))(Number(value())));
  else usage(`${word} is unknown`);
}

function usage(problem) {
  console.error(`${problem}: see the head of scripts/look.mjs`);
  process.exit(2);
}

const { visit, stop } = await start();
try {
  const { page, faults } = await visit({ hash: options.hash, width: options.widths[0], theme: options.themes[0] });
  page.setDefaultTimeout(5_000);
  for (const act of actions) await act(page);
  for (const file of await pictures(page, options.name, options)) console.log(file);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await stop();
}
