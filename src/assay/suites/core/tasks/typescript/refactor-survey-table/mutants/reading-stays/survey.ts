type Answer = number | "n/a";

/** What each person answered, by question; SyntaxError names the line that is no answer. */
function readAll(lines: string[], questions: string[]): Map<string, Answer>[] {
  return lines.flatMap((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    try {
      return [readPerson(line, new Set(questions))];
    } catch (error) {
      throw new SyntaxError(`line ${index + 1}: ${(error as Error).message}`);
    }
  });
}

function readPerson(line: string, questions: Set<string>): Map<string, Answer> {
  const person = new Map<string, Answer>();
  for (const part of line.split(";").filter((one) => one.trim() !== "")) {
    const [question, given] = splitPart(part);
    if (!questions.has(question)) continue;
    if (person.has(question)) throw new SyntaxError(`${question} twice`);
    person.set(question, readAnswer(question, given));
  }
  return person;
}

function splitPart(part: string): [string, string] {
  const equals = part.indexOf("=");
  if (equals < 0) throw new SyntaxError(`no answer: ${part.trim()}`);
  return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
}

function readAnswer(question: string, given: string): Answer {
  if (given.toLowerCase() === "n/a") return "n/a";
  if (!/^[1-5]$/.test(given)) throw new SyntaxError(`${question} is not from 1 to 5: ${given}`);
  return Number(given);
}

import { mean, median } from "./figures";

export { mean, median };

const HEAD = ["question", "answers", "n/a", "missing", "mean", "median"];

/** Answers to a survey as a table: one line per question, out of lines like `q1=4; q2=n/a; text=So so`. */
export function surveyTable(lines: string[], questions: string[]): string {
  const people = readAll(lines, questions);
  const rows = questions.map((question) => row(question, people.map((person) => person.get(question))));
  return [HEAD, ...rows].map((cells) => cells.join("\t")).join("\n");
}

function row(question: string, answers: (Answer | undefined)[]): (string | number)[] {
  const points = answers.filter((answer) => typeof answer === "number");
  const skipped = answers.filter((answer) => answer === "n/a").length;
  const missing = answers.length - points.length - skipped;
  const figures = [mean(points)?.toFixed(2), median(points)].map((figure) => figure ?? "–");
  return [question, points.length, skipped, missing, ...figures];
}
