// Takes what she did in a lesson: kept on the phone first, then sent; and lays what is known of her over the page.
import { fromHex } from "./bytes.js";
import { events, put } from "./outbox.js";
import { current, everybody, mark, ready, state } from "./people.js";
import { words } from "./words.js";

const form = document.querySelector("form[data-lesson]");
const { lesson, next, exam } = document.querySelector("main").dataset;
const isExam = exam !== undefined;

// The code, the payload and how many entries it stands for (docs/phone.md, "Sealed records").
const act = ({ answers: given, done }) => {
  const id = fromHex(lesson);
  const answers = given.map((chosen) => (chosen?.length ? chosen : null));
  if (isExam) return [["x", [id, answers]], 1];
  const answered = answers.filter((chosen) => chosen !== null).length;
  return [["l", [id, answers, done]], answered + (done ? 1 : 0)];
};

const keep = async ({ detail }) => {
  const say = await words();
  const id = await put(...act(detail));
  const counts = !isExam && (await found().catch(() => null))?.counts;
  const passed = detail.passed || counts;
  if (passed && !isExam) await mark(lesson).catch(() => {});
  const more = isExam ? say("ungraded") : passed ? "" : say("again");
  const link = next && (isExam || passed) ? detail.link(next, document.getElementById("says").dataset.next) : [];
  form.querySelector("button.btn").classList.toggle("ghost", link.length > 0);
  detail.show(isExam ? "note" : passed ? "ok" : "try", say("kept") + " " + more, ...link);
  follow(id, say, more);
  return true;
};

// What is said of the record in the card that stands there, once the server has named it.
const follow = (id, say, more) => {
  const line = form.querySelector("[tabindex] > p");
  line.setAttribute("role", "status");
  const listen = ({ detail }) => {
    const gone = detail.gone.includes(id);
    if (!gone && !detail.kept.includes(id)) return;
    events.removeEventListener("change", listen);
    if (line.isConnected) line.textContent = gone ? say("sent") + " " + more : say("refused", { n: 1 });
  };
  events.addEventListener("change", listen);
};

// How many profiles this phone has. Where all are locked, whose work it is must be asked before it is kept.
let people = 0;

const open = async () => Boolean(current()) || (await import("./pins.js")).askWho();

const listen = (event) => {
  if (!lesson || !(current() || people)) return;
  event.preventDefault();
  // Where it could not be kept, or she is somebody else, the page sends it itself, as without us.
  event.detail.kept = open()
    .then((opened) => opened && keep(event))
    .catch(() => false);
};

const found = async () => {
  for (const course of (await state())?.courses || []) {
    for (const each of course.lessons) if (each.id === lesson) return each;
  }
  return null;
};

// "Ya la hiciste", and the result of an exam, above the lesson.
const overlay = async () => {
  const known = await found();
  const told = document.getElementById("known") || Object.assign(document.createElement("p"), { id: "known", className: "card ok" });
  const say = await words();
  const graded = isExam && typeof known?.score === "number";
  if (graded) told.textContent = say(known.counts ? "passed" : "not_passed", { score: Math.round(100 * known.score) });
  else if (known?.counts || known?.since) told.textContent = say("already");
  else return told.remove();
  told.className = graded && !known.counts ? "card try" : "card ok";
  document.querySelector("main h1").after(told);
};

const other = (before) => () => {
  const profile = current()?.profile;
  // What one woman chose is not the other's to hand in.
  if (before && before !== profile) form.reset();
  before = profile;
  overlay().catch(() => {});
};

export const start = async () => {
  await ready;
  people = (await everybody()).length;
  form.addEventListener("act", listen);
  addEventListener("profile", other(current()?.profile));
  events.addEventListener("change", ({ detail }) => detail.state && overlay().catch(() => {}));
  overlay().catch(() => {});
};
