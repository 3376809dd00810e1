// On a computer that everybody uses nothing is kept. Who is at work there, if only reading or writing, stays signed in; who went away leaves no
// page of hers on the screen. The server ends her session by itself.
const QUIET = 600000;
const LOOK = 60000;
const used = () => (last = Date.now());
let last = Date.now();
let told = last;

for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, used, { passive: true });
const timer = setInterval(() => {
  if (Date.now() - last > QUIET) {
    clearInterval(timer);
    location.replace("/");
  } else if (last > told) {
    told = Date.now();
    fetch("/manifest.webmanifest", { method: "HEAD", cache: "no-store" }).catch(() => {});
  }
}, LOOK);
