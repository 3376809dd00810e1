// What a page loads once it is usable (docs/phone.md). Nothing here may be needed to read a lesson or answer it, and
// whoever has no profile on this phone loads nothing of hers.
// What waits says so by a cookie of its own: that of the profile ends while nobody is there.
const isUsed = () => /(?:^|; )(profile|pending)=./.test(document.cookie);

export const usable = isSecureContext && "indexedDB" in self && "subtle" in crypto;

// The worker, for lessons without a signal.
export const worker = async () => (await import("./register.js")).register();

// What stays on this phone whoever holds it: lessons, the courses that somebody downloads, the app on the home screen.
const keep = async () => {
  const lesson = document.querySelector("[data-lesson]");
  const course = document.querySelector("[data-pack]");
  if (course) (await import("./course.js")).start(course);
  if (!lesson) (await import("./install.js")).start(document.querySelector("[data-install]"));
  if (lesson || course || isShared() || location.pathname === "/telefono/") await worker();
};

// Profiles that are locked have no cookie after a while; the time of their last use stays.
const isShared = () => Boolean(isUsed() || localStorage.getItem("used"));

const start = async () => {
  if (!usable) return;
  if (isShared() || document.getElementById("keep-here")) import("./guard.js").catch(() => {});
  if (isShared()) await hers();
  keep().catch(() => {});
};

const hers = async () => {
  const modules = [import("./status.js")];
  if (document.querySelector("form[data-lesson]")) modules.push(import("./acts.js"));
  const [status, acts] = await Promise.all(modules);
  // First who takes what she does, then what tells her of it.
  await acts?.start();
  status.start();
};

// Settled once whatever takes the event `act` is listening. Where something cannot be loaded, pages work as ever.
export const ready = start().catch(() => {});
