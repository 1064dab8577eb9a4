/// The pipeline: the same stage functions, joined by a bounded queue on one machine.
///
/// Locations come in; an up-to-date index goes out, with the outcome of every file.
@NullMarked
package brimful.ingest;

import org.jspecify.annotations.NullMarked;
