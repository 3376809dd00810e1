// Lessons and pictures of downloaded courses. The worker reads the database and never makes, changes or holds it.
const PATIENCE = 2000;

const read = (ask) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    const done = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    const opening = indexedDB.open("trenza");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => done();
    opening.onsuccess = () => {
      const database = opening.result;
      try {
        const asked = ask(database.transaction("packs").objectStore("packs"));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done();
      } catch {
        done();
      }
      // It closes once the question is answered: another tab's upgrade does not wait for us.
      database.close();
    };
  });

const file = (name) => found(FILES, `/archivos/${name}`);

// The parts of the shell in a language. The usual ones come with the worker, another with the pack that needs it.
const shellIn = async (language) => {
  const usual = await (await found(SHELL, OURS.shell)).json();
  return usual[language] || (await otherShell(language));
};

const otherShell = async (language) => {
  const address = `${OURS.shell}?language=${encodeURIComponent(language)}`;
  const cache = await caches.open(SHELL);
  if (!(await cache.match(address))) await bring(cache, address);
  return (await (await cache.match(address)).json())[language];
};

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (text) => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]);

// The same bytes as the server's `lesson_document` (portals/field/shell.py).
const joined = (shell, manifest, lesson, body) => {
  const facts = { lesson: lesson.id, course: manifest.course, next: lesson.next, pass: String(manifest.pass) };
  const attributes = Object.entries(facts).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  const exam = lesson.test ? ' data-exam="test"' : lesson.exam ? " data-exam" : "";
  const opening = [shell.before, escaped(lesson.title), shell.between, ...attributes, exam, shell.opening];
  return [...opening, body.includes(" data-kinds>") ? shell.kinds : "", body, shell.tail].join("");
};

// A lesson of a course that is whole on this phone; null where it is not, or the system took a file away.
const lessonFromPack = async (course, version, code) => {
  const pack = await read((packs) => packs.get(course));
  const lesson = pack && pack.version === version && pack.manifest.lessons.find((each) => each.code === code);
  if (!lesson) return null;
  const [shell, chunk] = await Promise.all([shellIn(pack.manifest.language), file(lesson.file)]);
  if (!chunk) return null;
  const bodies = await chunk.json();
  return new Response(joined(shell, pack.manifest, lesson, bodies[code]), { headers: OURS.headers });
};

// A picture by whichever of its files a page asks for: a pack has one of them.
const picture = async (request) => {
  if (!(await caches.has(FILES))) return fetch(request);
  const name = new URL(request.url).pathname.slice("/archivos/".length);
  const same = await file(name);
  if (same) return same;
  const packs = (await read((store) => store.getAll())) || [];
  const instead = packs.map((pack) => pack.instead[name]).find(Boolean);
  return (instead && (await file(instead))) || fetch(request);
};
