import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies the program's jar for an archive: without the libraries' native code for other platforms
/// and without what only debuggers read, and uncompressed, because the archive as a whole then
/// compresses better and the program starts from it as fast.
///
/// Line numbers stay in our own classes, so that a reported stack says where it is. Run as
/// `java Slim.java IN.jar OUT.jar linux-x64`.
final class Slim {
  /// Attributes of code that the JVM does not need; only the last shows in stacks.
  private static final Set<String> DEBUG =
      Set.of("LocalVariableTable", "LocalVariableTypeTable", "LineNumberTable");

  /// A native library, in folders that name its system and its machine.
  private static final Pattern NATIVE =
      Pattern.compile("(?:.*/)?([^/]+)/([^/]+)/[^/]+\\.(?:so|dylib|dll|jnilib|a|sl)");

  /// What only Scala's and Kotlin's compilers, Maven, readers of web.xml, a tokenizer of addresses, the encoding of
  /// vehicles' certificates, and a signature scheme without users read.
  private static final Pattern UNUSED =
      Pattern.compile(
          "scala/reflect/(?:internal|io|api|runtime)/.*|META-INF/maven/.*|.*\\.kotlin_module|org/bouncycastle/pqc/legacy/picnic/.*|"
              + "jakarta/servlet/resources/.*|org/apache/lucene/analysis/email/.*|org/bouncycastle/(?:oer|its)/.*");

  private static final Map<String, List<String>> SYSTEMS =
      Map.of("linux", List.of("linux", "Linux"), "macos", List.of("darwin", "Mac"));

  private static final Map<String, List<String>> MACHINES =
      Map.of("x64", List.of("amd64", "x86_64"), "arm64", List.of("aarch64"));

  private Slim() {}

  public static void main(String[] words) throws IOException {
    String[] platform = words[2].split("-");
    try (var in = new ZipFile(words[0]);
        var out = new ZipOutputStream(Files.newOutputStream(Path.of(words[1])))) {
      out.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry : in.stream().toList()) {
        String name = entry.getName();
        if (entry.isDirectory() || UNUSED.matcher(name).matches() || isForeign(name, platform)) {
          continue;
        }
        byte[] bytes;
        try (InputStream content = in.getInputStream(entry)) {
          bytes = content.readAllBytes();
        }
        add(out, entry, name.endsWith(".class") ? stripped(bytes, !name.startsWith("brimful/")) : bytes);
      }
    }
  }

  private static boolean isForeign(String name, String[] platform) {
    var folders = NATIVE.matcher(name);
    if (!folders.matches()) {
      return false;
    }
    return !SYSTEMS.getOrDefault(platform[0], List.of()).contains(folders.group(1))
        || !MACHINES.getOrDefault(platform[1], List.of(platform[1])).contains(folders.group(2));
  }

  private static void add(ZipOutputStream out, ZipEntry from, byte[] bytes) throws IOException {
    var entry = new ZipEntry(from.getName());
    entry.setLastModifiedTime(FileTime.from(Instant.parse("2026-11-22T00:00:00Z")));
    var check = new CRC32();
    check.update(bytes);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(check.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  /// Returns a class without debug attributes (JVMS 4.7); its constants keep their numbers.
  private static byte[] stripped(byte[] bytes, boolean lines) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    buffer.position(8);
    Map<Integer, String> texts = texts(buffer);
    int head = buffer.position();
    var result = new ByteArrayOutputStream(bytes.length);
    result.write(bytes, 0, head);
    var in = new DataInputStream(new ByteArrayInputStream(bytes, head, bytes.length - head));
    var out = new DataOutputStream(result);
    copy(in, out, 6);
    int interfaces = in.readUnsignedShort();
    out.writeShort(interfaces);
    copy(in, out, 2 * interfaces);
    for (int kind = 0; kind < 2; kind++) {
      int members = in.readUnsignedShort();
      out.writeShort(members);
      for (int i = 0; i < members; i++) {
        copy(in, out, 6);
        attributes(in, out, texts, lines);
      }
    }
    attributes(in, out, texts, lines);
    return result.toByteArray();
  }

  private static void attributes(
      DataInputStream in, DataOutputStream out, Map<Integer, String> texts, boolean lines)
      throws IOException {
    int count = in.readUnsignedShort();
    int kept = 0;
    var body = new ByteArrayOutputStream();
    var to = new DataOutputStream(body);
    for (int i = 0; i < count; i++) {
      int name = in.readUnsignedShort();
      byte[] content = in.readNBytes(in.readInt());
      String is = texts.getOrDefault(name, "");
      if (DEBUG.contains(is) && (lines || !is.equals("LineNumberTable"))) {
        continue;
      }
      byte[] written = is.equals("Code") ? code(content, texts, lines) : content;
      to.writeShort(name);
      to.writeInt(written.length);
      to.write(written);
      kept++;
    }
    out.writeShort(kept);
    body.writeTo(out);
  }

  private static byte[] code(byte[] content, Map<Integer, String> texts, boolean lines)
      throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(content));
    var result = new ByteArrayOutputStream(content.length);
    var out = new DataOutputStream(result);
    copy(in, out, 4);
    int length = in.readInt();
    out.writeInt(length);
    copy(in, out, length);
    int handlers = in.readUnsignedShort();
    out.writeShort(handlers);
    copy(in, out, 8 * handlers);
    attributes(in, out, texts, lines);
    return result.toByteArray();
  }

  private static void copy(DataInputStream in, DataOutputStream out, int length) throws IOException {
    out.write(in.readNBytes(length));
  }

  /// Reads the constants, and returns the short texts, among which names of attributes are.
  private static Map<Integer, String> texts(ByteBuffer in) {
    var texts = new HashMap<Integer, String>();
    int count = Short.toUnsignedInt(in.getShort());
    for (int i = 1; i < count; i++) {
      int tag = in.get();
      switch (tag) {
        case 1 -> {
          byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
          in.get(text);
          if (text.length <= 32) {
            texts.put(i, new String(text, StandardCharsets.ISO_8859_1));
          }
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.position(in.position() + 4);
        case 5, 6 -> {
          in.position(in.position() + 8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> in.position(in.position() + 2);
        case 15 -> in.position(in.position() + 3);
        default -> throw new IllegalArgumentException("constant of kind " + tag);
      }
    }
    return texts;
  }
}
