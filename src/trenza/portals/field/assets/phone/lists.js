// The page /telefono/lista/: who came, marked on a trainer's phone with one tap each, without a signal too
// (docs/phone.md, "Lists"). The page is the same for everybody; this fills it from her state and what she did since.
import { fromHex, toHex } from "./bytes.js";
import { current, everybody, note, notes, ready, state, withdraw } from "./people.js";
import { events, flush, keep, records } from "./outbox.js";
import { begin, newId, openingForm } from "./opening.js";
import { ask, element, load, make, say } from "./parts.js";

const PRESENT = 0;
const ABSENT = 2;
const EXCUSED = 3;
const MARKS = ["present", "late", "absent", "excused"];
// Codes of apps/sessions, from 1; 0 is none.
const REASONS = ["care", "distance", "money", "connectivity", "safety", "health", "work"];
// An act becomes as many entries as it marks women.
const MOST_MARKS = 500;

const lists = document.getElementById("lists");
const plain = document.getElementById("plain");
const said = document.getElementById("said");

const tell = (words) => {
  said.className = words ? "card note" : "";
  said.textContent = words;
};

const when = ({ starts_at: starts, time_zone: timeZone }) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone,
  }).format(new Date(starts * 1000));

// --- What is known: what the server told, and over it what she did since ---

// `head` is [device, sequence, mark] of her own last mark; `marks` are the different ones that stand.
const woman = ({ id, name, heads = [] }) => ({
  id, name,
  marks: [...new Set(heads.map(([, , mark]) => mark))],
  head: heads.find(([, , , mine]) => mine)?.slice(0, 3) || null,
  others: heads.filter(([, , , mine]) => !mine).map(([, , mark]) => mark),
});

// Sessions with their women, each with what stands of her: the server's word, and what was marked here over it.
const look = async () => {
  const [told, done, sent] = await Promise.all([state(), notes(), records()]);
  const waits = new Set(sent.filter((record) => record.state === "waiting").map((record) => record.id));
  const sessions = (told?.teaching || []).map((session) => ({ ...session, people: session.people.map(woman) }));
  for (const { session: id, opened, walkIn, person, mark, head, record } of done) {
    if (opened && !sessions.some((each) => each.id === id)) sessions.push({ ...opened, people: opened.people.map(woman) });
    const session = sessions.find((each) => each.id === id);
    if (!session) continue;
    if (walkIn && !session.people.some((each) => each.id === walkIn.id)) session.people.push(woman(walkIn));
    const found = session.people.find((each) => each.id === person);
    if (!found) continue;
    Object.assign(found, { head: [...head, mark], marks: [...new Set([mark, ...found.others])], waits: waits.has(record) });
  }
  return sessions;
};

// --- What she does ---

// One thing after the other: each is laid over what the one before left.
let doing = Promise.resolve();
const inTurn = (work) => {
  doing = doing.then(work).catch(fail);
  return doing;
};

const fail = () => tell(say("list_unkept"));

const bytesOf = ([device, sequence]) => [fromHex(device), sequence];

// Marks these women alike. Each entry names the mark that it takes the place of, if this is not the first of hers.
const markAll = async (session, people, mark, reason = 0) => {
  for (let start = 0; start < people.length; start += MOST_MARKS) {
    const some = people.slice(start, start + MOST_MARKS);
    const rows = some.map(({ id, head }) => [fromHex(id), mark, reason, head ? bytesOf(head) : null]);
    const { id: record, device, sequence } = await keep(["a", [fromHex(session.id), rows]], some.length);
    const heads = some.map((_, index) => [toHex(device), sequence + index]);
    await note(some.map(({ id: person }, index) => ({ session: session.id, person, mark, record, head: heads[index] })));
  }
};

// Her id is made here, so that she can be marked before any server knows her.
// The last of eight digits is worked out of the others (Luhn): a slip of the finger names no other card.
const isCard = (number) =>
  number.length === 8 && [...number].reduce((sum, digit, index) => sum + (index % 2 ? Number(digit) : (digit * 2) % 10 + (digit > 4)), 0) % 10 === 0;

