/// Brimful inside another program: evidence for LangChain4j's chains.
///
/// A query comes in; the relevant text goes out as LangChain4j's contents, within a budget of
/// tokens. No model is asked here.
@NullMarked
package brimful.retriever;

import org.jspecify.annotations.NullMarked;
