/**
 * The result of a poll, as text. A line is one ballot: a voter, a colon, and choices in order of preference, with
 * commas between. Of a voter's ballots the last one counts; a first choice counts, and the second breaks ties.
 */
export function pollResult(lines, title = 'Poll') {
  const ballots = new Map();
  let spoilt = 0;
  for (const line of lines) {
    if (line.trim() === '') {
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) {
      spoilt += 1;
      continue;
    }
    const voter = line.slice(0, colon).trim().toLowerCase();
    const choices = line.slice(colon + 1).split(',').map((choice) => choice.trim());
    if (voter === '' || choices.includes('') || new Set(choices).size < choices.length) {
      spoilt += 1;
      continue;
    }
    ballots.delete(voter);
    ballots.set(voter, choices);
  }

  const firsts = new Map();
  const seconds = new Map();
  for (const choices of ballots.values()) {
    firsts.set(choices[0], (firsts.get(choices[0]) ?? 0) + 1);
    if (choices.length > 1) {
      seconds.set(choices[1], (seconds.get(choices[1]) ?? 0) + 1);
    }
  }
  const names = [...new Set([...firsts.keys(), ...seconds.keys()])];
  names.sort((a, b) => {
    const first = (firsts.get(b) ?? 0) - (firsts.get(a) ?? 0);
    if (first !== 0) {
      return first;
    }
    const second = (seconds.get(b) ?? 0) - (seconds.get(a) ?? 0);
    if (second !== 0) {
      return second;
    }
    return a < b ? -1 : 1;
  });

  const out = [title];
  let widest = 0;
  for (const name of names) {
    if (name.length > widest) {
      widest = name.length;
    }
  }
  for (const name of names) {
    const count = firsts.get(name) ?? 0;
    const percent = Math.round((100 * count) / ballots.size);
    out.push(`${name.padEnd(widest)}  ${String(count).padStart(3)}  ${String(percent).padStart(3)} %`);
  }
  if (names.length === 0) {
    out.push('no votes');
  }
  if (spoilt > 0) {
    out.push(spoilt === 1 ? '1 ballot is spoilt' : `${spoilt} ballots are spoilt`);
  }
  return out.join('\n');
}
