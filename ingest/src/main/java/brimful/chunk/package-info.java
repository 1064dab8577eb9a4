/// Cuts text along definitions, headings and pages into chunks that tile it.
///
/// The sections of a document come in, a [brimful.corpus.Document] goes out; where its definitions
/// begin and end, [brimful.chunk.outline] finds. Pure: no I/O, no clock; the same text gives the
/// same chunks.
@NullMarked
package brimful.chunk;

import org.jspecify.annotations.NullMarked;
