// What a course's page says of taking the course along, and the buttons for it. Where there is a profile or none: a
// downloaded course belongs to the phone.
import { download, events, goOn, pause, persistent, remove, resume, status } from "./packs.js";
import { words } from "./words.js";

const REASONS = { cut: "pack_cut", portal: "pack_portal", broken: "pack_broken", room: "pack_room", gone: "pack_missing", failed: "pack_failed" };
const kb = (bytes) => Math.ceil(bytes / 1024);
const make = (tag, properties, ...parts) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...parts);
  return made;
};

// Fills `root` (data-pack, data-code, data-kb, data-cost) and keeps it true. Nothing shows where nothing can be kept.
export const start = async (root) => {
  if (!self.caches) return;
  const { pack, code, kb: size, cost } = root.dataset;
  const say = await words();
  const said = make("p", {});
  said.setAttribute("role", "status");
  const bar = make("progress", { max: 100, hidden: true });
  const numbers = make("p", { className: "step", hidden: true });
  const buttons = make("div", {});
  const note = make("p", { className: "step", hidden: true });

  // None of them is the first thing of the page: that is to begin, or to go on.
  const button = (text, act) => {
    const made = make("button", { type: "button", className: "btn ghost", textContent: text });
    made.addEventListener("click", () => act().catch(() => draw()));
    return made;
  };
  const get = () => download({ code, pack });
  const label = cost ? say("pack_get", { size: `${size} KB`, cost }) : say("pack_get_free", { size: `${size} KB` });

  const VIEWS = {
    none: () => [say("pack_why"), [button(label, get)]],
    downloading: () => [say("pack_getting"), [button(say("pack_pause"), () => pause(code))]],
    paused: () => [say("pack_paused"), [button(say("pack_resume"), () => resume(code)), drop()]],
    stopped: ({ reason }, all) => [say(REASONS[reason] || "pack_failed"), [button(say("pack_resume"), get), ...(reason === "room" ? others(all) : []), drop()]],
    gone: () => [say("pack_gone"), [button(label, get), drop()]],
    whole: () => [say("pack_whole"), [drop()]],
    older: () => [say("pack_newer"), [button(say("pack_update"), get), drop()]],
  };
  const drop = () => button(say("pack_remove"), () => remove(code));
  const others = (all) =>
    Object.values(all)
      .filter((each) => each.code !== code && each.bytes)
      .map(({ code, title, bytes }) => button(say("pack_delete", { title, size: `${kb(bytes)} KB` }), () => remove(code)));

  let shown = "";
  const draw = async () => {
    const all = await status();
    const mine = all[code] || { state: "none", done: 0, total: 0 };
    const state = mine.state === "whole" && mine.pack !== pack ? "older" : mine.state;
    show(mine);
    const key = JSON.stringify([state, mine.reason, Object.keys(all)]);
    if (key === shown) return;
    const focused = buttons.contains(document.activeElement);
    shown = key;
    const [sentence, parts] = VIEWS[state](mine, all);
    said.textContent = (state === "whole" ? "✓ " : "") + sentence;
    root.className = `card ${state === "whole" ? "ok" : state === "stopped" || state === "gone" ? "try" : "note"}`;
    buttons.replaceChildren(...parts);
    if (focused) buttons.firstElementChild.focus();
    note.hidden = state !== "whole";
    if (state === "whole") note.textContent = say((await persistent()) ? "pack_safe" : "pack_unsafe");
  };

  const show = ({ state, done, total }) => {
    const under = ["downloading", "paused", "stopped"].includes(state) && total > 0;
    bar.hidden = numbers.hidden = !under;
    bar.value = total ? (100 * done) / total : 0;
    numbers.textContent = under ? say("pack_done", { done: kb(done), total: kb(total) }) : "";
    bar.setAttribute("aria-label", numbers.textContent);
  };

  events.addEventListener("change", ({ detail }) => {
    // A file more: only the bar moves. Anything else is drawn anew.
    if (detail.course === code && detail.state === "downloading" && shown.startsWith('["downloading"')) show(detail);
    else draw().catch(() => {});
  });
  addEventListener("online", () => goOn().catch(() => {}));
  try {
    await draw();
  } catch {
    return;
  }
  root.replaceChildren(said, bar, numbers, buttons, note);
  root.hidden = false;
  goOn().catch(() => {});
};
