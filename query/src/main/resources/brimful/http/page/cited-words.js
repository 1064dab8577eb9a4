// Marks the words of a claim where they stand together in a text.

const WORD = /\p{N}[\p{N}.,]*\p{N}|[\p{L}\p{N}]+/gu;
const COMMON = new Set(
  ("about after also been before being both could does each every from have here into itself just " +
    "like more most much only other over same should some such than that their them then there " +
    "these they this those through under until very were what when where which while will with " +
    "would your all and are but can for had has her his how its not now one our out she the two was " +
    "who why you").split(" "),
);

/// So many words in a row are read together.
const TOGETHER = 60;

/// Places that have this share of what the best one has are marked too.
const SHARE = 0.75;

/// The words of a text that say what it is about.
function wordsOf(text) {
  const all = text.match(WORD) ?? [];
  // Short names count, short words do not.
  const tells = (word) =>
    /\p{N}/u.test(word) || word.length > (/^\p{Lu}/u.test(word) ? 2 : 3);
  return new Set(
    all
      .filter(tells)
      .map((word) => word.toLowerCase())
      .filter((word) => !COMMON.has(word)),
  );
}

/// Marks the words of a claim in a node, where most of them are together.
///
/// @return the marks, in the order of the text
export function markWords(node, claim) {
  const wanted = wordsOf(claim);
  const hits = hitsIn(node, wanted);
  const kept = best(hits);
  const byText = Map.groupBy(kept, (hit) => hit.text);
  return [...byText].flatMap(([text, inside]) => wrap(text, inside));
}

function hitsIn(node, wanted) {
  const hits = [];
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const match of text.data.matchAll(WORD)) {
      const word = match[0].toLowerCase();
      if (wanted.has(word)) {
        hits.push({ text, word, at, first: match.index, end: match.index + match[0].length });
      }
      at++;
    }
  }
  return hits;
}

/// The hits that lie in stretches with nearly as many different words as the best one.
function best(hits) {
  const counts = hits.map(
    (hit, i) => new Set(stretch(hits, i).map((other) => other.word)).size,
  );
  const enough = Math.max(...counts, 1) * SHARE;
  const kept = new Set();
  counts.forEach((count, i) => {
    if (count >= enough) {
      stretch(hits, i).forEach((hit) => kept.add(hit));
    }
  });
  return hits.filter((hit) => kept.has(hit));
}

function stretch(hits, from) {
  let to = from;
  while (to < hits.length && hits[to].at < hits[from].at + TOGETHER) {
    to++;
  }
  return hits.slice(from, to);
}

function wrap(text, hits) {
  const marks = [];
  let rest = text;
  let begin = 0;
  for (const hit of hits) {
    const word = rest.splitText(hit.first - begin);
    rest = word.splitText(hit.end - hit.first);
    begin = hit.end;
    const mark = document.createElement("mark");
    word.replaceWith(mark);
    mark.append(word);
    marks.push(mark);
  }
  return marks;
}
