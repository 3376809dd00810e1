// What a page loads once it is usable (docs/phone.md). Nothing here may be needed to read a lesson or answer it, and
// where nobody has a profile on this phone, nothing of hers is loaded. The cookie of a profile ends while nobody is there;
// what waits says so by one of its own, and that somebody was here stays.
const isUsed = () => /(?:^|; )(profile|pending)=./.test(document.cookie) || Boolean(localStorage.getItem("used"));

// A computer that everybody uses: nothing is kept there.
const shared = /(?:^|; )shared=1/.test(document.cookie);

export const usable = !shared && isSecureContext && "indexedDB" in self && "subtle" in crypto;

// The worker, for lessons without a signal.
export const worker = async () => (await import("./register.js")).register();

// What stays on this phone whoever holds it: lessons, the courses that somebody downloads, the app on the home screen.
const keep = async () => {
  const lesson = document.querySelector("[data-lesson]");
  const course = document.querySelector("[data-pack]");
  if (lesson) (await import("./draft.js")).start();
  if (document.querySelector("[data-media]")) (await import("./media.js")).start();
  if (course) (await import("./course.js")).start(course);
  if (!lesson) (await import("./install.js")).start(document.querySelector("[data-install]"));
  const stays = lesson || course || document.querySelector("[data-kept]");
  if (stays || isUsed() || location.pathname === "/telefono/") await worker();
};

const start = async () => {
  if (document.querySelector("[data-when]")) import("./skip.js").then((skip) => skip.start()).catch(() => {});
  if (shared) await import("./shared.js");
  if (!usable) return;
  if (isUsed() || document.getElementById("keep-here")) import("./guard.js").catch(() => {});
  if (isUsed()) await hers();
  keep().catch(() => {});
  if (document.querySelector("[data-letters]") || localStorage.getItem("letters")) await letters();
};

// Applications that are written without a signal: the page for them is kept once she has seen the other.
const letters = async () => {
  const page = document.querySelector("[data-letter-page]");
  if (page && (await worker())) (await import("./register.js")).tell({ application: page.dataset.letterPage });
  await (await import("./letter.js")).start();
};

const hers = async () => {
  const modules = [import("./status.js")];
  if (document.querySelector("form[data-lesson]")) modules.push(import("./acts.js"));
  const [status, acts] = await Promise.all(modules);
  // First who takes what she does, then what tells her of it.
  await acts?.start();
  status.start().catch(() => {});
};

// Settled once whatever takes the event `act` is listening. Where something cannot be loaded, pages work as ever.
export const ready = start().catch(() => {});
