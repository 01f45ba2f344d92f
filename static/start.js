// Starts the page. Both file names carry a hash of their content, so they are read from the preload links in the head.
const address = (kind) => document.querySelector(`link[rel=${kind}]`).href;
try {
  const [page, answer] = await Promise.all([import(address("modulepreload")), fetch(address("preload"))]);
  if (!answer.ok) throw new Error(`its module is missing: ${answer.status}`);
  const packed = new Uint8Array(await answer.arrayBuffer());
  await page.default({ module_or_path: page.unpack(packed) });
} catch (error) {
  const status = document.getElementById("start");
  if (status) status.textContent = `The page could not start (${error.message}). It needs a browser of 2023 or later; reload to try again.`;
  throw error;
}
