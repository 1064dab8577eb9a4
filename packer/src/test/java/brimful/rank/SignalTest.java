package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each signal has a question that only it answers: with it one document is ahead of another,
/// without it the other.
final class SignalTest {
  private static final int LINES = 2;

  /// Signals that order chunks and not documents.
  private static final Set<Signal> OF_CHUNKS =
      Set.of(Signal.SPEAKERS, Signal.TIMES, Signal.STATEMENTS);

  @TempDir Path folder;

  /// @param wanted ahead of `other` with the signal, behind it without
  private record Example(String question, String wanted, String other, Map<String, String> files) {}

  private static Example example(Signal signal) {
    return switch (signal) {
      case WHOLE_FILES ->
          new Example(
              "copper tin zinc nickel",
              "spread.md",
              "dense.md",
              Map.of(
                  "spread.md", "copper\n\ntin\n\nzinc\n\nnickel\n",
                  "dense.md", "copper tin\n\nzinc and more words of other things that follow\n",
                  "else.md", "lead"));
      case FILE_NAMES ->
          new Example(
              "how does the scheduler work",
              "src/scheduler.py",
              "src/loop.py",
              Map.of(
                  "src/scheduler.py", "the scheduler and its work\nare here",
                  "src/loop.py", "scheduler work scheduler work\nscheduler work scheduler work"));
      case DEFINED_NAMES ->
          new Example(
              "how are install plans rebuilt",
              "src/a.py",
              "src/b.py",
              Map.of(
                  "src/a.py", "def rebuilt_install_plan():\n  run and stop and go and come",
                  "src/b.py", "the install plans are rebuilt\nplans install rebuilt"));
      case ALL_CHUNKS ->
          new Example(
              "ledger",
              "src/x/many.py",
              "src/x/one.py",
              Map.of(
                  "src/x/many.py",
                  "a ledger b c\nd e f\nledger g h i\nj k l\nledger m n o\np q r\nledger s t u\nv w x",
                  "src/x/one.py",
                  "ledger ledger c\nd e f g"));
      case ASPECTS ->
          new Example(
              "what is this project about",
              "README.md",
              "src/project.py",
              Map.of(
                  "README.md", "Halm\nfolds paper",
                  "src/project.py", "project about this project\nwhat the project is about",
                  "setup.py", "x"));
      case NAMED_FILES ->
          new Example(
              "timeout in lib/x.py",
              "lib/x.py",
              "lib/y.py",
              Map.of(
                  "lib/x.py", "a timeout",
                  "lib/y.py", "timeout in x, timeout in x, timeout in x"));
      case SYMBOLS ->
          new Example(
              "the read of parseHeader fails when the folded line is empty",
              "src/a.py",
              "src/b.py",
              Map.of(
                  "src/a.py", "def parseHeader():\n  fails when the folded line",
                  "src/b.py",
                      "def header_parse():\n  read fails when the folded line is empty, empty"));
      case IMPORTS -> imports();
      case WORD_FORMS ->
          new Example(
              "how are valves organized",
              "z.md",
              "a.md",
              Map.of("a.md", "valves of iron", "z.md", "organization organization of valves"));
      case SPELLING ->
          new Example(
              "rebalence of valves",
              "z.md",
              "a.md",
              Map.of("a.md", "valves of iron", "z.md", "rebalance"));
      case FAMILIES -> families();
      case FUNCTION_WORDS ->
          new Example(
              "what did you do about the boiler",
              "a.md",
              "b.md",
              Map.of(
                  "a.md", "boiler repaired and the valve",
                  "b.md", "what did you do, what did you do about the rest of it all",
                  "c.md", "the steel",
                  "d.md", "the room"));
      case TITLE ->
          new Example(
              "Cookies are lost\n" + "redirect proxy tunnel header ".repeat(20),
              "src/cookies.py",
              "src/tunnel.py",
              Map.of(
                  "src/cookies.py", "cookies lost",
                  "src/tunnel.py", "redirect proxy tunnel header"));
      case BOILERPLATE ->
          new Example(
              "Cookies vanish\n### Environment\n### Screenshots\n### Additional context\n"
                  + "they vanish",
              "src/a.py",
              "src/b.py",
              Map.of(
                  "src/a.py", "cookies they",
                  "src/b.py", "environment screenshots additional context vanish"));
      case PATH_KINDS ->
          new Example(
              "parse the input text",
              "src/lexer.py",
              "tests/lexer.py",
              Map.of(
                  "src/lexer.py", "parse the input",
                  "tests/lexer.py", "parse the input text"));
      case NEIGHBOURS ->
          new Example(
              "harbour crane",
              "z.md",
              "a.md",
              Map.of(
                  "a.md", "harbour of the town\nx\nq w e r t z\nu\ni o p\na\ncrane of the town\ny",
                  "z.md",
                      "harbour of the town\nx\ncrane of the town\ny\nq w e r t z\nu\ni o p\na"));
      case SPEAKERS ->
          new Example(
              "what does Ann paint",
              "1.md",
              "2.md",
              Map.of(
                  "1.md", "Ann: I paint lakes and hills now\n\nBob: oh\n",
                  "2.md", "Bob: so you paint, Ann\n\nAnn: yes\n",
                  "else.md", "Bob: no\n\nAnn: hm\n"));
      case TIMES ->
          new Example(
              "which valve did we decide on in May 2024",
              "chat/2024-05-02.md",
              "chat/2023-11-09.md",
              Map.of(
                  "chat/2024-05-02.md", "Ann: then the brass one\nBob: fine",
                  "chat/2023-11-09.md", "Ann: which valve did we decide on\nBob: none"));
      case STATEMENTS ->
          new Example(
              "what were the capital expenditures of the mill",
              "1.pdf",
              "2.pdf",
              Map.of(
                  "1.pdf",
                  "The mill plans its capital expenditures\nwith great care and skill"
                      + "\fMill\nStatement of Cash Flows\nPurchases of property\n12",
                  "2.pdf",
                  "The mill plans its capital expenditures\nwith care"));
      case CAPTIONS ->
          new Example(
              "what does the harbour crane look like",
              "x7.png",
              "other.md",
              Map.of(
                  "x7.png", "a picture",
                  "page.md", "![The harbour crane](x7.png)",
                  "other.md", "a crane"));
    };
  }

