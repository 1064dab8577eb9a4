/// Reads Word documents and spreadsheets as a reader sees them, where Tika's text differs from
/// that.
///
/// Parsers of this package are parsers of Tika's; they write XHTML with a few attributes of our own
/// ([Xhtml]) and note parts that could not be read in [Losses]. They know nothing of limits or of
/// parser processes.
@NullMarked
package brimful.extract.office;

import org.jspecify.annotations.NullMarked;
