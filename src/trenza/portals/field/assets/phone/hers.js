// What the page of the phone says about the unlocked profile: her next step and her courses, from her state.
import { element, inWords, make, say } from "./parts.js";

const isDone = (lesson) => lesson.counts || lesson.since;

// Her next step as the server said it, or what follows where she has done it since; null where nothing is left.
export const nextStep = (state) => {
  const courses = state.courses || [];
  const lessons = courses.flatMap((course) => course.lessons.map((lesson) => ({ ...lesson, code: course.code, course: course.title })));
  const told = lessons.find((lesson) => lesson.url === state.step?.url);
  if (told && !isDone(told)) return told;
  if (state.step && !told) return { ...state.step, code: courses.find((course) => course.title === state.step.course)?.code };
  return lessons.find((lesson) => lesson.code === told?.code && !isDone(lesson)) || lessons.find((lesson) => !isDone(lesson)) || null;
};

const minutes = (count) => inWords(Math.max(count, 1) * 60000);

const weightOf = ({ minutes: count, kb }, isHere) => say(isHere ? "weight_here" : "weight", { time: minutes(count), kb });

export const stepCard = (state, packs) => {
  if (!state?.courses?.length) return make("t-new");
  const step = nextStep(state);
  if (!step) return make("t-done");
  const { title, course, url } = step;
  const card = make("t-step", { title, course, weight: weightOf(step, packs.includes(step.code)) });
  card.querySelector("a").href = url;
  return card;
};

const lessonItem = (lesson, isHere) => {
  const what = [weightOf(lesson, isHere), lesson.counts ? say("done") : lesson.since ? say("since") : ""].filter(Boolean);
  const link = element("a", { href: lesson.url }, lesson.title);
  return element("li", { className: isDone(lesson) ? "done" : "" }, link, element("p", { className: "step" }, what.join(" · ")));
};

const courseCard = (course, isHere) => {
  const done = course.lessons.filter(isDone).length;
  const pack = isHere ? say("pack") : say("no_pack");
  const lessons = course.lessons.map((lesson) => lessonItem(lesson, isHere));
  const card = make("t-course", { title: course.title, count: say("count", { done, total: course.lessons.length }), pack, lessons });
  card.querySelector(".tag").classList.toggle("ok", isHere);
  const link = card.querySelector("[data-download]");
  link.href = course.url;
  link.hidden = isHere;
  return card;
};

export const courseCards = (state, packs) => {
  const courses = state?.courses || [];
  if (!courses.length) return [];
  return [element("h2", {}, say("courses")), ...courses.map((course) => courseCard(course, packs.includes(course.code)))];
};
