/// The vocabulary of all stages: documents, chunks, locators and coverage.
///
/// Pure records with their invariants; no I/O, no clock, no threads. Lines and pages are one-based
/// and inclusive; tokens are those of the tokenizer the index was built for.
@NullMarked
package brimful.corpus;

import org.jspecify.annotations.NullMarked;
