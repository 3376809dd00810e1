// Recordings in a lesson: what one costs in her money, and a player where she touches it. Nothing is fetched before; where
// this is missing, the link opens the recording.
import { words } from "./words.js";

const country = async () => {
  if (!/(?:^|; )profile=./.test(document.cookie)) return "";
  const { state } = await import("./people.js");
  return (await state())?.country || "";
};

// Rounded up, so that it never costs her more than we said.
const cost = (bytes, [sign, perMegabyte, places]) => {
  const step = 10 ** places;
  const amount = Math.max(Math.ceil((bytes / 1e6) * perMegabyte * step), 1) / step;
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  return `${sign}\u00a0${amount.toLocaleString(document.documentElement.lang, digits)}`;
};

const price = async (links, say) => {
  const where = await country();
  if (!where) return;
  const { default: prices } = await import("./prices.js");
  if (!prices[where]) return;
  for (const link of links) {
    const told = Object.assign(document.createElement("span"), { className: "step" });
    told.textContent = say("media_cost", { cost: cost(+link.dataset.bytes, prices[where]) });
    link.after(" ", told);
  }
};

const play = (link, say) => {
  const player = document.createElement(link.dataset.media);
  const place = link.parentElement;
  const failed = () => {
    const said = Object.assign(document.createElement("span"), { textContent: say("media_failed") });
    said.setAttribute("role", "alert");
    place.replaceChildren(link, " ", said);
    link.focus();
  };
  Object.assign(player, { controls: true, preload: "none", onerror: failed, src: link.href });
  player.setAttribute("aria-label", place.closest(".media").querySelector("b").textContent);
  place.replaceChildren(player);
  player.focus();
  // A browser that refuses to begin by itself leaves the button of the player.
  player.play().catch(() => {});
};

export const start = async () => {
  const links = [...document.querySelectorAll("a[data-media]")];
  for (const link of links) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      play(link, await words());
    });
  }
  await price(links, await words()).catch(() => {});
};
