"""Report hits, server errors, slowness and traffic per path from a web server's access log."""

import argparse
import re
import sys
from collections import defaultdict

LINE = re.compile(r'^\S+ \S+ \S+ \[[^\]]*\] "[A-Z]+ (\S+) HTTP/[0-9.]+" ([0-9]{3}) ([0-9]+|-) ([0-9]+)$')


class PathStats:
    def __init__(self) -> None:
        self.errors = 0
        self.sent = 0
        self.times: list[int] = []

    @property
    def hits(self) -> int:
        return len(self.times)

    def p«percentile»(self) -> int:
        """The nearest-rank percentile: always a time that was really measured."""
        rank = -(-«percentile» * self.hits // 100)
        return sorted(self.times)[rank - 1]


def read_log(lines, stats: dict[str, PathStats]) -> int:
    """Add `lines` to `stats` and return how many could not be understood."""
    skipped = 0
    for line in lines:
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        match = LINE.match(line)
        if match is None:
            skipped += 1
            continue
        target, status, sent, millis = match.groups()
        entry = stats[target.split("?")[0]]
        entry.errors += status.startswith("5")
        entry.sent += 0 if sent == "-" else int(sent)
        entry.times.append(int(millis))
    return skipped


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--top", type=positive, default=10)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()

    stats: dict[str, PathStats] = defaultdict(PathStats)
    skipped = 0
    try:
        for name in options.files:
            with open(name, encoding="utf-8", errors="replace") as log:
                skipped += read_log(log, stats)
        if not options.files:
            skipped += read_log(sys.stdin, stats)
    except OSError as error:
        print(f"access_report: {error}", file=sys.stderr)
        return 2

    print("hits", "errors", "p«percentile»", "bytes", "path", sep="\t")
    ranked = sorted(stats.items(), key=lambda item: (-item[1].hits, item[0]))
    for path, entry in ranked[: options.top]:
        print(entry.hits, entry.errors, entry.p«percentile»(), entry.sent, path, sep="\t")
    print(f"skipped: {skipped}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
