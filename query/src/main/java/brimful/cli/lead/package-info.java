/// What goes in front of a window besides its corpus: a diff, a log, the tree of files.
///
/// Options and a repository come in, and a [brimful.pack.Layout] with counted documents goes out.
/// Of all text of a repository, secrets are masked as in files. For one thread.
@NullMarked
package brimful.cli.lead;

import org.jspecify.annotations.NullMarked;
