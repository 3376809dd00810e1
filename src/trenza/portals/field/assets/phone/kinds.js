// Questions beyond choices: steps in order, pairs, what she writes, a story that she decides. Only lessons that have them
// load this (data-kinds). apps/learning/content/written.py follows the same rules on the server.

// Words without capitals, accents, punctuation and needless spaces.
export const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N} \t\r\n]/gu, "").trim().replace(/[ \t\r\n]+/g, " ");

const unsigned = (text) => {
  const marks = text.match(/[.,]/g) || [];
  if (!marks.length) return [text];
  const last = marks[marks.length - 1];
  const at = text.lastIndexOf(last);
  const [whole, part] = [text.slice(0, at), text.slice(at + 1)];
  const inThousands = (digits) => /^[0-9]{1,3}([.,][0-9]{3})+$/.test(digits);
  if (marks.length === 1) {
    const decimal = `${whole || "0"}.${part}`;
    return /^[1-9][0-9]{0,2}$/.test(whole) && part.length === 3 ? [whole + part, decimal] : [decimal];
  }
  const plain = whole.replace(/[.,]/g, "");
  const others = marks.slice(0, -1);
  if (!others.includes(last)) return inThousands(whole) && new Set(others).size === 1 ? [`${plain}.${part}`] : [];
  return new Set(marks).size === 1 && inThousands(text) ? [plain + part] : [];
};

// The numbers that this may be, most likely the first: none, one, or for "1.500" two.
export const readings = (text) => {
  const plain = text.normalize("NFKC").replace(/−/g, "-").replace(/\p{L}+\.?/gu, " ");
  const found = plain.replace(/([0-9])[ '’](?=[0-9]{3}(?![0-9]))/g, "$1").match(/-?[.,]?[0-9][0-9.,]*/g) || [];
  if (found.length !== 1) return [];
  const sign = found[0][0] === "-" ? "-" : "";
  const digits = found[0].slice(sign.length).replace(/[.,]+$/, "");
  return digits.replace(/[.,]/g, "").length > 15 ? [] : unsigned(digits).map((each) => Number(sign + each));
};

const numbered = (text, ranges) => {
  for (const number of readings(text)) {
    const met = ranges.findIndex((range) => {
      const [least, most] = range.split(" ").map(Number);
      return least <= number && number <= most;
    });
    if (met >= 0) return met;
  }
  return -1;
};

const exam = document.querySelector("main[data-exam]");
const form = document.querySelector("form[data-kinds]");

// What the script of the page sees of a control: it knows choices, which have a value and are checked or not. `dataset.right`
// becomes the values that are right in these terms.
const box = (control, isChecked, value, focus = () => control.focus()) => ({
  closest: (selector) => control.closest(selector),
  focus,
  get checked() {
    return isChecked();
  },
  get value() {
    return value();
  },
});

// One control for each step or left side; there is an answer only once all of them have one.
const each = (question, whole, answer) => {
  const controls = [...question.querySelectorAll("select")];
  const values = () => controls.map((control) => control.value);
  const isWhole = () => values().every(Boolean) && whole(values());
  question.boxes = controls.map((control, number) => box(control, isWhole, () => `${number}:${control.value}`));
  question.answer = () => (isWhole() ? answer(values()) : []);
  if (!exam) question.dataset.right = question.dataset.right.split(",").map((value, number) => `${number}:${value}`).join();
};

const written = (question, meet) => {
  const field = question.querySelector(".in");
  const told = [...question.querySelectorAll("[data-is]")];
  const met = () => meet(field.value, told.map((one) => one.dataset.is));
  // What is said of what she wrote becomes what is shown of it.
  const judge = () => {
    const found = told[met()];
    for (const one of field.parentElement.querySelectorAll(".fb")) one.toggleAttribute("data-fb", one === (found || field.parentElement.lastChild));
    return found && "ok" in found.dataset ? "ok" : "no";
  };
  question.boxes = [box(field, () => Boolean(field.value.trim()), judge)];
  // Of an exam the server alone knows what is right; it keeps no more of what she wrote than that.
  question.answer = () => {
    if (!field.value.trim()) return [];
    return exam ? field.value.trim() : [met() < 0 ? told.length : met()];
  };
  if (!exam) question.dataset.right = "ok";
  // What is said goes when she writes on, not when she leaves: then her finger is on a button, which would move away.
  field.addEventListener("input", () => question.onchange?.());
  field.addEventListener("change", (event) => {
    event.stopPropagation();
    form.dispatchEvent(new Event("change"));
  });
};

const scenario = (question) => {
  const right = question.dataset.right.split(",");
  const ends = [...question.querySelectorAll("input")];
  const way = () => (question.querySelector(".scene:target a") || question.querySelector(".scene a")).focus();
  question.boxes = ends.map((end) =>
    box(end, () => end.checked, () => (right.includes(end.value) ? "ok" : "no"), () => (end.checked ? end.focus() : way())),
  );
  question.answer = () => ends.filter((end) => end.checked).map((end) => +end.value);
  question.dataset.right = "ok";
  // Behind the scenes is where the page puts its button.
  [...question.querySelectorAll(".scene")].pop().after(Object.assign(document.createElement("div"), { className: "opt", hidden: true }));
};

const kinds = {
  order: (question) =>
    each(question, (places) => new Set(places).size === places.length, (places) => places.map((_, place) => places.indexOf(`${place + 1}`))),
  match: (question) => each(question, () => true, (values) => values.map(Number)),
  number: (question) => written(question, numbered),
  text: (question) => written(question, (text, accepted) => accepted.indexOf(fold(text))),
  scenario,
};

const look = (question) => question.querySelector("button.ghost")?.click();

// The browser itself goes from scene to scene, and back. Where one ends, that is her answer; else she has none yet.
const follow = (question) => {
  const here = question.querySelector(".scene:target");
  if (!here) return;
  const end = here.querySelector("input");
  for (const one of question.querySelectorAll("input")) one.checked = one === end;
  question.dispatchEvent(new Event("change", { bubbles: true }));
  if (end) look(question);
};

const start = () => {
  const questions = [...form.querySelectorAll("[data-q]")];
  for (const question of questions) {
    kinds[question.dataset.kind]?.(question);
    if (question.dataset.choose) question.says = question.dataset;
  }
  addEventListener("hashchange", () => form.querySelectorAll("[data-kind=scenario]").forEach(follow));
  // Before the phone takes them.
  addEventListener(
    "act",
    ({ detail }) => questions.forEach((question, number) => question.answer && (detail.answers[number] = question.answer())),
    true,
  );
  // Enter in a field looks at this answer, and hands in nothing.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".in")) return;
    event.preventDefault();
    if (!exam) look(event.target.closest("[data-q]"));
  });
  // Only now does the script of the page take the form over.
  form.dataset.lesson = "";
};

if (form) start();
