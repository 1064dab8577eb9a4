package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.PathKind;
import brimful.index.ChunkRef;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.rank.aspect.Aspect;
import brimful.rank.reference.Imports;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// The documents of a snapshot and their chunks, with the scores of one question.
final class Candidates {
  /// The share of a neighbour's score that a chunk takes on: prose runs across chunk borders.
  private static final float PROSE_NEIGHBOUR = 0.4f;

  private static final float CODE_NEIGHBOUR = 0.25f;

  /// The weight of a document's score against the chunk's own score of 1.
  private static final float CODE_STANDING = 1;

  private static final float PROSE_STANDING = 0.7f;

  /// A session of a conversation is about many things, each said in a few turns.
  private static final float TURN_STANDING = 0.5f;

  /// A page seldom says whose it is, so its document's score counts twice as much.
  private static final float PAGED_STANDING = 1.4f;

  /// How many documents are put in order where the first few are wanted.
  private static final int FIRST = 100;

  /// How many of the best documents decide whether the question is about code.
  private static final int LEADERS = 10;

  /// How many of the best code documents are searched for imports.
  private static final int IMPORTERS = 5;

  /// How many of the best paged documents are searched for pages, and how many of their chunks.
  private static final int PAGED_READ = 5;

  private static final int PAGED_CHUNKS_READ = 20_000;

  private static final float[] NO_SCORES = {};

  private final List<Outline> outlines;
  private final QuestionAnalysis question;
  private final Set<Signal> without;
  private final CorpusNames corpus;
  private final Priors priors;

  /// By document; empty where no chunk has one.
  private final float[][] chunkScores;

  private final DocumentScores documentScores;
  private final Speakers speakers;
  private final StatementPages statementPages;
  private final TurnTimes turnTimes;

  /// The documents that the question wants whether they say its words or not.
  private final Unsaid unsaid;

  Candidates(
      List<Outline> outlines,
      CorpusNames corpus,
      QuestionAnalysis question,
      TurnTimes turnTimes,
      Set<Signal> without) {
    this.turnTimes = turnTimes;
    this.outlines = outlines;
    this.corpus = corpus;
    this.question = question;
    this.without = without;
    priors = new Priors(corpus, question, without.contains(Signal.PATH_KINDS));
    chunkScores = new float[outlines.size()][];
    Arrays.fill(chunkScores, NO_SCORES);
    documentScores = new DocumentScores(corpus, priors);
    speakers = new Speakers(question.subject());
    statementPages = new StatementPages(question.subject());
    unsaid = new Unsaid();
  }

  /// Returns who speaks, to be told about the chunks that are turns.
  Speakers speakers() {
    return speakers;
  }

  /// Returns the pages that the question asks for, to be told about the chunks of [#paged].
  StatementPages statementPages() {
    return statementPages;
  }

  /// Scores chunks by hits, which come best first.
  void scatter(List<Hit> hits) {
    float best = hits.isEmpty() ? 1 : hits.getFirst().score();
    for (Hit hit : hits) {
      chunkScores(hit.document())[hit.ordinal()] = hit.score() / best;
    }
    if (!without.contains(Signal.NEIGHBOURS)) {
      for (int number = 0; number < chunkScores.length; number++) {
        if (chunkScores[number].length == 0) {
          continue;
        }
        float share = corpus.isCode(number) ? CODE_NEIGHBOUR : PROSE_NEIGHBOUR;
        chunkScores[number] = ScoreMath.smooth(chunkScores[number], share);
      }
    }
  }

  /// Returns the scores of a document's chunks, to be changed.
  private float[] chunkScores(int number) {
    if (chunkScores[number].length == 0) {
      chunkScores[number] = new float[outlines.get(number).chunks().size()];
    }
    return chunkScores[number];
  }

  /// Returns the chunks of hits, without their text.
  List<ChunkRef> refs(List<Hit> hits) {
    return hits.stream()
        .map(hit -> outlines.get(hit.document()).chunks().get(hit.ordinal()))
        .toList();
  }

  DocumentId document(Hit hit) {
    return outlines.get(hit.document()).document();
  }

