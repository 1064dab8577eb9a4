package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.pack.format.WindowFormat;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignaturesTest {
  private static final PieceCounter COUNTER = new PieceCounter(true);

  private static List<String> signatures(TestCorpus corpus) {
    var table = new ChunkTable(corpus.outlines());
    var texts = new ChunkTexts(table, corpus::read);
    var last = new BitSet();
    last.set(table.chunks() - 1);
    texts.load(last);
    return new Signatures(table, new TokenCosts(table, WindowFormat.XML, COUNTER), texts)
        .of(table.chunks() - 1).stream()
            .map(span -> span.locator().display() + " " + span.text())
            .toList();
  }

  private static List<String> signatures(List<String> names, String text) {
    return signatures(new TestCorpus(COUNTER).add("a", "one\ntwo").add("a", "", names, text));
  }

  @Test
  void findsDefinitionsAndNotWhatCallsOrDescribesThem() {
    String python =
        """
        # close() comes last
        x = file.close()
        @close.setter
        def close(self):
            \"""Closes. open (a file) first.
            \"""
            pass

        class Opened(File):
            def open(
                self, path):\
        """;

    assertThat(signatures(List.of("close", "Opened", "open"), python))
        .containsExactly("6-6 def close(self):", "11-12 class Opened(File):\n    def open(");
  }

  @Test
  void findsWhatBraceLanguagesDefine() {
    String java =
        """
        /// Runs like run (the other).
        public static void run() {
          halt.stop();
        }

        int stop(int a) { return runs; }
        record Stops implements Halt {}
        static final int RUNS = 3;\
        """;

    assertThat(signatures(List.of("run", "stop", "Stops", "RUNS"), java))
        .containsExactly(
            "4-4 public static void run() {",
            "8-10 int stop(int a) { return runs; }\nrecord Stops implements Halt {}\n"
                + "static final int RUNS = 3;");
  }

  @Test
  void showsNothingOfNamesThatItDoesNotFind() {
    assertThat(signatures(List.of("absent", "here"), "int there = 1;\nint here = 2;"))
        .containsExactly("4-4 int here = 2;");
  }

  @Test
  void showsNothingOfPages() {
    var corpus =
        new TestCorpus(COUNTER)
            .add(new DocumentId("a.pdf"), new Locator.Page(1), "", List.of("run"), "void run() {");

    assertThat(signatures(corpus)).isEmpty();
  }
}
