// What the page can do without comes once it is usable, or after three seconds on a phone that is never idle.
addEventListener("load", () =>
  (self.requestIdleCallback || setTimeout)(() => import(document.documentElement.dataset.phone).catch(() => {}), {
    timeout: 3000,
  }),
);
