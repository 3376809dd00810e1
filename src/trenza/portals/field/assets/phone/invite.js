// The card on her own page that invites her to keep her progress on this phone, or to open her space with her PIN.
import { current, everybody, ready } from "./people.js";
import { open } from "./store.js";
import { load } from "./parts.js";
import { askPin, choosePin } from "./pins.js";

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

const DO = {
  choose: () => choosePin(),
  // She has come in by other means just now, so she may choose another one.
  open: async () => (await askPin(await her())) === "forgot" && choosePin({ reset: true }),
};

card.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  await DO[button.dataset.do]();
  finish();
});

const start = async () => {
  // Where the phone can keep nothing, nothing is offered.
  if (!self.crypto?.subtle) return;
  await open();
  await Promise.all([ready, load()]);
  if (current()?.who !== who) show((await her()) ? "locked" : "new");
};

start().catch(() => {});
