// The lesson page. Without this script the form simply posts and the server answers with a graded page; with it
// she sees at once whether a choice is right and why, may try again, and her answers go without leaving the page.
// All words come from the data attributes of #says (shell_tail.html), which are translated.
const form = document.querySelector("form[data-lesson]");
const says = document.getElementById("says").dataset;

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const boxes = (question) => [...question.querySelectorAll("input")];
const answered = (question) => boxes(question).some((box) => box.checked);

const unmark = (question) => {
  for (const box of boxes(question)) {
    const option = box.closest(".opt");
    option.classList.remove("ok", "no");
    for (const feedback of option.querySelectorAll("[data-fb]")) feedback.hidden = true;
  }
  question.status.textContent = "";
};

// Marks what she chose and says how it went; true when it is exactly right.
const review = (question) => {
  unmark(question);
  const right = question.dataset.right.split(",");
  const chosen = boxes(question).filter((box) => box.checked);
  const wrong = chosen.filter((box) => !right.includes(box.value));
  for (const box of chosen) {
    const option = box.closest(".opt");
    option.classList.add(wrong.includes(box) ? "no" : "ok");
    for (const feedback of option.querySelectorAll("[data-fb]")) feedback.hidden = false;
  }
  const done = !wrong.length && chosen.length === right.length;
  question.status.textContent = !chosen.length ? says.choose : done ? says.right : wrong.length ? says.wrong : says.more;
  return done;
};

const start = () => {
  const questions = [...form.querySelectorAll("[data-q]")];
  const button = form.querySelector("button.btn");
  const label = button.textContent;
  const result = make("div", { tabIndex: -1 });
  form.append(result);

  for (const question of questions) {
    question.status = make("p", { className: "fb verdict" });
    question.status.setAttribute("role", "status");
    const check = make("button", { type: "button", className: "btn ghost", textContent: says.check });
    // After a wrong answer the focus goes back to her choice: a screen reader reads why, an arrow key tries another.
    check.addEventListener("click", () => {
      if (!review(question)) (boxes(question).find((box) => box.checked) || boxes(question)[0]).focus();
    });
    question.addEventListener("change", () => unmark(question));
    [...question.querySelectorAll(".opt")].pop().after(check, question.status);
  }

  const show = (kind, words, ...actions) => {
    result.className = "card " + kind;
    result.replaceChildren(make("p", { textContent: words }), ...actions);
    result.focus();
  };
  const link = (href, textContent) => (href ? [make("a", { className: "btn", href, textContent })] : []);

  const tell = (answer) => {
    if (answer.saved) {
      show(answer.done ? "ok" : "try", answer.message || (answer.done ? says.saved : says.again), ...link(answer.next, says.next));
      button.classList.toggle("ghost", !!answer.next);
    } else {
      show("try", answer.message || (answer.signed_in ? says.failed : says.enter), ...link(answer.next, answer.signed_in ? says.next : says.go));
    }
  };

  const fail = () => {
    const plain = make("button", { type: "button", className: "btn ghost", textContent: says.plain });
    plain.addEventListener("click", () => form.submit());
    show("no", says.failed, plain);
  };

  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const blank = questions.find((question) => !answered(question));
    if (blank) {
      review(blank);
      boxes(blank)[0].focus();
    }
    if (blank || sending) return;
    questions.forEach(review);
    sending = true;
    button.textContent = says.sending;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 30000);
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: patience.signal,
      });
      const answer = await response.json();
      if (response.status === 409 && answer.confirm) form.submit();
      else if (response.ok) tell(answer);
      else fail();
    } catch {
      fail();
    }
    clearTimeout(timer);
    sending = false;
    button.textContent = label;
  });
};

if (form) start();
