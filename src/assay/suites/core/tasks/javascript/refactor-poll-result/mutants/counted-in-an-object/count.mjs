export function countVotes(ballots) {
  const t = {};
  for (const [first, second] of ballots) {
    (t[first] ??= { name: first, votes: 0, seconds: 0 }).votes += 1;
    if (second) (t[second] ??= { name: second, votes: 0, seconds: 0 }).seconds += 1;
  }
  return Object.values(t).sort((a, b) => b.votes - a.votes || b.seconds - a.seconds || (a.name < b.name ? -1 : 1));
}
