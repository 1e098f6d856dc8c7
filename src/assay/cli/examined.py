"""How an examination of an endpoint is printed: a line for each verdict, and below it what mends what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from assay.doctor.endpoint.findings import CAPABILITIES, Examined, Fault, Identity, Report, Spent

_MARKS = {"works": "✓", "broken": "✗", "absent": "·", "untried": "?"}
_WIDTH = max(map(len, CAPABILITIES))


def head(identity: Identity) -> str:
    """What answers there."""
    engine = " ".join(filter(None, (identity.engine, identity.version))) or "an engine that does not say its name"
    context = f", declares {identity.context} tokens" if identity.context else ""
    facts = f" ({'; '.join(identity.facts)})" if identity.facts else ""
    return f"{engine}, model {identity.model}{context}{facts}"


class Printer:
    """Prints probe after probe; a fault that was explained already is not explained again."""

    def __init__(self) -> None:
        self._explained: dict[tuple[str, str], str] = {}

    def lines_of(self, one: Examined) -> Iterator[str]:
        """A probe: what it sent and took, then its verdicts."""
        yield f"{one.probe}: {one.about} [{spent(one.spent)}]"
        for finding in one.findings:
            yield f"  {_MARKS[finding.verdict]} {finding.capability:<{_WIDTH}}  {finding.detail}"
            fault = finding.fault
            if fault is None:
                continue
            before = self._explained.setdefault((fault.cause, fault.mend), finding.capability)
            yield from _shown("symptom", fault.symptom)
            if before == finding.capability:
                yield from _fault(fault)
            else:
                yield from _shown("mend" if fault.mend else "cause", f"as for {before}")


def _fault(fault: Fault) -> Iterator[str]:
    for word, text in (
        ("cause", fault.cause),
        ("mend", fault.mend),
        ("note", fault.note),
    ):
        yield from _shown(word, text)


def _shown(word: str, text: str) -> Iterator[str]:
    if text:
        yield f"      {word + ':':<8} {text}"


def spent(taken: Spent) -> str:
    """Calls, tokens and dollars, in words."""
    if not taken.calls:
        return "nothing asked"
    money = "cost unknown" if taken.usd is None else f"${taken.usd:.4f}" if taken.usd else "no cost"
    return f"{taken.calls} call{'s' * (taken.calls > 1)}, {taken.input} + {taken.output} tokens, {money}"


def foot(report: Report) -> Iterator[str]:
    """The sum of it."""
    verdicts = [finding.verdict for finding in report.findings]
    counts = ", ".join(f"{verdicts.count(word)} {word}" for word in _MARKS if word in verdicts)
    yield f"{counts or 'nothing was found out'}; {spent(report.spent)}"
    if report.missing:
        yield f"needed and missing: {', '.join(report.missing)}"
