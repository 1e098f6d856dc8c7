import { readBallots } from './ballots.mjs';
import { countVotes } from './count.mjs';

export { countVotes, readBallots };

/**
 * The result of a poll, as text. A line is one ballot: a voter, a colon, and choices in order of preference, with
 * commas between. Of a voter's ballots the last one counts; a first choice counts, and the second breaks ties.
 */
export function pollResult(lines, title = 'Poll') {
  const { ballots, spoilt } = readBallots(lines);
  const counts = countVotes(ballots);
  const widest = Math.max(0, ...counts.map(({ name }) => name.length));
  const rows = counts.map(({ name, votes }) => {
    const percent = Math.round((100 * votes) / counts.length);
    return `${name.padEnd(widest)}  ${String(votes).padStart(3)}  ${String(percent).padStart(3)} %`;
  });
  return [title, ...(rows.length > 0 ? rows : ['no votes']), ...spoiltLine(spoilt)].join('\n');
}

function spoiltLine(spoilt) {
  if (spoilt === 0) return [];
  return [spoilt === 1 ? '1 ballot is spoilt' : `${spoilt} ballots are spoilt`];
}
