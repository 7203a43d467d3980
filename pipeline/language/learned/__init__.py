"""What a small network says of a sentence or an item: learned from the project's labelled rows, and shipped as data."""

from pipeline.language.learned.bars import BLAME, HINDSIGHT, PRESSURE, VAGUE, Bar
from pipeline.language.learned.reading import Verdict, read, read_ahead

__all__ = ["BLAME", "HINDSIGHT", "PRESSURE", "VAGUE", "Bar", "Verdict", "read", "read_ahead"]
