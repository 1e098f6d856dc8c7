/**
 * How many words a text has. A word is what stands between blanks and has a letter or a digit in it.
 *
 * @example
 * wordCount("To be, or not to be"); // => 6
 * wordCount("  a well-known – and short\nstory  "); // => 5
 * wordCount("42 %"); // => 1
 * wordCount(""); // => 0
 */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * Whole minutes that it takes to read a text, rounded up; one at least.
 *
 * @example
 * readingMinutes("word ".repeat(400)); // => 2
 * readingMinutes("word ".repeat(401)); // => 2
 * readingMinutes(""); // => 1
 * readingMinutes("word ".repeat(401), 401); // => 1
 * readingMinutes("word", 0); // throws RangeError
 */
export function readingMinutes(text: string, wordsPerMinute = 200): number {
  if (!(wordsPerMinute > 0)) throw new RangeError("nobody reads that slowly");
  return Math.max(1, Math.ceil(wordCount(text) / wordsPerMinute));
}

/**
 * The beginning of a text in `most` characters at most, without breaking a word; blanks become single ones.
 * Where something is left out it ends in “…”, which counts, too, and takes the place of a `.`, `,`, `;` or `:`.
 *
 * @example
 * excerpt("Three  short\nwords", 17); // => "Three short words"
 * excerpt("Three short words", 16); // => "Three short…"
 * excerpt("Three short words", 12); // => "Three short…"
 * excerpt("Three short words", 11); // => "Three…"
 * excerpt("Wait, what?", 7); // => "Wait…"
 * excerpt("Unbreakable", 5); // => "…"
 */
export function excerpt(text: string, most: number): string {
  const words = text.trim().split(/\s+/);
  const whole = words.join(" ");
  if (whole.length <= most) return whole;
  let kept = "";
  for (const word of words) {
    const longer = kept === "" ? word : `${kept} ${word}`;
    if (longer.length + 1 > most) break;
    kept = longer;
  }
  return `${kept.replace(/[.,;:]+$/, "")}…`;
}
