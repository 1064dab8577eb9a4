/// What a session of questions costs under each provider's rule for its prompt cache: caches that are
/// simulated, and windows that are packed for them.
///
/// Questions, a snapshot and a model's cache rule come in; hits, misses and prices go out. Calls
/// nobody. Tokens are counts, prices USD. One thread.
@NullMarked
package brimful.replay;

import org.jspecify.annotations.NullMarked;
