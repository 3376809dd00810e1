// The page /verificar/: checks the code of a certificate on this phone, without a signal too; the fragment of the address
// in that code, and a photo of it, never leave the phone. What else there is to check needs the server, and the form
// that is there without this module.
import { bytesOf, isShort, judge, NotCompact, read } from "./compact.js";
import { known, refresh, since } from "./known.js";

const HOUR = 3600000;
const DAY = 24 * HOUR;
const OLD = 7 * DAY;
const PHOTOS = ["image/jpeg", "image/png", "image/webp"];
const SIGN = /openbadgecredential/;

const { lang, dataset } = document.documentElement;
const form = document.querySelector("form[data-verify]");
const result = document.getElementById("result");
const state = document.getElementById("kept");

const template = (id, slots = {}) => {
  const copy = document.getElementById(id).content.cloneNode(true);
  for (const [slot, content] of Object.entries(slots)) copy.querySelector(`[data-slot=${slot}]`).replaceChildren(content);
  return copy;
};

const day = (days) => new Date(days * DAY).toLocaleDateString(lang, { dateStyle: "long", timeZone: "UTC" });

// "hace 3 días", "ayer", "hace 2 horas"
const ago = (at) => {
  const words = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const passed = Math.max(0, Date.now() - at);
  if (passed >= DAY) return words.format(-Math.floor(passed / DAY), "day");
  return passed >= HOUR ? words.format(-Math.floor(passed / HOUR), "hour") : words.format(-Math.floor(passed / 60000), "minute");
};

const tell = (...parts) => {
  result.replaceChildren(...parts);
  const heading = result.querySelector("h2");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
    heading.scrollIntoView();
  }
};

const factsOf = (verdict, { said, key, at }) => {
  const trusted = verdict !== "altered" && verdict !== "unknown_issuer";
  const facts = {
    name: verdict === "revoked" ? "" : said.name,
    title: said.title,
    programme: said.programme,
    issuer: trusted ? key.organisation : "",
    since: day(said.issued),
    until: said.until === undefined ? "" : day(said.until),
    list: trusted && at ? ago(at) : "",
  };
  const made = template("t-facts", facts);
  for (const [slot, words] of Object.entries(facts)) if (!words) made.querySelector(`[data-slot=${slot}]`).closest("div").remove();
  return made;
};

const checkText = async (text) => {
  let said;
  try {
    said = read(bytesOf(text));
  } catch (error) {
    if (!(error instanceof NotCompact)) throw error;
    return tell(template("v-unreadable"));
  }
  const found = await judge(said, await current());
  const verdict = found.verdict === "valid" && !found.at ? "unlisted" : found.verdict;
  const more = found.at && Date.now() - found.at > OLD ? [template("t-old")] : [];
  if (said.demonstration && found.key) more.unshift(template("t-demonstration"));
  const page = template("t-page");
  page.querySelector("a").href += `${said.code}/`;
  return tell(template(`v-${verdict}`), ...more, factsOf(verdict, found), ...(found.key ? [page] : []));
};

// --- What this phone keeps ---

let asking = null;

// What is kept, asked for anew where there is a signal; a line that stalls is as good as none.
const current = async () => {
  const patience = (await known()) ? 4000 : 15000;
  const stalled = new Promise((resolve) => setTimeout(resolve, patience));
  asking ||= refresh().catch(() => null).finally(() => (asking = null));
  await Promise.race([asking, stalled]);
  const held = await known();
  showKept(held);
  return held;
};

const showKept = (held) => {
  if (!held) return;
  const at = since(held);
  state.replaceChildren(template(Date.now() - at > OLD ? "t-stale" : "t-kept", { age: ago(at) }));
};

const reachable = () => fetch("/verificar/llaves.json", { method: "HEAD", cache: "no-store" }).then(({ ok }) => ok, () => false);

// --- What somebody brings ---

const isPhoto = async (file) => {
  if (!PHOTOS.includes(file.type)) return false;
  // A badge says in itself what it is: the server reads it, and no code stands on it.
  return !(file.type === "image/png" && SIGN.test(await file.slice(0, 4096).text()));
};

const send = async () => {
  if (await reachable()) form.submit();
  else tell(template("t-network"));
};

const checkPhoto = async (file) => {
  tell(template("t-reading"));
  const { codesIn } = await import("./picture.js");
  const codes = await codesIn(file).catch(() => []);
  if (codes.length && isShort(codes[0])) return checkText(codes[0]);
  // The server reads codes that are finer than we can; without a signal this is all that there is to say.
  if (await reachable()) return form.submit();
  return tell(template(codes.length ? "t-network" : "v-unreadable"));
};

const chosen = () => form.foto.files[0] || form.archivo.files[0];

const check = async () => {
  const file = chosen();
  if (file) return (await isPhoto(file)) ? checkPhoto(file) : send();
  const text = form.codigo.value.trim();
  if (!text) return form.codigo.focus();
  return isShort(text) ? checkText(text) : send();
};

let busy = false;
const inTurn = async (work) => {
  if (busy) return;
  busy = true;
  await work().catch(() => tell(template("v-unreadable"))).finally(() => (busy = false));
};

const ofAddress = () => {
  if (location.hash.length > 1) inTurn(() => checkText(`/V/${location.hash}`));
};

// The page and its modules are kept by the worker, so that they open without a signal.
const keep = async () => {
  const { register, tell: say } = await import(dataset.phone.replace(/[^/]+$/, "register.js"));
  if (await register()) await say({ apart: [form.getAttribute("action"), ...JSON.parse(form.dataset.modules)] });
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  inTurn(check);
});
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
addEventListener("drop", ({ dataTransfer }) => {
  if (!dataTransfer.files.length) return;
  form.foto.value = "";
  form.archivo.files = dataTransfer.files;
  inTurn(check);
});
addEventListener("hashchange", ofAddress);

const start = async () => {
  showKept(await known());
  ofAddress();
  await current();
  if (dataset.phone && isSecureContext && !/(?:^|; )shared=1/.test(document.cookie)) await keep();
};
start().catch(() => {});
