/** What an avatar shows for a person's name. */
function initials(name) {
  const words = (name ?? "").split(/\s+/).filter((word) => !word.startsWith("("));
  if (words.join("") === "") return "?";
  const [first = ""] = words[0];
  const [last = ""] = words.length > 1 ? words[words.length - 1] : [];
  return (first + last).toUpperCase();
}

module.exports = { initials };
