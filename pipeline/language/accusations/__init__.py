"""What a sentence charges people with; one file a class of charges, each a function from a reading to charges."""
