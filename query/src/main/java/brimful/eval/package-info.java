/// Measures how well ranking and packing find what is known to answer questions.
///
/// Questions with their gold evidence come in, with a snapshot of the corpus they are asked of;
/// what goes out is a table of named measures for each question, and comparisons of two such
/// tables. No model is asked: what is measured is whether the evidence is in the window.
@NullMarked
package brimful.eval;

import org.jspecify.annotations.NullMarked;
