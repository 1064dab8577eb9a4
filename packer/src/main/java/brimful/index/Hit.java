package brimful.index;

import brimful.corpus.DocumentId;

/// A chunk or document that matched.
///
/// @param score higher is better; only comparable within one result
public record Hit(DocumentId document, int ordinal, float score) {}
