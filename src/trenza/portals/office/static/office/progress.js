// How far a long piece of work is: its part of the page is fetched anew every two seconds, until it is over.
// Without it the page loads itself again.

const EVERY = 2000;

function show(part, now) {
  // Whoever is about to press a button keeps it.
  if (!part.contains(document.activeElement) || !now.dataset.officeProgress) return part.replaceWith(now);
  for (const each of ["#far-words", "progress"]) part.querySelector(each).replaceWith(now.querySelector(each));
}

async function look() {
  const part = document.querySelector("[data-office-progress]");
  const address = part?.dataset.officeProgress;
  if (!address) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-office-progress]");
      if (answer.ok && now) show(part, now);
    } catch {
      // The line is gone for a moment: the next time.
    }
  }
  window.setTimeout(look, EVERY);
}

window.setTimeout(look, EVERY);
