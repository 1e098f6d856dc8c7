"""A model in this process: requests that arrive together and ask for the same settings become one batch.

Knows the queue and its one thread; the weights and the arithmetic are `weights`'s. A seeded draw runs
alone: in a batch it would depend on its neighbours.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Reply, Request

if TYPE_CHECKING:
    from assay.models.weights import Weights

GATHER = 0.005
"""Seconds that the first request of a batch waits for others."""


class _Waiting:
    """A request, and where its reply goes."""

    __slots__ = ("future", "request")

    def __init__(self, request: Request, future: asyncio.Future[Reply]) -> None:
        self.request = request
        self.future = future

    def settle(self, result: Reply | ProviderError) -> None:
        if self.future.done():
            return
        if isinstance(result, ProviderError):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class HuggingFaceModel:
    """`core.ports.Model` in process. Options: `device`, `dtype`, `batch_size`, `template` (arguments for the
    chat template); `extra_body` goes to `generate`."""

    def __init__(self, entrant: Entrant, *, key: str | None = None) -> None:
        for package in ("torch", "transformers"):
            if importlib.util.find_spec(package) is None:
                raise UserError(f"'{entrant.name}' needs {package}; install it with: pip install 'assay[hf]'")
        self._entrant = entrant
        self._key = key
        self._batch_size = int(entrant.options.get("batch_size") or 8)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="huggingface")
        self._weights: Weights | None = None
        self._waiting: list[_Waiting] = []
        self._pump: asyncio.Task[None] | None = None

    async def reply(self, request: Request) -> Reply:
        if request.tools or request.suffix is not None or request.sampling.logprobs is not None:
            raise ProviderError(
                "a model in this process takes no tools and no suffix and gives no log-probabilities; serve it"
                " with an engine for these",
                fault=Fault.REJECTED,
            )
        waiting = _Waiting(request, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._work())
        return await waiting.future

    async def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        for waiting in self._waiting:
            waiting.future.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._weights = None

    async def _work(self) -> None:
        """Batch after batch until nobody waits."""
        while self._waiting:
            if len(self._waiting) < self._batch_size:
                await asyncio.sleep(GATHER)
            batch = self._next_batch()
            try:
                results = await asyncio.get_running_loop().run_in_executor(
                    self._worker, self._run, [waiting.request for waiting in batch]
                )
            except asyncio.CancelledError:
                for waiting in batch:
                    waiting.future.cancel()
                raise
            for waiting, result in zip(batch, results, strict=True):
                waiting.settle(result)

    def _next_batch(self) -> list[_Waiting]:
        """The request that has waited longest, and those that can share its batch."""
        self._waiting = [waiting for waiting in self._waiting if not waiting.future.done()]
        if not self._waiting:
            return []
        sampling = self._waiting[0].request.sampling
        seeded = sampling.seed is not None and sampling.temperature != 0
        batch = [w for w in self._waiting if w.request.sampling == sampling][: 1 if seeded else self._batch_size]
        self._waiting = [waiting for waiting in self._waiting if waiting not in batch]
        return batch

    def _run(self, requests: Sequence[Request]) -> Sequence[Reply | ProviderError]:
        """In the worker thread. Whatever the libraries raise is this border's to translate."""
        if not requests:
            return []
        try:
            if self._weights is None:
                from assay.models.weights import Weights

                self._weights = Weights(self._entrant, key=self._key)
            return self._weights.answer(requests)
        except ProviderError as error:
            return [error] * len(requests)
        except Exception as error:
            lines = str(error).strip().splitlines()
            words = f"{type(error).__name__}: {lines[0][:300]}" if lines else type(error).__name__
            return [ProviderError(f"the model failed: {words}", fault=Fault.SERVER)] * len(requests)
