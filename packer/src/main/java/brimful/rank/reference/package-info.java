/// What a text refers to: the files that code imports, the images that prose shows.
///
/// A text comes in, and paths go out as it writes them; [brimful.rank.reference.NamedFiles] finds
/// the documents that they mean. Pure, and linear in the text's length.
@NullMarked
package brimful.rank.reference;

import org.jspecify.annotations.NullMarked;
