// What a page loads once it is usable (docs/phone.md). Nothing here may be needed to read a lesson or answer it, and
// whoever has no profile on this phone loads nothing of hers.
const profile = () => (/(?:^|; )profile=([^;]+)/.exec(document.cookie) || [])[1];

export const usable = isSecureContext && "indexedDB" in self && "subtle" in crypto;

// The worker, for lessons without a signal.
export const worker = async () => (await import("./register.js")).register();

// What stays on this phone whoever holds it: lessons, and the courses that somebody downloads.
const keep = async () => {
  const course = document.querySelector("[data-pack]");
  if (course) (await import("./course.js")).start(course);
  if (course || profile() || document.querySelector("[data-lesson]")) await worker();
};

const start = async () => {
  if (!usable) return;
  if (profile()) await hers();
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
