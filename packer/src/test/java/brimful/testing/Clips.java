package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Sound and video, made by ffmpeg's generators and by espeak-ng.
public final class Clips {
  /// How long each slide is shown.
  public static final int SLIDE_SECONDS = 4;

  private final Path folder;

  public Clips(Path folder) {
    this.folder = folder;
  }

  /// Skips the test where ffmpeg or espeak-ng is missing.
  public static void require() {
    boolean there = Stream.of("ffmpeg", "ffprobe", "espeak-ng").allMatch(Clips::isInstalled);
    if (!there) {
      System.out.println("NO FFMPEG: sound and video are not tested here (it and espeak-ng)");
    }
    assumeTrue(there);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(path().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /// Returns the variable that tells where programs are.
  public static Map<String, String> path() {
    return Map.of("PATH", System.getenv().getOrDefault("PATH", ""));
  }

  /// Returns a file of speech.
  public Path speech(String name, String words) throws IOException {
    Path wav = folder.resolve("spoken.wav");
    run("espeak-ng", "-w", wav.toString(), words);
    return ffmpeg(name, "-i", wav.toString());
  }

  /// Returns a video that shows slides one after the other, with speech and subtitles.
  ///
  /// @param slides pictures as PNG, 1110 by 416 pixels or about so
  /// @param metadata in ffmpeg's format for it, with tags and chapters
  public Path lecture(String name, List<byte[]> slides, String words, String srt, String metadata)
      throws IOException {
    var arguments = new ArrayList<String>();
    for (int i = 0; i < slides.size(); i++) {
      Path slide = folder.resolve("slide%s.png".formatted(i));
      Files.write(slide, slides.get(i));
      arguments.addAll(
          List.of("-loop", "1", "-t", String.valueOf(SLIDE_SECONDS), "-i", slide.toString()));
    }
    int after = slides.size();
    arguments.addAll(List.of("-i", speech("spoken.flac", words).toString()));
    arguments.addAll(List.of("-i", write("said.srt", srt).toString()));
    arguments.addAll(List.of("-i", write("metadata.txt", metadata).toString()));
    String filter = "concat=n=%s,scale=1110:416,format=yuv420p[shown]".formatted(after);
    arguments.addAll(List.of("-filter_complex", filter, "-map", "[shown]"));
    arguments.addAll(List.of("-map", after + ":a", "-map", (after + 1) + ":s"));
    arguments.addAll(List.of("-map_metadata", String.valueOf(after + 2)));
    arguments.addAll(List.of("-map_chapters", String.valueOf(after + 2)));
    arguments.addAll(List.of("-c:s", name.endsWith(".mkv") ? "srt" : "mov_text"));
    return ffmpeg(name, arguments.toArray(String[]::new));
  }

  /// Returns a file that ffmpeg makes.
  public Path ffmpeg(String name, String... arguments) throws IOException {
    Path file = folder.resolve(name);
    var words = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-y", "-loglevel", "error"));
    words.addAll(Arrays.asList(arguments));
    words.add(file.toString());
    run(words.toArray(String[]::new));
    return file;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, UTF_8);
  }

  private static void run(String... words) throws IOException {
    Process process = new ProcessBuilder(words).inheritIO().start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", words) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
