/// Knows the models, sends a window to one of them, once, and reads the reply as it streams.
///
/// A [brimful.pack.Window] comes in, a [Reply] goes out; [Catalog] says what each model takes and
/// costs, [Settings] what the person chose, [LocalRunners] what runs on this machine. Prices are
/// USD per million tokens. Nothing is ever sent twice: a million tokens are not retried in silence.
/// Only this package knows LangChain4j, and loads it only when a call is made. Keys never print.
@NullMarked
package brimful.ask;

import org.jspecify.annotations.NullMarked;
