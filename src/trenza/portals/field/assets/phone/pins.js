// The dialogs about PINs, for any page. Whoever asks awaits `load` of parts.js first; `askWho` does it itself.
import { PinError, Refused, changePin, everybody, register, unlock } from "./people.js";
import { ask, closer, element, inWords, load, say, titled } from "./parts.js";

const SHAPE = /^\d{4,8}$/;
const ROW = "01234567890123456789";

const CODES = { pin_wrong: "not_pin", pin_expired: "start_over", needs_code: "needs_code" };

// What everybody tries first. The server looks closer when she registers.
const isEasy = (pin) => /^(\d+)\1+$/.test(pin) || ROW.includes(pin) || ROW.includes([...pin].reverse().join(""));

const wordsOf = (error) => {
  if (error instanceof PinError) {
    const time = inWords(error.wait);
    if (error.kind === "wait") return say("wait", { time });
    return error.wait ? say("wrong", { time }) : say("left", { n: error.left });
  }
  if (["QuotaExceededError", "Unavailable"].includes(error?.name)) return say("space");
  if (!(error instanceof Refused)) return say("failed");
  if (error.code === "pin_weak") return say("weak_" + error.why);
  return say(CODES[error.code] || { 0: "offline", 401: "enter", 429: "often" }[error.status] || "failed");
};

// No password field: a browser would offer to keep it, for whoever opens its list of passwords.
const pinField = (id, label) => {
  const input = element("input", { id, className: "secret", inputMode: "numeric", autocomplete: "off", maxLength: 8 });
  return element("div", { className: "field code" }, element("label", { htmlFor: id }, label), input);
};

// A form in a dialog; `work` gets it and may complain. One submit at a time, and the button says that something is
// going on: an old phone takes a second for a PIN.
const form = (title, help, fields, action, more, work) => {
  const alert = element("p", { className: "card no", hidden: true });
  alert.setAttribute("role", "alert");
  const show = element("button", { type: "button", className: "link" }, say("show"));
  const button = element("button", { className: "btn" }, action);
  const body = element("form", { noValidate: true }, ...help, alert, ...fields, show, button, element("div", { className: "row" }, ...more, closer(say("back"))));
  const dialog = titled(title, body);
  const inputs = [...dialog.querySelectorAll("input")];
  inputs[0].autofocus = true;
  show.addEventListener("click", () => {
    const shown = inputs[0].classList.contains("secret");
    for (const input of inputs) input.classList.toggle("secret", !shown);
    show.textContent = say(shown ? "hide" : "show");
  });
  const complain = (words, input) => {
    for (const each of inputs) each.removeAttribute("aria-invalid");
    input.setAttribute("aria-invalid", "true");
    alert.hidden = false;
    alert.textContent = words;
    input.focus();
    input.select();
  };
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.textContent !== action) return;
    button.textContent = say("moment");
    await work(dialog, complain, ...inputs);
    button.textContent = action;
  });
  return dialog;
};

// She writes her PIN. Resolves with "open", "forgot", or "" where she turned back.
export const askPin = ({ profile, name }) => {
  const work = async (dialog, complain, input) => {
    if (!input.value) return complain(say("empty"), input);
    try {
      await unlock(profile, input.value.trim());
      dialog.close("open");
    } catch (error) {
      complain(wordsOf(error), input);
    }
  };
  const forgot = closer(say("forgot"), "forgot");
  return ask(form(say("write_pin", { name }), [], [pinField("pin", say("pin"))], say("open"), [forgot], work));
};

// Whose is it? Asked on a page that works without anybody's space, while all are locked. True once hers is open; false for
// somebody who has none here.
export const askWho = async () => {
  await load();
  const people = await everybody();
  const names = people.map(({ profile, name }) => closer(name, profile, "btn ghost"));
  const chosen = await ask(titled(say("who"), element("p", {}, say("who_help")), ...names, closer(say("nobody"), "")));
  const person = people.find(({ profile }) => profile === chosen);
  return Boolean(person) && (await askPin(person)) === "open";
};

// How she comes to a new one. Resolves with "enter" or "".
export const askForgot = () => {
  const words = ["new_how", "new_safe"].map((name) => element("p", {}, say(name)));
  const enter = Object.assign(closer(say("come_in"), "enter", "btn"), { autofocus: true });
  return ask(titled(say("new_one"), ...words, enter, closer(say("back"))));
};

const fault = (pin, same) => {
  if (!SHAPE.test(pin.value.trim())) return ["weak_digits", pin];
  if (isEasy(pin.value.trim())) return ["weak_easy", pin];
  return pin.value.trim() === same.value.trim() ? null : ["differ", same];
};

const choose = (before, keep) => {
  const work = async (dialog, complain, ...inputs) => {
    const [pin, same] = inputs.slice(-2);
    const found = fault(pin, same);
    if (found) return complain(say(found[0]), found[1]);
    try {
      await keep(pin.value.trim(), inputs[0].value.trim());
      dialog.close("done");
    } catch (error) {
      complain(wordsOf(error), error instanceof PinError ? inputs[0] : pin);
    }
  };
  const fields = [...before, pinField("new-pin", say("new_pin")), pinField("same-pin", say("same_pin"))];
  return ask(form(say("choose"), [element("p", { className: "help" }, say("choose_help"))], fields, say("save_pin"), [], work));
};

// She, signed in, comes to her profile on this phone; all resolve with "done" or "". She has no PIN yet, or forgot hers:
export const choosePin = ({ reset = false } = {}) => choose([], (pin) => register(pin, { reset }));

// She has a PIN, from another phone. Also resolves with "forgot".
export const knowPin = () => {
  const work = async (dialog, complain, input) => {
    if (!input.value) return complain(say("empty"), input);
    try {
      await register(input.value.trim());
      dialog.close("done");
    } catch (error) {
      complain(wordsOf(error), input);
    }
  };
  const help = element("p", { className: "help" }, say("know_help"));
  return ask(form(say("know"), [help], [pinField("pin", say("pin"))], say("keep_here"), [closer(say("forgot"), "forgot")], work));
};

// Somebody of the team gave her one to start with.
export const startPin = () => choose([pinField("old-pin", say("start_pin"))], (pin, old) => register(old, { next: pin }));

// Of the profile that is open. Resolves with "account" where it holds elsewhere too, else "phone", or "".
export const askNewPin = async () => {
  let holds = false;
  const keep = async (pin, old) => (holds = await changePin(old, pin));
  const answer = await choose([pinField("old-pin", say("old_pin"))], keep);
  return answer && (holds ? "account" : "phone");
};
