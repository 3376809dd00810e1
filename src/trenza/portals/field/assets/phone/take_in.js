// The page /recibir/ on the phone of whoever takes in somebody else's work: she scans codes or opens a file, also where
// there is no signal; from there it goes with her own. Without this script, or without a profile, the form does it.
import { readCode, readFile, takeIn, Unreadable } from "./carry.js";
import { flush } from "./outbox.js";
import { everybody } from "./people.js";

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const says = part("says").dataset;
const seen = new Map();
let total = 0;
let stream = null;

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const tell = (words, kind = "note") => {
  part("told").className = `card ${kind}`;
  part("told").textContent = words;
  part("told").hidden = false;
};

const keep = async (records) => {
  const fresh = await takeIn(records);
  flush({ force: true }).catch(() => {});
  return fresh;
};

const take = async (text) => {
  if (seen.has(text)) return;
  const { number, of, records } = readCode(text);
  const fresh = await keep(records);
  seen.set(text, number);
  total += fresh;
  const missing = Array.from({ length: of }, (_, n) => n + 1).filter((n) => ![...seen.values()].includes(n));
  if (missing.length) tell(fill(says.more, { number, total: of, missing: missing.join(", ") }));
  else tell(fill(says.all, { count: total }), "ok");
};

const stop = () => {
  for (const track of stream?.getTracks() || []) track.stop();
  stream = null;
  part("camera").hidden = true;
  part("scan").hidden = false;
};

const scan = async () => {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const video = part("video");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    tell(says.camera, "no");
    return;
  }
  seen.clear();
  total = 0;
  video.srcObject = stream;
  part("camera").hidden = false;
  part("scan").hidden = true;
  await video.play();
  while (stream) {
    const found = await detector.detect(video).catch(() => []);
    for (const code of found) {
      await take(code.rawValue).catch(() => tell(says.unreadable, "no"));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const files = async (event) => {
  const chosen = [...part("files").files];
  if (!chosen.length || chosen.some((each) => !each.name.endsWith(".trz"))) return;
  event.preventDefault();
  let count = 0;
  for (const each of chosen) {
    try {
      count += await keep(readFile(new Uint8Array(await each.arrayBuffer())));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      tell(says.unreadable, "no");
      return;
    }
  }
  tell(fill(says.all, { count }), "ok");
};

const start = async () => {
  if (!(await everybody()).length) return;
  part("form").addEventListener("submit", files);
  part("form").dataset.kept = "";
  if (!("BarcodeDetector" in globalThis)) return;
  part("scan").hidden = false;
  part("scan").addEventListener("click", scan);
  part("stop").addEventListener("click", stop);
  addEventListener("pagehide", stop);
};

start().catch(() => {});
