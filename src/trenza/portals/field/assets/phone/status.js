// The foot of every page says honestly what has arrived and what has not, and sends when it can.
import { events, flush, lost, waiting } from "./outbox.js";
import { current } from "./people.js";
import { marked } from "./tokens.js";
import { words } from "./words.js";

const EVERY = 30000;
const REASONS = ["silent", "busy", "portal", "barred"];

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const line = make("span", { className: "sends" });
const dot = make("span", { className: "dot" });
const text = make("span", {});
const button = make("button", { type: "button", className: "link" });
const more = make("a", { href: "/telefono/", hidden: true });
let say = null;
let sending = false;
let missing = 0;
let ended = false;
let count = 0;

const draw = ({ waiting, refused, along = 0 }, why) => {
  count = waiting;
  const parts = [];
  const here = waiting - along;
  if (here) parts.push(say("waiting", { n: here }));
  if (along) parts.push(say("along", { n: along }));
  if (refused) parts.push(say("refused", { n: refused }));
  if (missing) parts.push(say("lost", { n: missing }));
  if (!parts.length) parts.push(say("all_sent"));
  if (here && why) parts.push(say(why));
  else if (ended) parts.push(say("ended"));
  dot.className = waiting || refused || missing ? "dot w" : "dot";
  more.hidden = !refused && !missing;
  // Said again only where it is something else: a screen reader reads each change.
  const said = parts.map((part, number) => (parts[number + 1] && !part.endsWith(".") ? part + "." : part)).join(" ");
  if (text.textContent !== said) text.replaceChildren(dot, said);
  button.hidden = !waiting && !refused;
  button.textContent = sending ? say("sending") : say("send");
};

const send = async (wish, tells) => {
  sending = tells;
  draw(await waiting());
  const outcome = await flush(wish);
  sending = false;
  ended = (await marked()).includes(current()?.profile);
  const why = (tells || outcome.kind === "barred") && REASONS.includes(outcome.kind);
  draw(await waiting(), why ? outcome.kind : "");
};

const quietly = (wish) => send(wish, false).catch(fail);

// Without a database there is nothing to tell; what she sends goes the ordinary way.
const fail = () => line.remove();

export const start = async () => {
  const foot = document.querySelector(".foot");
  if (!foot) return;
  say = await words();
  text.setAttribute("role", "status");
  line.append(text, button, more);
  more.textContent = say("more");
  button.hidden = true;
  try {
    missing = await lost();
    draw(await waiting());
  } catch {
    return;
  }
  foot.append(line);
  button.addEventListener("click", () => send({ force: true, fresh: "again" }, true).catch(fail));
  events.addEventListener("change", ({ detail }) => draw(detail));
  addEventListener("online", () => quietly({ force: true, fresh: true }));
  document.addEventListener("visibilitychange", () => document.hidden || quietly({ force: true }));
  setInterval(() => document.hidden || !count || quietly(), EVERY);
  quietly({ fresh: true });
};
