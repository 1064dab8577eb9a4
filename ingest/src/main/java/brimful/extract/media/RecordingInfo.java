package brimful.extract.media;

import brimful.corpus.Locator;
import brimful.corpus.WellFormed;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What ffprobe says about a file.
///
/// @param empty whether there is not even a first packet
/// @param seconds its length; 0 if nobody knows
/// @param tags what people wrote about it, by names in lower case, in the file's order
record RecordingInfo(
    boolean empty,
    double seconds,
    Map<String, String> tags,
    List<Chapter> chapters,
    List<Track> tracks) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHAPTERS_MAX = 10_000;
  private static final int TRACKS_MAX = 100;
  private static final int TAG_CHARACTERS_MAX = 20_000;

  /// A week; what claims more lies.
  private static final double SECONDS_MAX = 7 * 86_400.0;

  /// The tags that tell a person something, in the order in which they are shown.
  private static final List<String> TAGS =
      List.of(
          "title",
          "artist",
          "album",
          "album_artist",
          "composer",
          "author",
          "performer",
          "show",
          "season_number",
          "episode_id",
          "episode_sort",
          "track",
          "disc",
          "genre",
          "date",
          "year",
          "creation_time",
          "publisher",
          "network",
          "location",
          "description",
          "synopsis",
          "comment",
          "lyrics",
          "keywords",
          "copyright");

  private static final Set<String> TEXT_SUBTITLES =
      Set.of("subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text", "ttml", "subviewer");

  RecordingInfo {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    chapters = List.copyOf(chapters);
    tracks = List.copyOf(tracks);
  }

  /// A chapter, in whole seconds.
  record Chapter(String title, int first, int last) {}

  /// What a track holds.
  enum Kind {
    VIDEO,
    /// A picture beside the sound, such as the front of an album.
    COVER,
    SOUND,
    /// Subtitles as text.
    SUBTITLES,
    /// Subtitles as pictures, as on DVDs.
    DRAWN_SUBTITLES
  }

  /// A track.
  ///
  /// @param index ffmpeg's number of it
  /// @param codec such as `h264`
  /// @param name its language and title, such as `eng Commentary`; may be empty
  /// @param size such as `1920×1080`; empty unless it is seen
  record Track(int index, Kind kind, String codec, String name, String size) {}

  /// @param json what ffprobe printed
  /// @throws IOException if that is not what it prints
  static RecordingInfo of(String json) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException("ffprobe does not answer in JSON", e);
    }
    JsonNode format = root.path("format");
    var tags = new LinkedHashMap<String, String>();
    addTags(format.path("tags"), tags);
    double seconds = seconds(format.path("duration"));
    var tracks = new ArrayList<Track>();
    for (JsonNode stream : root.path("streams")) {
      if (tracks.size() < TRACKS_MAX && stream.path("index").isInt()) {
        track(stream, tracks);
        if (stream.path("codec_type").asText().equals("audio")) {
          // Ogg has its tags there.
          addTags(stream.path("tags"), tags);
        }
        seconds = Math.max(seconds, seconds(stream.path("duration")));
      }
    }
    return new RecordingInfo(
        root.path("packets").isEmpty(), seconds, tags, chapters(root.path("chapters")), tracks);
  }

  private static void addTags(JsonNode node, Map<String, String> tags) {
    var found = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey().toLowerCase(Locale.ROOT).replaceFirst("^lyrics-.*", "lyrics");
      found.putIfAbsent(name, field.getValue().asText());
    }
    for (String name : TAGS) {
      String value = found.getOrDefault(name, "").replaceAll("\\r\\n?", "\n").strip();
      if (!value.isEmpty() && !tags.containsValue(value)) {
        tags.putIfAbsent(name, WellFormed.start(value, TAG_CHARACTERS_MAX));
      }
    }
  }

  private static void track(JsonNode stream, List<Track> tracks) {
    String codec = stream.path("codec_name").asText("unknown");
    JsonNode tags = stream.path("tags");
    String language = tags.path("language").asText().replace("und", "");
    String title = tags.path("title").asText().replaceAll("\\s+", " ");
    String name = WellFormed.start((language + " " + title).strip(), 200);
    int index = stream.path("index").asInt();
    boolean cover = stream.path("disposition").path("attached_pic").asInt() == 1;
    switch (stream.path("codec_type").asText()) {
      case "video" -> {
        int width = stream.path("width").asInt();
        String size = width > 0 ? width + "×" + stream.path("height").asInt() : "";
        tracks.add(new Track(index, cover ? Kind.COVER : Kind.VIDEO, codec, name, size));
      }
      case "audio" -> tracks.add(new Track(index, Kind.SOUND, codec, name, ""));
      case "subtitle" -> {
        Kind kind = TEXT_SUBTITLES.contains(codec) ? Kind.SUBTITLES : Kind.DRAWN_SUBTITLES;
        tracks.add(new Track(index, kind, codec, name, ""));
      }
      default -> {
        // Data, such as a camera's positions.
      }
    }
  }

  private static List<Chapter> chapters(JsonNode nodes) {
    var chapters = new ArrayList<Chapter>();
    for (JsonNode node : nodes) {
      String title = node.path("tags").path("title").asText().replaceAll("\\s+", " ").strip();
      if (!title.isEmpty() && chapters.size() < CHAPTERS_MAX) {
        int first = (int) seconds(node.path("start_time"));
        int last = (int) seconds(node.path("end_time"));
        chapters.add(new Chapter(WellFormed.start(title, 1_000), first, Math.max(first, last)));
      }
    }
    return chapters;
  }

  private static double seconds(JsonNode node) {
    double seconds = node.asDouble(0);
    return Double.isFinite(seconds) ? Math.clamp(seconds, 0, SECONDS_MAX) : 0;
  }

  /// Returns the tracks of a kind.
  List<Track> tracks(Kind kind) {
    return tracks.stream().filter(track -> track.kind() == kind).toList();
  }

  /// Returns all of its time.
  Locator.Time whole() {
    return new Locator.Time(0, (int) seconds);
  }

  /// Returns what a person would like to know of it: a line for each tag, its length, and its
  /// tracks.
  String text() {
    var lines = new ArrayList<String>();
    tags.forEach((name, value) -> lines.add(label(name) + ": " + value));
    if (seconds > 0) {
      lines.add("Duration: " + clock(seconds));
    }
    tracks.forEach(track -> lines.add(line(track)));
    return String.join("\n", lines);
  }

  private static String line(Track track) {
    String what =
        switch (track.kind()) {
          case VIDEO -> "Video";
          case COVER -> "Cover";
          case SOUND -> "Sound";
          case SUBTITLES, DRAWN_SUBTITLES -> "Subtitles";
        };
    String line = "%s: %s %s %s".formatted(what, track.codec(), track.size(), track.name());
    return line.replaceAll(" +", " ").strip();
  }

  private static String label(String tag) {
    String words = tag.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// Returns whole seconds as `01:02:03`.
  static String clock(double seconds) {
    return new Locator.Time((int) seconds, (int) seconds).display();
  }
}
