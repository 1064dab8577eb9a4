package brimful.dense;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// Unpacks the native libraries of ONNX Runtime and of its tokenizer, once for all runs.
///
/// Left to itself, ONNX Runtime unpacks 17 MB into the temporary folder at each start, and counts
/// on an orderly end to remove them, which Brimful's is not.
final class NativeLibraries {
  /// Changes with the runtime's version: another one's libraries would not fit its classes.
  private static final String ONNX_FOLDER = "onnxruntime-1.20.0";

  private NativeLibraries() {}

  /// Makes the libraries ready; does nothing where the runtime has none, and lets it say so.
  static void unpack(Path folder) {
    // Read by the tokenizer's loader: where it unpacks, and that it must not download.
    System.setProperty("DJL_CACHE_DIR", folder.toString());
    System.setProperty("ai.djl.offline", "true");
    Path onnx = folder.resolve(ONNX_FOLDER);
    String platform = platform();
    try {
      Files.createDirectories(onnx);
      boolean found = true;
      for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
        String name = System.mapLibraryName(library);
        found &= unpack("/ai/onnxruntime/native/%s/%s".formatted(platform, name), onnx, name);
      }
      if (found) {
        System.setProperty("onnxruntime.native.path", onnx.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the encoder into %s".formatted(onnx), e);
    }
  }

  private static boolean unpack(String resource, Path folder, String name) throws IOException {
    if (Files.exists(folder.resolve(name))) {
      return true;
    }
    try (InputStream library = NativeLibraries.class.getResourceAsStream(resource)) {
      if (library == null) {
        return false;
      }
      // Moved when it is whole: another process may be at the same.
      Path part = Files.createTempFile(folder, name, ".part");
      Files.copy(library, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").equals("aarch64") ? "aarch64" : "x64";
    String name = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return name + "-" + processor;
  }
}
