/// Finds the definitions and headings of a text in any of the languages that Brimful knows.
///
/// [Lines] and the language of a document come in; [Definition]s and the [Breadcrumbs] that lead to
/// them go out. Pure, linear in the text and safe for many threads; broken text gives fewer
/// definitions, never a failure.
@NullMarked
package brimful.chunk.outline;

import org.jspecify.annotations.NullMarked;
