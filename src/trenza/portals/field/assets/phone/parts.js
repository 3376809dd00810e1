// Words and templates that pages of the phone bring along, translated (templates/field/phone).
const sources = () => document.querySelectorAll("template[id$=words]");

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const find = (key) => [...sources()].map(({ dataset }) => dataset[key]).find((text) => text !== undefined);

export const has = (name) => find(camel(name)) !== undefined;

// The sentence called `name`, with {…} filled in; where `values.n` counts, the one for one or for many.
export const say = (name, values = {}) => {
  const key = camel(name);
  const text = find(key) ?? find(key + (values.n === 1 ? "One" : "Many")) ?? "";
  return text.replace(/\{(\w+)\}/g, (_, which) => values[which] ?? "");
};

// A copy of a template: text, or a node, for each of its slots.
export const make = (id, slots = {}) => {
  const copy = document.getElementById(id).content.cloneNode(true);
  for (const [slot, content] of Object.entries(slots)) {
    const nodes = [content].flat().filter((each) => each !== null && each !== undefined);
    copy.querySelector(`[data-slot=${slot}]`).replaceChildren(...nodes);
  }
  return copy;
};

export const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// Shows a dialog of a template and resolves with what closed it; "" where she turned back. `wire` gets the dialog.
export const ask = (id, slots = {}, wire = () => {}) =>
  new Promise((resolve) => {
    const from = document.activeElement;
    document.body.append(make(id, slots));
    const dialog = document.body.lastElementChild;
    dialog.addEventListener("click", (event) => {
      const closer = event.target.closest("[data-close]");
      if (closer) dialog.close(closer.dataset.close);
      const shower = event.target.closest("[data-show]");
      if (shower) reveal(shower, dialog);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (from?.isConnected) from.focus();
      resolve(dialog.returnValue);
    });
    wire(dialog);
    dialog.showModal();
  });

const reveal = (button, dialog) => {
  const hidden = button.textContent.trim() !== say("hide");
  for (const id of button.dataset.show.split(" ")) dialog.querySelector(`#${id}`).classList.toggle("secret", !hidden);
  button.textContent = say(hidden ? "hide" : "show");
};

// An error inside a dialog: announced, and the field named by `id` gets the focus and says that it is wrong.
export const complain = (dialog, words, id) => {
  const alert = dialog.querySelector("[role=alert]");
  for (const input of dialog.querySelectorAll("input")) input.removeAttribute("aria-invalid");
  alert.hidden = false;
  alert.textContent = words;
  const field = id && dialog.querySelector(`#${id}`);
  if (!field) return;
  field.setAttribute("aria-invalid", "true");
  field.focus();
  field.select();
};

export const inWords = (milliseconds) => {
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 1);
  return seconds < 60 ? say("second", { n: seconds }) : say("minute", { n: Math.ceil(seconds / 60) });
};
