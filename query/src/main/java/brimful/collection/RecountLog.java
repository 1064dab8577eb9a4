package brimful.collection;

import brimful.index.RecountListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs that a server counts a collection anew.
record RecountLog(String collection, String tokenizer) implements RecountListener {
  private static final Logger LOG = LoggerFactory.getLogger(RecountLog.class);

  @Override
  public void starts(int chunks) {
    LOG.info(
        "counting chunks anew collection={} tokenizer={} chunks={}", collection, tokenizer, chunks);
  }

  @Override
  public void counted(int chunks) {}

  @Override
  public void ends() {
    LOG.info("counted chunks anew collection={} tokenizer={}", collection, tokenizer);
  }
}
