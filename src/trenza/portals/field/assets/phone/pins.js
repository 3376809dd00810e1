// The dialogs about PINs, on every page that brings their templates (templates/field/phone/pin.html).
import { PinError, Refused, changePin, register, unlock } from "./people.js";
import { ask, complain, inWords, say } from "./parts.js";

const SHAPE = /^\d{4,8}$/;
const ROW = "01234567890123456789";

// What everybody tries first. The server looks closer when she registers.
const isEasy = (pin) => /^(\d)\1+$/.test(pin) || ROW.includes(pin) || ROW.includes([...pin].reverse().join(""));

const wordsOf = (error) => {
  if (error instanceof PinError) {
    const time = inWords(error.wait);
    if (error.kind === "wait") return say("wait", { time });
    return error.wait ? say("wrong", { time }) : say("left", { n: error.left });
  }
  if (!(error instanceof Refused)) return say(error?.name === "QuotaExceededError" || error?.name === "Unavailable" ? "space" : "failed");
  if (error.code === "weak_pin") return say("easy");
  return say({ 0: "offline", 401: "enter", 403: "enter", 429: "often" }[error.status] || "failed");
};

// One submit at a time; the button says that something is going on: old phones take a second for a PIN.
const onSubmit = (dialog, work) => {
  let busy = false;
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const button = dialog.querySelector("button.btn:not([type])");
    const label = button.textContent;
    button.textContent = say("moment");
    await work();
    button.textContent = label;
    busy = false;
  });
};

// She writes her PIN. Resolves with "open", "forgot", or "" where she turned back.
export const askPin = ({ profile, name }) =>
  ask("t-pin", { title: say("who", { name }) }, (dialog) => {
    const input = dialog.querySelector("#pin");
    onSubmit(dialog, async () => {
      if (!input.value) return complain(dialog, say("empty"), "pin");
      try {
        await unlock(profile, input.value.trim());
        dialog.close("open");
      } catch (error) {
        complain(dialog, wordsOf(error), "pin");
      }
    });
  });

const faultOf = (dialog) => {
  const [pin, same] = ["new-pin", "same-pin"].map((id) => dialog.querySelector(`#${id}`).value.trim());
  if (!SHAPE.test(pin)) return ["digits", "new-pin"];
  if (isEasy(pin)) return ["easy", "new-pin"];
  return pin === same ? null : ["differ", "same-pin"];
};

const choose = (work, needsOld) =>
  ask("t-choose", {}, (dialog) => {
    const old = dialog.querySelector("[data-old]");
    old.hidden = !needsOld;
    if (needsOld) {
      dialog.querySelector("#old-pin").autofocus = true;
      dialog.querySelector("#new-pin").autofocus = false;
    }
    onSubmit(dialog, async () => {
      const fault = faultOf(dialog);
      if (fault) return complain(dialog, say(fault[0]), fault[1]);
      try {
        await work(dialog.querySelector("#new-pin").value.trim(), dialog.querySelector("#old-pin").value.trim());
        dialog.close("done");
      } catch (error) {
        complain(dialog, wordsOf(error), error instanceof PinError ? "old-pin" : "new-pin");
      }
    });
  });

// She, signed in, chooses the PIN of her profile on this phone. Resolves with "done" or "".
export const choosePin = ({ reset = false } = {}) => choose((pin) => register(pin, { reset }), false);

export const askNewPin = () => choose((pin, old) => changePin(old, pin), true);
