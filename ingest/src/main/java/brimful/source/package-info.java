/// Where bytes come from: folders, git trees and git remotes, and what changed since last time.
///
/// A location comes in; a list of [Listed] files goes out, each with a cheap stamp of its state.
/// Nothing is read but names and attributes until a file is opened. No link is followed out of the
/// given root. Safe for many threads.
@NullMarked
package brimful.source;

import org.jspecify.annotations.NullMarked;
