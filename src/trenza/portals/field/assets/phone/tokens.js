// With what this phone may hand records in: whosever token it is delivers everybody's, for they are sealed.
import { toHex } from "./bytes.js";
import { current, digest } from "./people.js";
import { all, answer, change, put } from "./store.js";
import { amend } from "./unlocked.js";

const nameOf = async (token) => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return "token:" + toHex(new Uint8Array(hash).subarray(0, 8));
};

// Best first: hers who is here, which also brings her state (`have`), then those that only deliver. A token that the
// server does not know is never used again; one that was revoked still hands in what is there, after all others.
export const passes = async () => {
  const mine = current();
  const marks = new Map((await all("meta")).map((mark) => [mark.key, mark.what]));
  const found = [];
  if (mine) found.push({ token: mine.token, profile: mine.profile, cell: mine.cell, have: (await digest()) || null });
  for (const { profile, deliver, cell } of await all("people")) found.push({ token: deliver, profile, cell });
  for (const pass of found) {
    pass.key = await nameOf(pass.token);
    pass.mark = marks.get(pass.key);
    if (pass.mark === "revoked") delete pass.have;
  }
  const alive = found.filter((pass) => pass.token && pass.mark !== "unknown");
  return [...alive.filter((pass) => !pass.mark), ...alive.filter((pass) => pass.mark)];
};

// `what`: "unknown" or "revoked".
export const mark = (pass, what) => {
  pass.mark = what;
  return put("meta", { key: pass.key, what, profile: pass.profile });
};

// From now on everybody here seals for another key of the cell.
export const renew = async (cell) => {
  await change(["people"], async (transaction) => {
    const people = transaction.objectStore("people");
    for (const person of await answer(people.getAll())) people.put({ ...person, cell });
  });
  if (current()) amend({ cell });
};

// Profiles of this phone that may not hand in any more, so that she can be told.
export const marked = async () => {
  const marks = (await all("meta")).filter((mark) => mark.key.startsWith("token:"));
  return [...new Set(marks.map((mark) => mark.profile))];
};
