// What the worker answers. It never keeps a page that was made for somebody: lessons, modules and files are the same for
// everybody, and everything else goes to the server as if there were no worker.
const HERS = /^\/($|mi\/|cursos\/)/;
const STALL = 6000;
// The server is asked each time, as our pages say themselves: what a captive portal said in its place may lie in the
// browser's own cache, for as long as the portal pleased.
const FRESH = { cache: "no-cache" };

const lesson = async (event) => {
  const { pathname } = new URL(event.request.url);
  const [, course, version, code, shown] = LESSON.exec(pathname);
  const visiting = found(LESSONS, pathname);
  // A pack holds lessons; slides, handouts and guides are kept once they were visited.
  const downloaded = shown ? null : await lessonFromPack(course, version, code).catch(() => null);
  if (downloaded) return downloaded;
  const visited = await visiting;
  if (visited) {
    event.waitUntil(renewLesson(pathname, visited));
    return visited;
  }
  try {
    const response = await fetch(event.request, FRESH);
    event.waitUntil(keepLesson(pathname, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    return offline(error);
  }
};

// Where nothing can be had her own page says what can.
const offline = async (error) => {
  const page = await found(SHELL, OURS.page);
  if (page) return page;
  throw error;
};

const page = async (event, address) => {
  const kept = await found(SHELL, address);
  if (!kept) return fetch(event.request);
  event.waitUntil(bringPage(address));
  return kept;
};

// A line that stalls is as good as none: her page comes after six seconds, and what she asked for is let go.
const hers = async (event, pathname) => {
  const network = fetch(event.request, FRESH);
  const kept = await found(SHELL, pathname === "/mi/certificados/" ? OURS.certificates : OURS.page);
  if (!kept) return network;
  return Promise.race([network, wait(STALL).then(() => kept.clone())]).catch(() => kept);
};

// The form of a call: as the server has it now, or the one that is kept for who has no signal.
const application = async (event, pathname) => {
  const network = fetch(event.request, FRESH);
  const kept = await found(APPLICATIONS, pathname.endsWith("/telefono/") ? pathname : `${pathname}telefono/`);
  if (!kept) return network;
  return Promise.race([network, wait(STALL).then(() => kept.clone())]).catch(() => kept);
};

// The check of a certificate: as the server has it now, or as it is kept. What stands behind the # stays in the address.
const apart = async (event) => {
  const network = fetch(event.request, FRESH);
  const kept = await found(APARTS, KEPT_APART);
  if (!kept) return network;
  return Promise.race([network, wait(STALL).then(() => kept.clone())]).catch(() => kept);
};

const module = async (request) => (await caches.match(request, { ignoreVary: true })) || fetch(request);

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode !== "navigate") {
    if (pathname.startsWith("/app/")) event.respondWith(module(request));
    else if (pathname.startsWith("/archivos/") && request.destination === "image") event.respondWith(picture(request));
  } else if (LESSON.test(pathname)) event.respondWith(lesson(event));
  else if (OURS.pages.includes(pathname)) event.respondWith(page(event, pathname));
  else if (APART.test(pathname)) event.respondWith(apart(event));
  else if (APPLICATION.test(pathname)) event.respondWith(application(event, pathname));
  else if (HERS.test(pathname)) event.respondWith(hers(event, pathname));
});

addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(sweep().then(() => clients.claim()));
});

addEventListener("message", (event) => {
  const { keep, language, application: page, apart: pages } = event.data || {};
  if (pages) event.waitUntil(keepApart(pages).catch(() => {}));
  if (page) event.waitUntil(keepApplication(page).catch(() => {}));
  if (keep) event.waitUntil(keepOpen(keep).catch(() => {}));
  if (language) event.waitUntil(shellIn(language).catch(() => {}));
});
