package brimful.extract;

import java.io.IOException;
import java.io.UncheckedIOException;

/// No process that parses could be had. That is the machine's trouble, or the extractor is closed:
/// it says nothing of the document, so it ends the run instead of the file.
public final class NoParserProcess extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  NoParserProcess(IOException cause) {
    super(cause);
  }
}
