"use strict";

const GERMANIC = { form: (n) => (n === 1 ? "one" : "other"), separator: ",", from: 4 };

const LANGUAGES = {
  en: GERMANIC,
  de: { ...GERMANIC, separator: "." },
  fr: { form: (n) => (n < 2 ? "one" : "other"), separator: "\u202f", from: 4 },
  cs: { form: (n) => (n === 1 ? "one" : n >= 2 && n <= 4 ? "few" : "other"), separator: "\u00a0", from: 4 },
  pl: { form: polish, separator: "\u00a0", from: 5 },
  ja: { form: () => "other", separator: ",", from: 4 },
};

/** The text for a count: the form that the language asks for, with `#` replaced by the number. */
function sayCount(forms, count, language) {
  const counts = typeof count !== "string" && count !== null && Number.isSafeInteger(Number(count));
  if (!counts || count < 0) throw new RangeError(`not a count: ${count}`);
  const [main] = language.toLowerCase().split("-");
  const rules = Object.hasOwn(LANGUAGES, main) ? LANGUAGES[main] : LANGUAGES.en;
  const text = [`=${count}`, rules.form(count), "other"].find((form) => Object.hasOwn(forms, form));
  if (text === undefined) throw new Error(`no form “other” for ${count}`);
  return forms[text].replace(/\\#|#/g, (mark) => (mark === "#" ? grouped(count, rules) : "#"));
}

function polish(n) {
  if (n === 1) return "one";
  const [last, lastTwo] = [n % 10, n % 100];
  return last >= 2 && last <= 4 && !(lastTwo >= 12 && lastTwo <= 14) ? "few" : "many";
}

/** The digits in groups of three, if there are at least as many as the language wants for that. */
function grouped(count, { separator, from }) {
  const digits = String(count);
  return digits.length < from ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, separator);
}

module.exports = { sayCount };
