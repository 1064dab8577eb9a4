/// Counts tokens as models do: exactly where the tokenizer is public, otherwise with a marked
/// bound.
///
/// Text comes in, a number of tokens goes out. Counters have no visible state and are safe for many
/// threads.
@NullMarked
package brimful.token;

import org.jspecify.annotations.NullMarked;
