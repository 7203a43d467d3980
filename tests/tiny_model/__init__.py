"""A language model of random weights on a real server: fluent in JSON, and always nonsense."""
