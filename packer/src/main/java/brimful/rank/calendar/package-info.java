/// The time that a question asks about: dates, months, quarters and weeks, "last May", "since
/// Tuesday".
///
/// A text and the day on which it is asked come in, and a span of time goes out. Pure.
@NullMarked
package brimful.rank.calendar;

import org.jspecify.annotations.NullMarked;
