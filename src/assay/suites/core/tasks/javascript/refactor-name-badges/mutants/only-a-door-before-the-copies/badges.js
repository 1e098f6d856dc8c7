'use strict';

/** The three lines of a visitor's badge; `upper` is for the large print. */
function visitor(person, upper) {
  let name = [person.first, person.last].filter((part) => part).join(' ');
  if (name === '') {
    name = 'Guest';
  }
  if (name.length > 18 && person.last) {
    const initial = person.first ? person.first[0] + '. ' : '';
    name = initial + person.last;
  }
  name = name.slice(0, 18);
  if (upper) {
    name = name.toUpperCase();
  }
  let below = '–';
  if (person.company !== undefined && person.company !== null) {
    below = person.company;
  }
  return ['VISITOR', name, below];
}

/** The three lines of a speaker's badge. */
function speaker(person, upper) {
  let name = [person.first, person.last].filter((part) => part).join(' ');
  if (name === '') {
    name = 'Speaker';
  }
  if (name.length > 18 && person.last) {
    const initial = person.first ? person.first[0] + '. ' : '';
    name = initial + person.last;
  }
  name = name.slice(0, 18);
  if (upper) {
    name = name.toUpperCase();
  }
  let below = '–';
  if (person.talk !== undefined && person.talk !== null) {
    below = person.talk;
  }
  return ['SPEAKER', name, below];
}

/** The three lines of a badge of the house. */
function staff(person, upper) {
  let name = [person.first, person.last].filter((part) => part).join(' ');
  if (name === '') {
    name = 'Staff';
  }
  if (name.length > 18 && person.last) {
    const initial = person.first ? person.first[0] + '. ' : '';
    name = initial + person.last;
  }
  name = name.slice(0, 18);
  if (upper) {
    name = name.toUpperCase();
  }
  let below = '–';
  if (person.desk !== undefined && person.desk !== null) {
    below = 'desk ' + person.desk;
  }
  return ['STAFF', name, below];
}

function badge(kind, person, { upper = false } = {}) {
  const made = { visitor, speaker, staff };
  if (!Object.hasOwn(made, kind)) throw new RangeError(`unknown kind: ${kind}`);
  return made[kind](person, upper);
}
module.exports = { badge };
