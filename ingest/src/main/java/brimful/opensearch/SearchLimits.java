package brimful.opensearch;

/// How much of what matches a question is looked at.
///
/// @param chunks more than any ranking examines; others have no score
/// @param documents as many as a ranking matches as a whole; others have no score
/// @param found thousands with nearly the same score are not worth more: a few of the best may be
///   others than on this machine
/// @param filter how a part of a collection is said
record SearchLimits(int chunks, int documents, int found, RecordFilter filter) {
  static final SearchLimits STANDARD =
      new SearchLimits(40_000, 20_000, 100_000, RecordFilter.STANDARD);
}
