// The lesson page. Without this script the form simply posts and the server answers with a graded page; with it
// she sees at once whether a choice is right and why, may try again, and her answers go without leaving the page.
// All words come from the data attributes of #says (shell_tail.html), which are translated.
const form = document.querySelector("form[data-lesson]");
const says = document.getElementById("says").dataset;
// The server alone knows what is right.
const exam = document.querySelector("main[data-exam]");

const make = (tag, detail) => Object.assign(document.createElement(tag), detail);
const ghost = (textContent, onclick) => make("button", { type: "button", className: "btn ghost", textContent, onclick });
const boxes = (each) => each.boxes || [...each.querySelectorAll("input")];
const checked = (each) => boxes(each).filter((box) => box.checked);

// The name is "ok" or "no", and shows what is said of this choice; "" takes both away.
const mark = (box, name) => {
  const option = box.closest(".opt");
  option.className = "opt " + name;
  for (const each of option.querySelectorAll("[data-fb]")) each.hidden = !name;
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

  // Her draft ends (assets/phone/draft.js), but not where there is something to try again.
  const handed = () => !exam && share < 1 || form.dispatchEvent(new Event("handed"));

  const tell = ({ saved, done, message, next, signed_in }) => {
    if (saved) {
      handed();
      show(done ? "ok" : "try", message || (done ? says.saved : says.again), ...link(next, says.next));
      button.classList.toggle("ghost", !!next);
    } else {
      show("try", message || (signed_in ? says.failed : says.enter), ...link(next, signed_in ? says.next : says.go));
    }
  };

  const fail = () => show("no", says.failed, ghost(says.plain, () => form.submit()));

  // True where her phone keeps it (assets/phone/acts.js), which may still be on its way.
  const taken = async () => {
    const answers = questions.map((each) => checked(each).map((box) => +box.value));
    const phone = import(document.documentElement.dataset.phone).then(({ ready }) => ready);
    await Promise.race([phone.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2e3))]);
    const detail = { answers, done: true, passed: !(share < document.querySelector("main").dataset.pass), show, link };
    return !form.dispatchEvent(new CustomEvent("act", { detail, cancelable: true })) && (await detail.kept) !== false;
  };

  const post = async () => {
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: AbortSignal.timeout?.(3e4),
      });
      const answer = await response.json();
      if (answer.confirm) form.submit();
      else (response.ok ? tell : fail)(answer);
    } catch {
      fail();
    }
  };

  // A test may be left half, an exam once she knows that there are blanks.
  let sending, share, warned = exam?.dataset.exam;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const left = questions.filter((each) => !checked(each).length);
    const begun = questions[left.length];
    if (sending) return;
    if (left[0] && !(warned && begun)) {
      review(left[0]);
      if (exam && begun) {
        warned = exam;
        return show("try", says.blank);
      }
      return boxes(left[0])[0].focus();
    }
    sending = true;
    button.textContent = says.sending;
    share = questions.filter(review).length / questions.length;
    if (await taken()) handed();
    else await post();
    sending = false;
    button.textContent = label;
  };
};

if (form) start();
