package brimful.index;

import brimful.corpus.DocumentId;

/// A chunk or document that matched.
///
/// @param score higher is better; comparable within one result only
public record Hit(DocumentId document, int ordinal, float score) {}
