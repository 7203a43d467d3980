"""What can go wrong, as a tree; each error says in one line what is wrong, where, and what to do next.

PipelineError
├── InputError          2   bad usage or bad input; names the file and the place
│   └── ConfigError     2   incident.yaml or postmortem.toml says something it must not
├── ModelError          3   the model service failed after retries; the same command goes on
└── RefusedError        4   not approved, or it would overwrite a person's work
"""

from __future__ import annotations


class PipelineError(Exception):
    """The base of every error that reaches a user; `exit_code` is what the command ends with."""

    exit_code = 1


class InputError(PipelineError):
    """Bad usage or bad input. `where` is `file`, `file:line` or an option's name."""

    exit_code = 2

    def __init__(self, where: str, problem: str, advice: str = "") -> None:
        self.where, self.problem, self.advice = where, problem, advice
        super().__init__(f"{where}: {problem}" + (f"; {advice}" if advice else ""))


class ConfigError(InputError):
    """A configuration file holds an unknown key or a value of the wrong kind."""


class ModelError(PipelineError):
    """The model service could not be reached or could not be read, after all retries."""

    exit_code = 3


class RefusedError(PipelineError):
    """The command would overwrite a person's work, or release what nobody approved."""

    exit_code = 4
