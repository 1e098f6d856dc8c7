/** Answers to a survey as a table: one line per question, out of lines like `q1=4; q2=n/a; text=So so`. */
export function surveyTable(lines: string[], questions: string[]): string {
  const answers = new Map<string, number[]>();
  const skipped = new Map<string, number>();
  for (const question of questions) {
    answers.set(question, []);
    skipped.set(question, 0);
  }
  let people = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "" || line.startsWith("#")) {
      continue;
    }
    people += 1;
    const seen = new Set<string>();
    for (const part of line.split(";")) {
      if (part.trim() === "") {
        continue;
      }
      const equals = part.indexOf("=");
      if (equals < 0) {
        throw new SyntaxError(`line ${index + 1}: no answer: ${part.trim()}`);
      }
      const question = part.slice(0, equals).trim();
      const given = part.slice(equals + 1).trim();
      if (!answers.has(question)) {
        continue;
      }
      if (seen.has(question)) {
        throw new SyntaxError(`line ${index + 1}: ${question} twice`);
      }
      seen.add(question);
      if (given.toLowerCase() === "n/a") {
        skipped.set(question, skipped.get(question)! + 1);
      } else if (/^[1-5]$/.test(given)) {
        answers.get(question)!.push(Number(given));
      } else {
        throw new SyntaxError(`line ${index + 1}: ${question} is not from 1 to 5: ${given}`);
      }
    }
  }

  const rows: string[] = [];
  for (const question of questions) {
    const all = [...answers.get(question)!].sort((a, b) => a - b);
    const middle = Math.floor(all.length / 2);
    let median = "–";
    let mean = "–";
    if (all.length > 0) {
      const value = all.length % 2 === 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
      median = String(value);
      let sum = 0;
      for (const answer of all) {
        sum += answer;
      }
      mean = (sum / all.length).toFixed(2);
    }
    const missing = people - all.length - skipped.get(question)!;
    rows.push([question, all.length, skipped.get(question)!, missing, mean, median].join("\t"));
  }
  return ["question\tanswers\tn/a\tmissing\tmean\tmedian", ...rows].join("\n");
}
