package brimful.chunk.outline;

import brimful.chunk.outline.Definition.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds definitions that end by indentation, or at a closing word as deep as their header.
final class IndentOutliner implements Outliner {
  private static final Pattern TYPE =
      Pattern.compile("class|module|type|def(?:module|protocol|impl)|struct");

  private final Pattern header;
  private final List<String> closers;

  /// @param header matches a header after its indentation; its groups are `label` and `name`
  /// @param closers what a closing line begins with; without any, a line that is indented no deeper
  ///   closes
  IndentOutliner(String header, String... closers) {
    this.header = Pattern.compile(header);
    this.closers = List.of(closers);
  }

  private record Open(DefinitionStart header, int indent) {}

  @Override
  public List<Definition> outline(Lines lines) {
    var nesting = new Nesting(lines);
    Deque<Open> open = new ArrayDeque<>();
    boolean dedent = closers.isEmpty();
    LogicalLines logical = new LogicalLines(lines, dedent);
    Matcher matcher = header.matcher(lines.text());
    int lead = -1;
    int lastCode = 0;
    for (int line = 0; line < lines.count(); line++) {
      int ink = lines.firstInk(line);
      if (logical.continues(line) || ink == lines.end(line)) {
        lastCode = ink == lines.end(line) ? lastCode : line;
        continue;
      }
      if (lines.text().charAt(ink) == '#' && dedent) {
        continue;
      }
      int indent = lines.indent(line);
      boolean closes = closers.stream().anyMatch(each -> lines.text().startsWith(each, ink));
      boolean opens = matcher.region(ink, lines.end(line)).lookingAt();
      if (dedent || closes || opens) {
        int last = closes ? line : lastCode;
        while (!open.isEmpty() && indent <= open.getFirst().indent) {
          nesting.add(open.pop().header, last);
        }
      }
      boolean decorates = lines.text().charAt(ink) == '@';
      lead = decorates ? (lead < 0 ? line : lead) : opens ? lead : -1;
      if (opens) {
        open.push(new Open(header(matcher, lead < 0 ? line : lead, line), indent));
        lead = -1;
      }
      lastCode = line;
    }
    for (Open each : open) {
      nesting.add(each.header, lastCode);
    }
    return nesting.nested();
  }

  private static DefinitionStart header(Matcher matcher, int first, int line) {
    String label = matcher.group("label");
    String word = label == null ? "" : label.toLowerCase(Locale.ROOT);
    boolean type = TYPE.matcher(word).matches();
    return new DefinitionStart(
        matcher.group("name"),
        type ? Kind.TYPE : Kind.FUNCTION,
        type ? word : "",
        first,
        line,
        matcher.start());
  }
}
