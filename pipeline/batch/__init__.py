"""Batch: drafting every incident of an archive, resumably."""