  /// Scores documents by whole-document hits, by their chunks, by their names and those that they
  /// define, and by what the question names.
  ///
  /// @param whole scores of whole documents, by number
  /// @param best the best chunks with their text
  /// @param definers the chunks that define each symbol of the question
  void scoreDocuments(float[] whole, List<Chunk> best, List<List<Hit>> definers) {
    best.forEach(chunk -> priors.read(number(chunk.document()), chunk));
    QuestionWords words = QuestionWords.of(question.subject());
    if (!without.contains(Signal.WHOLE_FILES)) {
      documentScores.matched(DocumentScores.Match.WHOLE, whole);
    }
    documentScores.matched(DocumentScores.Match.BEST_CHUNK, bestChunks());
    if (!without.contains(Signal.ALL_CHUNKS)) {
      documentScores.matched(DocumentScores.Match.ALL_CHUNKS, allChunks());
    }
    if (!without.contains(Signal.FILE_NAMES)) {
      DocumentScores.Match name =
          corpus.isProgram() ? DocumentScores.Match.NAME : DocumentScores.Match.TITLE;
      documentScores.said(name, corpus.names().scores(words));
    }
    if (!without.contains(Signal.DEFINED_NAMES)) {
      documentScores.said(DocumentScores.Match.DEFINED, definedNames(words, best));
    }
    if (!question.paths().isEmpty() && !without.contains(Signal.NAMED_FILES)) {
      documentScores.voted(DocumentScores.Vote.NAMED, corpus.files().find(question.paths()));
      int[] about = corpus.files().find(question.spelledOut());
      documentScores.voted(DocumentScores.Vote.ABOUT, about);
      unsaid.tell(about, this::bestChunk);
    }
    if (!question.aspects().isEmpty()) {
      int[] telling = corpus.aspects().about(question.aspects(), whole);
      documentScores.voted(DocumentScores.Vote.TELLS, telling);
      boolean whatItIs = question.aspects().contains(Aspect.OVERVIEW);
      unsaid.tell(telling, whatItIs ? _ -> 0 : this::bestChunk);
    }
    if (corpus.hasImages() && !without.contains(Signal.CAPTIONS)) {
      float[] captioned = CaptionMatch.scores(words, best, corpus);
      documentScores.said(DocumentScores.Match.CAPTION, captioned);
      unsaid.show(priors.weighed(captioned));
    }
    if (!without.contains(Signal.SYMBOLS)) {
      documentScores.voted(DocumentScores.Vote.DEFINES, defining(definers));
    }
    documentScores.settle();
  }

  /// Returns all chunks of the best documents that have pages.
  List<ChunkRef> paged() {
    var chunks = new ArrayList<ChunkRef>();
    int read = 0;
    for (int number : documentScores.descending()) {
      if (read == PAGED_READ) {
        break;
      }
      List<ChunkRef> ofDocument = outlines.get(number).chunks();
      if (isPaged(number) && chunks.size() + ofDocument.size() <= PAGED_CHUNKS_READ) {
        chunks.addAll(ofDocument);
        read++;
      }
    }
    return chunks;
  }

  private boolean isPaged(int number) {
    return outlines.get(number).chunks().getFirst().firstLine() == 0;
  }

  /// Returns hits, and after them the first chunks of the documents that are wanted without saying
  /// any word of the question.
  List<Hit> withUnsaid(List<Hit> hits) {
    return unsaid.with(hits);
  }

  /// Returns hits, and after them the other chunks of the pages that the question asks for.
  List<Hit> withPages(List<Hit> hits) {
    return statementPages.with(hits, this::number);
  }

  /// Returns the ordinal of a document's chunk that matches best, 0 if none matches.
  private int bestChunk(int number) {
    int best = 0;
    for (int ordinal = 1; ordinal < chunkScores[number].length; ordinal++) {
      if (chunkScores[number][ordinal] > chunkScores[number][best]) {
        best = ordinal;
      }
    }
    return best;
  }

  private float[] array() {
    return new float[outlines.size()];
  }

  private float[] bestChunks() {
    float[] bests = array();
    for (int number = 0; number < bests.length; number++) {
      bests[number] = ScoreMath.most(chunkScores[number]);
    }
    return bests;
  }

  /// Returns the sums of chunks' scores, of code only: a long text is not better than a short one.
  private float[] allChunks() {
    float[] sums = array();
    for (int number = 0; number < sums.length; number++) {
      if (corpus.isCode(number)) {
        for (float score : chunkScores[number]) {
          sums[number] += score;
        }
      }
    }
    return sums;
  }

  private float[] definedNames(QuestionWords words, List<Chunk> chunks) {
    float[] ofChunks = DefinitionMatch.scores(words, chunks);
    float[] scores = array();
    for (int i = 0; i < ofChunks.length; i++) {
      int number = number(chunks.get(i).document());
      if (corpus.isCode(number)) {
        scores[number] = Math.max(scores[number], ofChunks[i]);
      }
    }
    return scores;
  }

  /// Returns the first chunks of the best code documents, where their imports are.
  List<ChunkRef> heads() {
    List<ChunkRef> heads = heads(documentScores.first(FIRST));
    return heads.size() == IMPORTERS ? heads : heads(documentScores.descending());
  }

