// The card on her own page that invites her to keep her progress on this phone, or to open her space with her PIN.
import { current, everybody, ready } from "./people.js";
import { open } from "./store.js";
import { load } from "./parts.js";
import { askPin, choosePin, knowPin, startPin } from "./pins.js";

const WEEK = 7 * 24 * 3600 * 1000;

const card = document.getElementById("keep-here");
const { who } = card.dataset;

const show = (what) => {
  card.hidden = false;
  for (const part of card.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== what;
};

const her = async () => (await everybody()).find((person) => person.who === who);

const finish = () => {
  if (current()?.who !== who) return;
  show("open");
  document.getElementById("keep-title").focus();
};

const unlessForgot = async (answer) => (await answer) === "forgot" && choosePin({ reset: true });

// How she comes to her profile here: it is here already, or by the PIN that her account has.
const ways = {
  open: async () => unlessForgot(askPin(await her())),
  none: () => choosePin(),
  hers: () => unlessForgot(knowPin()),
  start: () => startPin(),
  later: () => {
    localStorage.setItem("later", Date.now());
    card.hidden = true;
  },
};

card.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  await ways[button.dataset.do]();
  finish();
});

const start = async () => {
  // Where the phone can keep nothing, nothing is offered.
  if (!self.crypto?.subtle) return;
  await open();
  await Promise.all([ready, load()]);
  if (current()?.who === who) return;
  if (await her()) show("locked");
  else if (Math.abs(Date.now() - Number(localStorage.getItem("later") || 0)) > WEEK) show("new");
};

start().catch(() => {});
