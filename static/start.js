// Starts the page, and tells when it cannot go on. Both file names carry a hash of their content, so they are read from
// the preload links in the head.
const address = (kind) => document.querySelector(`link[rel=${kind}]`).href;

// The program ends for good where it meets what must not be: no answer is better than a wrong one. The address holds
// the run, so nothing is lost.
const stopped = (error) => {
  if (!(error instanceof WebAssembly.RuntimeError) || document.getElementById("stopped")) return;
  for (const part of document.body.children) part.inert = true;
  document.body.insertAdjacentHTML("afterbegin", `<div id="stopped" class="notice" role="alert"><div>
    <p><b>The page has stopped: its program met what must not happen (<span></span>).</b></p>
    <p>The run up to a moment ago is in the address.</p></div>
    <button type="button" class="plain">Open it again</button> <a class="plain" href="./">Begin a new run</a></div>`);
  document.querySelector("#stopped span").textContent = error.message;
  const again = document.querySelector("#stopped button");
  again.onclick = () => location.reload();
  again.focus();
};
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
  status?.insertAdjacentHTML("afterend", `<p><a href="./">Begin a new run</a></p>`);
  throw error;
}
