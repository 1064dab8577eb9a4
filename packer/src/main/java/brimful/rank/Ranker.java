package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.Hit;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.index.term.NaturalLanguage;
import brimful.rank.aspect.Aspect;
import brimful.rank.aspect.AspectWords;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Ranks by words: BM25F over chunks and over whole documents, fused, and weighted by paths.
///
/// Design: the index scores chunks and documents; [Candidates] numbers them in canonical order and
/// holds the scores in flat arrays; [DocumentScores] fuses all evidence for a document into one
/// score. A chunk's final score combines its own and its document's, so that the best chunks of the
/// best documents lead and the tail stays long enough to fill a large window. Ties go to the better
/// match by words, then to canonical order, so the ranking is a total order. The weights were
/// measured (RATIONALE.md, "Ranking and packing"; BM25F: Robertson and Zaragoza, 2009). Cost:
/// linear in the hits, plus one sort.
///
/// Thread-safe: holds no state but its signals.
public final class Ranker {
  /// Chunks have 150 tokens or more on most corpora: this many ranked chunks fill any budget.
  private static final int TOKENS_PER_CHUNK = 50;

  /// So many that each document that matches well has one among them.
  private static final int RANKED_MIN = 5_000;

  private static final int RANKED_MAX = 20_000;

  /// How many of the best chunks are read, for the names that they define and for turns.
  private static final int BEST_READ = 300;

  /// How many of the best chunks of conversations are read for who speaks in them.
  private static final int TURNS_READ = 3_000;

  /// How many chunks are examined for each one requested: documents raise some from below.
  private static final int CANDIDATES_PER_CHUNK = 2;

  /// How many documents are matched as a whole. Those beyond have a few of the words that most
  /// have.
  private static final int WHOLES_MAX = 20_000;

  private final Set<Signal> without;

  public Ranker() {
    this(Set.of());
  }

  /// @param without signals to leave out, to measure their effect
  public Ranker(Set<Signal> without) {
    this.without = Set.copyOf(without);
  }

  /// Returns how many chunks to rank so that they fill a budget.
  public static int chunkLimit(int budgetTokens) {
    return Math.clamp(budgetTokens / TOKENS_PER_CHUNK, RANKED_MIN, RANKED_MAX);
  }

  /// Returns the chunks and documents that are relevant to a question.
  ///
  /// Ranks the best 10,000 documents of the snapshot: those without a hit come last, with score 0,
  /// code and prose before tests before generated files.
  ///
  /// @param chunkLimit the most chunks returned, such as what twice the window can hold
  public Ranking rank(Question question, Snapshot snapshot, int chunkLimit) {
    Scored scored = scored(question, snapshot, chunkLimit);
    return scored.ranking(chunkLimit);
  }

  /// Returns the explanations of the best chunks, best first.
  public List<Explanation> explain(Question question, Snapshot snapshot, int chunkLimit) {
    Scored scored = scored(question, snapshot, chunkLimit);
    return scored.ranking(chunkLimit).chunks().stream().map(scored.candidates::explain).toList();
  }

  private record Scored(
      Candidates candidates, List<Hit> hits, SequencedMap<String, String> misspelt) {
    Ranking ranking(int chunkLimit) {
      return candidates.ranking(hits, chunkLimit, misspelt);
    }
  }

  private void readTurns(
      Snapshot snapshot,
      Candidates candidates,
      List<Hit> hits,
      List<Chunk> best,
      TurnTimes turnTimes) {
    if (without.contains(Signal.SPEAKERS) && !turnTimes.wanted()) {
      return;
    }
    if (turnTimes.wanted()) {
      turnTimes.addMails(best);
    }
    Set<DocumentId> conversations = Speakers.conversations(best);
    List<Chunk> turns =
        snapshot.read(
            candidates.refs(
                hits.stream()
                    .filter(hit -> conversations.contains(candidates.document(hit)))
                    .limit(TURNS_READ)
                    .toList()));
    turnTimes.add(turns);
    if (!without.contains(Signal.SPEAKERS)) {
      candidates.speakers().add(turns);
    }
  }

