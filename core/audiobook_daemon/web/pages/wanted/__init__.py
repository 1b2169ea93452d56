"""The pages about books on their way: the list, one of them, and the review."""
