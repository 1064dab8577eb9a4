package brimful.service;

import brimful.corpus.Chunk;

/// A chunk that was found.
///
/// @param score from 0 to 1
public record FoundChunk(Chunk chunk, double score) {}
