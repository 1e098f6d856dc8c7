"""Models in process, proved on a tiny one with random weights that is built here, offline."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError
from assay.core.messages import Message, Request, Sampling, Tool
from assay.models.huggingface import HuggingFaceModel

torch: Any = pytest.importorskip("torch", reason="torch is not installed (extra hf; make test-hf)")
transformers: Any = pytest.importorskip("transformers", reason="transformers is not installed (extra hf)")
tokenizers: Any = pytest.importorskip("tokenizers", reason="tokenizers is not installed (extra hf)")

pytestmark = pytest.mark.hf

TEMPLATE = (
    "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
    "<|{{ m['role'] }}|>{{ m['content'] }}{% endfor %}<|assistant|>"
)
CONTEXT = 96


def build(folder: Path, *, template: str | None) -> str:
    """A two-layer Llama whose tokens are single characters, so that text and counts can be checked by eye."""
    special = ["<pad>", "<s>", "</s>", "<unk>", "<|user|>", "<|assistant|>"]
    letters = [chr(n) for n in range(97, 123)] + [" ", "\n", ".", "X"]
    vocab = {token: number for number, token in enumerate(special + letters)}
    inner = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocab, unk_token="<unk>"))
    inner.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    inner.decoder = tokenizers.decoders.Fuse()
    inner.add_special_tokens(special)
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token="<pad>", bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    )
    if template is not None:
        tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)
    torch.manual_seed(7)
    config = transformers.LlamaConfig(
        vocab_size=len(vocab),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=0,
    )
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def chat_repo(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(tmp_path_factory.mktemp("chat"), template=TEMPLATE)


@pytest.fixture(scope="module")
def base_repo(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(tmp_path_factory.mktemp("base"), template=None)


def model_at(repo: str, **options: Any) -> HuggingFaceModel:
    return HuggingFaceModel(Entrant(name="tiny", type="huggingface", repo=repo, options={"device": "cpu", **options}))


def ask(text: str, **settings: Any) -> Request:
    sampling = Sampling(**{"max_tokens": 12, "temperature": 0.0, **settings})
    return Request(messages=(Message(role="user", content=text),), sampling=sampling)


async def test_prompt_and_answer_are_counted_without_padding(chat_repo: str) -> None:
    """Usage counts the templated prompt and the tokens made, whatever shared the batch."""
    model = model_at(chat_repo)
    texts = ["ab", "a longer prompt here", "x"]
    replies = await asyncio.gather(*(model.reply(ask(text)) for text in texts))
    await model.close()
    assert [reply.usage.input for reply in replies] == [len(text) + 2 for text in texts]
    for reply in replies:
        assert reply.usage.output == 12 or reply.finish_reason == "stop"
        assert reply.latency > 0


async def test_a_batch_says_what_each_request_alone_would(chat_repo: str) -> None:
    """Left padding and the mask change no greedy answer; only a request alone knows its first token's time."""
    texts = ["ab", "a longer prompt here", "x", "the quick brown fox"]
    model = model_at(chat_repo)
    together = await asyncio.gather(*(model.reply(ask(text)) for text in texts))
    alone = [await model.reply(ask(text)) for text in texts]
    await model.close()
    assert [reply.text for reply in together] == [reply.text for reply in alone]
    assert all(reply.ttft is None for reply in together)
    assert all(reply.ttft is not None and 0 < reply.ttft <= reply.latency for reply in alone)


async def test_requests_of_other_settings_go_into_other_batches(chat_repo: str) -> None:
    """Each request gets its own limit, although all came at once."""
    model = model_at(chat_repo)
    replies = await asyncio.gather(*(model.reply(ask("abc", max_tokens=n)) for n in (3, 5, 3, 9)))
    await model.close()
    assert [reply.usage.output for reply in replies if reply.finish_reason == "length"] == [3, 5, 3, 9]


