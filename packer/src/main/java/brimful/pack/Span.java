package brimful.pack;

import brimful.corpus.Locator;

/// A part of a document that is not one whole chunk: padded, joined or cut.
///
/// @param firstChunk the first chunk whose text it contains
/// @param firstLine the first line it shows, or 0 if its locator is not a line range
/// @param tokens the cost of its segment, with a separator
record Span(
    int firstChunk, int firstLine, Locator locator, String heading, String text, int tokens) {}
