"""Says which backups to keep: python prune.py [--last N] [--daily N] [--weekly N] [--monthly N] [--pin ID]… < list"""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

LINE = re.compile(r"([^ ]+) ([^ ]+) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})")


@dataclass
class Backup:
    id: str
    host: str
    at: datetime
    reasons: list[str] = field(default_factory=list)


# What two backups have in common of which only the newer one is kept.
PERIODS: dict[str, Callable[[Backup], object]] = {
    "last": lambda backup: backup.id,
    "daily": lambda backup: backup.at.date(),
    "weekly": lambda backup: backup.at.isocalendar()[:2],
    "monthly": lambda backup: (backup.at.year, backup.at.month),
}


def read(lines: list[str]) -> list[Backup]:
    backups: dict[str, Backup] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number}: not ID HOST TIME")
        name, host, at = match.groups()
        if name in backups:
            raise ValueError(f"line {number}: {name} for the second time")
        try:
            backups[name] = Backup(name, host, datetime.fromisoformat(at))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
    return list(backups.values())


def newest_first(backups: list[Backup]) -> dict[str, list[Backup]]:
    """The backups of each host, hosts by name; of two at the same time, the later line is the newer one."""
    hosts: dict[str, list[Backup]] = {}
    for backup in sorted(reversed(backups), key=lambda backup: backup.at, reverse=True):
        hosts.setdefault(backup.host, []).append(backup)
    return dict(sorted(hosts.items()))


def mark(backups: list[Backup], reason: str, count: int) -> None:
    """Gives the newest backup of each of the `count` newest periods the reason to be kept."""
    seen: set[object] = set()
    for backup in backups:
        period = PERIODS[reason](backup)
        if period not in seen and len(seen) < count:
            seen.add(period)
            backup.reasons.append(reason)


def positive(text: str) -> int:
    if not re.fullmatch("[0-9]+", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"not a whole number from 1 on: {text}")
    return int(text)


def main() -> None:
    parser = argparse.ArgumentParser()
    for reason in PERIODS:
        parser.add_argument(f"--{reason}", type=positive)
    parser.add_argument("--pin", action="append", default=[])
    options = vars(parser.parse_args())
    if not any(options[reason] for reason in PERIODS):
        parser.error("nothing says what to keep")
    try:
        backups = read(sys.stdin.read().splitlines())
    except ValueError as error:
        parser.error(str(error))
    unknown = set(options["pin"]) - {backup.id for backup in backups}
    if unknown:
        parser.error(f"no such backup: {', '.join(sorted(unknown))}")
    for of_host in newest_first(backups).values():
        for reason in PERIODS:
            mark(of_host, reason, options[reason] or 0)
        for backup in of_host:
            if backup.id in options["pin"]:
                backup.reasons.append("pinned")
            print(f"keep {backup.id} {','.join(backup.reasons)}" if backup.reasons else f"drop {backup.id}")


if __name__ == "__main__":
    main()
