/// Counts tokens as models do: exactly where the tokenizer is public, bounded and marked where not.
///
/// Text comes in, a number of tokens goes out. Counters are immutable to their callers and safe for
/// many threads.
@NullMarked
package brimful.token;

import org.jspecify.annotations.NullMarked;
