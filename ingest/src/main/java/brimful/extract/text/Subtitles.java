package brimful.extract.text;

import brimful.corpus.Locator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads subtitles in the formats SubRip, WebVTT and SBV as what is said: a line for each cue, with
/// its time as its place, and the speaker before it where the file names one.
///
/// Numbers, styles and notes are left out. Captions that scroll repeat each line in the next cue;
/// it is shown once.
final class Subtitles {
  /// SubRip's and WebVTT's line may lack the fractions; SBV's then looks like a list of times.
  private static final Pattern TIMES =
      Pattern.compile(
          "\\s*((?:\\d{1,3}:)?\\d{1,2}:\\d{1,2}(?:[.,]\\d{1,9})?)\\s*(?:-{1,3}|[–—])>\\s*"
              + "((?:\\d{1,3}:)?\\d{1,2}:\\d{1,2}(?:[.,]\\d{1,9})?)(?:\\s.*)?"
              + "|\\s*((?:\\d{1,3}:)?\\d{1,2}:\\d{1,2}\\.\\d{1,9})\\s*,\\s*"
              + "((?:\\d{1,3}:)?\\d{1,2}:\\d{1,2}\\.\\d{1,9})\\s*");

  /// The number of a cue.
  private static final Pattern NUMBER = Pattern.compile("\\s*\\d{1,9}\\s*");

  private static final Pattern VOICE = Pattern.compile("<v(?:\\.[^\\s<>]*+)?\\s++([^<>]*+)>");
  private static final Pattern TAG =
      Pattern.compile("</?[a-zA-Z][^<>]*>|<[\\d:.]+>|\\{\\\\[^{}]*+\\}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String SCROLLS = "<c>";

  /// @param run the number of the run in which it is
  private record Cue(String text, Locator.Time time, int run) {}

  private static final Comparator<Cue> IN_ORDER =
      Comparator.comparing(Cue::run).thenComparing(cue -> cue.time.first());

  private final List<Cue> cues = new ArrayList<>();

  /// Cues whose numbers rise are a run; a second language begins with 1 again.
  private int run;

  /// Returns what is said as one part; none if there is no cue.
  static List<ReadablePart> parts(String text) {
    var subtitles = new Subtitles();
    subtitles.read(text.split("\n", -1), text.contains(SCROLLS));
    return subtitles.part();
  }

  private void read(String[] all, boolean scrolls) {
    String before = "";
    long number = 0;
    int i = 0;
    while (i < all.length) {
      Matcher times = TIMES.matcher(all[i++]);
      if (!times.matches()) {
        continue;
      }
      long own =
          i > 1 && NUMBER.matcher(all[i - 2]).matches() ? Long.parseLong(all[i - 2].strip()) : 0;
      run += own > number ? 0 : 1;
      number = own;
      var cue = new ArrayList<String>();
      while (i < all.length && !all[i].isBlank() && !startsCue(all, i)) {
        String line = clean(all[i++]);
        if (!line.isEmpty() && !(scrolls && line.equals(before))) {
          cue.add(line);
          before = line;
        }
      }
      int group = times.group(1) == null ? 3 : 1;
      add(String.join(" ", cue), seconds(times.group(group)), seconds(times.group(group + 1)));
    }
  }

  /// Tells whether a cue begins here, with or without a number. Some files have no blank line
  /// between cues.
  private static boolean startsCue(String[] all, int i) {
    return TIMES.matcher(all[i]).matches()
        || (i + 1 < all.length
            && NUMBER.matcher(all[i]).matches()
            && TIMES.matcher(all[i + 1]).matches());
  }

  /// Adds a cue, unless it is blank.
  void add(String cue, int first, int last) {
    if (!cue.isBlank()) {
      cues.add(new Cue(cue, new Locator.Time(first, Math.max(first, last)), run));
    }
  }

  List<ReadablePart> part() {
    if (cues.isEmpty()) {
      return List.of();
    }
    // Editors write them in the order of styles, or add some at the end.
    cues.sort(IN_ORDER);
    List<Locator> places = cues.stream().map(cue -> (Locator) cue.time).toList();
    String text = cues.stream().map(Cue::text).collect(Collectors.joining("\n"));
    Cue first = Collections.min(cues, Comparator.comparing(cue -> cue.time.first()));
    Cue last = Collections.max(cues, Comparator.comparing(cue -> cue.time.last()));
    return List.of(new ReadablePart(first.time.to(last.time), text, "", places));
  }

  private static String clean(String line) {
    String voiced = VOICE.matcher(line).replaceAll("$1: ");
    String text =
        TAG.matcher(voiced)
            .replaceAll("")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&nbsp;", " ")
            .replace("&lrm;", "")
            .replace("&rlm;", "")
            .replace("&amp;", "&");
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }

  /// Returns the whole seconds of `01:02:03.400`, `02:03,4` or `1:02:03.45`.
  static int seconds(String time) {
    int seconds = 0;
    for (String part : time.split("[.,]", 2)[0].split(":", -1)) {
      seconds = seconds * 60 + Integer.parseInt(part);
    }
    return seconds;
  }
}
