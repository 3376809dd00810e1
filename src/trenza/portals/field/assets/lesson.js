// The lesson page. Without this script the form simply posts and the server answers with a graded page; with it
// she sees at once whether a choice is right and why, may try again, and her answers go without leaving the page.
// All words come from the data attributes of #says (shell_tail.html), which are translated.
const form = document.querySelector("form[data-lesson]");
const says = document.getElementById("says").dataset;
// The server alone knows what is right.
const exam = document.querySelector("main[data-exam]");

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const ghost = (textContent, onclick) => make("button", { type: "button", className: "btn ghost", textContent, onclick });
const boxes = (question) => question.boxes || [...question.querySelectorAll("input")];
const checked = (question) => boxes(question).filter((box) => box.checked);

// The name is "ok" or "no", and shows what is said of this choice; "" takes both away.
const mark = (box, name) => {
  const option = box.closest(".opt");
  option.className = "opt " + name;
  for (const feedback of option.querySelectorAll("[data-fb]")) feedback.hidden = !name;
};

const unmark = (question) => {
  for (const box of boxes(question)) mark(box, "");
  question.status.textContent = "";
};

// Marks what she chose and says how it went; true when it is exactly right. In an exam nothing is marked.
const review = (question) => {
  unmark(question);
  const chosen = checked(question);
  const right = exam || question.dataset.right.split(",");
  const wrong = exam ? [] : chosen.filter((box) => !right.includes(box.value));
  if (!exam) for (const box of chosen) mark(box, wrong.includes(box) ? "no" : "ok");
  const done = !wrong.length && chosen.length === right.length;
  question.status.textContent = !chosen.length ? (question.says || says).choose : exam ? "" : done ? says.right : wrong.length ? says.wrong : says.more;
  return done;
};

const start = () => {
  const questions = [...form.querySelectorAll("[data-q]")];
  const button = form.querySelector("button.btn");
  const label = button.textContent;
  const result = make("div", { tabIndex: -1 });
  form.append(result);

  for (const question of questions) {
    // An <output> is read out when it changes.
    question.status = make("output", { className: "fb verdict" });
    // After a wrong answer the focus goes back to her choice: a screen reader reads why, an arrow key tries another.
    const check = ghost(says.check, () => {
      if (!review(question)) (checked(question)[0] || boxes(question)[0]).focus();
    });
    check.hidden = exam;
    question.onchange = () => unmark(question);
    [...question.querySelectorAll(".opt")].pop().after(check, question.status);
  }

  const show = (kind, textContent, ...actions) => {
    result.className = "card " + kind;
    result.replaceChildren(make("p", { textContent }), ...actions);
    result.focus();
  };
  const link = (href, textContent) => (href ? [make("a", { className: "btn", href, textContent })] : []);

  // Her draft ends (assets/phone/draft.js).
  const handed = () => form.dispatchEvent(new Event("handed"));

  const tell = (answer) => {
    if (answer.saved) {
      handed();
      show(answer.done ? "ok" : "try", answer.message || (answer.done ? says.saved : says.again), ...link(answer.next, says.next));
      button.classList.toggle("ghost", !!answer.next);
    } else {
      show("try", answer.message || (answer.signed_in ? says.failed : says.enter), ...link(answer.next, answer.signed_in ? says.next : says.go));
    }
  };

  const fail = () => show("no", says.failed, ghost(says.plain, () => form.submit()));

  // True where her phone keeps it (assets/phone/acts.js), which may still be on its way.
  const taken = async (share) => {
    const answers = questions.map((question) => checked(question).map((box) => +box.value));
    const phone = import(document.documentElement.dataset.phone).then((module) => module.ready);
    await Promise.race([phone.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2000))]);
    const passed = !(share < form.closest("main").dataset.pass);
    const detail = { answers, done: true, passed, show, link };
    return !form.dispatchEvent(new CustomEvent("act", { detail, cancelable: true })) && (await detail.kept) !== false;
  };

  const post = async () => {
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: AbortSignal.timeout?.(30000),
      });
      const answer = await response.json();
      if (response.status === 409 && answer.confirm) form.submit();
      else if (response.ok) tell(answer);
      else fail();
    } catch {
      fail();
    }
  };

  let sending, warned;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const blank = !warned && questions.find((question) => !checked(question).length);
    if (blank) {
      review(blank);
      // An exam may be handed in with questions left out, once she knows that there are some.
      warned = exam;
      if (warned) show("try", says.blank);
      else boxes(blank)[0].focus();
    }
    if (blank || sending) return;
    warned = false;
    sending = true;
    button.textContent = says.sending;
    if (await taken(questions.filter(review).length / questions.length)) handed();
    else await post();
    sending = false;
    button.textContent = label;
  };
};

if (form) start();
