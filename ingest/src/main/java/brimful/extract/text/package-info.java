/// Turns text files that are written for programs into text for readers: notebooks, subtitles,
/// calendars, contacts, and data that is embedded in any text.
///
/// Decoded text comes in, [brimful.extract.text.ReadablePart]s with locators go out. This package
/// is pure and takes time linear in the text; what is not in the expected format is left as it is.
@NullMarked
package brimful.extract.text;

import org.jspecify.annotations.NullMarked;
