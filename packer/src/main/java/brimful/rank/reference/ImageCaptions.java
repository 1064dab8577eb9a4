package brimful.rank.reference;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the images that a text shows and what it says of each: in Markdown, HTML,
/// reStructuredText, MyST and AsciiDoc, whatever the text's own format is.
///
/// Pure. Every look forward has a bound, so the work is linear in the text's length.
public final class ImageCaptions {
  /// What a text says of an image.
  ///
  /// @param target where the text says that the image is: a path, or an address
  /// @param caption its title and description; may be empty
  public record Captioned(String target, String caption) {
    private Captioned with(String more) {
      return new Captioned(target, MARKUP.matcher(caption + more).replaceAll(" "));
    }
  }

  /// `![caption](target "title")`, and `[image: caption](target)` as pages are written.
  private static final Pattern MARKDOWN =
      Pattern.compile(
          "(?:!\\[|\\[image: )(?<alt>[^\\[\\]]{0,500}+)\\]\\(\\s*+(?:<(?<quoted>[^<>\\n]{1,300}+)>|(?<bare>[^\\s()<>]{1,300}+))"
              + "(?<title>\\s++[\"'(][^\\n)]{0,300}+)?+\\)");

  /// The tags that tell of images: a figure's caption belongs to all images in it.
  private static final Pattern TAG =
      Pattern.compile(
          "(?is)<(?:(?<image>img\\s[^<>]{1,2000}+)|(?<figure>/?+figure)(?=[\\s>])[^<>]{0,300}+"
              + "|figcaption[^<>]{0,300}+>(?<caption>.{0,1000}?)</figcaption\\s*+)>");

  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(?i)(?<![\\w-])(?<name>src|alt|title)\\s*+=\\s*+(?:\"(?<double>[^\"]*+)\"|'(?<single>[^']*+)'|(?<bare>[^\\s\"'>]++))");

