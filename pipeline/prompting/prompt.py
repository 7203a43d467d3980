"""A prompt: one Markdown file with front matter, a system and a user part, and named slots."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from pipeline.errors import ConfigError

_KEYS = ("id", "version", "purpose", "inputs", "output")
_PARTS = re.compile(r"^# (system|user)[ \t]*$\n", re.MULTILINE)


class _Slots(Template):
    """`{{ name }}` and nothing else, so that a `$` or a brace in a log line stays what it is."""

    # Template asks for all four groups, and compiles in verbose mode; three of them never match.
    pattern = r"\{\{[ ](?P<named>[a-z][a-z0-9_]*)[ ]\}\}|(?P<escaped>(?!))(?P<braced>(?!))(?P<invalid>(?!))"  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Prompt:
    """`inputs` are the slots of its texts; `output` names the type that the reply is read into, or "none".

    Either part may be empty: prompts are put together from several files, so that their beginning is shared.
    """

    id: str
    version: int
    purpose: str
    inputs: tuple[str, ...]
    output: str
    system: str
    user: str
    sha256: str

    def fill(self, **slots: str) -> Filled:
        """Its two texts with every slot filled. Raises ValueError for a slot too many or too few."""
        missing, unknown = set(self.inputs) - set(slots), set(slots) - set(self.inputs)
        if missing or unknown:
            raise ValueError(f"prompt {self.id}: missing {sorted(missing)}, unknown {sorted(unknown)}")
        return Filled(_Slots(self.system).substitute(slots), _Slots(self.user).substitute(slots))


@dataclass(frozen=True, slots=True)
class Filled:
    system: str
    user: str


def read_prompt(file: Path) -> Prompt:
    """The prompt of one file. Raises ConfigError, which names the file and the line."""
    raw = file.read_bytes()
    text = raw.decode("utf-8").replace("\r\n", "\n")
    head = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if head is None:
        raise ConfigError(f"{file}:1", "has no front matter", "begin the file with --- lines around its keys")
    told = yaml.safe_load(head[1])
    if not isinstance(told, dict) or tuple(told) != _KEYS:
        raise ConfigError(f"{file}:2", f"the front matter must hold {', '.join(_KEYS)}, in that order")
    if told["id"] != file.stem or not isinstance(told["version"], int):
        raise ConfigError(f"{file}:2", "id must be the file's name, and version a whole number")
    pieces = _PARTS.split(text[head.end() :])
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if pieces[0].strip() or not parts:
        raise ConfigError(str(file), "the text must stand under `# system` or `# user`")
    inputs = tuple(told["inputs"] or ())
    system, user = parts.get("system", "").strip(), parts.get("user", "").strip()
    used = set(_Slots(system).get_identifiers()) | set(_Slots(user).get_identifiers())
    stray = re.search(r"\{\{", _Slots(system + user).safe_substitute(dict.fromkeys(used, "")))
    if used != set(inputs) or stray:
        raise ConfigError(str(file), f"inputs {sorted(inputs)} and slots {sorted(used)} must be the same")
    return Prompt(
        told["id"],
        told["version"],
        told["purpose"],
        inputs,
        told["output"],
        system,
        user,
        hashlib.sha256(raw).hexdigest(),
    )
