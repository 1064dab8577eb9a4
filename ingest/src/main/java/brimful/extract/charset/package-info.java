/// Detects how bytes encode text.
///
/// The bytes of a text file, or of a name in an archive, come in; the encoding that explains them
/// best goes out. Letter frequencies of the languages that each legacy encoding served decide
/// between candidates. Pure and safe for many threads.
@NullMarked
package brimful.extract.charset;

import org.jspecify.annotations.NullMarked;
