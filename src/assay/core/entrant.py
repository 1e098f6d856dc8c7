"""What is compared: a served model with its settings, and the solver that drives it."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.ids import content_hash
from assay.core.messages import Sampling


class Price(msgspec.Struct, frozen=True, omit_defaults=True):
    """The user's own price: dollars per million tokens, or per hour of GPU."""

    input: float | None = None
    output: float | None = None
    cache_read: float | None = None
    cache_write: float | None = None
    gpu_hour: float | None = None


class Entrant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that a models.yaml entry may say, key apart: no secret is ever in here."""

    name: str
    type: str
    model_id: str = ""
    """The id sent to the server."""
    api_base: str = ""
    key_variable: str = ""
    """The name of the environment variable that holds the key; never its value."""
    repo: str = ""
    command: tuple[str, ...] = ()
    path: str = ""
    """For `recorded`: the file of answers."""
    sampling: Sampling = Sampling()
    system: str = ""
    context: int | None = None
    quant: str = ""
    tool_format: str = ""
    header_names: tuple[str, ...] = ()
    """Names of further headers sent; their values stay in memory."""
    solver: str = ""
    """Empty: the suite's own."""
    price: Price | None = None
    private: bool | None = None
    region: str = ""
    concurrency: int | None = None
    rpm: int | None = None
    tpm: int | None = None
    timeout: float = 600.0
    options: dict[str, Any] = {}
    """What only one type of model reads (device, dtype, batch size …)."""
    notes: tuple[str, ...] = ()
    """What was changed on reading, to be said to the user (a corrected address, say)."""

    @property
    def entrant_hash(self) -> str:
        """Over what changes the answers; not over name, price, pace or where the key comes from."""
        return content_hash(
            self.type, self.model_id, self.api_base, self.repo, self.command, self.path, self.sampling,
            self.system, self.context, self.quant, self.tool_format, self.header_names, self.solver,
            self.options,
        )  # fmt: skip

    @property
    def local(self) -> bool:
        """Answers come from this machine, without a meter."""
        return self.type in LOCAL_TYPES or _is_loopback(self.api_base)

    @property
    def built_in(self) -> bool:
        """`reference` and `mutant`: proofs of the apparatus, no models."""
        return self.type in BUILT_IN


BUILT_IN = ("reference", "mutant")
LOCAL_TYPES = (*BUILT_IN, "huggingface", "recorded")
"""Not `command`: nobody knows what a program of the user's calls in its turn."""


def _is_loopback(api_base: str) -> bool:
    host = api_base.partition("://")[2].partition("/")[0].rpartition("@")[2]
    host = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    return host in ("localhost", "::1") or host.startswith("127.")
