/// How files are kept so that nothing half-written, shared by mistake or broken stays in the way.
///
/// Files are replaced in one atomic step, folders are the owner's alone, locks end with their
/// process however it ends, a full disk is told from other failures, and what is damaged is set
/// aside under a name that says so. Knows nothing of what the files mean. Safe for many threads.
@NullMarked
package brimful.store;

import org.jspecify.annotations.NullMarked;
