// What waits on this phone to be sent, and what was not taken in, told for each person: honest, and nobody's to read.
import { heirs } from "./people.js";
import { all } from "./store.js";
import { element, say } from "./parts.js";

// {waiting: {profile: n}, refused: {profile: {reason: n}}} of all records on this phone, those of a profile that was replaced under the new one.
export const tally = async () => {
  const found = { waiting: {}, refused: {} };
  const now = await heirs();
  for (const { profile: then, state, reason } of await all("outbox")) {
    const profile = now[then] || then;
    if (state === "waiting") found.waiting[profile] = (found.waiting[profile] || 0) + 1;
    else {
      const reasons = (found.refused[profile] ||= {});
      reasons[reason] = (reasons[reason] || 0) + 1;
    }
  }
  return found;
};

// The server's reasons (apps/sync, and acts.py of apps/learning and apps/sessions), and our own "poison:…", in words that she can act on.
const WHY = {
  damaged: ["malformed", "wrong_count", "cannot_open", "too_large", "bad_sequence", "conflict"],
  time: ["bad_time"],
  other: ["not_her_edition", "kind_not_allowed", "no_person", "decision", "id_taken", "not_offered"],
  lesson: ["no_exam", "unknown_question", "unknown_choice", "nothing_done"],
  list: ["not_hers", "no_session"],
  device: ["unknown_device"],
  again: ["poison"],
};

const why = (reason) => {
  const code = reason.split(":")[0];
  const found = Object.keys(WHY).find((name) => WHY[name].includes(code));
  return say(found ? "why_" + found : "why");
};

// Whether sending may help: something waits, or was given up here and not by the server.
export const canSend = ({ waiting, refused }) =>
  Object.keys(waiting).length > 0 || Object.values(refused).some((reasons) => Object.keys(reasons).some((reason) => reason.startsWith("poison")));

const sum = (counts) => Object.values(counts).reduce((total, n) => total + n, 0);

// A line for each, hers first. `names` are those of the profiles that are here; who left has none.
export const lines = ({ waiting, refused }, names, mine) => {
  const order = (one, other) => (other === mine) - (one === mine);
  const found = [];
  for (const profile of Object.keys(waiting).sort(order)) {
    const whose = profile === mine ? "mine" : names[profile] ? "hers" : "gone";
    found.push(say(whose, { n: waiting[profile], name: names[profile] }));
  }
  for (const profile of Object.keys(refused).sort(order)) {
    if (profile !== mine) found.push(say(names[profile] ? "hers_refused" : "gone_refused", { n: sum(refused[profile]), name: names[profile] }));
    else for (const [reason, n] of Object.entries(refused[profile])) found.push(say("mine_refused", { n, why: why(reason) }));
  }
  return found.map((words) => element("p", {}, words));
};
