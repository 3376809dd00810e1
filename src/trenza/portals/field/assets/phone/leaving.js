// Signing out of a space on this phone: what waits is said and kept, the space is locked, and the next person may come.
import { current, lock } from "./people.js";
import { element, load, say } from "./parts.js";
import { tally } from "./waits.js";

const form = document.getElementById("leave");

const warn = async () => {
  const n = current() ? (await tally()).waiting[current().profile] : 0;
  if (!n) return;
  await load();
  form.before(element("p", { className: "card try" }, say("leaving", { n })));
};

// Locked last: a lock makes the server forget the session that this form still needs. Without a signal it forgets it then.
form.addEventListener("submit", async (event) => {
  if (!current()) return;
  event.preventDefault();
  const patience = new AbortController();
  setTimeout(() => patience.abort(), 8000);
  try {
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", signal: patience.signal });
  } catch {
    // Without a signal: the cookie alone says it, at the next one.
  }
  lock();
  location.replace("/telefono/");
});

warn().catch(() => {});
