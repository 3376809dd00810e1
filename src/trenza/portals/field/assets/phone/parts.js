// What pages about the people of a phone are made of: words, templates of the page, dialogs.
import { words } from "./words.js";

// The words, once `load` is settled.
export let say = null;
export const load = async () => {
  say ||= await words();
};

export const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// A copy of a template of the page: text, or nodes, for each of its slots.
export const make = (id, slots = {}) => {
  const copy = document.getElementById(id).content.cloneNode(true);
  for (const [slot, content] of Object.entries(slots)) copy.querySelector(`[data-slot=${slot}]`).replaceChildren(...[content].flat());
  return copy;
};

export const inWords = (milliseconds) => {
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 1);
  return seconds < 60 ? say("second", { n: seconds }) : say("minute", { n: Math.ceil(seconds / 60) });
};

// Shows a <dialog>; resolves with the `data-close` of the button that closed it, "" where she turned back. The focus
// goes back to where it was, unless that is gone.
export const ask = (dialog) =>
  new Promise((resolve) => {
    const from = document.activeElement;
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-close]");
      if (button) dialog.close(button.dataset.close);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (from?.isConnected) from.focus();
      resolve(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });

export const closer = (words, answer = "", look = "btn ghost") => {
  const button = element("button", { type: "button", className: look }, words);
  button.dataset.close = answer;
  return button;
};

export const titled = (title, ...children) => {
  const heading = element("h2", { id: "dialog-title" }, title);
  const dialog = element("dialog", {}, heading, ...children);
  dialog.setAttribute("aria-labelledby", heading.id);
  return dialog;
};
