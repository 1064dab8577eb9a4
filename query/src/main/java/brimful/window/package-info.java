/// From an index that is up to date to a window, and the account of it.
///
/// A question and a budget come in, with the snapshot of an index and what is known of its files; a
/// window goes out, with how every file ended and how long each stage took. No network; safe for
/// many threads.
@NullMarked
package brimful.window;

import org.jspecify.annotations.NullMarked;
