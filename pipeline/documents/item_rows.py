"""Items that are rows of a table, and fields that are: `Owner | Priya` in two columns below a heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.documents.blocks import Block
from pipeline.documents.fields import KEY, Field, by_form, keyed, plain_field
from pipeline.documents.inline import inline
from pipeline.documents.item_draft import NUMBER, RANKED, Draft, Group
from pipeline.documents.placeholders import is_nothing
from pipeline.documents.tables import item_roles, read_tables
from pipeline.language.people import People

_COLUMNS = ("owner", "priority", "due", "tracking", "type", "status")


def read_rows(
    surface: str, blocks: Sequence[Block], people: People, first: int, last: int, group: Group
) -> Iterator[tuple[Draft, Group]]:
    """The items of every table that begins between two offsets, each with what its table says for it."""
    for headers, rows in read_tables(surface, blocks, first, last + 1):
        roles = item_roles(headers)
        if "title" not in roles:
            continue
        roles = _by_cells(surface, [blocks[i] for i in rows], people, roles)
        within = replace(group, ranked=group.ranked or any(RANKED.search(h) for h in headers))
        scale = next((h for h, r in zip(headers, roles, strict=True) if r == "priority" and "(" in h), "")
        for i in rows:
            if draft := _row(surface, blocks[i], people, roles, scale):
                yield draft, within


def _by_cells(
    surface: str, rows: Sequence[Block], people: People, roles: Sequence[str | None]
) -> tuple[str | None, ...]:
    """The roles with those of columns that no header tells, and every cell does by its form."""
    found = list(roles)
    if "id" in roles and "tracking" not in roles:  # "FARM-301": the tracker's numbering serves as the list's
        column = roles.index("id")
        cells = [surface[slice(*b.cells[column])] for b in rows if column < len(b.cells)]
        if cells and all(KEY.search(plain_field(c)) for c in cells):
            found[column] = "tracking"
    for column, role in enumerate(roles):
        if role is None:
            cells = [surface[slice(*b.cells[column])] for b in rows if column < len(b.cells)]
            told = [by_form(c, 0, people, bare_names=True) for c in cells if c.strip()]
            names = {f.name if f else None for f in told}
            if len(names) == 1 and None not in names and not names & set(found):
                found[column] = names.pop()
    return tuple(found)


def _row(surface: str, block: Block, people: People, roles: Sequence[str | None], scale: str) -> Draft | None:
    draft = Draft(block.start, block.end)
    present = {r for r in roles if r in _COLUMNS}
    for (start, end), role in zip(block.cells, roles, strict=False):
        raw = surface[start:end]
        if role == "title":
            fields, rest = inline(raw, start, people)
            if len(present) >= 3:  # a table of fields has no others in its titles, but perhaps the ticket
                fields, rest = [f for f in fields if f.name == "tracking"], raw
            for found in fields:
                if found.name not in present:
                    draft.add(found)
            number = NUMBER.match(rest)
            lead = number.end() if number else 0
            draft.add_title(start + lead, rest[lead:])
        elif role in present:
            value = plain_field(raw)
            if role == "priority" and scale and value:
                value = f"{value} {scale[scale.index('(') :]}"
            draft.fields[role] = Field(role, value, start, end)
    if not draft.title or is_nothing(" ".join(draft.title)):
        return None
    for role in present - draft.fields.keys():
        draft.fields[role] = Field(role, "", block.start, block.end)
    return draft


def keyed_rows(surface: str, rows: Sequence[Block]) -> list[Field]:
    """A two-column table of `Owner | Priya` rows."""
    found = []
    for row in rows:
        if len(row.cells) == 2:
            (a, b), (s, e) = row.cells
            if known := keyed(f"{surface[a:b]}: x", 0):
                found.append(Field(known.name, plain_field(surface[s:e]), s, e))
    return found
