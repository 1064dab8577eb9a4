/// The index worker: applies revisions to the indexes of all collections and counts each job's
/// items.
///
/// Revisions come in from `documents`; commits of indexes go out, and then the state of their
/// folder, which says how far the topic was read. An older version never replaces a newer one.
@NullMarked
package brimful.kafka.index;

import org.jspecify.annotations.NullMarked;
