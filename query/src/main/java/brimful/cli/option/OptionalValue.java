package brimful.cli.option;

import brimful.source.Sources;
import java.util.ArrayList;
import java.util.List;

/// An option whose value may be left out, in front of paths and a question: `--diff . "why?"`, and
/// `--diff main . "why?"`.
final class OptionalValue {
  private OptionalValue() {}

  /// Returns the words with the option's value behind a `=`, where it may be empty.
  ///
  /// The next word is its value unless that is an option, a question, or a file or address.
  static List<String> joined(String option, List<String> words) {
    String name = "--" + option;
    var joined = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--")) {
        joined.addAll(words.subList(i, words.size()));
        break;
      }
      if (!words.get(i).equals(name)) {
        joined.add(words.get(i));
      } else if (i + 1 < words.size() && isValue(words.get(i + 1))) {
        joined.add(name + "=" + words.get(++i));
      } else {
        joined.add(name + "=");
      }
    }
    return joined;
  }

  private static boolean isValue(String word) {
    return !word.isBlank()
        && !word.startsWith("-")
        && !Shortcut.isQuestion(word)
        && Sources.local(word).isEmpty()
        && !Sources.isAddress(word);
  }
}
