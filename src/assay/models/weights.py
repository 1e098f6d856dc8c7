"""Weights and tokenizer, and the arithmetic of a batch: left padding, exact stops, tokens counted without
padding. Blocking, for one thread; imports torch and transformers, so nothing imports it before it is used.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import torch
import transformers
from jinja2 import TemplateError

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError
from assay.core.messages import Message, Reply, Request, Sampling, Usage

DEFAULT_MAX_NEW_TOKENS = 1024
_DTYPES = {"bf16": "bfloat16", "fp16": "float16", "fp32": "float32"}


class Weights:
    """A loaded model. Raises ProviderError when there is none to load."""

    def __init__(self, entrant: Entrant, *, key: str | None = None) -> None:
        self._template: dict[str, Any] = entrant.options.get("template") or {}
        self._device = _device(str(entrant.options.get("device") or "auto"))
        dtype = _dtype(str(entrant.options.get("dtype") or "auto"), self._device)
        try:
            self._tokenizer: Any = transformers.AutoTokenizer.from_pretrained(entrant.repo, token=key)
            self._model: Any = transformers.AutoModelForCausalLM.from_pretrained(
                entrant.repo, token=key, torch_dtype=dtype
            )
        except (OSError, ValueError) as error:
            first = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ProviderError(f"cannot load {entrant.repo}: {first[:300]}", fault=Fault.NOT_FOUND) from error
        self._model.to(self._device).eval()
        self._ends = _end_ids(self._model, self._tokenizer)
        pad = self._tokenizer.pad_token_id
        self._pad: int = pad if pad is not None else min(self._ends, default=0)
        self._context: int | None = entrant.context or getattr(self._model.config, "max_position_embeddings", None)

    def answer(self, requests: Sequence[Request]) -> list[Reply | ProviderError]:
        """One result for each request, all of the same sampling. A prompt that leaves less room than was
        asked for runs alone, so that it shortens nobody else's answer."""
        rows = [self._tokens(request) for request in requests]
        sampling = requests[0].sampling
        wanted = sampling.max_tokens or DEFAULT_MAX_NEW_TOKENS
        rooms = [wanted if self._context is None else self._context - len(row) for row in rows]
        together = [number for number, room in enumerate(rooms) if room >= wanted]
        results = dict(
            zip(together, self._fitting([rows[number] for number in together], sampling, wanted), strict=True)
        )
        for number, room in enumerate(rooms):
            if room < 1:
                results[number] = ProviderError(
                    f"the prompt has {len(rows[number])} tokens and the model takes {self._context}",
                    fault=Fault.CONTEXT,
                )
            elif room < wanted:
                results[number] = self._fitting([rows[number]], sampling, room)[0]
        return [results[number] for number in range(len(rows))]

    def _fitting(self, rows: list[list[int]], sampling: Sampling, limit: int) -> list[Reply | ProviderError]:
        """A batch too large for the memory is halved until it fits."""
        if not rows:
            return []
        try:
            return list(self._generate(rows, sampling, limit))
        except torch.OutOfMemoryError:
            torch.cuda.empty_cache()
        if len(rows) == 1:
            return [ProviderError("out of memory with this request alone", fault=Fault.TOO_LARGE)]
        half = len(rows) // 2
        return [*self._fitting(rows[:half], sampling, limit), *self._fitting(rows[half:], sampling, limit)]

    def _generate(self, rows: list[list[int]], sampling: Sampling, limit: int) -> list[Reply]:
        width = max(len(row) for row in rows)
        padded = [[self._pad] * (width - len(row)) + row for row in rows]
        mask = [[0] * (width - len(row)) + [1] * len(row) for row in rows]
        watch = _Watch(self._tokenizer, stops=sampling.stop, ends=self._ends, width=width, rows=len(rows))
        if sampling.seed is not None:
            transformers.set_seed(sampling.seed)
        started = time.monotonic()
        with torch.inference_mode():
            out = self._model.generate(
                input_ids=torch.tensor(padded, device=self._device),
                attention_mask=torch.tensor(mask, device=self._device),
                max_new_tokens=limit,
                pad_token_id=self._pad,
                stopping_criteria=transformers.StoppingCriteriaList([watch]),
                **_drawing(sampling),
            )
        latency = time.monotonic() - started
        ttft = watch.first - started if len(rows) == 1 and watch.first is not None else None
        return [
            self._reply(prompt, made[width:], ended=ended, stops=sampling.stop, ttft=ttft, latency=latency)
            for prompt, made, ended in zip(rows, out.tolist(), watch.ended, strict=True)
        ]

    def _reply(
        self,
        prompt: list[int],
        made: list[int],
        *,
        ended: int | None,
        stops: tuple[str, ...],
        ttft: float | None,
        latency: float,
    ) -> Reply:
        tokens = made if ended is None else made[:ended]
        text = self._text(tokens)
        cuts = [at for stop in stops if stop and (at := text.find(stop)) >= 0]
        return Reply(
            text=text[: min(cuts)] if cuts else text,
            finish_reason="length" if ended is None else "stop",
            usage=Usage(input=len(prompt), output=len(tokens)),
            ttft=ttft,
            latency=latency,
            served_model=self._model.config.name_or_path or None,
        )

    def _text(self, tokens: list[int]) -> str:
        text: str = self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def _tokens(self, request: Request) -> list[int]:
        """A template writes its own special tokens; a bare text gets the tokenizer's."""
        if request.prompt is None and self._tokenizer.chat_template:
            text = self._chat(request.messages)
            return list(self._tokenizer(text, add_special_tokens=False)["input_ids"])
        said = "\n\n".join(message.content for message in request.messages if message.content)
        text = said if request.prompt is None else request.prompt
        return list(self._tokenizer(text)["input_ids"])

    def _chat(self, messages: tuple[Message, ...]) -> str:
        turns = [{"role": message.role, "content": message.content} for message in messages]
        try:
            return self._apply(turns)
        except TemplateError:
            folded = _fold_system(turns)
            if folded == turns:
                raise
            return self._apply(folded)

    def _apply(self, turns: list[dict[str, str]]) -> str:
        text: str = self._tokenizer.apply_chat_template(
            turns, tokenize=False, add_generation_prompt=True, **self._template
        )
        return text


