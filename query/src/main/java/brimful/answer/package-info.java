/// Checks an answer's citations against the window it was given.
///
/// The text of a [brimful.ask.Reply] and the [brimful.pack.Window] of the question come in; an
/// [Answer] goes out, in which every citation is verified or marked with its problem. Pure: no I/O,
/// no clock.
@NullMarked
package brimful.answer;

import org.jspecify.annotations.NullMarked;
