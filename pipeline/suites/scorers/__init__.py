"""Scorers of drafts: each takes what is known and what was drafted, and returns scores by measure."""
