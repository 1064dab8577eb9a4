package brimful.cli;

import brimful.cli.lead.Leads;
import brimful.cli.option.Arguments;
import brimful.cli.option.FileList;
import brimful.cli.option.IndexOption;
import brimful.cli.option.LimitOption;
import brimful.cli.option.OcrOption;
import brimful.cli.option.OrganizationOptions;
import brimful.cli.option.OutputFiles;
import brimful.cli.option.PackOptions;
import brimful.cli.option.ProjectUse;
import brimful.cli.option.RepositoryName;
import brimful.cli.option.ScopeOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.TerminalListener;
import brimful.collection.Corpus;
import brimful.collection.Home;
import brimful.collection.KafkaCorpus;
import brimful.collection.Locations;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.collection.scope.DocumentList;
import brimful.collection.scope.JoinedCorpus;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The corpus that a command line names.
final class CorpusArgument {
  /// The options that name files which the run writes, or is told by.
  private static final List<String> FILE_OPTIONS =
      List.of(
          "output",
          "receipt",
          "questions",
          "schema",
          "json",
          "baseline",
          "kafka-config",
          "instructions");

  private CorpusArgument() {}

  /// Returns what the command line names: paths, or `--collection`.
  ///
  /// @param words the paths on it
  static Corpus of(Arguments arguments, List<String> words, Terminal terminal) {
    var name = arguments.value("collection");
    if (name.isEmpty()) {
      if (IndexOption.isGiven(arguments)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--index is where collections are: add --collection NAME, or leave it out");
      }
      return words.equals(List.of("-"))
          ? standardInput(arguments, terminal)
          : paths(arguments, words, terminal);
    }
    if (!words.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--collection %s and %s: name either a collection or paths"
              .formatted(name.get(), String.join(" ", words)));
    }
    return collection(arguments, name.get(), terminal);
  }

  private static Corpus collection(Arguments arguments, String name, Terminal terminal) {
    var listener = new TerminalListener(terminal);
    Home home = Home.of(terminal.environment());
    return IndexOption.of(arguments, terminal)
        .<Corpus>map(address -> new KafkaCorpus.Shared(address, home, name, listener))
        .orElseGet(() -> new KafkaCorpus(home, name, listener));
  }

  /// Returns the files that standard input lists, or itself as a document.
  private static Corpus standardInput(Arguments arguments, Terminal terminal) {
    FileList list = FileList.read(terminal.typed("a document or a list of files"));
    if (list.ids().isEmpty()) {
      if (!list.note().isEmpty()) {
        terminal.note(list.note());
      }
      return paths(
          arguments,
          List.of("-"),
          new Terminal(list.input(), terminal.out(), terminal.err(), terminal.environment()));
    }
    Set<String> ids = list.ids().get();
    terminal.note("standard input lists %s".formatted(Counted.of(ids.size(), "file")));
    return new DocumentList(ids, terminal::note).of(paths(arguments, List.of("."), terminal));
  }

  /// Returns the part of a corpus that `--scope`, `--include` and `--exclude` leave, and of the
  /// files that standard input lists.
  static Corpus scoped(Arguments arguments, Corpus corpus) {
    return ScopeOptions.applied(arguments, corpus, isSingle(arguments, corpus));
  }

  /// Returns that part, and the collections of the project if the command line wants them.
  ///
  /// A project's file is as foreign as the project, so collections are read only when a person says
  /// so.
  static Corpus scoped(Arguments arguments, Corpus corpus, Terminal terminal) {
    Corpus scoped = scoped(arguments, corpus);
    List<String> names = ProjectUse.collections(arguments);
    boolean wanted = arguments.has(ProjectUse.WITH_COLLECTIONS);
    if (!wanted || names.isEmpty()) {
      if (wanted || !names.isEmpty()) {
        terminal.note(ProjectUse.unreadCollections(arguments));
      }
      return scoped;
    }
    if (!(corpus instanceof PathCorpus paths) || !paths.locations().isSingle()) {
      throw new UserError(
          UserError.Kind.USAGE, "--with-collections needs one PATH: name the project alone");
    }
    SequencedMap<String, Corpus> parts = new LinkedHashMap<>();
    parts.put(paths.locations().title(), scoped);
    for (String name : names) {
      String free = parts.containsKey(name) ? name + "-collection" : name;
      parts.put(free, collection(arguments, name, terminal));
    }
    return new JoinedCorpus(parts);
  }

  /// Returns what a receipt says of the settings that a command line is run with. A file that sets
  /// nothing has no part in the window.
  static List<String> notes(Arguments arguments) {
    return arguments.project().flatMap(use -> use.note(arguments)).stream().toList();
  }

  private static boolean isSingle(Arguments arguments, Corpus corpus) {
    return !arguments.has("collection")
        && (!(corpus instanceof PathCorpus paths) || paths.locations().isSingle());
  }

  /// Returns what the command line puts in front of a window about a corpus.
  ///
  /// @param scoped the part of the corpus that the window is about
  static Optional<Leads> leads(
      Arguments arguments, Corpus corpus, Corpus scoped, Terminal terminal) {
    Optional<Locations> locations =
        arguments.has("collection")
            ? Optional.empty()
            : Optional.of(
                corpus instanceof PathCorpus paths
                    ? paths.locations()
                    : new Locations(List.of(".")));
    var part =
        new Leads.Part(
            scoped, locations, ScopeOptions.test(arguments, isSingle(arguments, corpus)));
    return Leads.of(arguments, part, terminal);
  }

  /// Returns the paths of the command line as a corpus, without the files that this run writes.
  static PathCorpus paths(Arguments arguments, List<String> words, Terminal terminal) {
    var written = new HashSet<Path>();
    for (String option : FILE_OPTIONS) {
      arguments.path(option).filter(path -> !path.toString().equals("-")).ifPresent(written::add);
    }
    List<String> locations =
        words.stream()
            .map(word -> OrganizationOptions.location(arguments, arguments.expanded(word)))
            .map(word -> address(word, terminal))
            .toList();
    OutputFiles.of(arguments)
        .requireApart(locations, PackOptions.rules(arguments), terminal.environment());
    return new PathCorpus(
        new Locations(locations),
        LimitOption.applied(
            arguments,
            SourceReader.of(
                OcrOption.environment(arguments, terminal), PackOptions.rules(arguments), written)),
        terminal.in(),
        new TerminalListener(terminal));
  }

  private static String address(String location, Terminal terminal) {
    String address = RepositoryName.address(location);
    if (!address.equals(location)) {
      terminal.note("%s is not here: reading %s".formatted(location, address));
    }
    return address;
  }
}
