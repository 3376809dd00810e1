// The name and icon that she chose for this phone (appearance.py), laid over a page that is the same bytes for
// everybody. It runs right after the bar is parsed, before anything is painted; the names come from the bar's data.
export const appear = () => {
  const [, code] = /(?:^|; )look=(\w+)/.exec(document.cookie) || [];
  const brand = document.querySelector(".brand");
  const name = brand.getAttribute("data-" + code);
  if (!name) return;
  document.title = brand.textContent = name;
  document.querySelector("[rel=icon]").href = `/iconos/${code}.svg`;
};
