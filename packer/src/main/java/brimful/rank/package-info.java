/// Orders the chunks of a snapshot by their relevance to a question.
///
/// A [Question] and a [brimful.index.Snapshot] come in, a [Ranking] goes out. The arithmetic is
/// pure and its orders are total: the same question and snapshot give the same ranking.
@NullMarked
package brimful.rank;

import org.jspecify.annotations.NullMarked;
