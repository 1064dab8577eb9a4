/// The table of a batch: its rows, the state of each cell, and the files it is written to.
///
/// Knows neither models nor Kafka. A table's file is replaced as a whole, or not at all.
@NullMarked
package brimful.batch.table;

import org.jspecify.annotations.NullMarked;
