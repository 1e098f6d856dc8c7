'use strict';

const WIDTH = 18;

const KINDS = {
  visitor: { title: 'VISITOR', nameless: 'Guest', below: (person) => person.company },
  speaker: { title: 'SPEAKER', nameless: 'Speaker', below: (person) => person.talk },
  staff: { title: 'STAFF', nameless: 'Staff', below: ({ desk }) => (desk === undefined || desk === null ? null : `desk ${desk}`) },
};

/** The three lines of a badge; `upper` is for the large print. */
function badge(kind, person, { upper = false } = {}) {
  if (!Object.hasOwn(KINDS, kind)) throw new RangeError(`unknown kind: ${kind}`);
  const { title, nameless, below } = KINDS[kind];
  const name = shortName(person) || nameless;
  return [title, upper ? name.toUpperCase() : name, below(person) || '–'];
}

function shortName({ first, last }) {
  const whole = [first, last].filter(Boolean).join(' ');
  if (whole.length <= WIDTH || !last) return whole.slice(0, WIDTH);
  return (first ? `${first[0]}. ${last}` : last).slice(0, WIDTH);
}

module.exports = { badge };
