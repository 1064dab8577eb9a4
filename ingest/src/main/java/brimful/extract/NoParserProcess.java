package brimful.extract;

import java.io.IOException;
import java.io.UncheckedIOException;

/// No parser process is available: a problem of the machine, or the extractor is closed. It says
/// nothing about the document, so it ends the run rather than the file.
public final class NoParserProcess extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  NoParserProcess(IOException cause) {
    super(cause);
  }
}
