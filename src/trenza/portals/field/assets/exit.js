// Quick exit: the link works without this script. With it, this page leaves the history, the screen is blank at
// once (a slow network would show it for seconds more), and Escape three times does the same. It runs right after
// the bar is parsed, so that she can leave a page that is still arriving.
// What she opened before stays in this tab's history, and no script can remove it: so "back" onto one of our pages
// leaves again and puts another page in its place. Whoever opens an address or follows a link comes in as ever.
const exit = document.querySelector(".exit");

// Some private windows refuse storage: there "back" shows what it always showed.
let tab = {};
try {
  tab = sessionStorage;
} catch {}

const leave = () => {
  document.documentElement.hidden = true;
  document.title = exit.hostname;
  // Whose space is open on this phone is locked with it; the modules do the same, and may not have come yet.
  if (document.cookie.includes("profile=")) document.cookie = "profile=-;path=/;max-age=34560000;samesite=lax";
  delete tab.unlocked;
  dispatchEvent(new Event("leaving"));
  location.replace(exit);
  tab.left = 1;
};

const arrive = (back) => {
  if (back && tab.left) leave();
  else delete tab.left;
};

exit.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let presses = 0;
let last = 0;
addEventListener("keydown", (event) => {
  presses = event.key !== "Escape" ? 0 : event.timeStamp - last < 1500 ? presses + 1 : 1;
  last = event.timeStamp;
  if (presses > 2) leave();
});

arrive(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
addEventListener("pageshow", (event) => event.persisted && arrive(true));
