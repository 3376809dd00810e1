// The page of one certificate: the phone's own way of sharing, and copying the link, where the browser has them.
const share = document.querySelector("[data-share]");
const copy = document.querySelector("[data-copy]");
const said = document.querySelector("[data-copied]");

if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    const { title, url } = share.dataset;
    // She may think better of it.
    navigator.share({ title, url }).catch(() => {});
  });
}

if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    said.textContent = said.dataset.copied;
  });
}
