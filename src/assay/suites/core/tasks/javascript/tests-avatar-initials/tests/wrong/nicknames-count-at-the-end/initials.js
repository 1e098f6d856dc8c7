/** What an avatar shows for a person's name. */
function initials(name) {
  const words = (name ?? "").split(/\s+/).filter(Boolean).filter((word, at) => at > 0 || !word.startsWith("("));
  if (words.length === 0) return "?";
  const [first] = words[0];
  const [last] = words.length > 1 ? words[words.length - 1] : [""];
  return (first + last).toUpperCase();
}

module.exports = { initials };
