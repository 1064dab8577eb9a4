/// Archives that Tika's own parser reads only in part, or not at all: 7z, and what tells a whole
/// tar or zip from one that was cut.
///
/// Bytes come in as files and streams, members go out to Tika's `EmbeddedDocumentExtractor`.
@NullMarked
package brimful.extract.archive;

import org.jspecify.annotations.NullMarked;
