package brimful.pack;

import brimful.corpus.Locator;

/// A part of a document that is not one whole chunk: padded, joined or cut.
///
/// @param firstChunk the first chunk that it has text of
/// @param firstLine the first line it shows, or 0 where its locator is not lines
/// @param tokens what its segment costs, with a separator
record Span(
    int firstChunk, int firstLine, Locator locator, String heading, String text, int tokens) {}