class _Watch:
    """Sees every step: when the first token came, and where each row ended, its last token included."""

    def __init__(self, tokenizer: Any, *, stops: tuple[str, ...], ends: frozenset[int], width: int, rows: int) -> None:
        self.first: float | None = None
        self.ended: list[int | None] = [None] * rows
        self._tokenizer = tokenizer
        self._stops = tuple(stop for stop in stops if stop)
        self._ends = ends
        self._width = width
        self._tail = max((len(stop.encode()) for stop in self._stops), default=0) + 4
        """Tokens that a stop can reach back over: at least a byte each, and some for a cut character."""

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        if self.first is None:
            self.first = time.monotonic()
        made = input_ids.shape[1] - self._width
        last = input_ids[:, -1].tolist()
        for row, token in enumerate(last):
            if self.ended[row] is None and (token in self._ends or self._stopped(input_ids[row], made)):
                self.ended[row] = made
        return torch.tensor([ended is not None for ended in self.ended], device=input_ids.device)

    def _stopped(self, row: Any, made: int) -> bool:
        if not self._stops:
            return False
        tail = row[-min(made, self._tail) :].tolist()
        text = self._tokenizer.decode(tail, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return any(stop in text for stop in self._stops)


def _drawing(sampling: Sampling) -> dict[str, Any]:
    """Temperature 0 is the likeliest token; none leaves the model's own settings."""
    chosen: dict[str, Any] = {}
    if sampling.temperature == 0:
        chosen = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
    else:
        if sampling.temperature is not None:
            chosen = {"do_sample": True, "temperature": sampling.temperature}
        if sampling.top_p is not None:
            chosen["top_p"] = sampling.top_p
    return {**chosen, **sampling.extra_body}


def _fold_system(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    """For templates without a system role: its words open the first turn of the user."""
    system = "\n\n".join(turn["content"] for turn in turns if turn["role"] == "system")
    rest = [dict(turn) for turn in turns if turn["role"] != "system"]
    if system and rest:
        rest[0]["content"] = f"{system}\n\n{rest[0]['content']}"
    return rest


def _end_ids(model: Any, tokenizer: Any) -> frozenset[int]:
    ids: set[int] = set()
    for value in (getattr(model.generation_config, "eos_token_id", None), tokenizer.eos_token_id):
        ids.update(value if isinstance(value, list) else [] if value is None else [value])
    return frozenset(ids)


def _device(wanted: str) -> str:
    if wanted != "auto":
        return wanted
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _dtype(wanted: str, device: str) -> Any:
    if wanted == "auto":
        return torch.float32 if device == "cpu" else torch.bfloat16
    dtype = getattr(torch, _DTYPES.get(wanted, wanted), None)
    if not isinstance(dtype, torch.dtype):
        raise ProviderError(f"unknown dtype {wanted!r}; write bfloat16, float16 or float32", fault=Fault.NOT_FOUND)
    return dtype
