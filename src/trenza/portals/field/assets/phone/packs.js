// Courses taken along: download, pause, resume, remove (docs/phone.md, "Packs").
//
// download({code, pack})  resolves with how it ended: {state: "whole" | "paused" | "stopped", reason}; `pack` is the
//                         address of the manifest. What is here already is not fetched again: it resumes as well.
// pause(code)             at once; whole files that arrived stay
// resume(code)            goes on with a download that was paused or stopped
// remove(code)            the course leaves this phone
// status()                {CODE: {code, title, version, state, reason, bytes, done, total, lessons}} of every course here; `done` and
//                         `total` are bytes on the wire. state: "whole", "downloading", "paused", "stopped", or "gone":
//                         the phone's system took files away
// goOn()                  takes up every download that a cut line stopped
// persistent()            whether the system promised not to take anything away
//
// The BroadcastChannel "packs" tells every tab of each change: {course, state, reason, done, total}.
import { Stopped, ask, bring, drop, kept } from "./files.js";
import { keepsOldPictures } from "./pictures.js";
import * as store from "./store.js";
import { tell } from "./register.js";

const channel = new BroadcastChannel("packs");
// What runs in this tab: code -> {going, abort}.
const running = new Map();
// Packed JSON takes more room here than on the line.
const ROOM = 4;
const MANIFEST = 2000000;
// After a cut it tries again by itself, while the page is open.
const TRIES = [10000, 30000, 90000];
const tries = new Map();

export const events = new EventTarget();

const announce = (detail) => {
  events.dispatchEvent(new CustomEvent("change", { detail }));
  channel.postMessage(detail);
};
channel.onmessage = ({ data }) => events.dispatchEvent(new CustomEvent("change", { detail: data }));

export const download = async ({ code, pack }) => {
  const already = running.get(code);
  if (already) return already.going;
  const abort = new AbortController();
  const going = alone(code, () => run(code, pack, abort.signal)).finally(() => running.delete(code));
  running.set(code, { going, abort });
  return going;
};

export const pause = async (code) => {
  const mine = running.get(code);
  const before = await store.get("downloads", code);
  if (!before) return;
  await store.put("downloads", { ...before, paused: true, reason: "" });
  if (mine) {
    mine.abort.abort();
    await mine.going;
  } else announce(told(await store.get("downloads", code), "paused"));
};

export const resume = async (code) => {
  const before = await store.get("downloads", code);
  return before ? download({ code, pack: before.pack }) : null;
};

export const remove = async (code) => {
  const mine = running.get(code);
  if (mine) {
    mine.abort.abort();
    await mine.going;
  }
  await store.change(["packs", "downloads"], (transaction) => {
    transaction.objectStore("packs").delete(code);
    transaction.objectStore("downloads").delete(code);
  });
  await sweep();
  announce({ course: code, state: "removed", reason: "", done: 0, total: 0 });
};

export const status = async () => {
  const [packs, downloads, here] = await Promise.all([store.all("packs"), store.all("downloads"), kept()]);
  const found = {};
  for (const pack of packs) {
    const missing = pack.files.filter((file) => !here.has(file.name));
    const done = pack.bytes - weight(missing);
    const lessons = pack.manifest.lessons.filter((each) => !each.test).map(({ code, title, url, minutes, exam }) => ({ code, title, url, minutes, exam }));
    const { course, title, version, bytes, at, address } = pack;
    const state = missing.length ? "gone" : "whole";
    found[course] = { code: course, title, version, pack: address, bytes, at, lessons, state, reason: "", done, total: bytes };
  }
  for (const each of downloads) {
    const state = running.has(each.course) ? "downloading" : each.paused ? "paused" : "stopped";
    const whole = found[each.course];
    const { course, title, version, pack } = each;
    found[course] = { bytes: 0, lessons: [], ...whole, ...told(each, state), code: course, title, version, pack, before: whole?.version || "" };
  }
  return found;
};

export const persistent = async () => (navigator.storage && navigator.storage.persisted ? navigator.storage.persisted() : false);

// --- One download ---

const weight = (files) => files.reduce((sum, file) => sum + file.bytes, 0);

const told = (download, state) => ({
  course: download.course,
  state,
  reason: state === "stopped" ? download.reason : "",
  done: weight((download.files || []).filter((file) => download.done.includes(file.name))),
  total: weight(download.files || []),
});

// One tab at a time; where the browser has no locks the worst is that a file is fetched twice.
const alone = (code, work) => {
  if (!navigator.locks) return work();
  return navigator.locks.request(`pack:${code}`, { ifAvailable: true }, (lock) => (lock ? work() : { state: "downloading", reason: "" }));
};

