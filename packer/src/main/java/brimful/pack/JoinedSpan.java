package brimful.pack;

import java.util.BitSet;

/// A span with the chunks that it has text of.
///
/// @param lastChunk the last of them
/// @param whole those of which it holds every line
record JoinedSpan(Span span, int lastChunk, BitSet whole) {}
