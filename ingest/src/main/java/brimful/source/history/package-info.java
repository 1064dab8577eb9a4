/// What a repository says about its files: how they differ from a commit, and who changed them.
///
/// A [brimful.source.RepositoryView] comes in, and text goes out, in git's own form but without the
/// `git` command. The text is foreign: it has secrets and marks that were not masked. For one
/// thread.
@NullMarked
package brimful.source.history;

import org.jspecify.annotations.NullMarked;