async def test_an_answer_ends_before_its_stop_string(chat_repo: str) -> None:
    """The text is cut exactly at the first stop, and tokens are counted up to the one that completed it."""
    model = model_at(chat_repo)
    whole = (await model.reply(ask("abc", max_tokens=20))).text
    stop = whole[6:8]
    cut = await model.reply(ask("abc", max_tokens=20, stop=(stop,)))
    rows = await asyncio.gather(*(model.reply(ask(t, max_tokens=20, stop=(stop,))) for t in ("abc", "x y")))
    await model.close()
    assert cut.text == whole[: whole.index(stop)]
    assert cut.finish_reason == "stop"
    assert cut.usage.output is not None and cut.usage.output <= whole.index(stop) + len(stop) + 2
    assert rows[0].text == cut.text and rows[0].usage == cut.usage


async def test_a_seed_repeats_a_draw(chat_repo: str) -> None:
    """The same seed draws the same answer even among other requests; another seed draws another."""
    model = model_at(chat_repo)
    drawn = [ask("abc", temperature=1.5, seed=seed, max_tokens=20) for seed in (1, 1, 2)]
    replies = await asyncio.gather(*(model.reply(request) for request in drawn))
    await model.close()
    assert replies[0].text == replies[1].text != replies[2].text


async def test_a_template_without_a_system_role_gets_the_words_with_the_first_turn(chat_repo: str) -> None:
    """A system prompt is never lost and never an error."""
    model = model_at(chat_repo)
    messages = (Message(role="system", content="be kind"), Message(role="user", content="hi"))
    reply = await model.reply(Request(messages=messages, sampling=Sampling(max_tokens=2, temperature=0)))
    await model.close()
    assert reply.usage.input == len("be kind\n\nhi") + 2


async def test_a_base_model_continues_plain_text(base_repo: str) -> None:
    """Without a chat template, and for a bare prompt, the text itself is what is gone on from."""
    model = model_at(base_repo)
    chat = await model.reply(ask("abc def"))
    bare = await model.reply(Request(prompt="abc def", sampling=Sampling(max_tokens=12, temperature=0)))
    await model.close()
    assert chat.text == bare.text
    assert bare.usage.input == len("abc def")


async def test_what_does_not_fit_the_context_is_said_or_shortened(base_repo: str) -> None:
    """A prompt over the context is the request's fault; one near it gets what room there is, others all."""
    model = model_at(base_repo)
    long, near, short = ask("a" * (CONTEXT + 1)), ask("a" * (CONTEXT - 4)), ask("a")
    results = await asyncio.gather(*(model.reply(r) for r in (long, near, short)), return_exceptions=True)
    await model.close()
    assert isinstance(results[0], ProviderError) and results[0].fault is Fault.CONTEXT
    assert not isinstance(results[1], BaseException) and (results[1].usage.output or 0) <= 4
    assert not isinstance(results[2], BaseException)
    assert results[2].usage.output == 12 or results[2].finish_reason == "stop"


async def test_what_cannot_be_loaded_stops_the_entrant(tmp_path: Path) -> None:
    """A folder without weights is named in one line, and nothing more is asked of it."""
    model = model_at(str(tmp_path))
    with pytest.raises(ProviderError) as caught:
        await model.reply(ask("abc"))
    await model.close()
    assert caught.value.stops_entrant
    assert "\n" not in str(caught.value)


async def test_tools_are_refused_rather_than_ignored(chat_repo: str) -> None:
    """What this model cannot take is said."""
    model = model_at(chat_repo)
    with pytest.raises(ProviderError) as caught:
        await model.reply(Request(prompt="x", tools=(Tool(name="f"),)))
    await model.close()
    assert caught.value.fault is Fault.REJECTED


async def test_dtype_and_batch_size_are_settings(chat_repo: str) -> None:
    """bfloat16 on the processor and batches of one work; an unknown dtype is named."""
    model = model_at(chat_repo, dtype="bfloat16", batch_size=1)
    reply = await model.reply(ask("abc"))
    await model.close()
    assert reply.usage.input == 5
    wrong = model_at(chat_repo, dtype="int3")
    with pytest.raises(ProviderError, match="int3"):
        await wrong.reply(ask("abc"))
    await wrong.close()
