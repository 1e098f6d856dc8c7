"""How numbers are written for people: the same everywhere, and a dash for what is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

UNKNOWN = "–"

WHY_MISSING = {
    "provider_error": "the model's endpoint failed",
    "sandbox_error": "the sandbox failed",
    "task_error": "the task contradicts itself",
}


def counted(number: int, word: str) -> str:
    """`1 task`, `2 tasks`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def named(names: Sequence[str], *, total: int = 0, most: int = 10) -> str:
    """The first few by name, and how many more there are, of `total` or of all."""
    rest = max(total, len(names)) - min(most, len(names))
    return ", ".join(names[:most]) + (f" and {rest} more" if rest else "")


def by_reason(reasons: Mapping[str, str]) -> list[tuple[str, str]]:
    """What shares a reason, all of it named, and the reason."""
    sharing: dict[str, list[str]] = {}
    for name, reason in sorted(reasons.items()):
        sharing.setdefault(reason, []).append(name)
    return [(", ".join(names), reason) for reason, names in sharing.items()]


def of_variant(variant: int, *, tasks: int, others: int) -> str:
    """What of a suite a run in another variant than 0 is about."""
    left_out = "; the others are left out" if others else ""
    have = "has" if tasks == 1 else "have"
    return f"variant {variant}: {tasks} of {counted(tasks + others, 'task')} {have} variants{left_out}"


def percent(value: float | None, *, places: int = 1) -> str:
    return UNKNOWN if value is None else f"{100 * value:.{places}f} %"


def span(low: float | None, high: float | None, *, places: int = 1) -> str:
    """An interval in per cent: `61.2–83.0`."""
    if low is None or high is None:
        return UNKNOWN
    return f"{100 * low:.{places}f}–{100 * high:.{places}f}"


def dollars(value: float | None) -> str:
    """Enough digits to tell a small sum from nothing."""
    if value is None:
        return UNKNOWN
    if value == 0:
        return "$0"
    return f"${value:,.2f}" if abs(value) >= 1 else f"${value:.3g}" if abs(value) >= 1e-4 else f"${value:.1e}"


def cost(value: float | None, source: str, *, known: float | None = None) -> str:
    """Dollars with where they come from; a machine of one's own has no meter. `known` is the part of an
    unknown sum that is known."""
    if value is None:
        return f"≥ {dollars(known)}" if known else "unknown"
    if source == "local":
        return "local" if value == 0 else f"{dollars(value)} local"
    return dollars(value) if source in ("", "priced", "billed") else f"{dollars(value)} {source}"


def seconds(value: float | None) -> str:
    if value is None:
        return UNKNOWN
    if value < 1:
        return f"{1000 * value:.0f} ms"
    return f"{value:.1f} s" if value < 120 else f"{value / 60:.1f} min"


def within(value: float | None, low: float | None, high: float | None, *, capped: bool = False) -> str:
    """Seconds with their limits, `1.2 s (1.0 s–∞)`; without where both are unknown. `capped`: open because
    calls are cut off there."""
    if value is None or (low is None and high is None):
        return seconds(value)
    open_end = "∞, censored" if capped else "∞"
    return f"{seconds(value)} ({'0' if low is None else seconds(low)}–{open_end if high is None else seconds(high)})"


def count(value: int | float | None) -> str:
    return UNKNOWN if value is None else f"{value:,.0f}"


def rest(text: str, limit: int) -> str:
    """`text`, cut at `limit` characters, and the cut said."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n… ({len(text) - limit:,} more characters are in the run's record)"
