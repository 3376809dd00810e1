// Lists: one box that ticks all boxes of the page, and saved views of what the list shows now. All of it works without.

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-office-tick-all]")) return;
  for (const box of event.target.closest("form").querySelectorAll("input[name=row]")) box.checked = event.target.checked;
});

// Filters change the address without loading the page; the form above the list would keep the old one.
document.addEventListener("submit", (event) => {
  const query = event.target.querySelector("[data-office-query]");
  if (query) query.value = window.location.search.slice(1);
});