  /// `.. figure:: target`, and MyST's fences: their options and captions are the lines below.
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "(?m)^(?<indent>[ \\t]{0,100}+)(?:\\.\\.[ \\t]++(?:\\|[^|\\n]{1,100}+\\|[ \\t]++)?+(?:image|figure)::"
              + "|(?<fence>`{3,9}+|:{3,9}+|~{3,9}+)\\{(?:image|figure)\\})[ \\t]++(?<target>\\S{1,300}+)[^\\n]*+");

  private static final int DIRECTIVE_CHARS_MAX = 2_000;

  private static final Pattern OPTION = Pattern.compile(":(?<name>[\\w-]{1,40}+):(?<value>.*+)");

  /// `image::target[caption]`, below the block's title if it has one.
  private static final Pattern MACRO =
      Pattern.compile(
          "(?m)(?:^\\.(?<title>[^\\s.][^\\n]{0,300}+)\\n(?:\\[[^\\n]{0,300}+\\n){0,3}+)?+"
              + "(?<![\\w:])image::?+(?<target>[^\\s\\[\\]:][^\\s\\[\\]]{0,299}+)\\[(?<alt>[^\\[\\]]{0,500}+)\\]");

  private static final Pattern MARKUP = Pattern.compile("<[^<>]{0,500}+>|&#?\\w{1,10}+;");

  private ImageCaptions() {}

  /// Returns the images of a text that have captions.
  ///
  /// Most texts show none, and a search for a word costs a fraction of a pattern's.
  public static List<Captioned> of(String text) {
    var found = new ArrayList<Captioned>();
    if (hasAny(text, "![", "[image: ")) {
      MARKDOWN.matcher(text).results().forEach(image -> add(found, markdown(image)));
    }
    if (hasAny(text, "<img", "<IMG", "<Img")) {
      tags(text, found);
    }
    if (hasAny(text, "image::", "figure::", "{image}", "{figure}")) {
      Matcher directive = DIRECTIVE.matcher(text);
      while (directive.find()) {
        add(found, new Captioned(directive.group("target"), directiveBody(text, directive)));
      }
    }
    if (hasAny(text, "image:")) {
      MACRO.matcher(text).results().forEach(image -> add(found, macro(image)));
    }
    return found;
  }

  private static boolean hasAny(String text, String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static void add(List<Captioned> found, Captioned image) {
    if (!image.caption().isBlank() && !image.target().isBlank()) {
      found.add(image);
    }
  }

  private static Captioned markdown(MatchResult image) {
    return new Captioned(
        group(image, "quoted") + group(image, "bare"),
        image.group("alt") + " " + group(image, "title"));
  }

  private static Captioned macro(MatchResult image) {
    return new Captioned(image.group("target"), group(image, "title") + " " + image.group("alt"));
  }

  private static String group(MatchResult found, String name) {
    return Optional.ofNullable(found.group(name)).orElse("");
  }

  /// Adds the images of HTML's tags.
  private static void tags(String text, List<Captioned> found) {
    var inFigure = new ArrayList<Captioned>();
    var caption = new StringBuilder();
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      if (tag.group("image") != null) {
        inFigure.add(tag(tag.group("image")));
      } else if (tag.group("caption") != null) {
        // One is enough: each image of the figure gets it.
        caption.append(caption.isEmpty() ? " " + tag.group("caption") : "");
      } else {
        // Images before a figure's start are not in it.
        boolean ends = tag.group("figure").startsWith("/");
        inFigure.forEach(image -> add(found, image.with(ends ? caption.toString() : "")));
        inFigure.clear();
        caption.setLength(0);
      }
    }
    inFigure.forEach(image -> add(found, image.with("")));
  }

  private static Captioned tag(String tag) {
    var said = new StringBuilder();
    String target = "";
    Matcher attribute = ATTRIBUTE.matcher(tag);
    while (attribute.find()) {
      String value =
          group(attribute, "double") + group(attribute, "single") + group(attribute, "bare");
      if (attribute.group("name").equalsIgnoreCase("src")) {
        target = value;
      } else {
        said.append(value).append(' ');
      }
    }
    return new Captioned(target, said.toString());
  }

  /// Returns the description and the caption below a directive.
  private static String directiveBody(String text, Matcher directive) {
    String fence = group(directive, "fence");
    int indent = directive.group("indent").length();
    var said = new StringBuilder();
    // Of an option that is left out; lines that are indented deeper belong to it.
    int optionIndent = Integer.MAX_VALUE;
    int end = Math.min(text.length(), directive.end() + DIRECTIVE_CHARS_MAX);
    for (String line : text.substring(directive.end(), end).lines().skip(1).toList()) {
      String words = line.strip();
      boolean ends =
          fence.isEmpty() ? !words.isEmpty() && indentOf(line) <= indent : words.startsWith(fence);
      if (ends) {
        break;
      }
      Matcher option = OPTION.matcher(words);
      boolean isOption = option.matches();
      if (isOption && !option.group("name").equals("alt")) {
        optionIndent = indentOf(line);
      } else if (optionIndent == Integer.MAX_VALUE || indentOf(line) <= optionIndent) {
        optionIndent = Integer.MAX_VALUE;
        said.append(isOption ? option.group("value") : words).append(' ');
      }
    }
    return said.toString();
  }

  private static int indentOf(String line) {
    return line.length() - line.stripLeading().length();
  }

  /// Returns the path that an image's target means, from the root of the corpus; empty if it is
  /// none.
  ///
  /// @param path of the text that shows it
  public static Optional<Path> resolved(String path, String target) {
    String plain = decoded(target.split("[?#]", 2)[0]).replace('\\', '/');
    if (plain.startsWith("data:")) {
      return Optional.empty();
    }
    if (plain.startsWith("/") || plain.contains("://")) {
      // The root of a site is seldom that of the corpus, but the ends of their paths agree.
      String[] parts = plain.split("/", -1);
      String end = parts[parts.length - 2] + "/" + parts[parts.length - 1];
      return Optional.of(Path.suffix(end.startsWith("/") ? end.substring(1) : end));
    }
    String folder = folder(path);
    String rest = plain;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      folder = rest.startsWith("../") ? folder(folder) : folder;
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return Optional.of(new Path(folder.isEmpty() ? rest : folder + "/" + rest, rest));
  }

  /// Where an image should be.
  ///
  /// @param full from the root of the corpus, as far as it is known
  /// @param suffix with which its path ends in any case
  public record Path(String full, String suffix) {
    static Path suffix(String suffix) {
      return new Path(suffix, suffix);
    }
  }

  private static String decoded(String target) {
    if (target.indexOf('%') < 0) {
      return target;
    }
    try {
      return URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not every percent sign begins an escape.
      return target;
    }
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
