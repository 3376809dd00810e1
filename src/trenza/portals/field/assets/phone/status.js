// The foot of every page says honestly what has arrived and what has not, and sends when it can.
import { events, flush, waiting } from "./outbox.js";
import { marked } from "./tokens.js";
import { words } from "./words.js";

const EVERY = 30000;
const REASONS = { silent: "silent", busy: "busy", portal: "portal", barred: "barred" };

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const line = make("span", { className: "sends" });
const dot = make("span", { className: "dot" });
const text = make("span", {});
const button = make("button", { type: "button", className: "link" });
let say = null;
let sending = false;

const draw = ({ waiting, refused }, why) => {
  const parts = [];
  if (waiting) parts.push(say("waiting", { n: waiting }));
  if (refused) parts.push(say("refused", { n: refused }));
  if (!parts.length) parts.push(say("all_sent"));
  if (waiting && why) parts.push(say(why));
  dot.className = waiting || refused ? "dot w" : "dot";
  // Said again only where it is something else: a screen reader reads each change.
  const said = parts.join(" ");
  if (text.textContent !== said) text.replaceChildren(dot, said);
  button.hidden = !waiting && !refused;
  button.textContent = sending ? say("sending") : say("send");
};

const send = async (wish, tells) => {
  sending = tells;
  draw(await waiting());
  const outcome = await flush(wish);
  sending = false;
  const barred = (await marked()).length ? "barred" : "";
  draw(await waiting(), barred || (tells ? REASONS[outcome.kind] : ""));
};

const quietly = (wish) => send(wish, false).catch(fail);

// Without a database there is nothing to tell; what she sends goes the ordinary way.
const fail = () => line.remove();

export const start = async () => {
  const foot = document.querySelector(".foot");
  if (!foot) return;
  say = await words();
  text.setAttribute("role", "status");
  line.append(text, button);
  button.hidden = true;
  button.addEventListener("click", () => send({ force: true, fresh: "again" }, true).catch(fail));
  events.addEventListener("change", ({ detail }) => draw(detail));
  addEventListener("online", () => quietly({ force: true, fresh: true }));
  document.addEventListener("visibilitychange", () => document.hidden || quietly({ force: true }));
  setInterval(async () => document.hidden || ((await waiting()).waiting && quietly()), EVERY);
  try {
    draw(await waiting());
  } catch {
    return;
  }
  foot.append(line);
  quietly({ fresh: true });
};
