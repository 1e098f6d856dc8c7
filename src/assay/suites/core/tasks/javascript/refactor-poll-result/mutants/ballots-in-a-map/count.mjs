/** `{ name, votes }` of each name on the ballots, the winner first. */
export function countVotes(ballots) {
  const given = [...ballots.values()];
  const places = [0, 1].map((place) => countPlace(given, place));
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
