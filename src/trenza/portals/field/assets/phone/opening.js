// A session that begins without a signal: of what and where she may open one is in her state (docs/phone.md, "Lists").
import { fromHex, toHex } from "./bytes.js";
import { note } from "./people.js";
import { keep } from "./outbox.js";
import { random } from "./pin.js";
import { element, make } from "./parts.js";

const SHORTEST = 15;
const LONGEST = 720;

// An id of this phone's making: a UUID of random bits.
export const newId = () => {
  const bytes = random(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes;
};

const keyOf = ({ edition, track, workshop }) => edition + (workshop || track);

// The form, or nothing where she may open none.
export const openingForm = (opening) => {
  if (!opening?.of.length) return [];
  const made = make("t-opening").firstElementChild;
  const { of, centre } = made.elements;
  of.append(...opening.of.map((each) => element("option", { value: keyOf(each) }, each.name)));
  centre.append(...opening.centres.map(([id, name]) => element("option", { value: id }, name)));
  centre.closest("div").hidden = !opening.centres.length;
  return [made];
};

// What is missing: the name of the first field that she has to look at, or nothing.
const missing = (fields, offer) => {
  if (!fields.title.value.trim() && !offer.title) return "title";
  if (offer.centre && !fields.centre.value) return "centre";
  const minutes = Number(fields.minutes.value);
  return Number.isInteger(minutes) && minutes >= SHORTEST && minutes <= LONGEST ? "" : "minutes";
};

// Begins it now; its id, or null where something is missing. Who is in another class of the same group is on its list at
// once; others come as walk-ins, until the server tells who they are.
export const begin = async (form, opening, sessions) => {
  const fields = form.elements;
  const offer = opening.of.find((each) => keyOf(each) === fields.of.value);
  if (!offer) return null;
  const lacks = missing(fields, offer);
  for (const complaint of form.querySelectorAll("[data-lacks]")) complaint.hidden = complaint.dataset.lacks !== lacks;
  if (lacks) {
    fields[lacks].focus();
    return null;
  }
  const bytes = newId();
  const id = toHex(bytes);
  const { edition, track, regions } = offer;
  const kind = offer.workshop ? "workshop" : fields.kind.value;
  const [title, minutes] = [fields.title.value.trim() || offer.title, Number(fields.minutes.value)];
  const [centre, where, zone] = opening.centres.find(([each]) => each === fields.centre.value) || [];
  const place = fields.place.value.trim() || where || "";
  const starts = Math.floor(Date.now() / 1000);
  const timeZone = zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const act = [bytes, fromHex(edition), fromHex(track), centre ? fromHex(centre) : null, kind === "class" ? 0 : 1, starts, minutes, title, place, timeZone];
  if (offer.workshop) act.push(fromHex(offer.workshop));
  const { id: record } = await keep(["s", act], 1);
  const group = kind === "class" && sessions.find((each) => each.kind === kind && each.edition === edition && each.track === track);
  const people = group ? group.people.map(({ id: person, name }) => ({ id: person, name })) : [];
  const opened = { id, kind, title, place, edition, track, regions, people, minutes, starts_at: starts, time_zone: timeZone };
  await note([{ session: id, opened, record }]);
  return id;
};
