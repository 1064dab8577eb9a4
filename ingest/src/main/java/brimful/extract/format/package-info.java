/// Adapts Tika's parsers to what real files contain: file headers, raw member names, pages of HTML,
/// fonts that a PDF does not embed.
///
/// [brimful.extract.Extractor] uses them; they know nothing of limits or of parser processes.
@NullMarked
package brimful.extract.format;

import org.jspecify.annotations.NullMarked;
