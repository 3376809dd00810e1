// An application written without a signal is a letter (docs/phone.md, "Letters"): sealed for the cell when she hands it
// in, kept in `meta` until it is answered, and sent by whoever opens one of its pages with a signal. Nobody can read it on
// the phone, and its secret alone asks what became of it.
import { fromHex, toHex } from "./bytes.js";
import { encode } from "./msgpack.js";
import { to64 } from "./pin.js";
import { seal } from "./seal.js";
import { all, put, remove } from "./store.js";
import { words } from "./words.js";

const KIND = "letter:";
const FLAG = "letters";
const SHOWN_DAYS = 30;
const PATIENCE = 20000;

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const letters = async () => (await all("meta")).filter((each) => each.key.startsWith(KIND)).sort((a, b) => a.at - b.at);

// Rejects where it could not be kept.
const write = async (form, bringer) => {
  const { call, cell, consent, letter: take, resume } = form.dataset;
  const id = toHex(random(16));
  const secret = to64(random(32));
  const at = Date.now();
  const typed = new URLSearchParams(new FormData(form)).toString();
  const payload = [at, "application", [fromHex(call), typed, Number(consent), bringer]];
  const { session, sealed } = await seal({ device: id, cell: { public: cell }, secret }, 1, 1, encode(payload));
  const kept = { key: KIND + id, id, secret, at, take, resume, state: "waiting", session: to64(session), sealed: to64(sealed) };
  await put("meta", kept);
  localStorage.setItem(FLAG, "1");
};

const send = async (letter) => {
  const { id, secret, session, sealed } = letter;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const how = { method: "POST", credentials: "omit", cache: "no-store", redirect: "error", signal: patience.signal };
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(letter.take, { ...how, headers, body: JSON.stringify({ v: 1, id, secret, session, sealed }) });
    const said = await response.json();
    if (response.status === 200 && said.letter === id) return { state: said.state, code: said.code };
    return said.error === "unreadable" ? { state: "refused", code: "" } : null;
  } catch {
    // No signal, or the page of a Wi-Fi answered.
    return null;
  } finally {
    clearTimeout(timer);
  }
};

let last = Promise.resolve();

// One after the other, once over all tabs where the browser can tell. Who asks while a sending goes on may have a signal
// that it had not: it goes through what waits once more.
export const deliver = () => {
  const work = async () => {
    for (const letter of await letters()) {
      if (letter.state !== "waiting") continue;
      const answered = await send(letter);
      if (!answered) break;
      const { key, id, at, take, resume } = letter;
      // What was answered needs its words no longer; unreadable ones stay whole, for help in person.
      await put("meta", answered.state === "refused" ? { ...letter, ...answered } : { key, id, at, take, resume, ...answered });
    }
    await show();
  };
  const go = () => (navigator.locks ? navigator.locks.request("letters", work) : work());
  return (last = last.then(go, go));
};

const card = (say, { state, code, at, resume }) => {
  const box = document.createElement("p");
  box.className = "card " + (state === "received" ? "ok" : state === "waiting" ? "try" : "no");
  const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  box.append(`${when}. ${say("letter_" + state, { code })} `);
  if (code) {
    const link = document.createElement("a");
    link.href = resume;
    link.textContent = say("letter_go_on");
    box.append(link);
  }
  return box;
};

const show = async () => {
  const place = document.querySelector("[data-letters]");
  const say = await words();
  const kept = await letters();
  const old = Date.now() - SHOWN_DAYS * 86400000;
  for (const letter of kept) if (letter.state !== "waiting" && letter.at < old) await remove("meta", letter.key);
  if (place) place.replaceChildren(...kept.filter((letter) => letter.state === "waiting" || letter.at >= old).map((letter) => card(say, letter)));
};

// What is hidden is not asked, so it is neither required nor sent.
const asked = (form, on) => {
  for (const input of form.querySelectorAll("[data-when][hidden] :is(input, select, textarea)")) input.disabled = on;
};

const handIn = async (form) => {
  asked(form, true);
  try {
    if (!form.reportValidity()) return;
    const bringer = "outreach" in form.dataset ? (await all("meta")).find((each) => each.key === "outreach")?.token : "";
    if (bringer === undefined) return tell(form, "letter_bringer");
    await write(form, bringer);
    const region = form.querySelector("[name=region]:checked, select[name=region]")?.value;
    form.reset();
    for (const input of form.querySelectorAll("[name=region]")) {
      if (input.type === "radio") input.checked = input.value === region;
      else if (region) input.value = region;
    }
    form.dispatchEvent(new Event("change"));
    if (!("outreach" in form.dataset)) form.hidden = true;
    await show();
    scrollTo(0, 0);
    document.querySelector("h1").focus();
  } catch {
    tell(form, "letter_unkept");
  } finally {
    asked(form, false);
  }
  await deliver();
};

const tell = async (form, name) => {
  const said = form.querySelector(".error") || document.createElement("p");
  said.className = "error";
  said.setAttribute("role", "alert");
  said.textContent = (await words())(name);
  form.querySelector(".btn").before(said);
};

export const start = async () => {
  const form = document.querySelector("form[data-letter]");
  const keeper = document.querySelector("[data-outreach-token]");
  if (keeper) await put("meta", { key: "outreach", token: keeper.dataset.outreachToken });
  if (form) {
    let busy = false;
    document.querySelector("h1").tabIndex = -1;
    form.hidden = false;
    form.noValidate = true; // the browser's own check would stop at what is hidden
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      await handIn(form).finally(() => (busy = false));
    });
  }
  addEventListener("online", () => deliver().catch(() => {}));
  document.addEventListener("visibilitychange", () => document.hidden || deliver().catch(() => {}));
  await show();
  await deliver();
};
