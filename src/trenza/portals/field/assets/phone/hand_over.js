// The page /telefono/entregar/: what waits on this phone leaves it without a signal. All words stand in the page.
import { codes, file } from "./carry.js";
import { generate } from "./lean-qr.js";

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const show = (name, visible = true) => {
  part(name).hidden = !visible;
};
const fill = (element, values) => {
  element.textContent = element.dataset.words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};

let series = [];
let at = 0;

const draw = () => {
  generate(series[at]).toCanvas(part("code"), { on: [0, 0, 0, 255], off: [255, 255, 255, 255] });
  fill(part("place"), { number: at + 1, total: series.length });
  part("before").hidden = at === 0;
  const last = at === series.length - 1;
  part("after").hidden = last;
  part("end").hidden = !last;
};

const go = (step) => {
  at = Math.min(Math.max(at + step, 0), series.length - 1);
  draw();
};

const hand = async () => {
  const { file: whole } = await file();
  if (navigator.canShare?.({ files: [whole] })) {
    // Bluetooth, WhatsApp or whatever the phone has; she may think better of it.
    await navigator.share({ files: [whole] }).catch(() => {});
    return;
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(whole), download: whole.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const begin = async () => {
  series = await codes();
  const { count } = await file();
  show("nothing", !count);
  show("choice", count > 0);
  if (count) fill(part("count"), { count });
};

part("file").addEventListener("click", hand);
part("show").addEventListener("click", () => {
  // The code needs the screen.
  show("choice", false);
  show("about", false);
  show("codes");
  at = 0;
  draw();
  part("place").focus();
  part("codes").scrollIntoView();
});
part("before").addEventListener("click", () => go(-1));
part("after").addEventListener("click", () => go(1));

begin().catch(() => show("unable"));
