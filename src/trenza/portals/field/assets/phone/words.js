// The words of the modules, in the language of the page; where there is no catalogue for it, in the site's own.
// The server makes `words-LANGUAGE.js` (portals/field/words).
const FALLBACK = "es";

let loading = null;

// Resolves with `say(name, values)`: the sentence with its {placeholders} filled. Where `values` has `n`, it is that of the number.
export const words = () => {
  loading ||= import(`./words-${document.documentElement.lang}.js`)
    .catch(() => import(`./words-${FALLBACK}.js`))
    .then(({ default: said }) => (name, values = {}) => {
      const sentence = values.n === 1 && said[name + "_one"] ? said[name + "_one"] : said[name];
      return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    });
  return loading;
};
