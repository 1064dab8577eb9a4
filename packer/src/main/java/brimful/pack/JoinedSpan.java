package brimful.pack;

import java.util.BitSet;

/// A span with the chunks whose text it contains.
///
/// @param lastChunk the last of them
/// @param whole those that it contains completely
record JoinedSpan(Span span, int lastChunk, BitSet whole) {}
