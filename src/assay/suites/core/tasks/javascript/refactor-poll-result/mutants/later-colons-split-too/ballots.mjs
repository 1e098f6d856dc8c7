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
  const colon = line.lastIndexOf(':');
  const voter = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const choices = line.slice(colon + 1).split(',').map((choice) => choice.trim());
  const spoilt = voter === '' || choices.includes('') || new Set(choices).size < choices.length;
  return spoilt ? null : { voter, choices };
}
