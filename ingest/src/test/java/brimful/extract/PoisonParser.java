package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.mock.MockParser;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Tika's MockParser, which hangs, crashes and eats memory as its document tells, for XML. This one
/// can also need a certain amount of memory: `<hold mebibytes='100'/>`.
///
/// No other of our parsers takes plain XML, and [Sniffer] takes it for a document if it is named
/// like a mail.
public final class PoisonParser implements Parser {
  private static final long serialVersionUID = 1L;
  private static final Pattern HOLD = Pattern.compile("<hold mebibytes='(\\d+)'/>");

  private final MockParser mock = new MockParser();

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of(MediaType.APPLICATION_XML);
  }

  @Override
  public void parse(InputStream in, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException, SAXException, TikaException {
    byte[] bytes = in.readAllBytes();
    Matcher hold = HOLD.matcher(new String(bytes, UTF_8));
    if (hold.find()) {
      hold(Integer.parseInt(hold.group(1)));
    }
    byte[] rest = hold.replaceAll("").getBytes(UTF_8);
    mock.parse(new ByteArrayInputStream(rest), handler, metadata, context);
  }

  private static void hold(int mebibytes) throws IOException {
    var held = new ArrayList<byte[]>();
    for (int i = 0; i < mebibytes; i++) {
      held.add(new byte[1 << 20]);
    }
    if (held.size() != mebibytes) {
      throw new IOException("not held");
    }
  }
}
