"""General vocabulary: common names and the words that titles are made of."""
