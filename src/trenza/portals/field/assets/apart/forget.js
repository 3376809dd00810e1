// Signing out: what she marked in lessons and has not handed in (phone/draft.js) goes with her. The tab would keep it for
// whoever comes next.
document.getElementById("leave").addEventListener("submit", () => {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft ")) delete sessionStorage[key];
  } catch {
    // A browser that refuses storage has kept nothing.
  }
});