  private List<ChunkRef> heads(int[] order) {
    return Arrays.stream(order)
        .filter(this::isSource)
        .limit(IMPORTERS)
        .mapToObj(number -> outlines.get(number).chunks().getFirst())
        .toList();
  }

  /// Raises the documents that the best ones import.
  ///
  /// @param heads the chunks of [#heads] with their text
  void follow(List<Chunk> heads) {
    var imported = new LinkedHashSet<Integer>();
    for (Chunk head : heads) {
      for (int number : corpus.files().find(Imports.of(head.document().value(), head.text()))) {
        imported.add(number);
      }
    }
    documentScores.voted(
        DocumentScores.Vote.IMPORTED, imported.stream().mapToInt(Integer::intValue).toArray());
    documentScores.settle();
  }

  /// Lowers the files of a program that are nearly the same as a better one. Among prose, each of
  /// many similar contracts may be meant.
  void joinFamilies() {
    if (corpus.isProgram()) {
      documentScores.repeat(new Families(outlines).followers(documentScores.first(FIRST)));
    }
  }

  /// Returns the documents that define what the question names, rarest names first.
  private int[] defining(List<List<Hit>> definers) {
    var worth = new float[outlines.size()];
    int found = 0;
    for (List<Hit> ofSymbol : definers) {
      List<Integer> code = ofSymbol.stream().map(Hit::document).filter(this::isSource).toList();
      if (code.size() <= Symbols.DEFINERS_MAX) {
        code.forEach(document -> worth[document] += 1f / code.size());
      }
    }
    for (float each : worth) {
      found += each > 0 ? 1 : 0;
    }
    return Arrays.copyOf(ScoreMath.descending(worth), found);
  }

  private boolean isSource(int number) {
    PathKind kind = corpus.kind(number);
    return kind == PathKind.SOURCE || kind == PathKind.PACKAGE_FILE;
  }

  private int number(DocumentId document) {
    return corpus.number(document);
  }

  /// Returns the best documents and the chunks with hits, best first.
  ///
  /// @param misspelt what the question was read as
  Ranking ranking(List<Hit> hits, int chunkLimit, SequencedMap<String, String> misspelt) {
    int[] order = documentScores.descending();
    var documents = new ArrayList<Ranking.RankedDocument>(order.length);
    for (int number : order) {
      documents.add(
          new Ranking.RankedDocument(
              number, outlines.get(number).document(), documentScores.of(number)));
    }
    boolean code = code(order);
    return new Ranking(documents, chunks(hits, chunkLimit, code), code, misspelt);
  }

  /// Returns why a chunk has its score.
  Explanation explain(Ranking.RankedChunk ranked) {
    int number = number(ranked.chunk().document());
    float own = own(number, ranked.chunk().ordinal());
    return new Explanation(
        ranked.chunk(),
        ranked.score(),
        own,
        documentScores.of(number),
        documentScores.opinions(number));
  }

  /// Returns whether most of the best documents are code.
  private boolean code(int[] order) {
    int looked = Math.min(LEADERS, order.length);
    int code = 0;
    for (int i = 0; i < looked; i++) {
      code += corpus.isCode(order[i]) ? 1 : 0;
    }
    return 2 * code > looked;
  }

  /// Returns what a chunk is worth by itself.
  private float own(int number, int ordinal) {
    DocumentId document = outlines.get(number).document();
    float said =
        statementPages.score(document, ordinal, chunkScores(number))
            * priors.factor(number)
            * speakers.factor(document, ordinal);
    return Math.max(said, unsaid.worth(number, ordinal));
  }

  /// Returns the weight of a prose document's score for its chunks.
  private float standing(int number) {
    if (speakers.in(outlines.get(number).document())) {
      return TURN_STANDING;
    }
    return isPaged(number) ? PAGED_STANDING : PROSE_STANDING;
  }

  private List<Ranking.RankedChunk> chunks(List<Hit> hits, int limit, boolean code) {
    var scores = new float[hits.size()];
    for (int i = 0; i < scores.length; i++) {
      Hit hit = hits.get(i);
      int number = hit.document();
      float own = own(number, hit.ordinal());
      float weight = code ? CODE_STANDING : standing(number);
      float score = (own + weight * documentScores.of(number)) / (1 + weight);
      scores[i] = turnTimes.score(document(hit), hit.ordinal(), score);
    }
    int[] order = ScoreMath.descending(scores);
    int kept = Math.min(limit, order.length);
    var ranked = new ArrayList<Ranking.RankedChunk>(kept);
    for (int i = 0; i < kept; i++) {
      Hit hit = hits.get(order[i]);
      Outline outline = outlines.get(hit.document());
      ranked.add(new Ranking.RankedChunk(outline.chunks().get(hit.ordinal()), scores[order[i]]));
    }
    return ranked;
  }
}
