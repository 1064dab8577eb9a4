package brimful.index;

/// A chunk or document that matched.
///
/// @param document its number: its place among the outlines of the snapshot
/// @param ordinal the chunk's place in the document; 0 for a document
/// @param score higher is better; comparable within one result only
public record Hit(int document, int ordinal, float score) {}
