// What a page loads once it is usable (docs/phone.md). Nothing here may be needed to read a lesson or answer it, and
// where nobody has a profile on this phone, nothing but this is loaded. What waits says so by a cookie of its own: that of
// the profile ends while nobody is there.
const isUsed = () => /(?:^|; )(profile|pending)=./.test(document.cookie);

export const usable = isSecureContext && "indexedDB" in self && "subtle" in crypto;

// The worker, where the server has one.
export const worker = () => navigator.serviceWorker?.register("/trabajador.js").catch(() => {});

const start = async () => {
  if (!usable) return;
  if (isUsed() || document.getElementById("keep-here")) import("./guard.js").catch(() => {});
  if (!isUsed()) return;
  const modules = [import("./status.js")];
  if (document.querySelector("form[data-lesson]")) modules.push(import("./acts.js"));
  const [status, acts] = await Promise.all(modules);
  // First who takes what she does, then what tells her of it.
  await acts?.start();
  status.start();
  worker();
};

// Settled once whatever takes the event `act` is listening. Where something cannot be loaded, pages work as ever.
export const ready = start().catch(() => {});
