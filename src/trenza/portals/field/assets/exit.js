// Quick exit: the link works without this script. With it, this page leaves the history, the screen is blank at
// once (a slow network would show it for seconds more), and Escape three times does the same.
// What she opened before this page stays in the history: only the browser can remove that.
const exit = document.querySelector(".exit");

const leave = () => {
  document.documentElement.hidden = true;
  // Whose space is open on this phone is locked with it; the modules do the same, and may not have come yet.
  if (/profile=\w/.test(document.cookie)) {
    document.cookie = "profile=-;path=/;samesite=lax;max-age=34560000";
    sessionStorage.removeItem("unlocked");
  }
  document.title = exit.hostname;
  location.replace(exit.href);
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
