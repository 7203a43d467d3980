"""Runs the command line in this process, as far as its exit code."""

from __future__ import annotations

import pytest

from pipeline.cli.app import run


def ending_of(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    code = ended.value.code
    return 0 if code is None else int(code)
