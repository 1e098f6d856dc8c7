const FIRST_OF_WORD = /(?<!\S)[^\s(]/gu;

exports.initials = (name) => {
  const found = String(name).match(FIRST_OF_WORD);
  if (!found) return "?";
  const ends = found.length === 1 ? found : [found.shift(), found.pop()];
  return ends.join("").toUpperCase();
};
