package brimful.extract.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a calendar (iCalendar) as its entries: what, when, where, with whom, and the description.
///
/// Times stay in the zone in which they are written. Alarms and definitions of zones are left out.
final class CalendarEntries {
  private static final Set<String> ENTRIES = Set.of("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT);
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final Pattern DAY = Pattern.compile("\\d{8}");
  private static final Pattern MOMENT = Pattern.compile("\\d{8}T\\d{6}Z?");

  private CalendarEntries() {}

  /// Returns all entries as one text; none if there is no entry.
  static List<ReadablePart> parts(String text) {
    List<String> entries = new ArrayList<>();
    List<String> open = new ArrayList<>();
    List<ContentLine> entry = new ArrayList<>();
    for (ContentLine line : ContentLine.of(text)) {
      String value = line.value().strip().toUpperCase(Locale.ROOT);
      if (line.name().equals("BEGIN")) {
        open.add(value);
      } else if (line.name().equals("END")) {
        if (ENTRIES.contains(value)) {
          entries.add(shown(entry));
          entry.clear();
        }
        if (!open.isEmpty()) {
          open.removeLast();
        }
      } else if (!open.isEmpty() && ENTRIES.contains(open.getLast())) {
        entry.add(line);
      } else if (line.name().equals("X-WR-CALNAME")) {
        entries.add("Calendar: " + line.text());
      }
    }
    boolean any = !entries.isEmpty() && text.regionMatches(true, 0, "BEGIN:", 0, 6);
    return any ? List.of(ReadablePart.lines(String.join("\n\n", entries))) : List.of();
  }

  private static String shown(List<ContentLine> entry) {
    List<String> lines = new ArrayList<>();
    lines.add(first(entry, "SUMMARY", "(no title)"));
    String when = when(entry);
    add(lines, "When", when);
    entry.stream()
        .filter(line -> line.name().equals("DUE"))
        .forEach(due -> add(lines, "Due", time(due)));
    add(lines, "Repeats", first(entry, "RRULE", ""));
    add(lines, "Where", first(entry, "LOCATION", ""));
    add(lines, "Organizer", people(entry, "ORGANIZER"));
    add(lines, "With", people(entry, "ATTENDEE"));
    String status = first(entry, "STATUS", "");
    add(lines, "Status", status.equals("CONFIRMED") ? "" : status);
    add(lines, "Categories", first(entry, "CATEGORIES", ""));
    add(lines, "Link", first(entry, "URL", ""));
    String description = first(entry, "DESCRIPTION", "");
    if (!description.isEmpty()) {
      lines.add(description);
    }
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String label, String value) {
    if (!value.isEmpty()) {
      lines.add(label + ": " + value);
    }
  }

  private static String first(List<ContentLine> entry, String name, String otherwise) {
    return entry.stream()
        .filter(line -> line.name().equals(name) && !line.text().isEmpty())
        .map(ContentLine::text)
        .findFirst()
        .orElse(otherwise);
  }

  private static String people(List<ContentLine> entry, String name) {
    List<String> people = new ArrayList<>();
    for (ContentLine line : entry) {
      if (line.name().equals(name)) {
        String address = line.text().replaceFirst("(?i)^mailto:", "");
        String named = line.parameter("CN");
        String person =
            named.isEmpty() || named.equals(address) ? address : named + " <" + address + ">";
        String answer = line.parameter("PARTSTAT").toLowerCase(Locale.ROOT);
        boolean answered = !answer.isEmpty() && !answer.equals("needs-action");
        people.add(answered ? person + " (" + answer + ")" : person);
      }
    }
    return String.join(", ", people);
  }

  /// Returns from when to when, with the day and the zone of the end only where they differ.
  private static String when(List<ContentLine> entry) {
    ContentLine start = line(entry, "DTSTART");
    String from = time(start);
    ContentLine end = line(entry, "DTEND");
    String until = DAY.matcher(end.value().strip()).matches() ? dayBefore(end) : time(end);
    if (until.isEmpty()) {
      until = after(start, line(entry, "DURATION").value().strip());
    }
    if (until.isEmpty() || until.equals(from)) {
      return from;
    }
    int day = "2024-05-01 ".length();
    boolean sameDay =
        from.length() > day && until.length() > day && until.startsWith(from.substring(0, day));
    String zone = zone(start);
    String shortFrom =
        !zone.isEmpty() && until.endsWith(zone)
            ? from.substring(0, from.length() - zone.length())
            : from;
    return shortFrom + " - " + (sameDay ? until.substring(day) : until);
  }

  private static ContentLine line(List<ContentLine> entry, String name) {
    return entry.stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElse(new ContentLine(name, Map.of(), ""));
  }

  private static String zone(ContentLine line) {
    if (line.value().strip().endsWith("Z")) {
      return " UTC";
    }
    return line.parameter("TZID").isEmpty() ? "" : " " + line.parameter("TZID");
  }

  private static String time(ContentLine line) {
    String value = line.value().strip();
    try {
      if (MOMENT.matcher(value).matches()) {
        return SHOWN.format(LocalDateTime.parse(value.replace("Z", ""), TIME)) + zone(line);
      }
      return DAY.matcher(value).matches()
          ? LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE).toString()
          : value;
    } catch (DateTimeException e) {
      return value;
    }
  }

  /// The end of whole days is the day after them.
  private static String dayBefore(ContentLine end) {
    try {
      return LocalDate.parse(end.value().strip(), DateTimeFormatter.BASIC_ISO_DATE)
          .minusDays(1)
          .toString();
    } catch (DateTimeException e) {
      return end.value();
    }
  }

  private static String after(ContentLine start, String duration) {
    try {
      Duration length = Duration.parse(duration);
      LocalDateTime from = LocalDateTime.parse(start.value().strip().replace("Z", ""), TIME);
      return SHOWN.format(from.plus(length)) + zone(start);
    } catch (DateTimeException e) {
      return "";
    }
  }
}
