// Finds formulas in Markdown: $x$, $$x$$, \(x\) and \[x\]. Prices are none.

const BLOCK = /^ {0,3}(?:\$\$([^$]{1,4000}?)\$\$|\\\[([\s\S]{1,4000}?)\\\])[ \t]*(?:\n+|$)/;
const BLOCK_START = /^ {0,3}(?:\$\$|\\\[)/m;
const INLINE = /^(?:\$\$([^$]{1,2000}?)\$\$|\\\(([\s\S]{1,2000}?)\\\)|\\\[([\s\S]{1,2000}?)\\\])/;
const DOLLARS = /^\$(?![\s$])((?:\\[\s\S]|[^\\$\n]){1,400}?)(?<!\s)\$(?![\p{L}\p{N}$])/u;

/// "$5 and US$" has neither.
const isFormula = (text) => /[\\^_={}<>+*]/.test(text) || /^[\p{L}\p{N}(),.!'-]{1,20}$/u.test(text);

function inline(text) {
  const match = INLINE.exec(text);
  if (match) {
    const display = match[2] === undefined;
    return { raw: match[0], tex: match[1] ?? match[2] ?? match[3], display };
  }
  const dollars = DOLLARS.exec(text);
  return dollars && isFormula(dollars[1])
    ? { raw: dollars[0], tex: dollars[1], display: false }
    : null;
}

/// Extensions of the reader of Markdown. Formulas are text until they are set.
///
/// @param escape makes HTML of text
export function formulas(escape) {
  const html = (tag, token) =>
    `<${tag} class="math${token.display ? " display" : ""}">${escape(token.tex.trim())}</${tag}>`;
  return [
    {
      name: "formulaBlock",
      level: "block",
      start: (text) => BLOCK_START.exec(text)?.index,
      tokenizer(text) {
        const match = BLOCK.exec(text);
        return match
          ? { type: "formulaBlock", raw: match[0], tex: match[1] ?? match[2], display: true }
          : undefined;
      },
      renderer: (token) => html("div", token),
    },
    {
      name: "formula",
      level: "inline",
      start(text) {
        const at = text.search(/\$|\\[([]/);
        return at < 0 ? undefined : at;
      },
      tokenizer(text) {
        const found = inline(text);
        return found ? { type: "formula", ...found } : undefined;
      },
      renderer: (token) => html("span", token),
    },
  ];
}
