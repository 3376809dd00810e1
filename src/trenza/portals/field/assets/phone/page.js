// The page /telefono/: who shares this phone, and what is hers. The page is the same for everybody; this fills it from
// what the phone keeps, so it works without a signal.
import { current, everybody, forget, lock, ready, state, sweep } from "./people.js";
import { events, flush, lost, told } from "./outbox.js";
import { all, open } from "./store.js";
import { askForgot, askNewPin, askPin } from "./pins.js";
import { ask, element, load, make, say } from "./parts.js";
import { courseCards, stepCard } from "./hers.js";
import { canSend, lines, tally } from "./waits.js";

const phone = document.getElementById("phone");
const plain = document.getElementById("plain");
const said = document.getElementById("said");

const tell = (words) => {
  said.className = words ? "card note" : "";
  said.textContent = words;
};

// What the phone knows now.
const look = async () => {
  const mine = current();
  const [people, counts, packs, hers] = await Promise.all([everybody(), tally(), all("packs"), state()]);
  return { mine, people, counts, packs, hers };
};

const personButton = ({ profile, name }, { waiting }) => {
  const n = waiting[profile];
  const button = make("t-person", { initial: [...name][0] || "", name, waits: n ? say("waits", { n }) : "" }).firstElementChild;
  button.dataset.profile = profile;
  return button;
};

const waitingCard = ({ mine, people, counts }) => {
  const names = Object.fromEntries(people.map(({ profile, name }) => [profile, name]));
  const found = lines(counts, names, mine?.profile);
  if (!found.length) return [];
  const card = make("t-waiting", { lines: found });
  card.querySelector("button").hidden = !canSend(counts);
  return card;
};

const packList = ({ packs }) => {
  if (!packs.length) return [];
  const items = packs.map(({ title, bytes }) => element("li", {}, `${title} · ${Math.ceil(bytes / 1024)} KB`));
  return [element("h2", {}, say("downloads")), element("ul", {}, ...items)];
};

// The parts of the page, each drawn anew only where what it says has changed: nothing jumps under her finger.
const teaches = (hers) => Boolean(hers?.teaching?.length || hers?.opening?.of.length);

const PARTS = {
  people: ({ mine, people, counts }) => [
    people.filter(({ profile }) => profile !== mine?.profile).map((each) => [each, counts.waiting[each.profile] || 0]),
    () => people.filter(({ profile }) => profile !== mine?.profile).map((each) => personButton(each, counts)),
  ],
  step: ({ hers, packs }) => [[hers, packs.map(({ course }) => course)], () => stepCard(hers, packs.map(({ course }) => course))],
  courses: ({ hers, packs }) => [[hers, packs.map(({ course }) => course)], () => courseCards(hers, packs.map(({ course }) => course))],
  lists: ({ hers }) => [teaches(hers), () => (teaches(hers) ? [make("t-lists")] : [])],
  certificates: ({ hers }) => [Boolean(hers?.certificates?.length), () => (hers?.certificates?.length ? [make("t-certificates")] : [])],
  waiting: (seen) => [[seen.counts, seen.people, seen.mine?.profile], () => waitingCard(seen)],
  packs: (seen) => [seen.packs.map(({ course, version }) => [course, version]), () => packList(seen)],
};

let drawn = {};
const fill = (seen) => {
  for (const slot of phone.querySelectorAll("[data-slot]")) {
    const part = PARTS[slot.dataset.slot];
    if (!part || slot.closest("[data-slot] [data-slot]")) continue;
    const [data, build] = part(seen);
    const key = JSON.stringify(data);
    if (drawn[slot.dataset.slot] === key) continue;
    drawn[slot.dataset.slot] = key;
    slot.replaceChildren(...[build()].flat());
  }
  const others = phone.querySelector("[data-others]");
  if (others) others.dataset.others = seen.people.length;
};

// Another person, or nobody: another page, read from its beginning.
let shown;
const frame = ({ mine, people }) => {
  const now = mine ? mine.profile : people.length ? "-" : "";
  if (shown === now) return;
  const first = shown === undefined;
  shown = now;
  drawn = {};
  phone.replaceChildren(mine ? make("t-open", { hello: say("hello", { name: mine.name }) }) : make(people.length ? "t-locked" : "t-nobody"));
  plain.hidden = true;
  phone.hidden = false;
  if (!first) phone.querySelector("h1").focus();
};

// One drawing at a time; what changes meanwhile is drawn after it.
let drawing = Promise.resolve();
const draw = () => {
  drawing = drawing.then(async () => {
    const seen = await look();
    if (seen.mine?.profile !== current()?.profile) return;
    frame(seen);
    fill(seen);
  });
  return drawing;
};

const send = async () => {
  tell(say("sending"));
  const { kind } = await flush({ force: true, fresh: "again" }).catch(() => ({ kind: "silent" }));
  tell(say(kind === "answered" ? "sent_all" : "unsent"));
};

// Who opens this page, or her space, wants to know: no pause of ours holds it up.
const hear = () => flush({ force: true, fresh: true }).then(sweep).then(draw, () => {});

const leave = async () => {
  const mine = current();
  const n = (await tally()).waiting[mine.profile];
  const dialog = make("t-leave", { waits: n ? say("leaving", { n }) : "" }).firstElementChild;
  if ((await ask(dialog)) !== "yes") return;
  await forget(mine.profile);
  tell(say("left_phone"));
};

// Whoever comes in next comes in as herself: the one before is locked first.
const enter = () => {
  lock();
  location.assign("/entrar/?next=/mi/");
};

const DO = {
  switch: async ({ profile }) => {
    const person = (await everybody()).find((each) => each.profile === profile);
    if (!person || (await askPin(person)) !== "forgot") return;
    if ((await askForgot()) === "enter") enter();
  },
  add: enter,
  lock: () => {
    lock();
    tell(say("locked"));
  },
  send,
  leave,
  change: async () => {
    const where = await askNewPin();
    if (where) tell(say("changed_" + where));
  },
};

phone.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  tell("");
  DO[button.dataset.do](button.dataset);
});

const start = async () => {
  // Where the phone can keep nothing, the page stays as it came: it says so.
  await open();
  await Promise.all([ready, load()]);
  await draw();
  const n = await lost();
  if (n) {
    tell(say("lost", { n }) + " " + say("come_back"));
    await told();
  }
  addEventListener("profile", () => {
    for (const dialog of document.querySelectorAll("dialog")) if (!current()) dialog.close();
    draw().then(hear);
  });
  addEventListener("state", draw);
  events.addEventListener("change", draw);
  await hear();
};

start().catch(() => {});
