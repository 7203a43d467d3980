"""Reads a postmortem.md that a person has edited back into data."""
