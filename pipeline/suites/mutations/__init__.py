"""Good documents with one defect put into each: what is there to be found, and where."""
