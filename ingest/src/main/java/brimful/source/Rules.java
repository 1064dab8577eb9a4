package brimful.source;

import static java.util.stream.Collectors.joining;

import brimful.corpus.PathKind;
import brimful.corpus.UserError;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The active skip rules; all of them, unless some are switched off.
///
/// @param on the rules that hold
public record Rules(Set<Rule> on) {
  /// Folders that are vendored only if they contain one of these files: real code has such names
  /// too.
  private static final Map<String, List<String>> EVIDENCE =
      Map.of(
          "vendor", List.of("modules.txt", "autoload.php"),
          "venv", List.of("pyvenv.cfg"),
          "env", List.of("pyvenv.cfg"),
          "Pods", List.of("Manifest.lock"));

  public Rules {
    on = Set.copyOf(on);
  }

  /// Returns all rules.
  public static Rules standard() {
    return new Rules(EnumSet.allOf(Rule.class));
  }

  /// Returns these rules without one.
  ///
  /// @param title the rule's name
  public Rules without(String title) {
    Rule off =
        Arrays.stream(Rule.values())
            .filter(rule -> rule.title().equals(title))
            .findFirst()
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.USAGE,
                    "unknown rule \"%s\": name one of %s".formatted(title, titles())));
    return without(Set.of(off));
  }

  /// Returns these rules without some.
  public Rules without(Set<Rule> off) {
    Set<Rule> rest = EnumSet.noneOf(Rule.class);
    rest.addAll(on);
    rest.removeAll(off);
    return new Rules(rest);
  }

  /// Returns these rules and some more.
  public Rules with(Set<Rule> more) {
    Set<Rule> all = EnumSet.copyOf(more);
    all.addAll(on);
    return new Rules(all);
  }

  /// Returns whether images and scanned pages are looked at: by OCR, or by a model that sees.
  public boolean readsPictures() {
    return !on.contains(Rule.IMAGES) || !on.contains(Rule.PICTURES);
  }

  /// Returns whether a file is named like an image that can be decoded.
  public static boolean isPicture(String name) {
    return Rule.arePictures(Rule.endings(name.toLowerCase(Locale.ROOT)));
  }

  /// Returns whether a file is named like an image that these rules would have read as one.
  ///
  /// @param name its path, or the last part of it
  public boolean isNamedAsPicture(String name) {
    return on.contains(Rule.MEDIA) && isPicture(name);
  }

  public boolean has(Rule rule) {
    return on.contains(rule);
  }

  /// Returns the rule that skips a file of this name, if one does and the content agrees.
  ///
  /// @param name the last part of its path
  public Optional<Rule> file(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> endings = Rule.endings(lower);
    boolean read =
        (readsPictures() && Rule.arePictures(endings))
            || (!on.contains(Rule.RECORDINGS) && PathKind.isRecording(lower));
    return first(rule -> rule.fitsFile(lower, endings) && !(read && rule == Rule.MEDIA));
  }

  /// Returns the rule that skips a file, if one does: by its name, unless text files have such
  /// names too and this is text.
  ///
  /// @param name the last part of its path
  /// @param head read only if the name does not decide
  public Optional<Rule> file(String name, FileHead.Opened head) {
    Optional<Rule> rule = file(name);
    boolean kept =
        rule.isPresent()
            && rule.get().deceives(name.toLowerCase(Locale.ROOT))
            && FileHead.isText(head);
    return kept ? Optional.empty() : rule;
  }

  /// Returns the rule that skips a file, like [#file(String, FileHead.Opened)].
  Optional<Rule> file(String name, Path file) {
    return file(name, () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
  }

  /// Returns the rule that skips a folder of this name, if one does.
  ///
  /// @param holds tells whether a file of the given name lies right in the folder
  public Optional<Rule> folder(String name, Predicate<String> holds) {
    boolean vendored = EVIDENCE.getOrDefault(name, List.of()).stream().anyMatch(holds);
    return first(rule -> rule.fitsFolder(name) || (vendored && rule == Rule.VENDORED));
  }

  /// Returns one line a rule, for people.
  public static String describe() {
    return Arrays.stream(Rule.values()).map(Rule::describe).collect(joining("\n"));
  }

  private Optional<Rule> first(Predicate<Rule> fits) {
    for (Rule rule : Rule.values()) {
      if (on.contains(rule) && fits.test(rule)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private static String titles() {
    return Arrays.stream(Rule.values()).map(Rule::title).collect(joining(", "));
  }
}
