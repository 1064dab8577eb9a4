package brimful.extract.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a chat that WhatsApp exported, on Android (`01/05/2024, 10:00 - Ann: hi`) or iOS
/// (`[01.05.24, 10:00:12] Ann: hi`), in the form of any country. Brackets always have seconds:
/// other transcripts have none, and are read as they stand.
///
/// Whether day or month comes first is decided over the whole file: by numbers above 12, else by
/// the order in which dates do not run backwards, else by how the time is written.
final class WhatsAppLines {
  private static final String MARKS = "[\\u200e\\u200f\\u202a-\\u202e\\ufeff]*+";
  private static final String BLANK = "[ \\u00a0\\u202f]";

  private static final String AFTERNOON = "(?:[pP]\\.?" + BLANK + "?[mM]\\.?|下午|晚上|中午|오후|午後|م|ÖS)";

  /// `AM`, `p. m.` and the like.
  private static final String HALF =
      "(?:[aA]\\.?" + BLANK + "?[mM]\\.?|上午|凌晨|早上|오전|午前|ص|ÖÖ|" + AFTERNOON + ")";

  /// What stands between day and time, as in `13/05/2024 à 09:00`.
  private static final String AT = "(?:(?:à|às|a las|alle|um|at|om|kl\\.)" + BLANK + "{1,2})?";

  /// Korean writes the units of a date, and KakaoTalk has a comma behind its time.
  private static final String COMMA = "(?<=(?:오전|오후)" + BLANK + "?\\p{Nd}{1,2}:\\p{Nd}{2}),";

  private static final String HEAD =
      MARKS
          + "(?:\\[(?=[^\\]\\n]{0,30}[:.]\\p{Nd}{2}[:.]\\p{Nd}{2}))?"
          + number("a", "1,4")
          + "(?:(?<separator>[./-])|년)"
          + BLANK
          + "?"
          + number("b", "1,2")
          + "(?:\\k<separator>|월)"
          + BLANK
          + "?"
          + number("c", "1,4")
          + "[.일]?[,،]?"
          + BLANK
          + "{1,2}"
          + AT
          + "(?:(?<before>"
          + HALF
          + ")"
          + BLANK
          + "?)?(?<hour>\\p{Nd}{1,2})[:.](?<minute>\\p{Nd}{2})(?:[:.]\\p{Nd}{2})?(?:"
          + BLANK
          + "?(?<after>"
          + HALF
          + "))?"
          + MARKS
          + "(?:\\]"
          + BLANK
          + "|"
          + BLANK
          + "[-–]"
          + BLANK
          + "|"
          + COMMA
          + BLANK
          + ")";

  /// Scripts from right to left have marks around the parts of a date.
  private static String number(String name, String digits) {
    return MARKS + "(?<" + name + ">\\p{Nd}{" + digits + "})" + MARKS;
  }

  /// Matches the start of such a file: a message in its first lines, and somebody who speaks.
  static final String START =
      "(?s)(?:[^\\n]{0,300}\\n){0,3}"
          + HEAD.replaceAll("\\?<(?!separator)\\w+>", "?:")
          + MARKS
          + "(?:[^\\n]*\\n){0,9}[^\\n]*: .*";

  private static final Pattern LINE = Pattern.compile(HEAD + "(?<said>.*)", Pattern.DOTALL);

  /// What WhatsApp puts before its own words in a message, such as those for a picture.
  private static final String OWN_MARK = "\u200e";

  /// How WhatsApp itself speaks: of encryption, of who joined.
  private static final String ITSELF = "WhatsApp";

  private static final Pattern SPEAKER =
      Pattern.compile(
          MARKS + "(?<name>[^:\\n]{1,80}?):(?:" + BLANK + "(?<text>.*)|)", Pattern.DOTALL);

  /// What logs of programs have in the place of a name: a level, alone, in brackets or behind a
  /// channel (`local.ERROR`), a part of a program with its process (`sshd[812]`), a path, an
  /// assignment, a request.
  private static final Pattern LOGGED =
      Pattern.compile(
          MARKS
              + "(?:(?i:[\\[(<]?(?:[\\w-]+\\.)?(?:trace|debug|info|notice|warn|warning|error|fatal|critical|alert|emergency)\\b).*"
              + "|[^: ]*[/=\\[\\]{}\"|\\\\][^:]*:.*|(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) .*)",
          Pattern.DOTALL);

  /// A name as programs have it. People have such names too, so it counts only where the date
  /// begins with the year, as most logs write it and few countries, or where the time stands in
  /// brackets, all names are such, and none of the marks is there that WhatsApp puts before what it
  /// says itself.
  private static final Pattern IDENTIFIER =
      Pattern.compile("[a-z0-9_.$-]+(?:[A-Z][A-Za-z0-9_.$-]*)?:.*", Pattern.DOTALL);

