/// Checks what an answer cites against the window it was given.
///
/// The text of a [brimful.ask.Reply] and the [brimful.pack.Window] that was asked with come in; an
/// [Answer] goes out, in which every citation is either verified or marked with what is wrong.
/// Pure: no I/O, no clock.
@NullMarked
package brimful.answer;

import org.jspecify.annotations.NullMarked;