const run = async (code, address, signal) => {
  let download = { course: code, pack: address, title: "", version: "", manifest: null, files: [], done: [], paused: false, reason: "" };
  try {
    askToStay().catch(() => {});
    const before = await store.get("downloads", code);
    if (before && before.pack === address) download = { ...before, paused: false, reason: "" };
    await store.put("downloads", download);
    announce(told(download, "downloading"));
    download = await prepare(download, signal);
    for (const file of download.files) {
      if (download.done.includes(file.name)) continue;
      if (signal.aborted) return await end(code, "paused");
      await bring(file, signal);
      download = { ...download, done: [...download.done, file.name] };
      tries.delete(code);
      if (!(await keepGoing(download))) return await end(code, "paused");
      announce(told(download, "downloading"));
    }
    return await finish(download);
  } catch (error) {
    if (signal.aborted) return await end(code, "paused");
    return await end(code, "stopped", error instanceof Stopped ? error.reason : error.name === "QuotaExceededError" ? "room" : "failed");
  }
};

// Writes down how far it is; false where she paused or removed it in another tab.
const keepGoing = (download) =>
  store.change(["downloads"], async (transaction) => {
    const downloads = transaction.objectStore("downloads");
    const now = await store.answer(downloads.get(download.course));
    if (!now || now.paused) return false;
    downloads.put(download);
    return true;
  });

// The list of files, which of them are here, and room for the others.
const prepare = async (download, signal) => {
  const manifest = download.manifest || (await list(download, signal));
  const old = await keepsOldPictures();
  const files = manifest.files.map((file) => (old && file.old ? file.old : file));
  const here = await kept();
  const done = files.map(({ name }) => name).filter((name) => here.has(name));
  const missing = weight(files) - weight(files.filter(({ name }) => here.has(name)));
  const next = { ...download, manifest, title: manifest.title, version: manifest.version, files, done };
  await store.put("downloads", next);
  announce(told(next, "downloading"));
  await ensureRoom(missing * ROOM);
  return next;
};

const list = async (download, signal) => {
  const response = await ask(download.pack, signal, { cache: "no-cache" });
  let manifest;
  try {
    const text = await response.text();
    manifest = text.length < MANIFEST ? JSON.parse(text) : null;
  } catch {
    throw new Stopped(signal.aborted || !navigator.onLine ? "cut" : "portal");
  }
  if (!manifest || manifest.course !== download.course || !Array.isArray(manifest.files) || !Array.isArray(manifest.lessons)) throw new Stopped("portal");
  return manifest;
};

const ensureRoom = async (bytes) => {
  const told = navigator.storage && navigator.storage.estimate ? await navigator.storage.estimate() : {};
  if (told.quota && told.quota - told.usage < bytes) throw new Stopped("room");
};

// Asked with the first course. Some browsers ask her, so nothing waits for the answer.
const askToStay = async () => {
  if (!navigator.storage || !navigator.storage.persist) return;
  if (await store.get("meta", "persist")) return;
  await store.put("meta", { key: "persist", value: await navigator.storage.persist() });
};

// The course is replaced in one transaction: before it the older version is whole, after it this one.
const finish = async (download) => {
  const here = await kept();
  if (!download.files.every(({ name }) => here.has(name))) throw new Stopped("room");
  const { course, version, title, manifest, files, pack: address } = download;
  const whole = { course, version, title, language: manifest.language, manifest, files, address, instead: stands(manifest, files), bytes: weight(files), at: Date.now() };
  await store.change(["packs", "downloads"], (transaction) => {
    transaction.objectStore("packs").put(whole);
    transaction.objectStore("downloads").delete(course);
  });
  tell({ language: manifest.language }).catch(() => {});
  await sweep();
  announce({ course, state: "whole", reason: "", done: whole.bytes, total: whole.bytes });
  return { state: "whole", reason: "" };
};

// Which of the files here is shown for each that a page may ask for.
const stands = (manifest, files) => {
  const here = new Set(files.map(({ name }) => name));
  const old = Object.fromEntries(manifest.files.filter((file) => file.old).map((file) => [file.name, file.old.name]));
  const instead = {};
  for (const [name, kept] of [...Object.entries(manifest.instead), ...Object.keys(old).map((name) => [name, name])]) {
    const shown = here.has(kept) ? kept : old[kept];
    if (shown && shown !== name) instead[name] = shown;
  }
  return instead;
};

const end = async (code, state, reason = "") => {
  const before = await store.get("downloads", code).catch(() => null);
  const now = before && { ...before, paused: state === "paused", reason };
  if (now) await store.put("downloads", now).catch(() => {});
  announce(now ? told(now, state) : { course: code, state, reason, done: 0, total: 0 });
  if (reason === "cut") tryAgain(code);
  return { state, reason };
};

const tryAgain = (code) => {
  const before = tries.get(code) || 0;
  if (before >= TRIES.length) return;
  tries.set(code, before + 1);
  setTimeout(goOn, TRIES[before]);
};

export const goOn = async () => {
  const stopped = (await store.all("downloads")).filter(({ course, paused, reason }) => !paused && reason !== "room" && !running.has(course));
  await Promise.all(stopped.map(({ course }) => resume(course)));
};

// Files that neither a course nor a download needs.
const sweep = async () => {
  const [packs, downloads, here] = await Promise.all([store.all("packs"), store.all("downloads"), kept()]);
  for (const { files } of [...packs, ...downloads]) for (const { name } of files || []) here.delete(name);
  await drop(here);
};
