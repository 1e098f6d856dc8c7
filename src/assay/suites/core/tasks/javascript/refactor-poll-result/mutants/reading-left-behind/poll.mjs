import { countVotes } from './count.mjs';

export { countVotes };
export { readBallots } from './ballots.mjs';

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

  const counts = countVotes([...ballots.values()]);
  const widest = Math.max(0, ...counts.map(({ name }) => name.length));
  const rows = counts.map(({ name, votes }) => {
    const percent = Math.round((100 * votes) / ballots.size);
    return `${name.padEnd(widest)}  ${String(votes).padStart(3)}  ${String(percent).padStart(3)} %`;
  });
  return [title, ...(rows.length > 0 ? rows : ['no votes']), ...spoiltLine(spoilt)].join('\n');
}

function spoiltLine(spoilt) {
  if (spoilt === 0) return [];
  return [spoilt === 1 ? '1 ballot is spoilt' : `${spoilt} ballots are spoilt`];
}
