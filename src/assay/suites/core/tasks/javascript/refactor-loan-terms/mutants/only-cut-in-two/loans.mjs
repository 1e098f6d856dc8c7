/** Days for which a member may borrow an item; 0 when the item is not lent to them. */
export function loanDays(item, member) {
  let days;
  if (item.type === 'book') {
    if (item.reserved) {
      days = 14;
    } else if (member.level === 'student') {
      days = 42;
    } else if (member.level === 'staff') {
      days = 56;
    } else {
      days = 28;
    }
  } else if (item.type === 'film') {
    if (item.fromAge > member.age) {
      return 0;
    }
    if (item.reserved) {
      days = 3;
    } else {
      days = 7;
    }
  } else if (item.type === 'magazine') {
    if (item.newest) {
      return 0;
    }
    if (item.reserved) {
      days = 7;
    } else if (member.level === 'staff') {
      days = 28;
    } else {
      days = 14;
    }
  } else if (item.type === 'device') {
    if (member.level !== 'student' && member.level !== 'staff') {
      return 0;
    }
    if (item.fromAge > member.age) {
      return 0;
    }
    if (item.reserved) {
      days = 1;
    } else if (member.level === 'staff') {
      days = 14;
    } else {
      days = 3;
    }
  } else {
    throw new TypeError(`unknown type: ${item.type}`);
  }
  return shortened(days, member);
}

function shortened(days, member) {
  if (member.fines > 1000) {
    return 0;
  }
  if (member.fines > 0) {
    days = Math.ceil(days / 2);
  }
  if (member.level === 'trial' && days > 10) {
    days = 10;
  }
  return days;
}
