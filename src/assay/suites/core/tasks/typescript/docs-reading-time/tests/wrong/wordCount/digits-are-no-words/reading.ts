export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}]/u.test(word)).length;
}

export function readingMinutes(text: string, wordsPerMinute = 200): number {
  if (!(wordsPerMinute > 0)) throw new RangeError("nobody reads that slowly");
  return Math.max(1, Math.ceil(wordCount(text) / wordsPerMinute));
}

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
