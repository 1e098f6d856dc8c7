const words = (text: string): string[] => text.match(/\S+/g) ?? [];

export function wordCount(text: string): number {
  let count = 0;
  for (const word of words(text)) if (/\p{L}|\p{N}/u.test(word)) count += 1;
  return count;
}

export function readingMinutes(text: string, wordsPerMinute: number = 200): number {
  if (Number.isNaN(wordsPerMinute) || wordsPerMinute <= 0) throw new RangeError("too slow");
  const count = wordCount(text);
  const minutes = Math.floor(count / wordsPerMinute) + (count % wordsPerMinute > 0 ? 1 : 0);
  return minutes || 1;
}

export function excerpt(text: string, most: number): string {
  const all = words(text);
  for (let count = all.length; count > 0; count--) {
    const part = all.slice(0, count).join(" ");
    if (count === all.length && part.length <= most) return part;
    if (count < all.length && part.length < most) return part.replace(/[.,;:]*$/, "") + "…";
  }
  return all.length === 0 ? "" : "…";
}
