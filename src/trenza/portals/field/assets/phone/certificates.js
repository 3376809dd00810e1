// The page /telefono/certificados/: hers, to be shown without a signal. The page is the same for everybody; this fills it
// from the state of whoever's space is open, and empties it when it is locked. All words stand in the page.
import { current, everybody, ready, state } from "./people.js";
import { flush } from "./outbox.js";
import { make } from "./parts.js";
import { generate } from "./lean-qr.js";

const place = document.getElementById("certificates");
const plain = document.getElementById("plain");

const isOver = ({ until }) => Boolean(until) && until * 1000 < Date.now();
const stateOf = (each) => (isOver(each) ? "expired" : each.on_hold ? "on_hold" : "valid");

const paint = (canvas, text) => generate(text).toCanvas(canvas, { on: [0, 0, 0, 255], off: [255, 255, 255, 255] });

const card = (each) => {
  const made = make("t-certificate", { title: each.title, programme: each.programme });
  const day = made.querySelector("[data-slot=day]");
  day.textContent = day.dataset.words.replace("{day}", each.day);
  made.querySelector(`[data-state=${stateOf(each)}]`).hidden = false;
  for (const code of made.querySelectorAll("[data-code]")) code.hidden = !each[code.dataset.code];
  // Codes are drawn once she opens them: an old phone takes a moment for each.
  const details = made.querySelector("details");
  details.addEventListener(
    "toggle",
    () => {
      for (const code of details.querySelectorAll("[data-code]:not([hidden])")) paint(code.querySelector("canvas"), each[code.dataset.code]);
    },
    { once: true },
  );
  return made;
};

const page = async () => {
  if (!current()) return make((await everybody()).length ? "t-locked" : "t-nobody");
  const hers = (await state())?.certificates || [];
  return hers.length ? make("t-list", { list: hers.map(card) }) : make("t-none");
};

let shown = null;
let drawing = Promise.resolve();
const draw = () => {
  drawing = drawing.then(async () => {
    const whose = current()?.profile || "";
    const key = JSON.stringify([whose, (await state())?.certificates]);
    if (key === shown) return;
    const made = await page();
    // Somebody else's space may have been opened meanwhile.
    if (whose !== (current()?.profile || "")) return;
    shown = key;
    place.replaceChildren(made);
    plain.hidden = true;
    place.hidden = false;
  });
  return drawing;
};

const start = async () => {
  await ready;
  await draw();
  addEventListener("profile", draw);
  addEventListener("state", draw);
  flush({ force: true, fresh: "again" }).catch(() => {});
};

start().catch(() => {});
