// Starts the page, and tells when it cannot go on. Both file names carry a hash of their content, so they are read from
// the preload links in the head.
const address = (kind) => document.querySelector(`link[rel=${kind}]`).href;

// A run in which nothing was done, whatever the address and the browser keep.
const begin = () => { location.hash = "new"; location.reload(); };

// The program ends for good where it meets what must not be: no answer is better than a wrong one. The address holds
// the run, so nothing is lost.
const stopped = (error) => {
  if (!(error instanceof WebAssembly.RuntimeError) || document.getElementById("stopped")) return;
  for (const part of document.body.children) part.inert = true;
  document.body.insertAdjacentHTML("afterbegin", `<div id="stopped" class="notice" role="alert"><div>
    <p><b>The page has stopped: its program met what must not happen (<span></span>).</b></p>
    <p>The run up to a moment ago is in the address. This is what was done in it:</p><pre class="script-text" tabindex="0"></pre></div>
    <button type="button" class="plain">Open it again</button> <button type="button" class="plain">Save the script</button>
    <button type="button" class="plain">Begin a new run</button></div>`);
  const part = (name) => document.querySelectorAll(`#stopped ${name}`);
  part("span")[0].textContent = error.message;
  part("pre")[0].textContent = script() || "nothing";
  const [again, save, anew] = part("button");
  again.onclick = () => location.reload();
  save.onclick = () => {
    const file = URL.createObjectURL(new Blob([script()], { type: "text/plain;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: file, download: "harbor-point.txt" }).click();
  };
  anew.onclick = begin;
  again.focus();
};

/** The script in the address, spelled as people write it. */
function script() {
  const spelled = /&script=([^&]*)/.exec(location.hash)?.[1] ?? "";
  try {
    return decodeURIComponent(spelled.replaceAll("+", " ").replaceAll(";", "\n"));
  } catch {
    return spelled;
  }
}
addEventListener("error", ({ error }) => stopped(error));
addEventListener("unhandledrejection", ({ reason }) => stopped(reason));

try {
  const [page, answer] = await Promise.all([import(address("modulepreload")), fetch(address("preload"))]);
  if (!answer.ok) throw new Error(`its module is missing: ${answer.status}`);
  const packed = new Uint8Array(await answer.arrayBuffer());
  await page.default({ module_or_path: page.unpack(packed) });
} catch (error) {
  const status = document.getElementById("start");
  if (status) status.textContent = `The page could not start (${error.message}). It needs a browser of 2023 or later; reload to try again.`;
  status?.insertAdjacentHTML("afterend", `<p><button type="button">Begin a new run</button></p>`);
  const anew = status?.parentElement.querySelector("button");
  if (anew) anew.onclick = begin;
  throw error;
}
