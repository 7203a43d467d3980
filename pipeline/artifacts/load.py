"""Reads an incident: every file taken in, recognised, read, dated, redacted and numbered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.artifacts.channels import find_channels
from pipeline.artifacts.cutting import cut_to_window
from pipeline.artifacts.dating import date_all
from pipeline.artifacts.decoding import decode
from pipeline.artifacts.directory import Directory
from pipeline.artifacts.incident_file import FILE_NAME, read_incident_file
from pipeline.artifacts.intake import Intake, RawFile, is_ignored, take_in
from pipeline.artifacts.item import Item, Reading
from pipeline.artifacts.legible import legible, visible, without_runs
from pipeline.artifacts.reader import MAX_LINE, Context, TextFile, UnopenedError
from pipeline.artifacts.readers import OPENERS, READERS
from pipeline.artifacts.redaction import Redactor, without
from pipeline.artifacts.repeats import drop_repeats
from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.models.base import Precision
from pipeline.models.incident import Incident
from pipeline.models.record import Artifacts, Record, Unread


def load_incident(path: Path | str, settings: Settings | None = None) -> Artifacts:
    """Everything that the incident at `path` (folder, .zip, .tar.gz) holds, as records in UTC.

    Raises InputError where there is nothing to read, ConfigError (file:line) for incident.yaml. A file that
    can't be read is listed under `unread` with its reason. `settings` gives the tracker where incident.yaml
    names none.
    """
    intake = take_in(Path(path))
    incident = _incident(intake, settings or Settings())
    unread = list(intake.unread)
    redactor = Redactor()
    texts: list[TextFile] = []
    for file in intake.files:
        if file.path == FILE_NAME:
            continue
        for found in _texts(file, incident, redactor):
            if isinstance(found, Unread):
                unread.append(found)
            else:
                texts.append(found)
    context = Context(incident, Directory(incident.roster))
    readings = _read(texts, context)
    drop_repeats(readings)
    notices = [n for r in readings for n in r.notices] + date_all(readings, incident)
    cut_to_window(readings, incident)
    records = tuple(_records(readings, redactor))
    completed = _completed(incident, readings, redactor)
    channels = find_channels(records, completed)
    if not completed.channels:
        own = tuple(c.name for c in channels if c.is_the_incidents)
        completed = completed.model_copy(update={"channels": own})
    unread += [_shown(u, redactor) for r in readings for u in r.unread]
    return Artifacts(
        incident=completed,
        records=records,
        unread=tuple(sorted(unread, key=lambda u: u.source)),
        files=tuple((r.path, r.name) for r in readings),
        digests=tuple((f.path, hashlib.sha256(f.data).hexdigest()) for f in intake.files),
        redacted=tuple(sorted(redactor.counts.items())),
        notices=tuple(notices),
        channels=channels,
    )


def _shown(unread: Unread, redactor: Redactor) -> Unread:
    text = redactor.redact(legible(unread.text))
    return unread.model_copy(
        update={"text": text, "locator": legible(unread.locator), "reason": legible(unread.reason)}
    )


def _incident(intake: Intake, settings: Settings) -> Incident:
    file = next((f for f in intake.files if f.path == FILE_NAME), None)
    text: str | None = None
    if file:
        decoded = decode(file.data)
        if decoded is None:
            raise ConfigError(f"{FILE_NAME}:1", "is no text")
        text = decoded[0]
    incident = read_incident_file(text, intake.name)
    if incident.tracker is None and settings.tracker:
        incident = incident.model_copy(update={"tracker": settings.tracker})
    return incident


def _texts(file: RawFile, incident: Incident, redactor: Redactor) -> Iterator[TextFile | Unread]:
    """The file's text, and what of it could not be had."""
    if is_ignored(file.path, incident.ignore):
        yield Unread(source=file.path, locator="file", reason="ignored by incident.yaml")
        return
    if not file.data.strip():
        yield Unread(source=file.path, locator="file", reason="empty")
        return
    if opener := next((o for o in OPENERS if o.recognise(file.data)), None):
        try:
            opened = opener.open(file.data)
        except UnopenedError as error:
            yield Unread(source=file.path, locator="file", reason=str(error))
            return
        if opened.missing:
            yield Unread(source=file.path, locator="end of the file", reason=opened.missing)
        yield TextFile(file.path, visible(opened.text), redactor, form=opener.name, places=opened.places)
        return
    decoded = decode(file.data)
    if decoded is None:
        yield Unread(source=file.path, locator="file", reason="binary, no text in it")
    else:
        yield TextFile(file.path, visible(decoded[0]), redactor, file.data)


