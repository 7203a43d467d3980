"""What a reader answered who saw nothing but the requests, kept so that it still fits when ids or prompts change.

    .venv/bin/python tests/answers.py INCIDENT QUEUE FILE

turns a folder of `NNNN.request.json` and `NNNN.response.txt` into a file of answers. Records are kept by their
file and place, events by the record that leads them, and a judge's answers by the words that it judged.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from pipeline.artifacts.load import load_incident
from pipeline.config import Settings
from pipeline.drafting.story import people_of
from pipeline.evidence.arrange import arrange
from pipeline.llm.port import Reply, Request
from pipeline.models.case import Case

_ID = re.compile(r"^[EV][0-9]+$")
_UNIT = re.compile(r"^(U[0-9]+)(?: \[[^\]]*\])? \| (.*)$", re.MULTILINE)


def case_of(incident: Path) -> Case:
    artifacts = load_incident(incident, settings=Settings())
    return arrange(artifacts, people_of(artifacts))


def places(case: Case) -> dict[str, str]:
    """Id → what it stands for, whatever its number: a record's place (numbered where several share one), an
    event's leading record."""
    found: dict[str, str] = {}
    seen: dict[str, int] = defaultdict(int)
    for record in case.records:
        place = f"{record.source}|{record.locator}"
        seen[place] += 1
        found[record.id] = f"{place}|{seen[place]}"
    return found | {event.id: f"event|{found[event.evidence[0]]}" for event in case.events}


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same with each id under its other name; an id that has none becomes one that does not exist."""
    if isinstance(value, dict):
        return {key: renamed(child, names) for key, child in value.items()}
    if isinstance(value, list):
        return [renamed(child, names) for child in value]
    if isinstance(value, str) and (_ID.match(value) or value in names):
        return names.get(value, "E999999")
    return value


class Recorded:
    """A model that answers as the reader did: by the type of the reply, the first time the first answer."""

    name = "openai:reader"

    def __init__(self, file: Path, case: Case) -> None:
        told = json.loads(file.read_text("utf-8"))
        names = {place: name for name, place in places(case).items()}
        self.replies: dict[str, list[Any]] = {
            name: [renamed(reply, names) for reply in replies] for name, replies in told["replies"].items()
        }
        self.judged: dict[str, Any] = told["judged"]
        self.asked: list[str] = []

    def complete(self, request: Request) -> Reply:
        name = request.into.__name__
        self.asked.append(name)
        if name == "JudgeReply":
            return Reply(json.dumps(self._judgements(request.messages[1].content)), "reader")
        waiting = self.replies.get(name, [])
        return Reply(json.dumps(waiting.pop(0) if waiting else {"revisions": []}), "reader")

    def _judgements(self, prompt: str) -> dict[str, Any]:
        question = prompt.split("\n", 1)[0]
        told = []
        for unit in _UNIT.finditer(prompt):
            known = self.judged.get(
                f"{question}|{unit[2]}", {"defect": False, "span": "", "kinds": [], "reason": ""}
            )
            told.append({**known, "unit": unit[1]})
        return {"judgements": told}


def record(incident: Path, queue: Path, file: Path) -> None:
    names = places(case_of(incident))
    replies: dict[str, list[Any]] = defaultdict(list)
    judged: dict[str, Any] = {}
    for request in sorted(queue.glob("*.request.json")):
        body = json.loads(request.read_text("utf-8"))
        answer = json.loads(
            request.with_name(request.name.replace("request.json", "response.txt")).read_text("utf-8")
        )
        name = body["response_format"]["json_schema"]["name"]
        if name != "JudgeReply":
            replies[name].append(renamed(answer, names))
            continue
        prompt = body["messages"][1]["content"]
        question = prompt.split("\n", 1)[0]
        words = {unit[1]: unit[2] for unit in _UNIT.finditer(prompt)}
        for told in answer["judgements"]:
            if told["defect"] and told["unit"] in words:
                judged[f"{question}|{words[told['unit']]}"] = {k: v for k, v in told.items() if k != "unit"}
    kept = {"replies": replies, "judged": judged}
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    record(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
