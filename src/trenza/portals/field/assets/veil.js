// A page of hers on a phone where somebody's space is open stays blank until this tab knows that: its own memory says so,
// or another tab does (unlocked.js). A browser that was opened anew may have its cookies back, and only those.
let tab = {};
try {
  tab = sessionStorage;
} catch {}

const page = document.documentElement;
if (/(^|; )profile=\w/.test(document.cookie) && !tab.unlocked) {
  page.hidden = true;
  const patience = setTimeout(() => {
    document.cookie = "profile=-;path=/;max-age=34560000;samesite=lax";
    location.replace("/telefono/");
  }, 8000);
  addEventListener("profile", () => {
    if (!tab.unlocked) return;
    clearTimeout(patience);
    page.hidden = false;
  });
}
