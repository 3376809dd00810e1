// Skip logic in the page: a question, or a section, that is not asked of her is hidden, and so is the sentence that says
// of whom it is asked. The server decides again; without this module everything is shown (docs/programme-format.md).
const form = document.querySelector("form:has([data-when])");
const conditional = [...form.querySelectorAll("[data-when]")].map((part) => ({ part, when: JSON.parse(part.dataset.when) }));

const inputs = (code) => [...form.querySelectorAll(`[name="q_${code}"]`)].filter((input) => !input.closest("[data-when][hidden]"));

// Booleans and numbers are words in a form.
const given = (code) =>
  inputs(code)
    .filter((input) => (["radio", "checkbox"].includes(input.type) ? input.checked : input.value.trim()))
    .map((input) => input.value.trim());

const asTyped = (wanted) => (wanted === true ? "yes" : wanted === false ? "no" : String(wanted));

const within = (text, { at_least, at_most }) =>
  /^[+-]?\d+$/.test(text) && !(Number(text) < at_least) && !(Number(text) > at_most);

const isMet = (condition) => {
  const wanted = condition.one_of || ("equals" in condition ? [condition.equals] : null);
  const answers = given(condition.question);
  if (!wanted) return answers.some((text) => within(text, condition));
  return wanted.some((each) => answers.includes(asTyped(each)));
};

// In the order of the page: what is hidden counts as unanswered for what follows.
const show = () => {
  for (const { part, when } of conditional) part.hidden = !when.every(isMet);
};

export const start = () => {
  for (const sentence of form.querySelectorAll(".only-if")) sentence.hidden = true;
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
};