def _read(texts: Sequence[TextFile], context: Context) -> list[Reading]:
    left = sorted(texts, key=lambda f: f.path)
    readings: list[Reading] = []
    for reader in READERS:
        groups = reader.claim(left)
        claimed = {f.path for group in groups for f in group}
        left = [f for f in left if f.path not in claimed]
        for group in groups:
            read = reader.read(group, context)
            for reading, file in zip(read, group, strict=True):
                reading.name = f"{file.form}: {reader.name}" if file.form else reader.name
                for line, length in file.cut if not reader.structured else ():
                    reading.cannot_read(f"line {line}", f"{length} characters; the first {MAX_LINE} are read")
                _put_back(reading, file)
            readings += read
            unreadable = [] if reader.structured else [r for r in read if r.path.lower().endswith(".json")]
            for reading in unreadable:
                reading.notices.append(f"{reading.path}: not valid JSON, read as lines of text")
        if found := [p for r in readings for p in r.people]:  # what follows knows the people of the exports
            context = Context(context.incident, Directory((*context.incident.roster, *found)))
    return sorted(readings, key=lambda r: r.path)


def _put_back(reading: Reading, file: TextFile) -> None:
    """Items of a text that was taken out of another form stand where that has them."""
    for item in reading.items if file.places else ():
        if item.line:
            item.locator, item.line = file.places[min(item.line, len(file.places)) - 1], None


def _records(readings: Sequence[Reading], redactor: Redactor) -> Iterator[Record]:
    """Number the items: files by path, items in file order; replies point at the record that they answer."""
    numbered = list(enumerate(((r, i) for r in readings for i in r.items), 1))
    by_key = {item.key: f"E{n}" for n, (_, item) in numbered if item.key}
    source = ""
    for number, (reading, item) in numbered:
        if reading.path != source:
            source = reading.path
            redactor.begin()
        yield _record(f"E{number}", reading, item, by_key, redactor)


def _record(
    record_id: str, reading: Reading, item: Item, by_key: dict[str, str], redactor: Redactor
) -> Record:
    def clean(text: str | None) -> str | None:
        return redactor.redact(legible(text)) if text else text

    columns, told = redactor.redact_row((legible(k), legible(v)) for k, v in item.columns)
    return Record(
        id=record_id,
        source=reading.path,
        locator=legible(item.locator),
        line=item.line,
        kind=item.kind,
        text=_text_of(item, reading, told, redactor),
        time=item.time,
        until=item.until,
        precision=_precision(item),
        zone_basis=item.zone_basis,
        offset_minutes=item.offset_minutes,
        actor=clean(item.actor),
        actor_kind=item.actor_kind,
        document=item.document,
        section=redactor.redact(legible(item.section)),
        columns=columns,
        channel=clean(item.channel),
        thread=by_key.get(item.thread) if item.thread else None,
        checked=item.checked,
        edited=item.edited,
    )


def _text_of(item: Item, reading: Reading, told: Mapping[str, str], redactor: Redactor) -> str:
    text = without_runs(legible(item.text))
    if len(text) > 2 * MAX_LINE:  # an entry of a log is within this, with the lines that go on with it
        reading.cannot_read(item.locator, f"{len(text)} characters; the first {MAX_LINE} are read")
        text = text[:MAX_LINE]
    return without(told, redactor.redact(text)).strip() or (
        "[private key]" if text.strip() else "(nothing that can be read)"
    )


def _precision(item: Item) -> Precision | None:
    if item.time is None or item.stamp is None:
        return None
    if item.stamp.approximate:
        return "approximate"
    return "exact" if item.stamp.seconds else "minute"


def _completed(incident: Incident, readings: Sequence[Reading], redactor: Redactor) -> Incident:
    """Title and severity from the documents where incident.yaml gives none, and the people of the exports."""
    ranked = sorted(readings, key=_rank)
    people = (
        p.model_copy(
            update={
                "name": legible(p.name),
                "handles": tuple(legible(h) for h in p.handles),
                "role": redactor.redact(legible(p.role)) if p.role else None,
            }
        )
        for r in readings
        for p in r.people
    )
    update: dict[str, object] = {"roster": (*incident.roster, *people)}
    if incident.title is None:
        update["title"] = next((redactor.redact(legible(t)) for r in ranked for t in r.titles[:1]), None)
    if incident.severity is None:
        update["severity"] = next((legible(r.severity) for r in ranked if r.severity), None)
    return incident.model_copy(update=update)


def _rank(reading: Reading) -> int:
    order = ("incident brief", "root cause", "resolution summary", "mitigation log")
    return order.index(reading.document) if reading.document in order else len(order)
