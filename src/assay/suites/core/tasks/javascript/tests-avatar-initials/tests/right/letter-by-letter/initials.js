exports.initials = function initials(name) {
  let first = "";
  let last = "";
  let between = true;
  for (const letter of name || "") {
    const blank = letter.trim() === "";
    if (between && !blank && letter !== "(") {
      if (first === "") first = letter;
      else last = letter;
    }
    between = blank;
  }
  return first === "" ? "?" : `${first}${last}`.toUpperCase();
};
