package brimful.exhaustive;

import brimful.batch.WindowUnits;
import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Findings with the chunks that they stand in, for one call.
///
/// @param findings in canonical order
record Evidence(List<FoundQuote> findings) {
  /// A question has at most 200,000 characters, and its own words need some of them.
  private static final int LINE_CHARS_MAX = 120_000;

  /// What a line of the question costs beside its own tokens.
  private static final int LINE_TOKENS = 4;

  Evidence {
    findings = List.copyOf(findings);
  }

  /// Returns findings in canonical order, each once.
  static List<FoundQuote> sorted(List<FoundQuote> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing(FoundQuote::document)
                .thenComparing(finding -> finding.chunks().getFirst().ordinal())
                .thenComparing(FoundQuote::quote)
                .thenComparing(FoundQuote::answer))
        .distinct()
        .toList();
  }

  /// Divides findings, in their order, so that each part fits into a call.
  ///
  /// @param corpus all documents, in canonical order
  /// @param roomTokens for the chunks, and for the lines of the findings
  static List<Evidence> parts(
      List<FoundQuote> findings, List<Outline> corpus, TokenCounter counter, int roomTokens) {
    Map<DocumentId, Outline> outlines = new HashMap<>();
    corpus.forEach(outline -> outlines.put(outline.document(), outline));
    var parts = new ArrayList<Evidence>();
    var part = new ArrayList<FoundQuote>();
    Set<Object> paid = new HashSet<>();
    long tokens = 0;
    long chars = 0;
    for (FoundQuote finding : findings) {
      Outline document = outlines.get(finding.document());
      if (document == null) {
        throw new IllegalArgumentException(
            "a finding of %s, which is not in the corpus".formatted(finding.document()));
      }
      String line = finding.line();
      long cost = (long) counter.count(line) + LINE_TOKENS;
      long most = cost + WindowUnits.frameTokens(counter, document);
      for (ChunkRef chunk : finding.chunks()) {
        most += chunk.tokens();
      }
      if (!part.isEmpty()
          && (tokens + most > roomTokens || chars + line.length() > LINE_CHARS_MAX)) {
        parts.add(new Evidence(part));
        part.clear();
        paid.clear();
        tokens = 0;
        chars = 0;
      }
      part.add(finding);
      chars += line.length();
      tokens += cost;
      if (paid.add(finding.document())) {
        tokens += WindowUnits.frameTokens(counter, document);
      }
      for (ChunkRef chunk : finding.chunks()) {
        tokens += paid.add(chunk) ? chunk.tokens() : 0;
      }
    }
    if (!part.isEmpty()) {
      parts.add(new Evidence(part));
    }
    return parts;
  }

  /// Returns the documents of the findings with the chunks that they stand in, in canonical order.
  List<Outline> outlines(List<Outline> corpus) {
    Map<DocumentId, Map<Integer, ChunkRef>> chunks = new HashMap<>();
    for (FoundQuote finding : findings) {
      Map<Integer, ChunkRef> own = chunks.computeIfAbsent(finding.document(), _ -> new TreeMap<>());
      finding.chunks().forEach(chunk -> own.put(chunk.ordinal(), chunk));
    }
    return corpus.stream()
        .filter(outline -> chunks.containsKey(outline.document()))
        .map(outline ->
            new Outline(
                outline.document(),
                outline.title(),
                List.copyOf(chunks.getOrDefault(outline.document(), Map.of()).values())))
        .toList();
  }
}
