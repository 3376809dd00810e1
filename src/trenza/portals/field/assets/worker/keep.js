// What the worker keeps, and what of it may go.
// `OURS` stands before this file (portals/field/worker.py): what belongs to this version.
const SHELL = `shell-${OURS.version}`;
const FILES = "files";
const LESSONS = "lessons";
const MOST_LESSONS = 60;
const LESSON = /^\/lecciones\/([^/]+)\/([0-9a-f]{12})\/([^/]+)\/(laminas\/|hoja\/|guia\/)?$/;

const APPLICATIONS = "applications";
const MOST_APPLICATIONS = 10;
const APPLICATION = /^\/(?:programas\/[^/]+\/convocatorias\/[^/]+\/postular|promotora\/[^/]+\/[^/]+)\/(telefono\/)?$/;

const APARTS = "apart";
const APART = /^\/(?:verificar|V|v)\/$/;
const KEPT_APART = "/verificar/";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const found = async (name, address) => (await caches.open(name)).match(address, { ignoreVary: true });

// Whatever another computer on the line says, a page of a captive portal among it, is not what we asked for.
const isOurs = (response, kind) =>
  response.status === 200 && !response.redirected && response.type === "basic" && (response.headers.get("Content-Type") || "").startsWith(kind);

// --- The shell: everything of one version, together ---

const fill = async () => {
  const cache = await caches.open(SHELL);
  const missing = [];
  for (const address of OURS.files) if (!(await cache.match(address))) missing.push(address);
  await Promise.all(missing.map((address) => bring(cache, address)));
  await Promise.all(OURS.pages.map(bringPage));
};

// An address under /app/ never changes: another version's cache may have it, and the browser's own.
const bring = async (cache, address) => {
  const response = (await caches.match(address, { ignoreVary: true })) || (await fetch(address));
  const kind = /\.(json|css)/.exec(address);
  if (!isOurs(response, !kind ? "text/javascript" : kind[1] === "css" ? "text/css" : "application/json")) throw new Error(`not ours: ${address}`);
  await cache.put(address, response);
};

// A page of the phone itself, only where it belongs to the modules of this version. It may be missing.
const bringPage = async (address) => {
  const response = await fetch(address, { cache: "no-cache" }).catch(() => null);
  if (!response || !isOurs(response, "text/html")) return;
  const copy = response.clone();
  if ((await response.text()).includes(`data-phone="${OURS.phone}"`)) await (await caches.open(SHELL)).put(address, copy);
};

// The version before this one stays, for pages that are open since then; and those that a kept lesson was made with.
const sweep = async () => {
  const others = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  const older = others.slice(0, -1);
  const needed = older.length ? await phonesOfLessons() : [];
  for (const name of older) {
    const cache = await caches.open(name);
    const matches = await Promise.all(needed.map((address) => cache.match(address)));
    if (!matches.some(Boolean)) await caches.delete(name);
  }
};

const phonesOfLessons = async () => {
  const kept = await Promise.all([LESSONS, APPLICATIONS].map((name) => caches.open(name)));
  const texts = [];
  for (const cache of kept) for (const key of await cache.keys()) texts.push(await (await cache.match(key)).text());
  return [...new Set(texts.map((text) => (/ data-phone="([^"]+)"/.exec(text) || [])[1]).filter(Boolean))];
};

// --- Lessons that she visited ---

const keepLesson = async (path, response) => {
  if (!isOurs(response, "text/html")) return;
  const copy = response.clone();
  const text = await response.text();
  if (!text.includes(" data-shell=") || !text.trimEnd().endsWith("</html>")) return;
  const cache = await caches.open(LESSONS);
  await cache.put(path, copy);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_LESSONS)).map((key) => cache.delete(key)));
};

// --- The page of a call for who has no signal: the same for everybody (portals/public/views/letters.py) ---

const keepApplication = async (path) => {
  if (!APPLICATION.test(path) || !path.endsWith("/telefono/")) return;
  const response = await fetch(path, { cache: "no-cache", credentials: "omit" }).catch(() => null);
  if (!response) return;
  const cache = await caches.open(APPLICATIONS);
  // A call that has gone is not offered any more.
  if (response.status === 404) await cache.delete(path);
  if (!isOurs(response, "text/html")) return;
  const copy = response.clone();
  if (!(await response.text()).includes(" data-letter=")) return;
  await cache.put(path, copy);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_APPLICATIONS)).map((key) => cache.delete(key)));
};

// --- The page that checks certificates, with modules of its own: for whoever opened it (assets/apart) ---

// The page with its modules, or as it was before: half of it would be worth nothing.
const keepApart = async ([page, ...modules]) => {
  if (!APART.test(page) || !modules.every((address) => address.startsWith("/app/aparte/"))) return;
  const cache = await caches.open(APARTS);
  await Promise.all(modules.map(async (address) => (await cache.match(address)) || bring(cache, address)));
  const response = await fetch(page, { cache: "no-cache", credentials: "omit" });
  const copy = response.clone();
  const text = isOurs(response, "text/html") ? await response.text() : "";
  if (!modules.every((address) => text.includes(address))) return;
  await cache.put(KEPT_APART, copy);
  for (const key of await cache.keys()) if (![KEPT_APART, ...modules].includes(new URL(key.url).pathname)) await cache.delete(key);
};

// 304 where nothing changed: a few hundred bytes.
const renewLesson = async (path, kept) => {
  const headers = kept.headers.has("ETag") ? { "If-None-Match": kept.headers.get("ETag") } : {};
  const response = await fetch(path, { headers, cache: "no-store" }).catch(() => null);
  if (response) await keepLesson(path, response);
};

// The page that was open before there was a worker. Its bytes are in the browser's cache.
const keepOpen = async (path) => {
  if (!LESSON.test(path) || (await found(LESSONS, path))) return;
  await keepLesson(path, await fetch(path, { cache: "force-cache" }));
};
