// How many records wait, the same in all tabs, and whether the phone has lost any.
import { all, answer, change, get, remove } from "./store.js";

const YEAR = 31536000;
const channel = self.BroadcastChannel && new BroadcastChannel("trenza-outbox");

// Fires "change" with `detail`: {waiting, of these along with a hub, refused, gone: ids that arrived, kept: ids that were refused, state: true where her
// state is new}.
export const events = new EventTarget();

const fire = (detail) => events.dispatchEvent(new CustomEvent("change", { detail }));
if (channel) channel.onmessage = ({ data }) => fire(data);

const records = async (state) => (await all("outbox")).filter((record) => record.state === state);

export const waitingRecords = () => records("waiting");

// Kept with their `reason`; the server has most of them too, in the list that the team sees.
export const refused = () => records("refused");

export const counts = async () => {
  const found = await all("outbox");
  const waiting = found.filter((record) => record.state === "waiting");
  const along = waiting.filter((record) => record.hub).length;
  return { waiting: waiting.length, refused: found.length - waiting.length, ...(along && { along }) };
};

export const waiting = async () => {
  await begin();
  return counts();
};

// The cookie stays where everything else is cleared, and holds nothing but the number.
export const note = ({ waiting, refused }) => {
  if (!self.document) return;
  const count = waiting + refused;
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `pending=${count};path=/;samesite=lax;max-age=${count ? YEAR : 0}${secure}`;
};

export const tell = (counts, more) => {
  note(counts);
  const detail = { gone: [], kept: [], ...counts, ...more };
  fire(detail);
  channel?.postMessage(detail);
};

const noted = () => Number(/(?:^|; )pending=(\d+)/.exec(self.document?.cookie || "")?.[1] || 0);

// A database that never began, beside a cookie that counts, was cleared with what was in it. Found once, told until `told`.
let began = null;
export const begin = () => {
  began ||= change(["meta", "outbox"], async (transaction) => {
    const meta = transaction.objectStore("meta");
    if (await answer(meta.get("began"))) return;
    const missing = noted() - (await answer(transaction.objectStore("outbox").count()));
    meta.put({ key: "began", at: Date.now() });
    if (missing > 0) meta.put({ key: "lost", count: missing });
  })
    .then(async () => note(await counts()))
    .catch((error) => {
      began = null;
      throw error;
    });
  return began;
};

// How many answers the phone lost because its memory was cleared; 0 after `told`.
export const lost = async () => {
  await begin();
  return (await get("meta", "lost"))?.count || 0;
};

export const told = () => remove("meta", "lost");
