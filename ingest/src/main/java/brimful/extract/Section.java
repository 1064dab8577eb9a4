package brimful.extract;

import brimful.corpus.Locator;

/// A part of a document's text that has a locator of its own: all its lines, a page, a slide, a
/// sheet.
///
/// @param locator for lines, the range the text covers, normally from 1
/// @param text with `\n` line breaks only
public record Section(Locator locator, String text) {}