const walkIn = async (session, { given, family, region, band, card }) => {
  const id = newId();
  const { id: record } = await keep(["w", [fromHex(session.id), id, given, family, region, band, ...(card ? [card] : [])]], 1);
  const made = { id: toHex(id), name: [given, family].filter(Boolean).join(" ") };
  await note([{ session: session.id, walkIn: made, record }]);
  await markAll(session, [{ ...made, head: null }], PRESENT);
};

// --- The page ---

const wordsOf = ({ marks, waits }) => {
  if (!marks.length) return say("list_unmarked");
  const words = marks.map((mark) => say("list_" + MARKS[mark])).join(" / ");
  return say(marks.length > 1 ? "list_conflict" : waits ? "list_waits" : "list_marked", { mark: words });
};

const row = (person) => {
  const made = make("t-woman", { name: person.name, mark: wordsOf(person) }).firstElementChild;
  const [main, more] = made.querySelectorAll("button");
  made.dataset.person = person.id;
  main.setAttribute("aria-pressed", String(person.marks.length === 1 && person.marks[0] === PRESENT));
  made.classList.toggle("came", person.marks.some((mark) => mark < ABSENT));
  more.setAttribute("aria-label", say("list_more", { name: person.name }));
  return made;
};

const tally = ({ people }) => {
  const came = people.filter(({ marks }) => marks.some((mark) => mark < ABSENT)).length;
  return say("list_tally", { came, total: people.length, open: people.filter(({ marks }) => !marks.length).length });
};

const shownId = () => location.hash.slice(1);

const item = (session) => {
  const made = make("t-item", { title: session.title, when: when(session), tally: tally(session) }).firstElementChild;
  made.querySelector("a").href = "#" + session.id;
  return made;
};

const nearest = (sessions) => {
  const now = Date.now() / 1000;
  return [...sessions].sort((one, other) => Math.abs(one.starts_at - now) - Math.abs(other.starts_at - now));
};

// Nobody's region is guessed: where there are several, the first choice is that she did not say.
const options = (select, pairs) =>
  select.replaceChildren(...(pairs.length > 1 ? [make("t-unsaid")] : []), ...pairs.map(([value, words]) => element("option", { value }, words)));

const openSession = (session) => {
  const made = make("t-session", { title: session.title, when: [when(session), session.place].filter(Boolean).join(" · ") });
  options(made.querySelector("[name=region]"), session.regions);
  made.querySelector("[data-region]").hidden = session.regions.length < 2;
  return made;
};

// Drawn anew: whole where another session is shown, else only what changed, so that nothing jumps under her finger.
let shown = null;
const draw = async () => {
  const mine = current();
  const sessions = mine ? await look() : [];
  if (current()?.profile !== mine?.profile) return;
  const session = sessions.find((each) => each.id === shownId());
  const form = mine && !session ? openingForm((await state())?.opening) : [];
  const now = mine ? session?.id || (sessions.length ? "some" : "none") + form.length : "-";
  plain.hidden = true;
  lists.hidden = false;
  if (shown !== now) {
    const first = shown === null;
    shown = now;
    if (!mine) lists.replaceChildren(make((await everybody()).length ? "t-locked" : "t-nobody"));
    else if (session) lists.replaceChildren(openSession(session));
    else lists.replaceChildren(make(sessions.length ? "t-sessions" : "t-none"), ...form);
    if (!first) lists.querySelector("h1").focus();
  }
  if (session) fill(session);
  else if (sessions.length) lists.querySelector("[data-slot=list]").replaceChildren(...nearest(sessions).map(item));
};

