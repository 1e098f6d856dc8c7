"""What went wrong, read from a status and an error body in any vendor's words.

Statuses alone do not say it: a context overflow is a 400, 413 or 500, a spent account a 400, 402 or
429, and a blocked prompt a 400 or 403. The rules are tables; the first that fits decides.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from assay.core.errors import Fault
from assay.formats.wire.base import WireError


class Problem(msgspec.Struct, frozen=True):
    """An error body, read."""

    message: str = ""
    kinds: tuple[str, ...] = ()
    """The vendor's code, type and status words, in lower case."""
    status: int | None = None
    """A status that the body itself names."""
    retry_after: float | None = None


_CONTEXT = re.compile(
    r"context.?length.?exceeded|exceed_context_size|maximum context length|maximum model length"
    r"|(exceeds?|over|longer than|larger than|greater than|beyond).{0,40}context.?(window|length|size|limit)"
    r"|context (window|length|size|limit).{0,30}exceeded"
    r"|prompt is too long|input is too long|prompt too long|input length and `?max_tokens`? exceed"
    r"|input token count.{0,40}exceeds|maximum prompt length|too large for model with"
    r"|reduce the length of (the |your )?(messages|prompt|input)"
    r"|inputs?`? must have less than|inputs`? tokens \+ `?max_new_tokens",
    re.I | re.S,
)
_SPENT = re.compile(
    r"insufficient.?quota|credit balance is too low|insufficient (balance|credits)"
    r"|out of credits|billing_(error|hard_limit)",
    re.I,
)
_BAD_KEY = re.compile(r"api key not valid|api_key_invalid|(invalid|incorrect|missing) api.?key", re.I)
_NO_MODEL = re.compile(r"model_not_found|not a valid model|model .{0,120}(not found|does not exist)", re.I | re.S)
_FILTERED = re.compile(
    r"content.?filter|content management policy|content_policy|flagged|moderation|prohibited_content"
    r"|responsible.?ai.?policy",
    re.I,
)

_KINDS: dict[str, Fault] = {
    "overloaded_error": Fault.SERVER,
    "api_error": Fault.SERVER,
    "server_error": Fault.SERVER,
    "internal_server_error": Fault.SERVER,
    "internal": Fault.SERVER,
    "unavailable": Fault.SERVER,
    "rate_limit_error": Fault.RATE,
    "rate_limit_exceeded": Fault.RATE,
    "resource_exhausted": Fault.RATE,
    "timeout_error": Fault.TIMEOUT,
    "deadline_exceeded": Fault.TIMEOUT,
    "authentication_error": Fault.AUTH,
    "permission_error": Fault.AUTH,
    "permission_denied": Fault.AUTH,
    "unauthenticated": Fault.AUTH,
    "not_found_error": Fault.NOT_FOUND,
    "not_found": Fault.NOT_FOUND,
    "invalid_request_error": Fault.REJECTED,
    "invalid_argument": Fault.REJECTED,
    "invalid_prompt": Fault.REJECTED,
}

_STATUSES: dict[int, Fault] = {
    401: Fault.AUTH,
    402: Fault.AUTH,
    403: Fault.AUTH,
    404: Fault.NOT_FOUND,
    408: Fault.TIMEOUT,
    409: Fault.RATE,
    425: Fault.RATE,
    429: Fault.RATE,
}


def read_problem(body: bytes) -> Problem:
    """Whatever an error body can tell; text that is no JSON is its own message."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Problem(_plain(body.decode("utf-8", "replace")))
    return problem_in(value)


def problem_in(value: Any) -> Problem:
    """The same of a decoded one: `{"error": {…}}`, `{"error": "…"}`, `{"detail": …}`, a list of them."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        inner = value.get("error")
        if isinstance(inner, dict):
            return _from_object(inner)
        if isinstance(inner, str) and inner:
            return Problem(inner, status=_status(value.get("code")))
        return _from_object(value)
    return Problem(value if isinstance(value, str) else "")


def fault_of(status: int | None, problem: Problem) -> Fault:
    """The table of the module's first lines, in order. `status` is HTTP's; a stream's error has none."""
    status = status if status is not None and status >= 400 else problem.status
    words = " ".join((*problem.kinds, problem.message))
    if _SPENT.search(words):
        return Fault.AUTH
    if status != 429 and _CONTEXT.search(words):
        return Fault.CONTEXT
    if status in (None, 400) and _BAD_KEY.search(words):
        return Fault.AUTH
    if status in (None, 400, 404) and _NO_MODEL.search(words):
        return Fault.NOT_FOUND
    if status == 403 and _FILTERED.search(words):
        return Fault.REJECTED
    if status is not None:
        return _STATUSES.get(status, Fault.SERVER if status >= 500 else Fault.REJECTED)
    return next((_KINDS[kind] for kind in problem.kinds if kind in _KINDS), Fault.SERVER)


def blocked(status: int, problem: Problem) -> bool:
    """The vendor's filter turned the prompt away: an answer of a kind, and no fault of the apparatus."""
    return status in (400, 403) and _FILTERED.search(" ".join((*problem.kinds, problem.message))) is not None


def stream_error(value: Any) -> WireError:
    """An error that came where an answer was expected."""
    problem = problem_in(value)
    return WireError(
        problem.message or "the server reported an error without a word",
        fault=fault_of(None, problem),
        retry_after=problem.retry_after,
    )


def _from_object(error: dict[str, Any]) -> Problem:
    message = error.get("message") or error.get("detail") or error.get("msg") or ""
    if isinstance(message, list):
        message = "; ".join(str(part.get("msg", part) if isinstance(part, dict) else part) for part in message)
    elif not isinstance(message, str):
        message = msgspec.json.encode(message).decode()
    metadata = error.get("metadata")
    if isinstance(metadata, dict) and isinstance(metadata.get("raw"), str):
        message = f"{message}: {metadata['raw']}"
    kinds = [word.lower() for key in ("code", "type", "status") if isinstance(word := error.get(key), str)]
    details = error.get("details")
    retry_after = None
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, dict):
            if isinstance(detail.get("reason"), str):
                kinds.append(detail["reason"].lower())
            retry_after = _seconds(detail.get("retryDelay")) or retry_after
    return Problem(message, tuple(kinds), _status(error.get("code")) or _status(error.get("status")), retry_after)


def _status(value: Any) -> int | None:
    return value if isinstance(value, int) and 400 <= value < 600 else None


def _seconds(value: Any) -> float | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)s", value) if isinstance(value, str) else None
    return float(match[1]) if match else None


def _plain(text: str) -> str:
    """The words of a page: its title if it has one, without tags."""
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.I | re.S)
    return re.sub(r"<[^>]*>", " ", title[1] if title else text[:2000])
