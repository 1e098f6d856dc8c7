/**
 * The result of a poll, as text. A line is one ballot: a voter, a colon, and choices in order of preference, with
 * commas between. Of a voter's ballots the last one counts; a first choice counts, and the second breaks ties.
 */
export function pollResult(lines, title = 'Poll') {
  const { ballots, spoilt } = readBallots(lines);
  const counts = countVotes(ballots);
  const widest = Math.max(0, ...counts.map(({ name }) => name.length));
  const rows = counts.map(({ name, votes }) => {
    const percent = Math.round((100 * votes) / ballots.length);
    return `${name.padEnd(widest)}  ${String(votes).padStart(3)}  ${String(percent).padStart(3)} %`;
  });
  return [title, ...(rows.length > 0 ? rows : ['no votes']), ...spoiltLine(spoilt)].join('\n');
}

function spoiltLine(spoilt) {
  if (spoilt === 0) return [];
  return [spoilt === 1 ? '1 ballot is spoilt' : `${spoilt} ballots are spoilt`];
}

/** `{ ballots, spoilt }`: the choices of each voter's last good ballot, and how many lines are no good ones. */
export function readBallots(lines) {
  const ballots = new Map();
  let spoilt = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const ballot = readBallot(line);
    if (ballot === null) {
      spoilt += 1;
    } else {
      ballots.set(ballot.voter, ballot.choices);
    }
  }
  return { ballots: [...ballots.values()], spoilt };
}

function readBallot(line) {
  const colon = line.indexOf(':');
  const voter = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const choices = line.slice(colon + 1).split(',').map((choice) => choice.trim());
  const spoilt = voter === '' || choices.includes('') || new Set(choices).size < choices.length;
  return spoilt ? null : { voter, choices };
}

/** `{ name, votes }` of each name on the ballots, the winner first. */
export function countVotes(ballots) {
  const places = [0, 1].map((place) => countPlace(ballots, place));
  const names = new Set(places.flatMap((counts) => [...counts.keys()]));
  return [...names]
    .map((name) => ({ name, votes: places[0].get(name) ?? 0, seconds: places[1].get(name) ?? 0 }))
    .sort((a, b) => b.votes - a.votes || b.seconds - a.seconds || (a.name < b.name ? -1 : 1));
}

function countPlace(ballots, place) {
  const counts = new Map();
  for (const choices of ballots.filter((one) => one.length > place)) {
    counts.set(choices[place], (counts.get(choices[place]) ?? 0) + 1);
  }
  return counts;
}
