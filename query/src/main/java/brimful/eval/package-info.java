/// Measures how well ranking and packing find known evidence.
///
/// Questions with their gold evidence come in, with a snapshot of their corpus; a table of named
/// measures for each question goes out, and comparisons of two such tables. No model is asked: the
/// measures say whether the evidence is in the window.
@NullMarked
package brimful.eval;

import org.jspecify.annotations.NullMarked;