  private static Example families() {
    String routine =
        "def solve():\n  factor the valve matrix " + "with rows and columns ".repeat(20);
    return new Example(
        "factor the valve matrix",
        "src/other.py",
        "src/s/solve.py",
        Map.of(
            "src/s/solve.py", routine + "single",
            "src/d/solve.py", routine + "double",
            "src/other.py",
                "def other():\n  factor the valve matrix "
                    + "of other words and uses ".repeat(24)));
  }

  private static Example imports() {
    var files = new TreeMap<String, String>();
    files.put("src/main.py", "import store.engine\nvalve valve valve");
    for (int i = 0; i < 12; i++) {
      files.put("src/filler" + i + ".py", "valve of a kind " + i);
    }
    files.put("store/engine.py", "a valve " + "and other words ".repeat(20));
    files.put("store/ending.py", "a valve " + "and other words ".repeat(19));
    return new Example("valve", "store/engine.py", "store/ending.py", files);
  }

  @ParameterizedTest
  @EnumSource
  void changesTheOrder(Signal signal) {
    Example example = example(signal);
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      new TreeMap<>(example.files)
          .forEach((name, text) -> index.put(LineChunks.item(new DocumentId(name), text, LINES)));
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        boolean chunks = OF_CHUNKS.contains(signal);
        assertThat(ahead(example, snapshot, Set.of(), chunks))
            .as("with it")
            .isEqualTo(example.wanted);
        assertThat(ahead(example, snapshot, Set.of(signal), chunks))
            .as("without it")
            .isEqualTo(example.other);
      }
    }
  }

  private static String ahead(
      Example example, Snapshot snapshot, Set<Signal> without, boolean chunks) {
    Ranking ranking = new Ranker(without).rank(new Question(example.question), snapshot, 100);
    Stream<DocumentId> order =
        chunks
            ? ranking.chunks().stream().map(ranked -> ranked.chunk().document())
            : ranking.documents().stream().map(Ranking.RankedDocument::document);
    return order
        .map(DocumentId::value)
        .filter(Set.of(example.wanted, example.other)::contains)
        .findFirst()
        .orElse("");
  }
}
