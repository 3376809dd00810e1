// What the page can do without comes once it is usable.
addEventListener("load", () =>
  (self.requestIdleCallback || setTimeout)(() => import(document.documentElement.dataset.phone).catch(() => {})),
);
