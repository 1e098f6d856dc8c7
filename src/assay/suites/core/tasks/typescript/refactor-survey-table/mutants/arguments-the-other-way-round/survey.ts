import { type Answer, readAnswers } from "./answers";
import { mean, median } from "./figures";

export { mean, median };

const HEAD = ["question", "answers", "n/a", "missing", "mean", "median"];

/** Answers to a survey as a table: one line per question, out of lines like `q1=4; q2=n/a; text=So so`. */
export function surveyTable(lines: string[], questions: string[]): string {
  const people = readAnswers(questions, lines);
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
