export function readAnswers(lines: string[], questions: string[]): string[] {
  return lines.filter((line) => questions.some((question) => line.includes(question)));
}
