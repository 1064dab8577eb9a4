package brimful.cli.lead;

import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.source.RepositoryView;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.source.history.Changes;
import brimful.source.history.CommitLog;
import brimful.source.history.FileDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Diffs and logs of the repositories of a command line, as texts in front of a window.
final class HistoryTexts {
  private static final String DIFF = "git-diff";
  private static final String LOG = "git-log";

  private final Map<DocumentId, Outcome> outcomes;
  private final Predicate<DocumentId> scope;
  private final Rules rules;
  private final ChangeTexts texts;
  private final SequencedMap<DocumentId, LeadText> diffs = new LinkedHashMap<>();
  private final List<LeadText> logs = new ArrayList<>();
  private final Map<DocumentId, List<Locator.Lines>> around = new LinkedHashMap<>();
  private final List<DocumentId> hidden = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /// @param outcomes of the corpus: files that it skips are not shown in a diff either
  /// @param scope what a deleted file must belong to
  HistoryTexts(Map<DocumentId, Outcome> outcomes, Predicate<DocumentId> scope, Rules rules) {
    this.outcomes = outcomes;
    this.scope = scope;
    this.rules = rules;
    texts = new ChangeTexts(rules.has(Rule.SECRETS));
  }

  /// Adds the changes of a repository.
  ///
  /// @param prefix what the ids of its location begin with
  void addDiff(RepositoryView view, Optional<String> ref, String prefix) {
    Changes changes = Changes.since(view, ref);
    List<FileDiff> files = changes.files();
    if (files.isEmpty()) {
      notes.add(
          "diff: no tracked file of %s differs from %s".formatted(view.location(), changes.base()));
    }
    String name = FreeName.of(DIFF, outcomes.keySet());
    for (FileDiff file : files) {
      DocumentId id = DocumentId.of(prefix + file.path());
      if (isShown(id, file.deleted())) {
        var text =
            new LeadText(
                new DocumentId(name + "/" + id.value()),
                "changes since " + changes.base(),
                texts.pieces(id, file));
        diffs.merge(text.id(), text, LeadText::and);
        around.put(id, lines(file));
      } else {
        hidden.add(id);
      }
    }
  }

  /// Adds the last commits of a repository.
  ///
  /// @param about the name of its location; empty if there is one
  void addLog(RepositoryView view, int most, String about) {
    String name = FreeName.of(LOG, outcomes.keySet());
    var id = about.isEmpty() ? new DocumentId(name) : DocumentId.of(about + "/" + LOG).in(name);
    List<String> commits =
        new CommitLog(view).last(most).stream().map(text -> texts.masked(id, text)).toList();
    logs.add(new LeadText(id, "the last " + Counted.of(commits.size(), "commit"), commits));
  }

  private static List<Locator.Lines> lines(FileDiff file) {
    return file.hunks().stream()
        .map(hunk -> {
          int first = Math.max(1, hunk.first());
          return new Locator.Lines(first, Math.max(first, hunk.last()));
        })
        .toList();
  }

  private boolean isShown(DocumentId id, boolean deleted) {
    Outcome outcome = outcomes.get(id);
    if (outcome != null || !deleted) {
      return outcome != null && !(outcome instanceof Outcome.Skipped);
    }
    String path = id.value();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String folder = path.substring(0, slash);
      if (outcomes.get(new DocumentId(folder)) instanceof Outcome.Skipped
          || rules.folder(folder.substring(folder.lastIndexOf('/') + 1), _ -> false).isPresent()) {
        return false;
      }
    }
    return scope.test(id) && rules.file(path.substring(path.lastIndexOf('/') + 1)).isEmpty();
  }

  List<LeadText> diffs() {
    return List.copyOf(diffs.values());
  }

  List<LeadText> logs() {
    return logs;
  }

  /// Returns the lines that have changed, by document.
  Map<DocumentId, List<Locator.Lines>> around() {
    return around;
  }

  /// Returns what a person should know beside the sizes.
  List<String> notes() {
    Stream<String> left =
        hidden.isEmpty()
            ? Stream.of()
            : Stream.of(
                "diff: %s not shown, such as %s: rules or patterns leave them out of the corpus"
                    .formatted(Counted.of(hidden.size(), "changed file"), hidden.getFirst()));
    long secrets = texts.secrets().count();
    Stream<String> masked =
        secrets == 0
            ? Stream.of()
            : Stream.of("diff and log: " + Counted.of(secrets, "secret") + " masked");
    return Stream.of(notes.stream(), left, masked).flatMap(it -> it).toList();
  }
}
