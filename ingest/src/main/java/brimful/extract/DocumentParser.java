package brimful.extract;

import brimful.corpus.DocumentId;
import java.io.IOException;
import java.io.InputStream;

/// Parses one document, archive or mail with everything in it. The seam between reading and
/// parsing: an implementation may hang, crash or exhaust memory, so it runs in a [Fork].
@FunctionalInterface
interface DocumentParser {

  /// Parses a document.
  ///
  /// @param bytes the document; not closed here
  /// @param sink takes its text, and that of its members
  Ending parse(DocumentId id, InputStream bytes, TextSink sink) throws IOException;
}
