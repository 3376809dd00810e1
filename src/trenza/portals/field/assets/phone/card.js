// The square on a card leads to this page with the card's secret behind the #, which no server is told. It goes into
// the form, and at once out of the address bar and the history, where whoever holds the phone next would find it.
const form = document.querySelector("[data-card]");
const secret = location.hash.slice(1);

if (form && secret) {
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.card.value = secret.slice(0, 80);
  form.requestSubmit();
}
