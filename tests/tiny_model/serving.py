"""llama.cpp's own OpenAI-compatible server in this process, with the tiny model, on a free port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tiny_model.weights import write

SLOTS = 2


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The base URL of the server, to be used as OPENAI_BASE_URL; its weights are written into the folder."""
    import xllamacpp

    weights = folder / "tiny.gguf"
    write(weights)
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.n_ctx = 65536 * SLOTS
    params.n_parallel = SLOTS
    # More threads than idle cores spin against each other: a thousandfold slower when the machine is busy.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.model_alias = {"tiny"}
    params.n_gpu_layers = 0
    params.use_jinja = params.offline = True
    params.warmup = False
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="session")
def tiny_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("tiny")) as base_url:
        yield base_url
