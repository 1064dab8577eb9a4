/// What models can do here: the tools of the Model Context Protocol, and the addresses of
/// documents.
///
/// Calls come in with the collections that their caller may use; others do not exist for it.
/// Results are bounded in characters or tokens, so that hosts accept them. Document text is data:
/// it cannot close the tags around it. Nothing here knows a transport or a revision of the
/// protocol. Safe for many threads.
@NullMarked
package brimful.mcp.tool;

import org.jspecify.annotations.NullMarked;