  /// Returns the sides of a project that a question asks about and some file tells about.
  private Set<Aspect> aspects(Question question, Snapshot snapshot, CorpusNames corpus) {
    if (without.contains(Signal.ASPECTS) || QuestionAnalysis.isReport(question.text())) {
      return Set.of();
    }
    return AspectWords.asked(question.text(), corpus.names()::isNamed, corpus.ownNames(snapshot))
        .stream()
        .filter(corpus.aspects()::tell)
        .collect(Collectors.toSet());
  }

  private Scored scored(Question question, Snapshot snapshot, int chunkLimit) {
    SequencedMap<String, String> misspelt =
        without.contains(Signal.SPELLING)
            ? new LinkedHashMap<>()
            : Misspellings.of(question, snapshot);
    CorpusNames corpus = CorpusNames.of(snapshot);
    Set<Aspect> aspects = aspects(question, snapshot, corpus);
    QuestionAnalysis questionAnalysis =
        QuestionAnalysis.of(Misspellings.mended(question, misspelt), aspects, without);
    // A report quotes the times of its log, and asks about none.
    boolean untimed = questionAnalysis.report() || without.contains(Signal.TIMES);
    TurnTimes turnTimes =
        untimed ? new TurnTimes(Optional.empty()) : TurnTimes.of(question, snapshot);
    var candidates =
        new Candidates(snapshot.outlines(), corpus, questionAnalysis, turnTimes, without);
    int limit = (int) Math.min(Integer.MAX_VALUE, (long) CANDIDATES_PER_CHUNK * chunkLimit);
    Snapshot.Matches matches = snapshot.matches(questionAnalysis.terms());
    List<Hit> hits = matches.chunks(limit);
    candidates.scatter(hits);
    hits = turnTimes.with(hits, snapshot.outlines());
    List<Chunk> best =
        snapshot.read(candidates.refs(hits.subList(0, Math.min(BEST_READ, hits.size()))));
    readTurns(snapshot, candidates, hits, best, turnTimes);
    var whole = new float[corpus.size()];
    matches.documents(WHOLES_MAX, whole);
    candidates.scoreDocuments(
        whole, best, questionAnalysis.symbols().stream().map(snapshot::defining).toList());
    if (!without.contains(Signal.IMPORTS)) {
      candidates.follow(snapshot.read(candidates.heads()));
    }
    if (!without.contains(Signal.FAMILIES)) {
      candidates.joinFamilies();
    }
    StatementPages pages = candidates.statementPages();
    if (pages.wanted() && !without.contains(Signal.STATEMENTS)) {
      pages.add(snapshot.read(candidates.paged()));
    }
    return new Scored(candidates, candidates.withPages(candidates.withUnsaid(hits)), misspelt);
  }

  /// Returns the documents that have any word of a question, or a related form of one. Words that
  /// carry only grammar do not count, and misspelt words count as those that are meant.
  ///
  /// Empty if the question has no word that is in any document, so that nothing can be left out for
  /// want of a match.
  public static Optional<Set<DocumentId>> matching(Question question, Snapshot snapshot) {
    String text = Misspellings.mended(question, Misspellings.of(question, snapshot)).text();
    String content = FunctionWords.without(QuestionNotes.withoutRequest(text));
    var terms = new Terms(List.of(new Terms.Passage(content, 1)), NaturalLanguage.of(text), true);
    Snapshot.Matches matches = snapshot.matches(terms);
    var documents = new HashSet<DocumentId>();
    // What a chunk matches, its document does.
    matches
        .documents(Integer.MAX_VALUE)
        .forEach(hit -> documents.add(snapshot.outlines().get(hit.document()).document()));
    return documents.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(documents));
  }
}
