"""Headers that say when to come back, and lines that say nothing they should not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.models.pace import LONGEST, rate_hint, retry_after, until
from assay.models.scrub import LONGEST as LONGEST_LINE
from assay.models.scrub import Scrubber

NOW = 1_800_000_000.0  # 2027-01-15T08:00:00Z


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "30"}, 30.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Fri, 15 Jan 2027 08:00:10 GMT"}, 10.0),
        ({"retry-after": "Fri, 15 Jan 2027 07:00:00 GMT"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9999999999"}, LONGEST),
    ],
)
def test_retry_after_is_read_in_every_notation(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, fractions, dates and milliseconds; nonsense is no word."""
    assert retry_after(headers, now=NOW) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("2m59.56s", 179.56),
        ("17ms", 0.017),
        ("1h2m3s", 3723.0),
        ("1d", 86_400.0),
        ("59.7", 59.7),
        ("1800000005", 5.0),
        ("1800000005000", 5.0),
        ("2027-01-15T08:00:20Z", 20.0),
        ("2027-01-15T09:00:20+01:00", 20.0),
        ("never", None),
        ("", None),
        (None, None),
    ],
)
def test_a_reset_is_read_in_every_vendors_notation(text: str | None, seconds: float | None) -> None:
    """Durations, seconds, Unix times in seconds and milliseconds, RFC 3339."""
    read = until(text, now=NOW)
    assert read == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"x-ratelimit-remaining-requests": "9", "x-ratelimit-reset-requests": "5s"}, 0.0),
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "5s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "9s",
            },
            9.0,
        ),
        (
            {
                "anthropic-ratelimit-output-tokens-remaining": "0",
                "anthropic-ratelimit-output-tokens-reset": "2027-01-15T08:00:07Z",
                "anthropic-ratelimit-requests-remaining": "4",
            },
            7.0,
        ),
        ({"x-ratelimit-remaining-requests": "0"}, None),
    ],
)
def test_the_hint_is_the_longest_wait_of_an_empty_budget(headers: dict[str, str], seconds: float | None) -> None:
    """Room everywhere is 0; an empty budget without a date is no word."""
    assert rate_hint(headers, now=NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_value_is_too_strange(text: str) -> None:
    """Seconds within a day or nothing, for any text."""
    for read in (retry_after({"retry-after": text}, now=NOW), until(text, now=NOW)):
        assert read is None or 0 <= read <= LONGEST


KEY = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=60)


@given(KEY, st.text(max_size=50), st.text(max_size=50), st.integers(0, 40))
def test_eight_characters_of_a_key_in_a_row_are_never_shown(key: str, before: str, after: str, start: int) -> None:
    """Wherever in the text the key or a piece of it stands."""
    piece = key[start % (len(key) - 8) :]
    line = Scrubber([key]).line(f"{before}{piece}{after} {before} Bearer {key} x")
    words = before.split() + after.split()
    for at in range(len(key) - 7):
        part = key[at : at + 8]
        assert part not in line or any(part in word for word in [*words, "[…]", "Bearer"])


@given(st.text(max_size=3000))
def test_a_line_is_one_line_and_bounded(text: str) -> None:
    """No line break, no terminal sequence, no flood."""
    line = Scrubber(["sk-abcdefgh"]).line(text)
    assert len(line) <= LONGEST_LINE
    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line


def test_words_that_look_like_keys_are_left_out_even_if_unknown() -> None:
    """A server may repeat another's key, or a starred one."""
    line = Scrubber(()).line("bad key sk-proj-abc123def456, AIzaSyA1234567890abc, sk-ab****yz; Basic dXNlcjpwdw==")
    for part in ("abc123", "AIza", "ab**", "dXNlc"):
        assert part not in line
    assert line.startswith("bad key")


def test_common_words_stay() -> None:
    """A message keeps its sense."""
    message = "The model `gpt-9` does not exist at https://api.example.com/v1/models (code 404)"
    assert Scrubber(["sk-0123456789abcdef", "m"]).line(message) == message


def test_a_local_servers_common_word_of_a_key_stays_in_answers() -> None:
    """Taking `not-needed` out of code would change its verdict; a real key has no business in it."""
    scrub = Scrubber(["not-needed", "Bearer not-needed", "sk-0123456789abcdef01234"])
    assert scrub.within("x = 'not-needed'") == "x = 'not-needed'"
    assert scrub.within("I got sk-0123456789abcdef01234!") == "I got […]!"
