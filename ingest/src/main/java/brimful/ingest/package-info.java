/// The pipeline on one machine and in a worker: the same stages between files and index.
///
/// Locations come in; an up-to-date index goes out, with the outcome of every file.
@NullMarked
package brimful.ingest;

import org.jspecify.annotations.NullMarked;
