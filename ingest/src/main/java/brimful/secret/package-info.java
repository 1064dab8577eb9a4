/// Finds keys, tokens and passwords in extracted text, and masks them.
///
/// Sections come in and leave with as many lines as before, so that every locator stays right. What
/// was masked is remembered by rule and place. This package is pure and takes time linear in the
/// text; ordinary text costs a table look-up a character.
@NullMarked
package brimful.secret;

import org.jspecify.annotations.NullMarked;
