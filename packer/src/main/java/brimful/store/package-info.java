/// Keeps files safe: atomic replacement, process locks, private folders, damage, full disks.
///
/// Files are replaced in one atomic step, folders belong to their owner alone, locks end with their
/// process, a full disk is told from other errors, and damaged files are moved aside under a name
/// that says so. Knows nothing of the files' content. Safe for many threads.
@NullMarked
package brimful.store;

import org.jspecify.annotations.NullMarked;
