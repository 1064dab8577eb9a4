/// The library for models: tools and resources of the Model Context Protocol, over HTTP and over
/// standard input and output.
///
/// Tool calls come in; text, and JSON beside it where a program may want it, goes out. What a tool
/// returns is bounded in characters or tokens, so that it fits into what hosts take. What a caller
/// may not use does not exist for it. Text of documents is data: it cannot close the tags it stands
/// in. The only package that knows the protocol. Safe for many threads.
@NullMarked
package brimful.mcp;

import org.jspecify.annotations.NullMarked;
