/// Git's files as data: settings, the index, ignore files and their patterns, and where a work tree
/// has them.
///
/// Folders and bytes come in; answers to whether git ignores or tracks a path go out, for names of
/// any bytes. Reads files and never writes; no repository is opened, so none can be refused.
@NullMarked
package brimful.source.git;

import org.jspecify.annotations.NullMarked;
