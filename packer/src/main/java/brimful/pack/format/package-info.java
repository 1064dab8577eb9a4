/// The formats of a window: XML, Markdown and JSON.
///
/// Ids, locators and text of documents come in; the segments of a prompt go out, whose token counts
/// add up (RATIONALE.md, "Why sums are exact"). Pure, and safe for many threads.
@NullMarked
package brimful.pack.format;

import org.jspecify.annotations.NullMarked;
