/// What one can ask of a library: search, pack, ask, read. The same for HTTP, MCP and chat.
///
/// An [Inquiry] comes in; evidence, deltas and the checked answer go out through a [Desk.Listener].
/// Budgets are tokens, prices USD. Safe for many threads; each inquiry runs in its caller's.
@NullMarked
package brimful.desk;

import org.jspecify.annotations.NullMarked;
