package brimful.cli.lead;

import brimful.cli.option.Arguments;
import brimful.cli.option.OcrOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.collection.Corpus;
import brimful.collection.Locations;
import brimful.collection.OpenCorpus;
import brimful.collection.SourceReader;
import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.pack.Layout;
import brimful.pack.Window;
import brimful.source.NamedLocation;
import brimful.source.RepositoryView;
import brimful.source.Sources;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What a command line puts in front of a window, and how its corpus is shown.
///
/// The diff has at most half of the budget, the log and the tree a tenth each. Files that rules or
/// patterns leave out of the corpus are left out of the diff, too.
public final class Leads {
  private static final String TREE = "tree";

  private static final double DIFF_SHARE = 0.5;
  private static final double SMALL_SHARE = 0.1;

  private final Arguments arguments;
  private final Part part;
  private final SourceReader reader;
  private final List<String> notes = new ArrayList<>();
  private List<Layout.Lead> leads = List.of();

  /// What a window is about.
  ///
  /// @param locations of the corpus; empty for a collection
  /// @param scope tells the ids that belong to it
  public record Part(Corpus corpus, Optional<Locations> locations, Predicate<DocumentId> scope) {}

  private Leads(Arguments arguments, Part part, SourceReader reader) {
    this.arguments = arguments;
    this.part = part;
    this.reader = reader;
  }

  /// Returns what the command line asks for; empty if nothing.
  public static Optional<Leads> of(Arguments arguments, Part part, Terminal terminal) {
    boolean proposal =
        part.locations().stream()
            .flatMap(locations -> locations.given().stream())
            .anyMatch(Sources::isProposal);
    if (!LeadOptions.areGiven(arguments, proposal)) {
      return Optional.empty();
    }
    SourceReader reader =
        SourceReader.of(
            OcrOption.environment(arguments, terminal), PackOptions.rules(arguments), Set.of());
    var leads = new Leads(arguments, part, reader);
    leads.requireRepositories();
    return Optional.of(leads);
  }

  /// Checks before the corpus is read that places of this machine have a history.
  private void requireRepositories() {
    if (!arguments.has(Arguments.DIFF) && !arguments.has(LeadOptions.LOG)) {
      return;
    }
    for (String location : part.locations().map(Locations::given).orElse(List.of())) {
      if (Sources.local(location).isPresent() && !Sources.isAddress(location)) {
        reader.sources().repository(location).close();
      }
    }
  }

  /// Returns the layout of a window; reads the corpus and its repositories.
  public Layout layout(String tokenizer, int budgetTokens) {
    notes.clear();
    Layout.Composed layout =
        part.corpus().useTexts(tokenizer, open -> layout(open, tokenizer, budgetTokens));
    leads = layout.leads();
    return layout;
  }

  private Layout.Composed layout(OpenCorpus open, String tokenizer, int budgetTokens) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    int small = (int) (SMALL_SHARE * budgetTokens);
    var all = new ArrayList<Layout.Lead>();
    if (arguments.has(LeadOptions.TREE)) {
      all.add(tree(open, counter, small));
    }
    var history = new HistoryTexts(open.ingested().outcomes(), part.scope(), reader.rules());
    part.locations().ifPresent(locations -> add(history, locations));
    notes.addAll(history.notes());
    all.add(lead("diff", "hunk", history.diffs(), counter, (int) (DIFF_SHARE * budgetTokens)));
    all.add(lead("log", "commit", history.logs(), counter, small));
    return new Layout.Composed(
        all.stream().filter(lead -> !lead.documents().isEmpty()).toList(),
        history.around(),
        arguments.has(LeadOptions.COMPRESS));
  }

  private static Layout.Lead lead(
      String name, String unit, List<LeadText> texts, TokenCounter counter, int tokensMax) {
    return new Layout.Lead(
        name, unit, texts.stream().map(text -> text.counted(counter)).toList(), tokensMax);
  }

  private void add(HistoryTexts history, Locations locations) {
    for (NamedLocation named : locations.named()) {
      boolean diff = arguments.has(Arguments.DIFF) || Sources.isProposal(named.location());
      if (!diff && !arguments.has(LeadOptions.LOG)) {
        continue;
      }
      try (RepositoryView view = reader.sources().repository(named.location())) {
        if (diff) {
          history.addDiff(
              view, arguments.value(Arguments.DIFF).filter(ref -> !ref.isEmpty()), named.prefix());
        }
        String about = locations.isSingle() ? "" : named.name();
        arguments.number(LeadOptions.LOG).ifPresent(most -> history.addLog(view, most, about));
      }
    }
  }

  private Layout.Lead tree(OpenCorpus open, TokenCounter counter, int tokensMax) {
    // The tags around it cost something, too.
    FileTree.Cut cut =
        new FileTree(open.snapshot().outlines()).within(counter, Math.max(1, tokensMax - 64));
    if (!cut.whole()) {
      notes.add("tree: %s, as it has a tenth of the budget".formatted(cut.display()));
    }
    var id = new DocumentId(FreeName.of("file-tree", open.ingested().outcomes().keySet()));
    var text = new LeadText(id, "files and folders, each with its tokens", List.of(cut.text()));
    return lead(TREE, "part", List.of(text), counter, tokensMax);
  }

  /// Returns what a window holds of the leads, a line each, and what is missing.
  public List<String> notes(Window window) {
    var lines = new ArrayList<String>();
    for (Layout.Lead lead : leads) {
      Set<DocumentId> ids = new HashSet<>();
      lead.documents().forEach(document -> ids.add(document.id()));
      List<Window.Placed> shown =
          window.placed().stream().filter(placed -> ids.contains(placed.document())).toList();
      long tokens = shown.stream().mapToLong(Window.Placed::tokens).sum();
      long of = lead.documents().stream().mapToLong(document -> document.chunks().size()).sum();
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %s%,d tokens%s",
              lead.name(),
              lead.name().equals(TREE) && !shown.isEmpty()
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      "%,d of %s in %s, ",
                      shown.size(),
                      Counted.of(of, lead.unit()),
                      Counted.of(ids.size(), "document")),
              tokens,
              shown.size() == of
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      "; the rest is over its share of %,d tokens",
                      lead.tokensMax())));
    }
    lines.addAll(notes);
    return lines;
  }
}
