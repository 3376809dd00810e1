// One sender at a time over all tabs of this phone. Two would do no harm (the server knows a repetition), only cost data.
import { answer, change } from "./store.js";

const NAME = "trenza-outbox";
const LEASE = 60000;
const PAUSE = 500;

const owner = Math.random().toString(36).slice(2);

const lease = (until) =>
  change(["meta"], async (transaction) => {
    const meta = transaction.objectStore("meta");
    const held = await answer(meta.get("lease"));
    const now = Date.now();
    // A lease that ends later than any can was written before the clock was set back.
    if (held && held.owner !== owner && held.until > now && held.until <= now + LEASE) return false;
    meta.put({ key: "lease", owner, until: until && now + until });
    return true;
  });

const leased = async (work) => {
  while (!(await lease(LEASE))) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  const renewing = setInterval(() => lease(LEASE).catch(() => {}), LEASE / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    await lease(0);
  }
};

// Waits until nobody else is at it.
export const alone = (work) => (navigator.locks ? navigator.locks.request(NAME, work) : leased(work));
