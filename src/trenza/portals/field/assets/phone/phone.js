// What a page loads once it is usable (docs/phone.md). Nothing here may be needed to read a lesson or answer it, and
// whoever has no profile on this phone loads nothing but this.
const profile = () => (/(?:^|; )profile=([^;]+)/.exec(document.cookie) || [])[1];

export const usable = isSecureContext && "indexedDB" in self && "subtle" in crypto;

// The worker, where the server has one.
export const worker = () => navigator.serviceWorker?.register("/trabajador.js").catch(() => {});

// Profiles that are locked have no cookie after a while; the time of their last use stays.
const isShared = () => Boolean(profile() || localStorage.getItem("used"));

const start = async () => {
  if (!usable) return;
  if (isShared() || document.getElementById("keep-here")) import("./guard.js").catch(() => {});
  if (!isShared()) return;
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
