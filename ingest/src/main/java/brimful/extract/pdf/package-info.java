/// Looks again at pages of a PDF whose text shows that a plain reading was not enough: pages
/// without text, and pages with turned lines.
///
/// [brimful.extract.Extractor] uses it; it knows nothing of limits or of parser processes.
@NullMarked
package brimful.extract.pdf;

import org.jspecify.annotations.NullMarked;
