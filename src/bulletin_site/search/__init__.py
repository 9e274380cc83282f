"""The search index: bodies become words, words become a lunr index."""
