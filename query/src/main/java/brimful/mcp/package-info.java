/// Brimful for models: tools and resources of the Model Context Protocol, over HTTP and over
/// standard input and output.
///
/// Tool calls come in. Text goes out, with JSON beside it where programs may want it. Results are
/// bounded in characters or tokens, so that hosts accept them. Collections that a caller may not
/// use do not exist for it. Document text is data: it cannot close the tags around it. No other
/// package knows the protocol. Safe for many threads.
@NullMarked
package brimful.mcp;

import org.jspecify.annotations.NullMarked;
