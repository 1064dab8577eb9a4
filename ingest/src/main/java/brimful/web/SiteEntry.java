package brimful.web;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;

/// What a site has: a page, or what is named and not read.
public sealed interface SiteEntry {
  DocumentId id();

  /// A page or document.
  ///
  /// @param changed when it was changed, as the site's list has it; empty if it does not say
  record Page(DocumentId id, WebAddress address, String changed) implements SiteEntry {}

  /// What is not read.
  record Left(DocumentId id, Outcome outcome) implements SiteEntry {}
}
