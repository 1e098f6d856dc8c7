"""Each dollar says where it comes from; unknown is never 0."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.catalog.prices import Prices
from assay.core.entrant import Entrant, Price
from assay.core.messages import Message, Reply, Request, Sampling, Usage

ANTHROPIC = "https://api.anthropic.com/v1"


def hosted(model: str = "claude-sonnet-4-5", *, base: str = ANTHROPIC, price: Price | None = None) -> Entrant:
    return Entrant(name="x", type="anthropic", model_id=model, api_base=base, price=price)


def reply(**usage: int) -> Reply:
    return Reply(text="", usage=Usage(**usage))


def test_cached_tokens_are_priced_as_cached() -> None:
    """A bill known from a public thread: 12,304 tokens written to the cache and 550 out cost $0.0544."""
    cost = Prices().price(hosted(), reply(input=3, cache_write=12304, cache_read=0, output=550))
    assert cost.usd == pytest.approx(0.05439, abs=1e-5)
    assert cost.source == "priced"
    assert "claude-sonnet-4-5" in cost.price_id


def test_what_the_vendor_says_it_charged_comes_first() -> None:
    """A billed amount is taken over any table and over the user's own price."""
    billed = Reply(text="", usage=Usage(input=10, output=10), billed_usd=0.25)
    cost = Prices().price(hosted(price=Price(input=1, output=1)), billed)
    assert (cost.usd, cost.source) == (0.25, "billed")


@pytest.mark.parametrize(
    ("entrant", "answer", "usd", "source"),
    [
        (hosted(price=Price(input=2, output=10)), reply(input=1_000_000, output=100_000), 3.0, "priced"),
        (hosted(price=Price(input=2, output=10)), reply(input=1000, output=0, cache_read=1000), 0.004, "priced"),
        (hosted(price=Price(input=2)), reply(input=1000, output=5), None, "unknown"),
        (hosted(price=Price(gpu_hour=3.6)), Reply(text="", latency=10.0), 0.01, "estimated"),
        (hosted("no-such-model"), reply(input=1, output=1), None, "unknown"),
        (hosted(), reply(), None, "unknown"),
        (hosted(base="https://nobody.example/v1"), reply(input=1, output=1), None, "unknown"),
        (hosted(base="http://localhost:8000/v1"), reply(input=9, output=9), 0.0, "local"),
        (Entrant(name="h", type="huggingface", repo="a/b"), reply(input=9, output=9), 0.0, "local"),
        (Entrant(name="c", type="command", command=("llm",)), reply(input=9, output=9), None, "unknown"),
    ],
)
def test_where_a_price_comes_from(entrant: Entrant, answer: Reply, usd: float | None, source: str) -> None:
    """Own price, table, nothing for what is local, and unknown where nobody knows."""
    cost = Prices().price(entrant, answer)
    assert cost.source == source
    assert cost.usd == (None if usd is None else pytest.approx(usd))


@given(text=st.text(max_size=300), most=st.integers(1, 4096), share=st.floats(0, 1))
def test_the_worst_case_is_never_below_a_real_bill(text: str, most: int, share: float) -> None:
    """Whatever a tokenizer makes of a prompt (at most a token a byte), the reservation covers it."""
    request = Request(messages=(Message("user", text),), sampling=Sampling(max_tokens=most))
    for entrant in (hosted(), hosted(price=Price(input=3, output=15, cache_write=4))):
        worst = Prices().worst(entrant, request)
        used = reply(input=len(text.encode()), output=round(most * share))
        bill = Prices().price(entrant, used).usd
        assert worst is not None
        assert bill is not None
        assert bill <= worst + 1e-12


def test_without_a_limit_the_models_own_window_is_the_worst_case() -> None:
    """No max_tokens: the known context window bounds the answer; no known window: no worst case."""
    request = Request(messages=(Message("user", "hi"),))
    assert (Prices().worst(hosted(), request) or 0) > 1
    assert Prices().worst(hosted("no-such-model"), request) is None
    assert Prices().worst(hosted(price=Price(input=1, output=1)), request) is None