const fill = (session) => {
  lists.querySelector("[data-slot=tally]").textContent = tally(session);
  const slot = lists.querySelector("[data-slot=people]");
  session.people.forEach((person, index) => {
    const [before, after] = [slot.children[index], row(person)];
    if (!before) slot.append(after);
    else if (before.dataset.person !== after.dataset.person) before.replaceWith(after);
    else {
      before.className = after.className;
      before.querySelector("button").setAttribute("aria-pressed", after.querySelector("button").getAttribute("aria-pressed"));
      const [was, is] = [before, after].map((each) => each.querySelector("[data-slot=mark]"));
      if (was.textContent !== is.textContent) was.textContent = is.textContent;
    }
  });
  while (slot.children.length > session.people.length) slot.lastElementChild.remove();
  lists.querySelector("[data-do=rest]").hidden = !session.people.some(({ marks }) => !marks.length) || !session.people.length;
};

const askReason = async (name) => {
  const dialog = make("t-reason", { name }).firstElementChild;
  const answer = await ask(dialog);
  return answer ? REASONS.indexOf(answer) + 1 : 0;
};

const askMark = async (person) => {
  const dialog = make("t-mark", { name: person.name }).firstElementChild;
  const mark = MARKS.indexOf(await ask(dialog));
  if (mark < 0) return null;
  const reason = mark === EXCUSED ? await askReason(person.name) : 0;
  return mark === EXCUSED && !reason ? null : [mark, reason];
};

const inSession = async (work) => {
  const session = (await look()).find((each) => each.id === shownId());
  if (session) await work(session);
  await draw();
};

const DO = {
  // One tap: she came. A second tap changes nothing; another mark is behind the other button.
  came: (id) =>
    inTurn(() =>
      inSession(async (session) => {
        const person = session.people.find((each) => each.id === id);
        if (person && !(person.marks.length === 1 && person.head?.[2] === PRESENT)) await markAll(session, [person], PRESENT);
      }),
    ),
  more: async (id) => {
    const person = (await look()).find((each) => each.id === shownId())?.people.find((each) => each.id === id);
    const chosen = person && (await askMark(person));
    if (chosen) await inTurn(() => inSession((session) => markAll(session, session.people.filter((each) => each.id === id), ...chosen)));
  },
  rest: () => inTurn(() => inSession((session) => markAll(session, session.people.filter(({ marks }) => !marks.length), ABSENT))),
};

lists.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  tell("");
  DO[button.dataset.do](button.closest("[data-person]")?.dataset.person);
});

const open = async (form) => {
  const id = await begin(form, (await state()).opening, await look());
  if (id) location.hash = id;
};

lists.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.elements.of) {
    inTurn(() => open(form));
    return;
  }
  const given = form.given.value.trim();
  const card = form.card.value.replace(/[\s-]/g, "");
  const [noName, noCard] = form.querySelectorAll("[role=alert]");
  noName.hidden = Boolean(given);
  noCard.hidden = !card || isCard(card);
  (noCard.hidden ? form.given : form.card).focus();
  if (!noName.hidden || !noCard.hidden) return;
  const facts = { given, family: form.family.value.trim(), region: form.region.value, band: form.band.value, card };
  form.given.value = form.family.value = form.card.value = "";
  inTurn(() => inSession((session) => walkIn(session, facts))).then(() => tell(say("list_added", { name: given })));
});

const start = async () => {
  await Promise.all([ready, load()]);
  await draw();
  addEventListener("hashchange", () => inTurn(draw));
  addEventListener("profile", () => {
    for (const dialog of document.querySelectorAll("dialog")) if (!current()) dialog.close();
    inTurn(draw);
  });
  addEventListener("state", () => inTurn(draw));
  events.addEventListener("change", ({ detail }) =>
    inTurn(async () => {
      // What was refused stays on this phone with its reason, and counts no more as marked.
      if (detail.kept.length) await withdraw(detail.kept);
      await draw();
    }),
  );
  // Others mark too: who opens a list wants it as it stands.
  flush({ force: true, fresh: "again" }).catch(() => {});
};

start().catch(() => {});