  /// A line with a date, and the lines up to the next one.
  private record Entry(
      int a,
      int b,
      int c,
      boolean bracketed,
      boolean yearFirst,
      String separator,
      String half,
      int hour,
      int minute,
      StringBuilder said) {}

  private WhatsAppLines() {}

  static void read(BufferedReader in, BooleanSupplier full, ChatCollector out) throws IOException {
    List<Entry> entries = new ArrayList<>();
    var before = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Matcher head = LINE.matcher(line);
      if (head.matches()) {
        entries.add(entry(head));
      } else if (entries.isEmpty()) {
        before.append(line).append('\n');
      } else {
        entries.getLast().said().append('\n').append(line);
      }
    }
    if (full.getAsBoolean() || isLog(entries)) {
      return;
    }
    out.channel("");
    Optional<ChatTurn> above = MessageText.turn(ITSELF, Optional.empty(), "", before.toString());
    if (above.isPresent()) {
      out.said("", above.get());
    }
    boolean dayFirst = dayFirst(entries);
    for (Entry entry : entries) {
      Optional<ChatTurn> turn = turn(entry, time(entry, dayFirst));
      if (turn.isPresent()) {
        out.said("", turn.get());
      }
    }
    out.flush();
  }

  private static Entry entry(Matcher head) {
    String half = head.group("before") == null ? head.group("after") : head.group("before");
    return new Entry(
        Integer.parseInt(head.group("a")),
        Integer.parseInt(head.group("b")),
        Integer.parseInt(head.group("c")),
        head.group().contains("["),
        head.group("a").length() == 4,
        head.group("separator") == null ? "" : head.group("separator"),
        half == null ? "" : half,
        Integer.parseInt(head.group("hour")),
        Integer.parseInt(head.group("minute")),
        new StringBuilder(head.group("said")));
  }

  private static boolean isLog(List<Entry> entries) {
    List<Entry> speaking =
        entries.stream()
            .filter(entry -> SPEAKER.matcher(entry.said()).matches())
            .filter(entry -> !LOGGED.matcher(entry.said()).matches())
            .filter(entry -> !entry.yearFirst() || !isIdentified(entry))
            .toList();
    return speaking.size() * 2 < entries.size()
        || speaking.stream().allMatch(entry -> entry.bracketed() && isIdentified(entry));
  }

  private static boolean isIdentified(Entry entry) {
    return entry.said().indexOf(OWN_MARK) < 0 && IDENTIFIER.matcher(entry.said()).matches();
  }

  private static boolean dayFirst(List<Entry> entries) {
    if (entries.stream().anyMatch(entry -> !entry.yearFirst() && entry.a() > 12)) {
      return true;
    }
    if (entries.stream().anyMatch(entry -> !entry.yearFirst() && entry.b() > 12)) {
      return false;
    }
    int difference = backwards(entries, false) - backwards(entries, true);
    if (difference != 0) {
      return difference > 0;
    }
    // Only English with capitals, as in the United States, puts the month first.
    return entries.stream()
        .noneMatch(entry -> entry.separator().equals("/") && entry.half().matches("[AP]M"));
  }

  /// Returns how often time would run backwards.
  private static int backwards(List<Entry> entries, boolean dayFirst) {
    int backwards = 0;
    Optional<LocalDateTime> before = Optional.empty();
    for (Entry entry : entries) {
      Optional<LocalDateTime> time = time(entry, dayFirst);
      if (time.isEmpty() || before.filter(time.get()::isBefore).isPresent()) {
        backwards++;
      }
      before = time;
    }
    return backwards;
  }

  private static Optional<LocalDateTime> time(Entry entry, boolean dayFirst) {
    try {
      int year = entry.yearFirst() ? entry.a() : entry.c();
      int month = entry.yearFirst() || dayFirst ? entry.b() : entry.a();
      int day = entry.yearFirst() ? entry.c() : dayFirst ? entry.a() : entry.b();
      return Optional.of(
          LocalDateTime.of(
              year < 100 ? 2000 + year : year, month, day, hour(entry), entry.minute()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int hour(Entry entry) {
    if (entry.half().isEmpty()) {
      return entry.hour();
    }
    boolean afternoon = entry.half().matches(AFTERNOON);
    return entry.hour() % 12 + (afternoon ? 12 : 0);
  }

  private static Optional<ChatTurn> turn(Entry entry, Optional<LocalDateTime> time) {
    Matcher said = SPEAKER.matcher(entry.said());
    if (!said.matches()) {
      return MessageText.turn(ITSELF, time, "", entry.said().toString());
    }
    String text = said.group("text") == null ? "" : said.group("text");
    return MessageText.turn(said.group("name"), time, "", text);
  }
}
