package brimful.pack.format;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import java.util.Locale;
import java.util.regex.Pattern;

/// Writes windows as Markdown that no document can break out of.
final class MarkdownRenderer implements Renderer {
  private static final int FENCE_MIN = 3;
  private static final Pattern LANGUAGE = Pattern.compile("[a-z0-9+]{1,12}");

  private final Markup markup;

  MarkdownRenderer(Markup markup) {
    this.markup = markup;
  }

  @Override
  public String instructions(String text) {
    return markup.neutralBesideTags(text) + "\n";
  }

  @Override
  public String begin() {
    return "# Documents\n\n";
  }

  @Override
  public String open(DocumentId document, String title) {
    return "## " + line(document.value()) + (title.isEmpty() ? "" : ": " + line(title)) + "\n\n";
  }

  @Override
  public String segment(DocumentId path, Locator locator, String heading, String text) {
    String safe = markup.neutral(text);
    String fence = "`".repeat(Math.max(FENCE_MIN, longestRun(safe, '`') + 1));
    String in = heading.isEmpty() ? "" : ", in " + line(heading);
    return "### %s%s\n\n%s%s\n%s\n%s\n\n"
        .formatted(line(place(locator)), in, fence, language(path), safe, fence);
  }

  @Override
  public String separator() {
    return "";
  }

  @Override
  public String close() {
    return "";
  }

  @Override
  public String end() {
    return "";
  }

  @Override
  public String question(String text) {
    return text.isEmpty() ? "" : "# Question\n\n" + markup.neutral(text) + "\n\n" + REMINDER;
  }

  private static String place(Locator locator) {
    return locator instanceof Locator.Lines ? "lines " + locator.display() : locator.display();
  }

  private String line(String text) {
    return markup.neutral(text).replace('\n', ' ').replace('\r', ' ');
  }

  private static String language(DocumentId path) {
    String extension = path.value().substring(path.value().lastIndexOf('.') + 1);
    String lower = extension.toLowerCase(Locale.ROOT);
    return LANGUAGE.matcher(lower).matches() ? lower : "";
  }

  private static int longestRun(String text, char wanted) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == wanted ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
