/// Turns bytes into text with locators, or returns one typed reason why not.
///
/// A [brimful.source.Listed.File] comes in, its text goes out part by part, and an [Ending]. Code
/// and plain text are decoded in this process; every binary format goes through Tika, which only
/// this package knows, in a process of its own that is killed when it exceeds its time or memory or
/// makes no progress. Every read and every parse is bounded. Safe for many threads.
@NullMarked
package brimful.extract;

import org.jspecify.annotations.NullMarked;
