// On every page: what is hers leaves the screen when her space is locked, and nobody comes in while another's is open.
import { current, enter, lock, ready } from "./people.js";
import { named } from "./unlocked.js";

const PHONE = "/telefono/";
const isHers = document.querySelector("[data-hers]");
const before = named();

const leave = () => {
  document.documentElement.hidden = true;
  location.replace(PHONE);
};

// A page of hers is whose the profile was when it came: the server answers a session of nobody else.
const watch = () => {
  const card = document.getElementById("keep-here");
  // Somebody came in by a code while another's space was open.
  if (card && current() && card.dataset.who !== current().who) lock();
  const owner = current()?.profile;
  if (!owner && before.length > 1) return leave();
  const look = () => {
    if (owner && current()?.profile !== owner) leave();
  };
  addEventListener("profile", look);
  addEventListener("pageshow", look);
};

// Her session ended while her space is open here: it opens anew, in place, and she goes on where she was.
const comeBack = async () => {
  const next = new URLSearchParams(location.search).get("next");
  if (!current() || !/^\/(?![/\\])/.test(next || "")) return;
  const tried = Number(sessionStorage.getItem("came-back") || 0);
  if (Date.now() - tried < 60000) return;
  sessionStorage.setItem("came-back", Date.now());
  if (await enter()) location.replace(next);
};

const start = async () => {
  const isDoor = location.pathname.startsWith("/entrar/");
  if (isDoor) document.addEventListener("submit", () => current() && lock());
  await ready;
  if (isHers) watch();
  if (isDoor) await comeBack();
  if (document.getElementById("keep-here")) await import("./invite.js");
  if (document.getElementById("leave")) await import("./leaving.js");
};

start();
