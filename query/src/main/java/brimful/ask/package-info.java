/// Sends a window to a model, once, and reads the reply as it streams.
///
/// A [brimful.pack.Window] comes in, a [Reply] goes out. No request is ever sent twice: a million
/// tokens are not retried in silence. [CacheReplay] simulates what a provider's cache would find.
/// Uses LangChain4j, and loads it only when a call is made.
@NullMarked
package brimful.ask;

import org.jspecify.annotations.NullMarked;
