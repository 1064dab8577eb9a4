/// Reads the pages of a PDF in reading order, and looks again at those whose text shows that one
/// reading was not enough: pages without text, and pages with turned lines.
///
/// [brimful.extract.Extractor] uses it; it knows nothing of limits or of parser processes.
@NullMarked
package brimful.extract.pdf;

import org.jspecify.annotations.NullMarked;
