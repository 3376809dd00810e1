// This on her home screen, under the name and icon that she chose. The links come with this module and not with the page:
// a browser would ask for them before the page can be used.
import { words } from "./words.js";

let offer = null;
const waiting = new Set();

// The browser offers once; we keep it until she taps.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  for (const show of waiting) show();
});

const look = () => (/(?:^|; )look=(\w+)/.exec(document.cookie) || [])[1] || "trenza";
const link = (properties) => document.head.append(Object.assign(document.createElement("link"), properties));

const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

// Safari on iOS has no offer: it is done by hand. On an iPad it says that it is a Mac.
const isApple = () => /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

// Fills `root`, where the page has a place for it.
export const start = async (root) => {
  link({ rel: "manifest", href: "/manifest.webmanifest", crossOrigin: "use-credentials" });
  link({ rel: "apple-touch-icon", href: `/iconos/${look()}-180.png` });
  if (!root || isInstalled()) return;
  const say = await words();
  const card = (text, ...parts) => {
    const sentence = Object.assign(document.createElement("p"), { textContent: text });
    root.replaceChildren(sentence, ...parts);
    root.hidden = false;
  };
  const show = () => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn ghost", textContent: say("app_add") });
    button.addEventListener("click", async () => {
      const asked = offer;
      offer = null;
      asked.prompt();
      const { outcome } = await asked.userChoice;
      if (outcome === "accepted") card(say("app_added"));
      else root.hidden = true;
    });
    card(say("app_why"), button);
  };
  if (isApple()) card(say("app_ios"));
  else if (offer) show();
  else waiting.add(show);
};
